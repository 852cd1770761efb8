import type { Alignment, AlignmentRefusal, AlignmentText, AlignOptions } from './alignment'
import { locate, readShare } from './locate'
import type { Learned } from './realign'
import { withOwnLevels } from './repair/ownLevels'
import { type Findings, reportWhole } from './report'
import type { Features } from './sound/features'
import { trackOf } from './sound/track'
import { type Unit, unitsOf } from './text/segments'
import { Clips } from './voice/clips'
import { sharesOf } from './voice/readAloud'
import { phrasesOf, type Reading, Voice } from './voice/voice'

/** Milliseconds after which messages are let in: a timer has a price of its own. */
const longestTask = 40

/** Finds when each sentence and word of a text is said in a recording (see `docs/alignment.md`). The same input gives the same result.
 *  Rejects only when cancelled or when the voice cannot be loaded. */
export async function align(
  text: AlignmentText,
  features: Features,
  options: AlignOptions,
): Promise<Alignment> {
  const { learned, ...findings } = await find(text, features, options)
  const { alignment, isComplete } = reportWhole(findings)
  if (learned) options.onLearned?.({ ...learned, isComplete })
  return alignment
}

// What is reported, and what was learned for stretches that are aligned again.
async function find(
  text: AlignmentText,
  features: Features,
  options: AlignOptions,
): Promise<Findings & { readonly learned?: Learned }> {
  const { signal, onProgress } = options
  let rested = Date.now()
  const progress = async (share: number) => {
    if (Date.now() - rested >= longestTask) {
      await nextTask()
      rested = Date.now()
    }
    signal?.throwIfAborted()
    onProgress?.(share)
  }
  await progress(0)
  const pins = [...(options.pins ?? [])].sort((a, b) => a.at - b.at || a.time - b.time)
  const { units: all, language } = unitsOf(text, pins, options.language)
  const refuse = (refused: AlignmentRefusal): Findings => ({
    text,
    units: all,
    features,
    language,
    placed: all.map(() => null),
    refused,
  })
  if (all.length === 0) return refuse('noText')
  const track = trackOf(features)
  if (features.frames < 50 || track.high - track.quiet < 0.5) return refuse('noSpeech')

  const readings =
    (await options.readings?.catch(() => null)) ?? (await readAll(all, features, options, progress))
  await progress(readShare)
  const clipsOf = new Clips(readings, features)
  const read = all.map((unit) => clipsOf.of(unit))
  if (read.every(({ phones }) => phones === 0)) return refuse('noText')
  const found = await locate({ units: all, clips: read, clipsOf, track, pins }, options, progress)
  const { levels, belonging } = found
  const { placed, earlier, leads } =
    belonging === 'own' && pins.length === 0
      ? await withOwnLevels(found, read, features, (first, last, part) => {
          const own = all.slice(first, last)
          const fitted = clipsOf.fittedTo(part, own)
          return locate(
            {
              units: own,
              clips: own.map((unit) => fitted.of(unit)),
              clipsOf: fitted,
              track: trackOf(part),
              pins: [],
            },
            options,
            () => progress(0.99),
          )
        })
      : found
  await progress(1)
  return {
    text,
    units: all,
    clips: read,
    features,
    track,
    language,
    placed,
    earlier,
    levels,
    ...(leads ? { leads } : {}),
    isUnclear: belonging === 'unclear',
    learned: found.learned,
    ...(belonging === 'foreign' ? { refused: 'foreignText' } : {}),
  }
}

async function readAll(
  units: readonly Unit[],
  { highest }: Features,
  { openVoice }: AlignOptions,
  progress: (share: number) => Promise<void>,
): Promise<readonly Reading[]> {
  const phrases = phrasesOf(units)
  const readings: Reading[] = []
  for (const share of sharesOf(phrases)) {
    const voice = new Voice(await openVoice(), highest)
    for (const phrase of share) {
      readings.push(voice.read(phrase))
      if (readings.length % 16 === 0) await progress((readShare * readings.length) / phrases.length)
    }
  }
  return readings
}

// Lets messages in, above all the one that cancels.
function nextTask(): Promise<void> {
  const { setTimeout } = globalThis as unknown as { setTimeout: (task: () => void, after: number) => void }
  return new Promise((done) => setTimeout(done, 0))
}
