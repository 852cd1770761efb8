import type { AlignedRange, Alignment, AlignmentText, CancelSignal, Pin, SpeechEngine } from './alignment'
import { confidences, sureWithoutLead } from './confidence/confidence'
import { leadsOf } from './confidence/runnerUp'
import { jumpPrice } from './repair/lostText'
import { regrouped } from './repair/regroup'
import { secondChance } from './repair/secondChance'
import type { AlikeLengths, Lengths } from './repair/unitLengths'
import { report } from './report'
import type { Levels } from './search/calibrate'
import { type Chain, chainOf } from './search/chain'
import { type Costs, strict, tolerant } from './search/costs'
import { type PhoneModels, Scorer } from './search/phoneModels'
import {
  limitsAround,
  type Placed,
  placeExactly,
  rising,
  type Stage,
  scattered,
  stagePins,
} from './search/placing'
import { Search } from './search/search'
import { type Features, featuresBetween } from './sound/features'
import { frameRate } from './sound/spectrum'
import { type Position, type Track, trackOf } from './sound/track'
import { type Unit, unitsOf } from './text/segments'
import type { Clip, Sounds } from './voice/clips'
import { phrasesOf, Voice } from './voice/voice'

/** What aligning a whole recording leaves behind, by which a stretch of it is aligned again at once. */
export interface Learned {
  readonly sounds: Sounds
  readonly models: PhoneModels
  readonly levels: Levels | null
  /** How long its units take; `null` where they were too few to tell. */
  readonly lengths: Lengths | null
  readonly alike: AlikeLengths
  /** Hardly anything is said that is not in the text, and the reverse. */
  readonly isComplete?: boolean
  /** What text scores no less than that was placed while none could be left out. */
  readonly leastScore: number
  readonly loudness: Pick<Track, 'quiet' | 'high' | 'silentBelow'>
  /** Whose models score each speaker. */
  readonly voices: ReadonlyMap<number | null, number>
  /** Whose models score a unit of this text, where that is not whom its label names. */
  readonly otherVoices?: ReadonlyMap<string, number>
}

export interface RealignOptions {
  /** The stretch, seconds of the recording. */
  readonly from: number
  readonly to: number
  /** Asked for where the text has sentences that were not read before. */
  readonly openVoice: () => Promise<SpeechEngine>
  readonly pins: readonly Pin[]
  readonly language?: string
  /** Awaited now and then; may reject. */
  readonly breathe?: () => Promise<void>
  readonly signal?: CancelSignal
}

/** An alignment of a stretch in the times of the recording.
 *  @param seconds where the stretch begins */
export function shifted(alignment: Alignment, seconds: number): Alignment {
  const later = <T extends Pick<AlignedRange, 'start' | 'end'>>(range: T): T => ({
    ...range,
    start: range.start === null ? null : range.start + seconds,
    end: range.end === null ? null : range.end + seconds,
  })
  return {
    ...alignment,
    turns: alignment.turns.map(later),
    sentences: alignment.sentences.map(later),
    words: alignment.words.map(later),
    unknown: alignment.unknown.map(later),
    speechWithoutText: alignment.speechWithoutText.map(([from, to]) => [from + seconds, to + seconds]),
  }
}

/** Frames of a stretch in which anything can be said, and the beam of its search, seconds of right text. */
const fewestFrames = 10
const beam = 20

/** Aligns a few minutes of text with a stretch of a recording whose sounds are known. That the text belongs there is taken for granted: it is
 *  refused only where nothing of it is found. Rejects when cancelled.
 *  @param text what is said between `from` and `to` @param features of the whole recording
 *  @returns times in seconds of the recording */
export async function realign(
  text: AlignmentText,
  features: Features,
  learned: Learned,
  options: RealignOptions,
): Promise<Alignment> {
  const own = featuresBetween(features, options.from, options.to)
  const { units: all, language } = unitsOf(text, options.pins, options.language)
  const breathe = async () => {
    await options.breathe?.()
    options.signal?.throwIfAborted()
  }
  const fresh = phrasesOf(all).filter((phrase) => !learned.sounds.has(phrase))
  const voice = fresh.length > 0 ? new Voice(await options.openVoice(), own.highest) : null
  for (const phrase of fresh) {
    if (voice) learned.sounds.add(voice.read(phrase))
    await breathe()
  }
  await breathe()
  const read = all.map((unit) => learned.sounds.of(unit))
  const spoken = all.flatMap((_, k) => ((read[k] as Clip).phones > 0 ? [k] : []))
  const findings = { text, units: all, features: own, language }
  if (spoken.length === 0 || own.frames < fewestFrames)
    return shifted(report({ ...findings, placed: all.map(() => null) }), options.from)
  const track: Track = { ...trackOf(own), ...learned.loudness }
  const units = spoken.map((k) => all[k] as Unit)
  const clips = spoken.map((k) => read[k] as Clip)
  const stage: Stage = {
    track,
    chain: chainWith(units, clips, learned),
    from: 0,
    to: track.frames,
    pins: stagePins(options.pins, units, track.frames, options.from),
    breathe,
  }
  const found = await place(stage, units, clips, learned)
  const placed = scattered(found.placed, spoken, all.length)
  return shifted(
    report({
      ...findings,
      clips: read,
      track,
      placed,
      earlier: placed,
      levels: learned.levels,
      lengths: learned.lengths,
      alike: learned.alike,
      isComplete: learned.isComplete ?? false,
      ...(found.leads ? { leads: scattered(found.leads, spoken, all.length) } : {}),
    }),
    options.from,
  )
}

// An edited sentence is said in the voice of the rest of its turn.
function chainWith(units: readonly Unit[], clips: readonly Clip[], learned: Learned): Chain {
  const voiceOfTurn = new Map(
    units.flatMap(({ text, turn }) => {
      const voice = learned.otherVoices?.get(text)
      return voice === undefined ? [] : [[turn, voice]]
    }),
  )
  return chainOf(
    units.map(({ turn, speaker, isAfterUnknown }, k) => ({
      words: (clips[k] as Clip).words,
      turn,
      voice: voiceOfTurn.get(turn) ?? learned.voices.get(speaker) ?? 0,
      isAfterUnknown,
    })),
    learned.models.perVoice,
  )
}

// One search in which each unit may lie anywhere between its pins, by what is known of the recording.
async function place(
  stage: Stage,
  units: readonly Unit[],
  clips: readonly Clip[],
  { levels, models, leastScore, lengths, alike }: Learned,
): Promise<{
  readonly placed: readonly (Placed | null)[]
  readonly leads: readonly (number | null)[] | null
}> {
  const { track, chain, to, breathe } = stage
  const scorer = new Scorer(track, models)
  const { low, high } = limitsAround(stage, evenly(chain.phones, stage), to / frameRate)
  const search = async (costs: (hop: number) => Costs, leaveOut: { readonly jump?: number } = {}) => {
    const found = await new Search(chain, costs(2)).wide(scorer, 0, to, low, high, breathe, leaveOut)
    return placeExactly(stage, scorer, new Search(chain, costs(1)), found)
  }
  let placed = levels
    ? await search((hop) => tolerant(levels, hop, beam), { jump: jumpPrice(levels) })
    : await search(strict)
  if (levels && !placed.every(Boolean)) placed = secondChance(placed, await search(strict), leastScore)
  if (levels) {
    const usual = clips.map((clip) => alike.of(clip))
    placed = regrouped(stage, scorer, placed, units, levels, lengths, usual)
  }
  const sure = confidences({ placed, earlier: placed, clips, levels, track, alike })
  const isUnsure = (k: number) => (sure[k] as number) < sureWithoutLead
  const leads = levels && (await leadsOf(stage, scorer, placed, levels, tolerant(levels, 2, beam), isUnsure))
  return { placed, leads }
}

// Units by their length, between the pins.
function evenly(phones: Int32Array, { pins, to }: Stage): Position[] {
  const result: Position[] = []
  let [unit, frame] = [0, 0]
  for (const stop of [...pins, { unit: phones.length, frame: to }]) {
    const lengths = [...phones.subarray(unit, stop.unit)]
    const total = lengths.reduce((sum, length) => sum + length, 0)
    let passed = 0
    for (const length of lengths) {
      const at = (share: number) => Math.round(frame + (share / total) * (stop.frame - frame))
      result.push({ start: at(passed), end: at(passed + length) })
      passed += length
    }
    ;[unit, frame] = [Math.max(unit, stop.unit), stop.frame]
  }
  return rising(result, 0)
}
