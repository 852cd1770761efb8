import { withoutStrays } from './repair/strays'
import { inVoices, otherVoices } from './repair/turnVoices'
import type { Levels } from './search/calibrate'
import { type Costs, strict, tolerant } from './search/costs'
import type { firstPlacement, Voices } from './search/firstModels'
import { type PhoneModels, Scorer } from './search/phoneModels'
import {
  type Gap,
  learn,
  limitsAround,
  measureLevels,
  type Placed,
  placeExactly,
  rising,
  type Stage,
} from './search/placing'
import { Search } from './search/search'
import { frameRate } from './sound/spectrum'
import type { Position } from './sound/track'
import type { Unit } from './text/segments'

/** How far from its first place a unit is looked for in the narrow round. */
const narrowSeconds = 6
/** How far from its last place it is looked for in a wide one, and that as a share of the recording. */
const wideSeconds = 300
const wideShare = 0.12
/** Wide rounds: two, and more while more than this share of the units moves by a second. */
const mostRounds = 4
const settledShare = 0.01
/** Times that it is asked who says what. */
const mostVoiceRounds = 2

/** What one round has found. */
export interface Round {
  readonly placed: readonly (Placed | null)[]
  /** `null` where too little was placed to tell. */
  readonly levels: Levels | null
}

/** What all rounds have found. */
export interface Searched extends Round {
  /** With the voices in which the units are said. */
  readonly stage: Stage
  readonly voices: readonly number[]
  /** The placement of the round before. */
  readonly earlier: readonly (Placed | null)[]
  readonly models: PhoneModels
  /** The round in which nothing could be left out. */
  readonly plain: Round
}

export interface FirstFindings extends Awaited<ReturnType<typeof firstPlacement>> {
  readonly voices: Voices
  /** Sound that was passed over when the text was placed first. */
  readonly gaps: readonly Gap[]
  /** Text was passed over amid the rest. */
  readonly hasTextGap: boolean
}

/** Looks for all units of a stage: in one narrow round in which all is spoken, then in wide ones in which text may be left out. The models are
 *  learned again after each.
 *  @param enter told before each round the share of all work that is done, and the share that it is */
export async function searchInRounds(
  labelled: Stage,
  units: readonly Unit[],
  { voices, gaps, hasTextGap, ...first }: FirstFindings,
  enter: (done: number, span: number) => void,
): Promise<Searched> {
  const { track } = labelled
  let stage = labelled
  let { models } = first
  let positions: Position[] = rising(first.positions, 0)

  const go = async (seconds: number, gaps: readonly Gap[], costs: (hop: number) => Costs): Promise<Round> => {
    const scorer = new Scorer(track, models)
    const { low, high } = limitsAround(stage, positions, seconds, gaps)
    const search = new Search(stage.chain, costs(2))
    const found = await search.wide(scorer, 0, track.frames, low, high, stage.breathe)
    const usable = found.some(Boolean) ? found : positions
    const exactly = await placeExactly(stage, scorer, new Search(stage.chain, costs(1)), usable)
    const levels = await measureLevels(stage, scorer, exactly)
    const placed = levels ? await withoutStrays(stage, scorer, exactly, levels) : exactly
    positions = rising(
      placed.map((position, k) => position ?? (positions[k] as Position)),
      0,
    )
    return { placed, levels }
  }

  enter(0.4, 0.2)
  const plain = await go(narrowSeconds, [], strict)
  let { placed, levels } = plain
  const own = learnedVoices(stage, units, plain, models, voices)
  stage = own.stage
  models = own.models
  let earlier = placed
  const wide = Math.max(wideSeconds, (wideShare * track.frames) / frameRate)
  for (let round = 0; levels && round < mostRounds; round++) {
    const isFirst = round === 0
    // A first placement that was far off takes more rounds to be put right than most recordings need.
    if (round > 1 && movedShare(earlier, placed) < settledShare) break
    if (isFirst) enter(0.6, 0.15)
    else enter(0.75 + 0.08 * (round - 1), 0.08)
    const known: Levels = levels
    // Text beside text that was passed over may have to be left out too, more than a usual search gives a path credit for.
    const beam = (isFirst ? 20 : 10) * (hasTextGap ? 2 : 1)
    const next = await go(wide, gaps, (hop) => tolerant(known, hop, beam))
    if (round > 1 && losesText(placed, next.placed)) break
    earlier = placed
    placed = next.placed
    levels = next.levels ?? known
    const { filler } = levels
    if (round + 1 < mostRounds) models = learn(stage, placed, ({ score }) => score > filler, models)
  }
  return { placed, levels, earlier, models, plain, stage, voices: own.voices }
}

// Learns from all but the worst quarter of what was placed, and has each turn said in the voice that it is likeliest in, whatever its label.
function learnedVoices(
  labelled: Stage,
  units: readonly Unit[],
  { placed, levels }: Round,
  prior: PhoneModels,
  { of, count, named }: Voices,
): { readonly stage: Stage; readonly voices: readonly number[]; readonly models: PhoneModels } {
  const turnOf = (k: number) => (units[k] as Unit).turn
  // Of each voice by itself: one that the first models do not fit would teach nothing otherwise, and be left out in the end.
  const quarters = Array.from({ length: count }, (_, voice) =>
    lowerQuarter(placed.filter((_unit, k) => of[k] === voice)),
  )
  let [stage, voices] = [labelled, of]
  const isGood = ({ score }: Placed, k: number) => score >= (quarters[voices[k] as number] as number)
  let models = learn(stage, placed, isGood, prior)
  for (let round = 0; levels && round < mostVoiceRounds; round++) {
    const others = otherVoices(stage, placed, models, new Scorer(stage.track, models), {
      turnOf,
      voiceOf: (k) => voices[k] as number,
      named,
      least: levels.filler,
    })
    if (others.size === 0) break
    voices = voices.map((voice, k) => others.get(turnOf(k)) ?? voice)
    stage = { ...stage, chain: inVoices(stage.chain, (k) => voices[k] as number, models.perVoice) }
    models = learn(stage, placed, (unit, k) => others.has(turnOf(k)) || isGood(unit, k), models)
  }
  return { stage, voices, models }
}

function lowerQuarter(placed: readonly (Placed | null)[]): number {
  const scores = placed.flatMap((unit) => (unit ? [unit.score] : [])).sort((a, b) => a - b)
  return scores[Math.floor(scores.length / 4)] ?? 0
}

/** Whether a round left out more than it found, by more than what changes in settled rounds. In noise right text scores hardly better than wrong
 *  text: what is left when some is left out makes right text seem better, which leaves out more in the next round, and so on. */
export function losesText(before: readonly unknown[], now: readonly unknown[]): boolean {
  const count = (placed: readonly unknown[]) => placed.filter((unit) => unit !== null).length
  return count(before) - count(now) > settledShare * now.length
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
