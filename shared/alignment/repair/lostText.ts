import { type Levels, normalisedScore } from '../search/calibrate'
import type { Chain } from '../search/chain'
import { tolerant } from '../search/costs'
import { type PhoneModels, Scorer } from '../search/phoneModels'
import {
  learn,
  limitsAround,
  measureLevels,
  type Placed,
  placeExactly,
  rising,
  type Stage,
} from '../search/placing'
import { Search } from '../search/search'
import { frameRate } from '../sound/spectrum'
import { withoutStrays } from './strays'
import { usualPace } from './unitLengths'

/** Seconds of right text of which a run must lack the place: of text that was left out, twice as many. */
const leastLack = 10
/** What text at its place gains at least, as a share of what right text does. */
const leastShare = 0.5
/** Seconds of well placed text on either side that are looked for again too. */
const besideSeconds = 40
/** What leaving out any amount of text at once costs, in seconds of right text: more than two turns. */
const jumpSeconds = 6
/** Of its search, in that unit. */
const beam = 40
const mostRounds = 3
/** What new places must gain, seconds of right text. */
const leastGain = 4
/** Frames of a search times the states of its text, beyond which the text is looked for near its last places only: a few seconds of work. */
const mostCells = 2.5e9

/** What leaving out any number of units at once costs a search at 20 ms. */
export function jumpPrice({ right, filler }: Pick<Levels, 'right' | 'filler'>): number {
  return (jumpSeconds * (right - filler) * frameRate) / 2
}

/** Units `[first, last)`. */
export interface Run {
  readonly first: number
  readonly last: number
}

/** How much more than filler each unit scores where it lies, in seconds of right text; 0 where it was left out. */
export function gainsOf(
  { models }: Chain,
  placed: readonly (Placed | null)[],
  levels: Pick<Levels, 'filler' | 'right'>,
): number[] {
  return placed.map((unit) => {
    if (!unit) return 0
    const frames = unit.path.reduce((sum, state) => sum + (models[state] === 0 ? 0 : 1), 0)
    return (frames / frameRate) * normalisedScore(unit.score, levels)
  })
}

/** The runs of units that lack a good place, each with `besideSeconds` of well placed text on either side.
 *  @param usual seconds that each unit takes as a rule @param gains what it gains where it lies */
export function lostRuns(usual: readonly number[], gains: readonly number[]): Run[] {
  const good = usual.map((seconds, k) => Math.min(seconds, gains[k] as number))
  const lacks = usual.map((seconds, k) => leastShare * seconds - (good[k] as number))
  const joined: { first: number; last: number }[] = []
  for (let run = nextLost(lacks, 0); run; run = nextLost(lacks, run.last)) {
    let { first, last } = run
    for (let sum = 0; first > 0 && sum < besideSeconds; ) sum += Math.max(0, good[--first] as number)
    for (let sum = 0; last < good.length && sum < besideSeconds; ) sum += Math.max(0, good[last++] as number)
    const before = joined.at(-1)
    if (before && first <= before.last) before.last = last
    else joined.push({ first, last })
  }
  return joined
}

// The next run that lacks more than any longer or shorter one, up to as much good text as must be lacking.
function nextLost(lacks: readonly number[], from: number): Run | null {
  let [sum, most, first, last] = [0, 0, from, from]
  for (let k = from; k < lacks.length && (most < leastLack || most - sum < leastLack); k++) {
    if (sum <= 0) [sum, most, first, last] = [0, 0, k, k]
    sum += lacks[k] as number
    if (sum > most) [most, last] = [sum, k + 1]
  }
  return most >= leastLack ? { first, last } : null
}

/** What a search over the whole has found. */
export interface Found {
  readonly placed: readonly (Placed | null)[]
  /** The placement of the round before. */
  readonly earlier: readonly (Placed | null)[]
  readonly levels: Levels
  readonly models: PhoneModels
}

/** Where much text has no good place, looks for it again with what no search over the whole can afford: any amount of text may be left out
 *  at once, and all of it may lie anywhere between the well placed text on either side. So text that was never said does not drag along what
 *  is said behind it, and a gap in the recording comes to lie where it is. What is better so is learned from, and looked for once more. */
export async function withLostText(
  stage: Stage,
  found: Found,
  scorerOf: (models: PhoneModels) => Scorer = (models) => new Scorer(stage.track, models),
): Promise<Found> {
  const { chain } = stage
  let { placed, earlier, levels, models } = found
  const isNew = placed.map(() => false)
  for (let round = 0; round < mostRounds; round++) {
    const scorer = scorerOf(models)
    const gains = gainsOf(chain, placed, levels)
    const [now, before] = [[...placed], [...earlier]]
    let isBetter = false
    for (const { first, last } of lostRuns(usualSeconds(chain, placed, levels), gains)) {
      const [begin, behind] = betweenPlaced(placed, first, last)
      const from = placed[begin - 1]?.end ?? stage.from
      const to = placed[behind]?.start ?? stage.to
      if (to - from < frameRate) continue
      const own = await search({ ...stage, from, to }, scorer, levels, placed, begin, behind)
      const gained = sumOf(gainsOf(chain, own, levels), begin, behind) - sumOf(gains, begin, behind)
      const isTaken = gained >= leastGain
      isBetter ||= isTaken
      for (let k = begin; k < behind; k++) {
        const found = own[k] ?? null
        // What two of these rounds agree on has not moved.
        if (isNew[k]) before[k] = isTaken ? (placed[k] ?? null) : found
        else if (isTaken) before[k] = found
        if (!isTaken) continue
        now[k] = found
        isNew[k] = true
      }
    }
    ;[placed, earlier] = [now, before]
    if (!isBetter) break
    levels = (await measureLevels(stage, scorer, placed)) ?? levels
    const { filler } = levels
    models = learn(stage, placed, ({ score }) => score > filler, models)
  }
  return { placed, earlier, levels, models }
}

// How long each unit takes as a rule.
function usualSeconds(chain: Chain, placed: Found['placed'], { filler }: Levels): number[] {
  const pace = usualPace(placed, chain.phones, filler)
  return Array.from(chain.phones, (count) => (count * pace) / frameRate)
}

// A run together with what is left out on either side.
function betweenPlaced(placed: Found['placed'], first: number, last: number): readonly [number, number] {
  let [begin, behind] = [first, last]
  while (begin > 0 && !placed[begin - 1]) begin--
  while (behind < placed.length && !placed[behind]) behind++
  return [begin, behind]
}

/** The sum of the entries from `first` to `last`, without that. */
export function sumOf(values: readonly number[], first: number, last: number): number {
  return values.slice(first, last).reduce((sum, value) => sum + value, 0)
}

/** Looks for units `first`–`last` (exclusive) between `stage.from` and `stage.to`.
 *  @returns `null` for all others too */
async function search(
  stage: Stage,
  scorer: Scorer,
  levels: Levels,
  placed: Found['placed'],
  first: number,
  last: number,
): Promise<(Placed | null)[]> {
  const { chain, from, to, breathe } = stage
  const cells = ((to - from) / 2) * ((chain.boundary[last] as number) - (chain.boundary[first] as number))
  const seconds = ((to - from) / frameRate) * Math.min(1, mostCells / cells)
  const { low, high } = limitsAround(stage, rising(placed, from), seconds)
  const inside = (unit: number) => Math.max(first, Math.min(last - 1, unit))
  const [lowest, highest] = [low.map(inside), high.map(inside)]
  // The search begins with the first unit, and ends behind the last.
  lowest[0] = first
  highest[highest.length - 1] = last - 1
  const jump = jumpPrice(levels)
  const places = await new Search(chain, tolerant(levels, 2, beam)).wide(
    scorer,
    from,
    to,
    lowest,
    highest,
    breathe,
    { behind: last, jump },
  )
  const exactly = await placeExactly(stage, scorer, new Search(chain, tolerant(levels, 1, beam)), places)
  return withoutStrays(stage, scorer, exactly, levels)
}
