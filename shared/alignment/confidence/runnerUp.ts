import { never } from '../kernel/searchLayout'
import type { Levels } from '../search/calibrate'
import { type Chain, kind, padding } from '../search/chain'
import { type Costs, secondsGain } from '../search/costs'
import type { Placed, Stage } from '../search/placing'
import type { ScoreSource } from '../search/search'
import type { Position } from '../sound/track'

/** Frames from one row to the next. */
const hop = 2
/** Frames on either side of a unit within which another place is looked for. */
const reach = 700
/** Units on either side of it that make room, at most. */
const mostBeside = 12
/** Units close to each other are looked at together, as long as that is no more than so many frames. */
const longestWindow = 2600
/** Frames from its place at which a unit is elsewhere. */
const elsewhere = 40

/** How much better each unit is where it was placed than it would be elsewhere, with the units around it laid anew: in seconds of what right
 *  text gains over filler, negative where it would be better elsewhere; infinite where it can be nowhere else. `null` for units that were not
 *  asked for, and where there is no path.
 *  The place of a unit is that of the sound in its middle: the first one may reach back over a pause and mean nothing by it.
 *  @param costs of a search at 20 ms */
export async function leadsOf(
  stage: Stage,
  source: ScoreSource,
  placed: readonly (Placed | null)[],
  levels: Pick<Levels, 'right' | 'filler'>,
  costs: Costs,
  isAsked: (unit: number) => boolean,
): Promise<(number | null)[]> {
  const result: (number | null)[] = placed.map(() => null)
  const second = secondsGain(levels, hop)
  const asked = placed.flatMap((unit, k) => (unit && isAsked(k) ? [k] : []))
  for (let i = 0; i < asked.length; ) {
    let window = windowAround(stage, placed, asked[i] as number, asked[i] as number)
    let next = i + 1
    for (; next < asked.length; next++) {
      const wider = windowAround(stage, placed, asked[i] as number, asked[next] as number)
      const isParted = stage.pins.some(
        ({ unit }) => unit > (asked[i] as number) && unit <= (asked[next] as number),
      )
      if (isParted || wider.end - wider.start > longestWindow) break
      window = wider
    }
    const units = asked.slice(i, next)
    const values = placesOf(stage.chain, source, costs, window, units)
    units.forEach((unit, index) => {
      const lead = leadOf(stage.chain, unit, placed[unit] as Placed, values[index] as Values, window)
      result[unit] = lead === null ? null : lead / second
    })
    await stage.breathe(window.end)
    i = next
  }
  return result
}

/** Units `[first, last)` over frames `[start, end)`. */
interface Window extends Position {
  readonly first: number
  readonly last: number
}

// What lies around units k to j, up to the next pins.
function windowAround(
  { chain, from, to, pins }: Stage,
  placed: readonly (Placed | null)[],
  k: number,
  j: number,
): Window {
  const { start: begin } = placed[k] as Placed
  const { end: close } = placed[j] as Placed
  let [first, last] = [k, j + 1]
  let start = Math.max(from, begin - 2 * reach)
  let end = Math.min(to, close + 2 * reach)
  while (first > 0 && k - first < mostBeside) {
    const before = placed[first - 1]
    if (before && before.end < begin - reach) {
      start = Math.max(start, before.end)
      break
    }
    first--
  }
  while (last < chain.units && last - j <= mostBeside) {
    const after = placed[last]
    if (after && after.start > close + reach) {
      end = Math.min(end, after.start)
      break
    }
    last++
  }
  if (k - first >= mostBeside) start = Math.max(start, placed[first - 1]?.end ?? start)
  if (last - j > mostBeside) end = Math.min(end, placed[last]?.start ?? end)
  for (const { unit, frame } of pins)
    if (unit <= k) {
      first = Math.max(first, unit)
      start = Math.max(start, frame)
    } else if (unit > j) {
      last = Math.min(last, unit)
      end = Math.min(end, frame)
    }
  return { first, last, start: Math.min(start, begin), end: Math.max(end, close) }
}

/** What the best path is worth that comes to a state in each row. */
type Values = Float64Array

// The best path through the place, less the best one through another.
function leadOf(chain: Chain, k: number, unit: Placed, values: Values, { start }: Window): number | null {
  const middle = middleOf(chain, k)
  let own = unit.start
  for (let i = 0; i < unit.path.length; i++)
    if ((unit.path[i] as number) >= middle) {
      own = unit.start + i
      break
    }
  let [here, there] = [never, never]
  values.forEach((value, row) => {
    if (Math.abs(start + hop * row - own) <= elsewhere) here = Math.max(here, value)
    else there = Math.max(there, value)
  })
  if (here < never / 2) return null
  return there < never / 2 ? Number.POSITIVE_INFINITY : here - there
}

// The first half of the sound in the middle of a unit.
function middleOf({ boundary, models, phones }: Chain, k: number): number {
  const half = (phones[k] as number) >> 1
  let [state, count] = [(boundary[k] as number) + 2, 0]
  for (let s = state; s < (boundary[k + 1] as number); s++) {
    if (models[s] === 0 || (models[s] as number) % 2 === 1) continue
    state = s
    if (count++ === half) break
  }
  return state
}

/** A window's states, counted from `padding` before its first boundary on. */
interface Lattice {
  readonly chain: Chain
  readonly costs: Costs
  /** The state of the chain that is 0 here. */
  readonly base: number
  readonly states: number
  readonly boundary: Int32Array
  readonly models: Int32Array
  /** What it costs to come to a state from the one, two, three states below. */
  readonly one: Float64Array
  readonly two: Float64Array
  readonly three: Float64Array
  /** Of each boundary: what entering filler costs, and the boundary before the turn that ends there, if it has several units; else −1. */
  readonly fillerIn: Float64Array
  readonly turn: Int32Array
}

function latticeOf(chain: Chain, costs: Costs, { first, last }: Window): Lattice {
  const base = (chain.boundary[first] as number) - padding
  const states = (chain.boundary[last] as number) + 2 - base
  const [one, two, three] = [0, 1, 2].map(() => new Float64Array(states + 3).fill(-never)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const { dropHalf, pauseIn } = costs
  for (let s = padding; s < states; s++) {
    const what = chain.kinds[base + s]
    if (what === kind.second || what === kind.inner || what === kind.pause || what === kind.word) one[s] = 0
    if (what === kind.inner || what === kind.pause) two[s] = dropHalf
    if (what === kind.link) [one[s], two[s]] = [pauseIn, pauseIn + dropHalf]
    if (what === kind.word) [two[s], three[s]] = [0, dropHalf]
  }
  const own = (list: Int32Array) => list.subarray(first, last + 1)
  return {
    chain,
    costs,
    base,
    states,
    boundary: own(chain.boundary).map((state) => state - base),
    models: Int32Array.from({ length: states }, (_, s) =>
      s < padding ? 0 : (chain.models[base + s] as number),
    ),
    one,
    two,
    three,
    fillerIn: Float64Array.from(own(Int32Array.from(chain.isFree)), (isFree) =>
      isFree ? 0 : costs.fillerIn,
    ),
    turn: own(chain.turnSkip).map((unit) => Math.max(-1, unit - first)),
  }
}

/** For each of `units`, what the best path is worth whose sound in the middle begins in a row. The steps are those of a wide search without
 *  its beam and its limit to how long a sound lasts, forwards and backwards. */
function placesOf(
  chain: Chain,
  source: ScoreSource,
  costs: Costs,
  window: Window,
  units: readonly number[],
): Values[] {
  const lattice = latticeOf(chain, costs, window)
  const middles = units.map((unit) => middleOf(chain, unit) - lattice.base)
  const rows = Math.max(1, Math.ceil((window.end - window.start) / hop))
  const scores = source.score(window.start, rows, hop)
  const values = middles.map(() => new Float64Array(rows))
  let now = new Float64Array(lattice.states).fill(never)
  let next = now.slice()
  const from = lattice.boundary[0] as number
  now[from + 1] = 0
  now[from] = -(lattice.fillerIn[0] as number)
  for (let row = 0; row < rows; row++) {
    const at = row * source.width
    middles.forEach((s, index) => {
      ;(values[index] as Values)[row] =
        comingTo(lattice, now, s) + (scores[at + (lattice.models[s] as number)] as number)
    })
    forwards(lattice, scores, at, now, next)
    ;[now, next] = [next, now]
  }
  now.fill(never)
  const to = lattice.boundary.at(-1) as number
  now[to] = 0
  now[to + 1] = 0
  for (let row = rows - 1; row >= 0; row--) {
    middles.forEach((s, index) => {
      const list = values[index] as Values
      list[row] = (list[row] as number) + (now[s] as number)
    })
    backwards(lattice, scores, row * source.width, now, next)
    ;[now, next] = [next, now]
  }
  return values
}

// The best path to a sound from the states below.
function comingTo({ chain, costs, base, one, two, three }: Lattice, now: Float64Array, s: number): number {
  const [a, b, c] = [now[s - 1] as number, now[s - 2] as number, now[s - 3] as number]
  return chain.kinds[base + s] === kind.sentence
    ? Math.max(a, b, c, (now[s - 4] as number) - costs.dropHalf)
    : Math.max(a - (one[s] as number), b - (two[s] as number), c - (three[s] as number))
}

// From the paths to each state before a frame, `now`, those to each behind it.
function forwards(
  { costs, boundary, models, one, two, three, fillerIn, turn }: Lattice,
  scores: Float32Array,
  at: number,
  now: Float64Array,
  next: Float64Array,
): void {
  const { dropHalf, filler, skipUnit, skipTurn } = costs
  const silence = scores[at] as number
  const last = boundary.length - 1
  for (let k = 0; k <= last; k++) {
    const f = boundary[k] as number
    const [fill, quiet] = [now[f] as number, now[f + 1] as number]
    const enter = Math.max(now[f - 1] as number, (now[f - 2] as number) - dropHalf)
    let toQuiet = Math.max(quiet, fill, enter)
    let toFill = Math.max(fill, Math.max(quiet, enter) - (fillerIn[k] as number))
    if (k > 0) {
      const from = boundary[k - 1] as number
      toFill = Math.max(toFill, (now[from] as number) - skipUnit)
      toQuiet = Math.max(toQuiet, (now[from + 1] as number) - skipUnit)
    }
    if ((turn[k] as number) >= 0) {
      const from = boundary[turn[k] as number] as number
      toFill = Math.max(toFill, (now[from] as number) - skipTurn)
      toQuiet = Math.max(toQuiet, (now[from + 1] as number) - skipTurn)
    }
    next[f] = toFill + filler
    next[f + 1] = toQuiet + silence
    if (k === last) break
    const s0 = f + 2
    next[s0] =
      Math.max(now[s0] as number, fill, quiet, enter) + (scores[at + (models[s0] as number)] as number)
    const to = boundary[k + 1] as number
    let [first, second, third] = [now[s0] as number, quiet, fill]
    for (let s = s0 + 1; s < to; s++) {
      const own = now[s] as number
      let v = own
      const a = first - (one[s] as number)
      if (a > v) v = a
      const b = second - (two[s] as number)
      if (b > v) v = b
      const c = third - (three[s] as number)
      if (c > v) v = c
      next[s] = v + (scores[at + (models[s] as number)] as number)
      third = second
      second = first
      first = own
    }
  }
}

function raise(values: Float64Array, s: number, value: number): void {
  if (value > (values[s] as number)) values[s] = value
}

// From the paths that go on from each state behind a frame, `now`, those from each before it.
function backwards(
  { costs, states, boundary, models, one, two, three, fillerIn, turn }: Lattice,
  scores: Float32Array,
  at: number,
  now: Float64Array,
  next: Float64Array,
): void {
  const { dropHalf, filler, skipUnit, skipTurn } = costs
  let [first, second, third] = [never, never, never]
  for (let s = states - 1; s >= padding; s--) {
    const own = (now[s] as number) + (scores[at + (models[s] as number)] as number)
    let v = own
    const a = first - (one[s + 1] as number)
    if (a > v) v = a
    const b = second - (two[s + 2] as number)
    if (b > v) v = b
    const c = third - (three[s + 3] as number)
    if (c > v) v = c
    now[s] = own
    next[s] = v
    third = second
    second = first
    first = own
  }
  const last = boundary.length - 1
  for (let k = 0; k <= last; k++) {
    const f = boundary[k] as number
    now[f] = (now[f] as number) - (scores[at] as number) + filler
    next[f] = now[f] as number
  }
  for (let k = 0; k <= last; k++) {
    const f = boundary[k] as number
    const [fill, quiet] = [now[f] as number, now[f + 1] as number]
    const toFill = fill - (fillerIn[k] as number)
    raise(next, f, quiet)
    raise(next, f + 1, toFill)
    raise(next, f - 1, Math.max(quiet, toFill))
    raise(next, f - 2, Math.max(quiet, toFill) - dropHalf)
    if (k > 0) {
      const from = boundary[k - 1] as number
      raise(next, from, fill - skipUnit)
      raise(next, from + 1, quiet - skipUnit)
    }
    if ((turn[k] as number) >= 0) {
      const from = boundary[turn[k] as number] as number
      raise(next, from, fill - skipTurn)
      raise(next, from + 1, quiet - skipTurn)
    }
    if (k === last) break
    const begin = now[f + 2] as number
    for (let s = f - 1; s < f + 2; s++) raise(next, s, begin)
    raise(next, f - 2, begin - dropHalf)
  }
}
