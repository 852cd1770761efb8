import type { Alignment, AlignmentRefusal, AlignmentText, AlignOptions, Pin } from './alignment'
import { belongingOf } from './belonging'
import type { Levels } from './calibrate'
import { type Chain, type Costs, chainOf } from './chain'
import { type Clip, Clips } from './clips'
import { confidences, sureWithoutLead } from './confidence'
import type { Features } from './features'
import { betweenPins, firstPlacement, gapsBetween, voicesOf, withoutRest } from './firstModels'
import { withLostText } from './lostText'
import { type Located, withOwnLevels } from './ownLevels'
import { Scorer } from './phoneModels'
import {
  learn,
  limitsAround,
  measureLevels,
  movedTo,
  type Placed,
  placeExactly,
  rising,
  type Stage,
} from './placing'
import { sharesOf } from './readAloud'
import { regrouped } from './regroup'
import { type Findings, report } from './report'
import { leadsOf } from './runnerUp'
import { type SaidPart, saidParts } from './saidPart'
import { type Position, Search } from './search'
import { type Unit, unitsOf } from './segments'
import { frameRate } from './spectrum'
import { median } from './statistics'
import { withoutStrays } from './strays'
import { type Track, trackOf } from './track'
import { lengthsOf } from './unitLengths'
import { withoutUnlikely } from './unlikely'
import { phrasesOf, type Reading, Voice } from './voice'

/** Milliseconds after which messages are let in: a timer has a price of its own. */
const longestTask = 40
/** How far from its last place a unit is looked for, and that as a share of the recording. */
const wideSeconds = 300
const wideShare = 0.12
/** Rounds of the wide search: two, and more while more than this share of the units moves by a second. */
const mostRounds = 4
const settledShare = 0.01
/** Share of the work that reading the text aloud is. */
const readShare = 0.3

/** Costs of a search in which all text is spoken and hardly anything else. */
export const strict = (hop: number): Costs => ({
  filler: -6,
  fillerIn: 20,
  skipUnit: 1e6,
  skipTurn: 1e6,
  dropHalf: 2.4 / hop,
  stretch: 1,
  longestHalf: 24 / hop,
  pauseIn: 20 / hop,
  beam: 400,
})

/** Costs of a search in which text may be missing and surplus; their unit is what right text gains over filler in a second. */
export function tolerant({ right, filler }: Levels, hop: number, beam: number): Costs {
  const second = ((right - filler) * 100) / hop
  return {
    filler,
    fillerIn: 2.2 * second,
    skipUnit: 2.5 * second,
    skipTurn: 2.5 * second,
    dropHalf: 2.4 / hop,
    stretch: 1,
    longestHalf: 24 / hop,
    pauseIn: 0.3 * second,
    beam: beam * second,
  }
}

/** Finds when each sentence and word of a text is said in a recording (see `docs/alignment.md`). The same input gives the same result.
 *  Rejects only when cancelled or when the voice cannot be loaded. */
export async function align(
  text: AlignmentText,
  features: Features,
  options: AlignOptions,
): Promise<Alignment> {
  return report(await find(text, features, options))
}

/** What `align` reports on. */
export async function find(
  text: AlignmentText,
  features: Features,
  options: AlignOptions,
): Promise<Findings> {
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
  options.onLearned?.(found.learned)
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
    ...(belonging === 'foreign' ? { refused: 'foreignText' } : {}),
  }
}

/** Text that is looked for, and the sound in which it is. */
interface Sought {
  readonly units: readonly Unit[]
  /** One a unit. */
  readonly clips: readonly Clip[]
  readonly clipsOf: Clips
  readonly track: Track
  readonly pins: readonly Pin[]
}

/** Finds where units are said, and whether they are.
 *  @param progress is told the share of all work that is done */
async function locate(
  { units: all, clips: read, clipsOf, track, pins }: Sought,
  options: AlignOptions,
  progress: (share: number) => Promise<void>,
): Promise<Located> {
  const audible = all.flatMap((_, k) => ((read[k] as Clip).phones > 0 ? [k] : []))
  // Where much of the text was never recorded, it would draw the rest to false places.
  const parts =
    pins.length > 0
      ? null
      : await saidParts(
          audible.map((k) => read[k] as Clip),
          track,
          () => progress(readShare),
        )
  const spoken = parts ? parts.flatMap(({ first, last }) => audible.slice(first, last)) : audible
  const units = spoken.map((k) => all[k] as Unit)
  const clips = spoken.map((k) => read[k] as Clip)

  const voices = voicesOf(units, clips)
  const perVoice = 2 * clipsOf.phoneCount
  const chain = chainFor(units, clips, (_, k) => voices.of[k] as number, perVoice)
  let [done, span] = [readShare, 0.15]
  const stage: Stage = {
    track,
    chain,
    from: 0,
    to: track.frames,
    pins: risingPins(
      pins.map(({ at, time }) => ({
        unit: units.filter(({ from }) => from < at).length,
        frame: Math.max(0, Math.min(track.frames, Math.round(time * 100))),
      })),
    ),
    breathe: (frame) => progress(Math.min(1, done + (span * frame) / track.frames)),
  }
  const stretches = parts ? withoutRest(parts) : betweenPins(stage)
  const first = await firstPlacement(stage, stretches, clips, clipsOf, voices, perVoice)
  const gaps = parts ? gapsBetween(stretches) : []
  // Text beside text that was passed over may have to be skipped too, more than a usual search gives a path credit for.
  const hasTextGap = parts?.some(({ first: unit }, k) => k > 0 && unit > (parts[k - 1] as SaidPart).last)
  let { models } = first
  let positions: Position[] = rising(first.positions, 0)

  const go = async (seconds: number, costs: Costs, exact: Costs) => {
    const scorer = new Scorer(track, models)
    const { low, high } = limitsAround(stage, positions, seconds, seconds > wideSeconds / 2 ? gaps : [])
    const found = await new Search(chain, costs).wide(scorer, 0, track.frames, low, high, stage.breathe)
    const usable = found.some(Boolean) ? found : positions
    const exactly = await placeExactly(stage, scorer, new Search(chain, exact), usable)
    const levels = await measureLevels(stage, scorer, exactly)
    const placed = levels ? await withoutStrays(stage, scorer, exactly, levels) : exactly
    positions = rising(fill(placed, positions), 0)
    return { placed, levels }
  }
  ;[done, span] = [0.4, 0.2]
  const plain = await go(6, strict(2), strict(1))
  let { placed, levels } = plain
  // Of each voice by itself: one that the first models do not fit would teach nothing otherwise, and be left out in the end.
  const quarters = Array.from({ length: voices.count }, (_, voice) =>
    lowerQuarter(placed.filter((_unit, k) => voices.of[k] === voice)),
  )
  models = learn(
    stage,
    placed,
    ({ score }, k) => score >= (quarters[voices.of[k] as number] as number),
    models,
  )
  let earlier: readonly (Placed | null)[] = placed
  const wide = Math.max(wideSeconds, (wideShare * track.frames) / frameRate)
  for (let round = 0; levels && round < mostRounds; round++) {
    const isFirst = round === 0
    // A first placement that was far off takes more rounds to be put right than most recordings need.
    if (round > 1 && movedShare(earlier, placed) < settledShare) break
    ;[done, span] = isFirst ? [0.6, 0.15] : [0.75 + 0.08 * (round - 1), 0.08]
    earlier = placed
    const beam = (isFirst ? 20 : 10) * (hasTextGap ? 2 : 1)
    const next = await go(wide, tolerant(levels, 2, beam), tolerant(levels, 1, beam))
    placed = next.placed
    levels = next.levels ?? levels
    const { filler } = levels
    if (round + 1 < mostRounds) models = learn(stage, placed, ({ score }) => score > filler, models)
  }
  ;[done, span] = [0.99, 0]
  // What was passed over may have been said after all.
  const voiceOf = new Map(units.map(({ speaker }, k) => [speaker, voices.of[k] as number]))
  const heard = audible.map((k) => all[k] as Unit)
  const heardClips = audible.map((k) => read[k] as Clip)
  const whole: Stage =
    spoken.length === audible.length
      ? stage
      : { ...stage, chain: chainFor(heard, heardClips, (unit) => voiceOf.get(unit.speaker) ?? 0, perVoice) }
  const indexOf = new Map(audible.map((k, index) => [k, index]))
  const inWhole = (list: readonly (Placed | null)[]) =>
    movedTo(
      whole.chain,
      chain,
      spoken.map((k) => indexOf.get(k) as number),
      list,
    )
  ;[placed, earlier] = [inWhole(placed), inWhole(earlier)]
  if (levels) {
    const better = await withLostText(whole, { placed, earlier, levels, models })
    ;({ earlier, levels, models } = better)
    placed = [...better.placed]
  }
  const certain = confidences({ placed, earlier, clips: heardClips, levels, track })
  const isSpoken = new Set(spoken)
  const belonging = options.isKnownToBelong
    ? 'own'
    : await belongingOf(
        whole,
        placed,
        certain.filter((_, k) => isSpoken.has(audible[k] as number)),
        clips,
        models,
        stretches,
      )
  const found = placed
  if (plain.levels)
    placed = secondChance(placed, inWhole(plain.placed), plain.levels.filler, {
      track,
      phones: whole.chain.phones,
      levels: plain.levels,
    })
  const returned = placed
  let leads: readonly (number | null)[] | null = null
  if (levels) {
    const scorer = new Scorer(track, models)
    const sure = confidences({ placed, earlier, clips: heardClips, levels, track })
    placed = withoutUnlikely(placed, sure, heard, heardClips, levels)
    placed = regrouped(whole, scorer, placed, heard, levels)
    const surer = confidences({ placed, earlier, clips: heardClips, levels, track })
    leads = await leadsOf(
      whole,
      scorer,
      placed,
      levels,
      tolerant(levels, 2, 10),
      (k) => (surer[k] as number) < sureWithoutLead,
    )
  }
  const byUnit: (Placed | null)[] = all.map(() => null)
  const before: (Placed | null)[] = all.map(() => null)
  const leadsByUnit: (number | null)[] = all.map(() => null)
  audible.forEach((k, index) => {
    byUnit[k] = placed[index] ?? null
    before[k] = earlier[index] ?? null
    leadsByUnit[k] = leads?.[index] ?? null
  })
  return {
    placed: byUnit,
    earlier: before,
    leads: leads && leadsByUnit,
    levels,
    belonging,
    learned: {
      sounds: clipsOf.sounds,
      // What got its second chance has not been learned from.
      models: placed.some((unit, k) => unit && !found[k])
        ? learn(
            whole,
            placed,
            (unit, k) => (!found[k] && unit === returned[k]) || unit.score > (levels?.filler ?? 0),
            models,
          )
        : models,
      levels,
      lengths: levels && lengthsOf(whole.chain.phones, placed, levels),
      leastScore: Math.min(
        plain.levels?.filler ?? Number.POSITIVE_INFINITY,
        levels?.filler ?? Number.NEGATIVE_INFINITY,
      ),
      loudness: { quiet: track.quiet, high: track.high, silentBelow: track.silentBelow },
      voices: voiceOf,
    },
  }
}

function chainFor(
  units: readonly Unit[],
  clips: readonly Clip[],
  voiceOf: (unit: Unit, index: number) => number,
  perVoice: number,
): Chain {
  return chainOf(
    units.map((unit, k) => ({
      words: (clips[k] as Clip).words,
      turn: unit.turn,
      voice: voiceOf(unit, k),
      isAfterUnknown: unit.isAfterUnknown,
    })),
    perVoice,
  )
}

function lowerQuarter(placed: readonly (Placed | null)[]): number {
  const scores = placed.flatMap((unit) => (unit ? [unit.score] : [])).sort((a, b) => a - b)
  return scores[Math.floor(scores.length / 4)] ?? 0
}

// The share of units that were moved by more than a second, placed or left out.
function movedShare(before: readonly (Placed | null)[], now: readonly (Placed | null)[]): number {
  const moved = now.filter((unit, k) => {
    const earlier = before[k]
    return unit && earlier
      ? Math.abs(unit.start - earlier.start) > frameRate
      : Boolean(unit) !== Boolean(earlier)
  })
  return moved.length / now.length
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

function fill(placed: readonly (Position | null)[], positions: readonly Position[]): (Position | null)[] {
  return placed.map((position, k) => position ?? (positions[k] as Position))
}

/** Frames that a restored stretch may reach into its neighbours. */
const overlap = 30

/** Deviations of wrong text above its mean from which text that fills a hole may be right. */
const leastDeviations = 1.5
/** Share of the loud frames of a hole that text must take up to fill it, and how much slower or faster than usual it may be. */
const filledShare = 0.85
const oddPace = 1.5

/** What tells that text fills a hole. */
export interface Holes {
  readonly track: Pick<Track, 'loud' | 'silentBelow' | 'frames'>
  /** Phones of each unit. */
  readonly phones: ArrayLike<number>
  readonly levels: Pick<Levels, 'wrong' | 'wrongDeviation'>
}

/** In a recording whose right text scores very evenly, what somebody says through a wall or in an odd voice falls below the filler that is
 *  fitted to the rest. A run of skipped units is given back where it scored as right text while nothing could be skipped (`plain`), and
 *  where that place is still free.
 *  @param holes also given back is what scored better there than wrong text does and takes up all of the sound between its neighbours at
 *  the usual pace */
export function secondChance(
  placed: readonly (Placed | null)[],
  plain: readonly (Placed | null)[],
  filler: number,
  holes: Holes | null = null,
): (Placed | null)[] {
  const result: (Placed | null)[] = [...placed]
  const pace = holes ? (usualPace(placed, holes.phones) ?? 0) : 0
  for (let k = 0; k < placed.length; k++) {
    if (placed[k]) continue
    let last = k
    while (last + 1 < placed.length && !placed[last + 1]) last++
    const run = plain.slice(k, last + 1)
    const hole = {
      from: placed[k - 1]?.end ?? 0,
      to: placed[last + 1]?.start ?? Number.POSITIVE_INFINITY,
    }
    const isRight = run.every(
      (unit) =>
        unit && unit.score > filler && unit.start >= hole.from - overlap && unit.end <= hole.to + overlap,
    )
    if (isRight || (holes && fills(run, hole, holes, (index) => pace * (holes.phones[k + index] as number))))
      run.forEach((unit, index) => {
        result[k + index] = unit
      })
    k = last
  }
  return result
}

function usualPace(placed: readonly (Placed | null)[], phones: ArrayLike<number>): number | undefined {
  return median(
    placed.flatMap((unit, k) => (unit ? [(unit.end - unit.start) / Math.max(1, phones[k] as number)] : [])),
  )
}

function fills(
  run: readonly (Placed | null)[],
  hole: { readonly from: number; readonly to: number },
  { track: { loud, silentBelow, frames }, levels: { wrong, wrongDeviation } }: Holes,
  usual: (index: number) => number,
): boolean {
  const least = wrong + leastDeviations * wrongDeviation
  const isFit = run.every((unit, index) => {
    if (!unit || unit.score < least || unit.start < hole.from || unit.end > hole.to) return false
    const pace = (unit.end - unit.start) / usual(index)
    return pace < oddPace && pace > 1 / oddPace
  })
  if (!isFit) return false
  const loudFrames = (from: number, to: number) => {
    let count = 0
    for (let t = from; t < Math.min(frames, to); t++) if ((loud[t] as number) > silentBelow) count++
    return count
  }
  const inside = run.reduce((sum, unit) => sum + (unit ? loudFrames(unit.start, unit.end) : 0), 0)
  return inside >= filledShare * loudFrames(hole.from, hole.to)
}

// Times that contradict the order of the text are left out: the one placed later in the text gives way.
function risingPins<P extends { readonly unit: number; readonly frame: number }>(pins: readonly P[]): P[] {
  const result: P[] = []
  for (const pin of pins) if (pin.frame >= (result.at(-1)?.frame ?? 0)) result.push(pin)
  return result
}

// Lets messages in, above all the one that cancels.
function nextTask(): Promise<void> {
  const { setTimeout } = globalThis as unknown as { setTimeout: (task: () => void, after: number) => void }
  return new Promise((done) => setTimeout(done, 0))
}
