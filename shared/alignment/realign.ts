import type { AlignedRange, Alignment, AlignmentText, CancelSignal, Pin, SpeechEngine } from './alignment'
import { confidences, sureWithoutLead } from './confidence/confidence'
import { leadsOf } from './confidence/runnerUp'
import { jumpPrice } from './repair/lostText'
import { regrouped } from './repair/regroup'
import { secondChance } from './repair/secondChance'
import type { AlikeLengths, Lengths } from './repair/unitLengths'
import { report } from './report'
import type { Levels } from './search/calibrate'
import { chainOf } from './search/chain'
import { type Costs, strict, tolerant } from './search/costs'
import { type PhoneModels, Scorer } from './search/phoneModels'
import { limitsAround, placeExactly, rising, type Stage } from './search/placing'
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
  const track: Track = { ...trackOf(own), ...learned.loudness }
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
  const clips = all.map((unit) => learned.sounds.of(unit))
  const spoken = all.flatMap((_, k) => ((clips[k] as Clip).phones > 0 ? [k] : []))
  const units = spoken.map((k) => all[k] as Unit)
  const nothing = () => report({ text, units: all, features: own, language, placed: all.map(() => null) })
  if (units.length === 0 || own.frames < 10) return shifted(nothing(), options.from)
  // An edited sentence is said in the voice of the rest of its turn.
  const voiceOfTurn = new Map(
    units.flatMap(({ text, turn }) => {
      const voice = learned.otherVoices?.get(text)
      return voice === undefined ? [] : [[turn, voice]]
    }),
  )
  const chain = chainOf(
    units.map((unit, k) => ({
      words: (clips[spoken[k] as number] as Clip).words,
      turn: unit.turn,
      voice: voiceOfTurn.get(unit.turn) ?? learned.voices.get(unit.speaker) ?? 0,
      isAfterUnknown: unit.isAfterUnknown,
    })),
    learned.models.perVoice,
  )
  const stage: Stage = {
    track,
    chain,
    from: 0,
    to: track.frames,
    pins: [...options.pins]
      .sort((a, b) => a.at - b.at || a.time - b.time)
      .map(({ at, time }) => ({
        unit: units.filter(({ from }) => from < at).length,
        frame: Math.max(0, Math.min(track.frames, Math.round((time - options.from) * frameRate))),
      })),
    breathe,
  }
  const { levels } = learned
  const scorer = new Scorer(track, learned.models)
  const spread = evenly(chain.phones, stage)
  const { low, high } = limitsAround(stage, spread, track.frames / frameRate)
  const place = async (costs: (hop: number) => Costs, leaveOut: { readonly jump?: number } = {}) => {
    const search = new Search(chain, costs(2))
    const found = await search.wide(scorer, 0, track.frames, low, high, breathe, leaveOut)
    return placeExactly(stage, scorer, new Search(chain, costs(1)), found)
  }
  let placed = levels
    ? await place((hop) => tolerant(levels, hop, 20), { jump: jumpPrice(levels) })
    : await place(strict)
  if (levels && !placed.every(Boolean)) placed = secondChance(placed, await place(strict), learned.leastScore)
  if (levels) {
    const alike = spoken.map((k) => learned.alike.of(clips[k]))
    placed = regrouped(stage, scorer, placed, units, levels, learned.lengths, alike)
  }
  const sure = confidences({
    placed,
    earlier: placed,
    clips: spoken.map((k) => clips[k] as Clip),
    levels,
    track,
    alike: learned.alike,
  })
  const isUnsure = (k: number) => (sure[k] as number) < sureWithoutLead
  const leads = levels && (await leadsOf(stage, scorer, placed, levels, tolerant(levels, 2, 20), isUnsure))
  const byUnit: (typeof placed)[number][] = all.map(() => null)
  const leadsByUnit: (number | null)[] = all.map(() => null)
  spoken.forEach((k, index) => {
    byUnit[k] = placed[index] ?? null
    leadsByUnit[k] = leads?.[index] ?? null
  })
  return shifted(
    report({
      text,
      units: all,
      clips,
      features: own,
      track,
      language,
      placed: byUnit,
      earlier: byUnit,
      levels,
      lengths: learned.lengths,
      alike: learned.alike,
      isComplete: learned.isComplete ?? false,
      ...(leads ? { leads: leadsByUnit } : {}),
    }),
    options.from,
  )
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
