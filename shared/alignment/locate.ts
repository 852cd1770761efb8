import type { AlignOptions, Pin } from './alignment'
import { type Belonging, belongingOf } from './confidence/belonging'
import { confidences, sureWithoutLead } from './confidence/confidence'
import { leadsOf } from './confidence/runnerUp'
import type { Learned } from './realign'
import { withLostText } from './repair/lostText'
import { regrouped } from './repair/regroup'
import { secondChance } from './repair/secondChance'
import { withoutStrays } from './repair/strays'
import { inVoices, otherVoices } from './repair/turnVoices'
import { alikeLengths, lengthsOf } from './repair/unitLengths'
import { withoutSqueezed, withoutUnlikely } from './repair/unlikely'
import type { Levels } from './search/calibrate'
import { type Chain, chainOf } from './search/chain'
import { type Costs, strict, tolerant } from './search/costs'
import {
  betweenPins,
  firstPlacement,
  gapsBetween,
  type Voices,
  voicesOf,
  withoutRest,
} from './search/firstModels'
import { type PhoneModels, Scorer } from './search/phoneModels'
import {
  learn,
  limitsAround,
  measureLevels,
  movedTo,
  type Placed,
  placeExactly,
  rising,
  type Stage,
} from './search/placing'
import { type SaidPart, saidParts } from './search/saidPart'
import { Search } from './search/search'
import { frameRate } from './sound/spectrum'
import type { Position, Track } from './sound/track'
import type { Unit } from './text/segments'
import type { Clip, Clips } from './voice/clips'

/** How far from its last place a unit is looked for, and that as a share of the recording. */
const wideSeconds = 300
const wideShare = 0.12
/** Rounds of the wide search: two, and more while more than this share of the units moves by a second. */
const mostRounds = 4
const settledShare = 0.01
/** Times that it is asked who says what. */
const mostVoiceRounds = 2
/** Sounds from which on a turn is hardly ever said in other words from end to end. */
const hardlyOtherwise = 15
/** Share of the work that reading the text aloud is. */
export const readShare = 0.3

/** Text that is looked for, and the sound in which it is. */
export interface Sought {
  readonly units: readonly Unit[]
  /** One a unit. */
  readonly clips: readonly Clip[]
  readonly clipsOf: Clips
  readonly track: Track
  readonly pins: readonly Pin[]
}

/** Where units are said, one entry a unit. */
export interface Located {
  readonly placed: readonly (Placed | null)[]
  /** The placement of the round before. */
  readonly earlier: readonly (Placed | null)[]
  readonly leads: readonly (number | null)[] | null
  readonly levels: Levels | null
  readonly belonging: Belonging
  readonly learned: Learned
}

/** Finds where units are said, and whether they are.
 *  @param progress is told the share of all work that is done */
export async function locate(
  sought: Sought,
  options: AlignOptions,
  progress: (share: number) => Promise<void>,
): Promise<Located> {
  const { units: all, clips: read, clipsOf, track, pins } = sought
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
  const work = { done: readShare, span: 0.15 }
  const stage: Stage = {
    track,
    chain,
    from: 0,
    to: track.frames,
    pins: risingPins(
      pins.map(({ at, time }) => ({
        unit: units.filter(({ from }) => from < at).length,
        frame: Math.max(0, Math.min(track.frames, Math.round(time * frameRate))),
      })),
    ),
    breathe: (frame) => progress(Math.min(1, work.done + (work.span * frame) / track.frames)),
  }
  const stretches = parts ? withoutRest(parts) : betweenPins(stage)
  const first = await firstPlacement(stage, stretches, clips, clipsOf, voices, perVoice)
  const searched = await search(stage, units, { ...first, parts, stretches, voices, work })

  // What was passed over may have been said after all.
  Object.assign(work, { done: 0.99, span: 0 })
  const voiceOf = new Map(units.map(({ speaker }, k) => [speaker, voices.of[k] as number]))
  const searchedVoices = new Map(spoken.map((k, index) => [k, searched.voices[index] as number]))
  const heard = audible.map((k) => all[k] as Unit)
  const heardClips = audible.map((k) => read[k] as Clip)
  const whole: Stage =
    spoken.length === audible.length
      ? searched.stage
      : {
          ...stage,
          chain: chainFor(
            heard,
            heardClips,
            ({ speaker }, index) => searchedVoices.get(audible[index] as number) ?? voiceOf.get(speaker) ?? 0,
            perVoice,
          ),
        }
  const indexOf = new Map(audible.map((k, index) => [k, index]))
  const indices = spoken.map((k) => indexOf.get(k) as number)
  const inWhole = (list: readonly (Placed | null)[]) => movedTo(whole.chain, chain, indices, list)
  const found = { placed: inWhole(searched.placed), earlier: inWhole(searched.earlier) }
  const { levels: known } = searched
  const { placed, earlier, levels, models } = known
    ? await withLostText(whole, { ...found, levels: known, models: searched.models })
    : { ...searched, ...found }
  const certain = confidences({ placed, earlier, clips: heardClips, levels, track })
  const belonging = options.isKnownToBelong
    ? 'own'
    : await belongingOf(
        whole,
        placed,
        indices.map((index) => certain[index] as number | null),
        clips,
        models,
        stretches,
      )
  const { plain } = searched
  const returned = plain.levels
    ? secondChance(placed, inWhole(plain.placed), plain.levels.filler, {
        track,
        phones: whole.chain.phones,
        levels: plain.levels,
      })
    : placed
  const end = levels
    ? await settle(whole, { placed: returned, earlier, levels, models }, heard, heardClips)
    : { placed: returned, leads: null }
  const byUnit = <T>(list: readonly (T | null)[]): (T | null)[] => {
    const result: (T | null)[] = all.map(() => null)
    audible.forEach((k, index) => {
      result[k] = list[index] ?? null
    })
    return result
  }
  return {
    placed: byUnit(end.placed),
    earlier: byUnit(earlier),
    leads: end.leads && byUnit(end.leads),
    levels,
    belonging,
    learned: {
      sounds: clipsOf.sounds,
      // What got its second chance has not been learned from.
      models: end.placed.some((unit, k) => unit && !placed[k])
        ? learn(
            whole,
            end.placed,
            (unit, k) => (!placed[k] && unit === returned[k]) || unit.score > (levels?.filler ?? 0),
            models,
          )
        : models,
      levels,
      lengths: levels && lengthsOf(whole.chain.phones, end.placed, levels),
      alike: alikeLengths(end.placed, heardClips),
      leastScore: Math.min(
        plain.levels?.filler ?? Number.POSITIVE_INFINITY,
        levels?.filler ?? Number.NEGATIVE_INFINITY,
      ),
      loudness: { quiet: track.quiet, high: track.high, silentBelow: track.silentBelow },
      voices: voiceOf,
      otherVoices: new Map(
        units.flatMap(({ text }, k) =>
          searched.voices[k] === voices.of[k] ? [] : [[text, searched.voices[k] as number]],
        ),
      ),
    },
  }
}

interface Round {
  readonly placed: readonly (Placed | null)[]
  readonly levels: Levels | null
}

interface Searched extends Round {
  /** With the voices in which the units are said. */
  readonly stage: Stage
  readonly voices: readonly number[]
  readonly earlier: readonly (Placed | null)[]
  readonly models: PhoneModels
  /** The round in which nothing could be left out. */
  readonly plain: Round
}

// One narrow round in which all is spoken, then wide ones; the models are learned again after each.
async function search(
  labelled: Stage,
  units: readonly Unit[],
  {
    parts,
    stretches,
    voices,
    work,
    ...first
  }: Awaited<ReturnType<typeof firstPlacement>> & {
    /** `null` where all text is looked for. */
    readonly parts: readonly SaidPart[] | null
    readonly stretches: readonly SaidPart[]
    readonly voices: Voices
    /** The share of all work that is done, and that this search is. */
    readonly work: { done: number; span: number }
  },
): Promise<Searched> {
  let stage = labelled
  const { track } = stage
  const gaps = parts ? gapsBetween(stretches) : []
  // Text beside text that was passed over may have to be skipped too, more than a usual search gives a path credit for.
  const hasTextGap = parts?.some(({ first: unit }, k) => k > 0 && unit > (parts[k - 1] as SaidPart).last)
  let { models } = first
  let positions: Position[] = rising(first.positions, 0)

  const go = async (seconds: number, costs: Costs, exact: Costs): Promise<Round> => {
    const scorer = new Scorer(track, models)
    const { low, high } = limitsAround(stage, positions, seconds, seconds > wideSeconds / 2 ? gaps : [])
    const found = await new Search(stage.chain, costs).wide(scorer, 0, track.frames, low, high, stage.breathe)
    const usable = found.some(Boolean) ? found : positions
    const exactly = await placeExactly(stage, scorer, new Search(stage.chain, exact), usable)
    const levels = await measureLevels(stage, scorer, exactly)
    const placed = levels ? await withoutStrays(stage, scorer, exactly, levels) : exactly
    positions = rising(fill(placed, positions), 0)
    return { placed, levels }
  }
  Object.assign(work, { done: 0.4, span: 0.2 })
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
  let own = voices.of
  for (let round = 0; levels && round < mostVoiceRounds; round++) {
    const others = otherVoices(stage, placed, models, new Scorer(track, models), {
      turnOf: (k) => (units[k] as Unit).turn,
      voiceOf: (k) => own[k] as number,
      named: voices.named,
      least: levels.filler,
    })
    if (others.size === 0) break
    own = own.map((voice, k) => others.get((units[k] as Unit).turn) ?? voice)
    stage = { ...stage, chain: inVoices(stage.chain, (k) => own[k] as number, models.perVoice) }
    models = learn(
      stage,
      placed,
      ({ score }, k) =>
        others.has((units[k] as Unit).turn) || score >= (quarters[own[k] as number] as number),
      models,
    )
  }
  let earlier = placed
  const wide = Math.max(wideSeconds, (wideShare * track.frames) / frameRate)
  for (let round = 0; levels && round < mostRounds; round++) {
    const isFirst = round === 0
    // A first placement that was far off takes more rounds to be put right than most recordings need.
    if (round > 1 && movedShare(earlier, placed) < settledShare) break
    Object.assign(work, isFirst ? { done: 0.6, span: 0.15 } : { done: 0.75 + 0.08 * (round - 1), span: 0.08 })
    earlier = placed
    const beam = (isFirst ? 20 : 10) * (hasTextGap ? 2 : 1)
    const next = await go(wide, tolerant(levels, 2, beam), tolerant(levels, 1, beam))
    placed = next.placed
    levels = next.levels ?? levels
    const { filler } = levels
    if (round + 1 < mostRounds) models = learn(stage, placed, ({ score }) => score > filler, models)
  }
  return { placed, levels, earlier, models, plain, stage, voices: own }
}

// Leaves out what nobody said, shares out the sounds of nobody, and tells how far each place leads.
async function settle(
  stage: Stage,
  {
    placed,
    earlier,
    levels,
    models,
  }: Pick<Searched, 'placed' | 'earlier' | 'models'> & { readonly levels: Levels },
  units: readonly Unit[],
  clips: readonly Clip[],
): Promise<{ readonly placed: readonly (Placed | null)[]; readonly leads: readonly (number | null)[] }> {
  const { track } = stage
  const scorer = new Scorer(track, models)
  const sure = confidences({ placed, earlier, clips, levels, track })
  const first = { confidence: sure, units, clips, levels }
  const likely = withoutSqueezed({ ...first, placed: withoutUnlikely({ ...first, placed }) })
  const lengths = lengthsOf(stage.chain.phones, likely, levels)
  const alike = alikeLengths(likely, clips)
  const shared = regrouped(
    stage,
    scorer,
    likely,
    units,
    levels,
    lengths,
    clips.map((clip) => alike.of(clip)),
  )
  const surer = confidences({ placed: shared, earlier, clips, levels, track })
  // A turn may have come back, or moved, to a sound that is not like it.
  const rest = { confidence: surer, units, clips, levels }
  const unsqueezed = withoutSqueezed({ ...rest, placed: shared })
  const regroupedToo = withoutUnlikely({ ...rest, placed: unsqueezed }, hardlyOtherwise)
  const isUnsure = (k: number) => (surer[k] as number) < sureWithoutLead
  const leads = await leadsOf(stage, scorer, regroupedToo, levels, tolerant(levels, 2, 10), isUnsure)
  return { placed: regroupedToo, leads }
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

function fill(placed: readonly (Position | null)[], positions: readonly Position[]): (Position | null)[] {
  return placed.map((position, k) => position ?? (positions[k] as Position))
}

// Times that contradict the order of the text are left out: the one placed later in the text gives way.
function risingPins<P extends { readonly unit: number; readonly frame: number }>(pins: readonly P[]): P[] {
  const result: P[] = []
  for (const pin of pins) if (pin.frame >= (result.at(-1)?.frame ?? 0)) result.push(pin)
  return result
}
