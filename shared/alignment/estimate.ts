import { type Pieces, whole } from '../pieces'
import type { Speech, SpokenStretch } from '../recording/speechActivity'

/** Places turns between two instants by their length over the stretches where there is speech, so that they start behind pauses, rather behind
 *  long ones and where the voice changes, and that none is much longer or shorter than its text. Where there are no pauses, by length alone.
 *  @param weights of the turns, in order, any unit
 *  @param from start of the first turn, seconds @param to end of the last one
 *  @returns the start of each turn, never decreasing, within `from`–`to`; the first is `from` */
export function estimateStarts(
  weights: readonly number[],
  from: number,
  to: number,
  speech: Speech,
): number[] {
  return whole(startsInPieces(weights, from, to, speech))
}

/** The same in pieces of some milliseconds. */
export function* startsInPieces(
  weights: readonly number[],
  from: number,
  to: number,
  speech: Speech,
): Pieces<number[]> {
  if (weights.length === 0) return []
  const { spoken, total, onsets } = soundOf(speech, from, to, weights.length)
  const sum = weights.reduce((all, weight) => all + weight, 0)
  const lengths = weights.map((weight) =>
    sum > 0 ? (weight / sum) * total : total / Math.max(1, weights.length),
  )
  const chosen = yield* chooseOnsets(lengths, onsets, total)
  const starts: number[] = [from]
  const timeAt = spokenClock(spoken)
  // What starts at no pause, or where the next one starts too, lies by its length between those that do.
  let [fixed, before] = [0, 0]
  for (let turn = 1; turn <= lengths.length; turn++) {
    const onset = chosen[turn] ?? -1
    const isFree = onset < 0 || (onsets.cost[onset] as number) > 0 || onset === chosen[turn + 1]
    if (turn < lengths.length && isFree) continue
    const end = turn < lengths.length ? (onsets.spoken[onset] as number) : total
    const whole = lengths.slice(fixed, turn).reduce((all, length) => all + length, 0)
    let passed = 0
    for (let free = fixed + 1; free < turn; free++) {
      passed += lengths[free - 1] as number
      starts.push(timeAt(before + (whole > 0 ? ((end - before) * passed) / whole : 0)))
    }
    if (turn < lengths.length) starts.push(onsets.time[onset] as number)
    ;[fixed, before] = [turn, end]
  }
  let latest = from
  return starts.map((start) => {
    latest = Math.max(latest, Math.min(to, start))
    return latest
  })
}

/** The instant at which `share` (0–1) of the speech between two instants has passed; seconds. */
export function timeAtShare(share: number, from: number, to: number, speech: Speech): number {
  const inside = clip(speech, from, to)
  const spoken: Speech = inside.length > 0 ? inside : [[from, Math.max(from, to)]]
  const total = spoken.reduce((sum, [start, end]) => sum + end - start, 0)
  return share <= 0 ? from : spokenClock(spoken)(share * total)
}

/** Which share (0–1) of the speech between two instants has passed at `time`: the way back from `timeAtShare`. */
export function shareAtTime(time: number, from: number, to: number, speech: Speech): number {
  const inside = clip(speech, from, to)
  const spoken: Speech = inside.length > 0 ? inside : [[from, Math.max(from, to)]]
  let [before, total] = [0, 0]
  for (const [start, end] of spoken) {
    before += Math.max(0, Math.min(end, time) - start)
    total += end - start
  }
  return total > 0 ? before / total : 0
}

/** Where a turn may start. */
interface Onsets {
  /** Seconds in the recording. */
  readonly time: Float64Array
  /** Seconds of speech before it. */
  readonly spoken: Float64Array
  /** What the pause before it makes of it: less for a longer one, and where another voice begins. */
  readonly cost: Float64Array
}

/** Seconds of pause that count as nothing, and beyond which a longer one says no more. */
const longPause = 2
const pauseGain = 4
/** What a change of the voice counts. */
const changeGain = 1
/** Cost of a start without a pause, and of two turns at one onset: the text of one was never said. */
const withoutPause = 2
const shared = 4
/** Share and seconds by which a turn's length usually differs from its text's. */
const spreadShare = 0.25
const spreadSeconds = 0.6
/** Deviations beyond which it is something else: speech without text, text without speech. */
const mostDeviations = 2
const beyond = 0.3
/** Deviations by which all turns together may drift from what their texts say. */
const driftOfAll = 6
/** Steps from a path to an onset that are looked at: in all, and for one turn. */
const mostSteps = 300_000
const fewestSteps = 36
const mostStepsOfTurn = 3000
/** Turns after which others may come in. */
const turnsOfPiece = 100

interface Sound {
  readonly from: number
  readonly to: number
  readonly turns: number
  /** The speech within the stretch, all of it where there is none. */
  readonly spoken: Speech
  /** Seconds of it. */
  readonly total: number
  readonly onsets: Onsets
}

const sounds = new WeakMap<Speech, Sound>()

// While somebody types, the sound and the number of turns stay as they are.
function soundOf(speech: Speech, from: number, to: number, turns: number): Sound {
  const known = sounds.get(speech)
  if (known && known.from === from && known.to === to && known.turns === turns) return known
  const inside = clip(speech, from, to)
  const spoken: Speech = inside.length > 0 ? inside : [[from, Math.max(from, to)]]
  const total = spoken.reduce((sum, [start, end]) => sum + end - start, 0)
  const sound = { from, to, turns, spoken, total, onsets: onsetsOf(spoken, total / turns) }
  sounds.set(speech, sound)
  return sound
}

// Speech begins again after a pause. A stretch without pauses that is longer than a turn is cut evenly, which costs more.
function onsetsOf(speech: Speech, turnLength: number): Onsets {
  const [times, spoken, costs]: [number[], number[], number[]] = [[], [], []]
  const add = (time: number, before: number, cost: number) => {
    times.push(time)
    spoken.push(before)
    costs.push(cost)
  }
  let [before, last] = [0, speech[0]?.[0] ?? 0]
  const step = Math.max(0.5, turnLength / 3)
  for (const [index, [start, end, change = 0]] of speech.entries()) {
    const pause = Math.min(1, (start - last) / longPause)
    if (index > 0) add(start, before, -pauseGain * pause - changeGain * change)
    for (let inner = step; inner < end - start - step / 2; inner += step)
      add(start + inner, before + inner, withoutPause)
    before += end - start
    last = end
  }
  return {
    time: Float64Array.from(times),
    spoken: Float64Array.from(spoken),
    cost: Float64Array.from(costs),
  }
}

// The cheapest chain of onsets, the best paths followed turn by turn; entry 0 means nothing, −1 is none. `lengths` in seconds of speech; they add
// up to `total`.
function* chooseOnsets(lengths: readonly number[], onsets: Onsets, total: number): Pieces<Int32Array> {
  const count = onsets.time.length
  const perTurn = Math.max(fewestSteps, Math.min(mostStepsOfTurn, Math.floor(mostSteps / lengths.length)))
  const reach = Math.max(6, Math.min(24, Math.floor(Math.sqrt(perTurn) / 2)))
  const width = Math.max(6, Math.floor(perTurn / reach))
  // For each turn behind the first a row: the onsets of its paths, and the path before each.
  const at = new Int32Array(lengths.length * width)
  const back = new Int32Array(lengths.length * width)
  at[0] = -1
  let paths = 1
  let costs = new Float64Array(width)
  let nextCosts = new Float64Array(width)
  const best = new Float64Array(count + 1).fill(Number.POSITIVE_INFINITY)
  const origin = new Int32Array(count + 1)
  const touched = new Int32Array(width * reach)
  const byCost = (a: number, b: number) => (best[a] as number) - (best[b] as number)
  const byPlace = (a: number, b: number) => a - b
  let [expected, variance] = [0, 0]
  const whole = lengths.reduce((all, length) => all + (spreadShare * length) ** 2 + spreadSeconds ** 2, 0)
  for (let turn = 1; turn < lengths.length; turn++) {
    if (turn % turnsOfPiece === 0) yield
    const [row, before] = [turn * width, (turn - 1) * width]
    const length = lengths[turn - 1] as number
    const spread = Math.hypot(spreadShare * length, spreadSeconds)
    expected += length
    variance += spread ** 2
    // As far as turns before and behind may have drifted together.
    const drift = driftOfAll * Math.max(spread, Math.sqrt((variance * Math.max(0, whole - variance)) / whole))
    let found = 0
    for (let k = 0; k < paths; k++) {
      const path = at[before + k] as number
      const spoken = path < 0 ? 0 : (onsets.spoken[path] as number)
      // The onsets nearest to where the text alone would end, those before and those behind in turn.
      const middle = Math.max(path, firstBehind(onsets.spoken, spoken + length))
      for (let step = 0; step < reach; step++) {
        const next = middle + (step % 2 === 0 ? step >> 1 : -(step + 1) >> 1)
        if (next < 0 || next < path || next >= count) continue
        const said = (onsets.spoken[next] as number) - spoken
        const off = Math.abs(said - length) / spread
        const fit =
          off < mostDeviations
            ? (off * off) / 2
            : (mostDeviations * mostDeviations) / 2 + (off - mostDeviations) * beyond
        const away = ((onsets.spoken[next] as number) - expected) / drift
        const cost =
          (costs[k] as number) +
          fit +
          (next === path ? shared : (onsets.cost[next] as number)) +
          (away * away) / 2
        if (cost >= (best[next] as number)) continue
        if (best[next] === Number.POSITIVE_INFINITY) touched[found++] = next
        best[next] = cost
        origin[next] = k
      }
    }
    if (found === 0) {
      // Behind the last onset there is nothing left to choose.
      at[row] = at[before] as number
      paths = 1
      continue
    }
    const kept = Math.min(found, width)
    if (found > width) {
      sort(touched, found, byCost)
      for (let k = width; k < found; k++) best[touched[k] as number] = Number.POSITIVE_INFINITY
    }
    sort(touched, kept, byPlace)
    for (let k = 0; k < kept; k++) {
      const onset = touched[k] as number
      at[row + k] = onset
      back[row + k] = origin[onset] as number
      nextCosts[k] = best[onset] as number
      best[onset] = Number.POSITIVE_INFINITY
    }
    paths = kept
    ;[costs, nextCosts] = [nextCosts, costs]
  }
  let end = 0
  let least = Number.POSITIVE_INFINITY
  const length = lengths.at(-1) as number
  const spread = Math.hypot(spreadShare * length, spreadSeconds)
  const lastRow = (lengths.length - 1) * width
  for (let k = 0; k < paths; k++) {
    const path = at[lastRow + k] as number
    const left = total - (path < 0 ? 0 : (onsets.spoken[path] as number))
    const off = Math.abs(left - length) / spread
    const cost = (costs[k] as number) + Math.min((off * off) / 2, mostDeviations * off)
    if (cost >= least) continue
    least = cost
    end = k
  }
  const chosen = new Int32Array(lengths.length).fill(-1)
  for (let turn = lengths.length - 1; turn > 0; turn--) {
    chosen[turn] = at[turn * width + end] as number
    end = back[turn * width + end] as number
  }
  return chosen
}

/** Entries that are sorted one by one: a sorting call takes longer for so few. */
const few = 64

function sort(list: Int32Array, count: number, compare: (a: number, b: number) => number): void {
  if (count > few) {
    list.subarray(0, count).sort(compare)
    return
  }
  for (let index = 1; index < count; index++) {
    const entry = list[index] as number
    let place = index
    while (place > 0 && compare(list[place - 1] as number, entry) > 0) {
      list[place] = list[place - 1] as number
      place--
    }
    list[place] = entry
  }
}

/** Index of the first entry of a rising list that is not less. */
function firstBehind(list: Float64Array, value: number): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}

function clip(speech: Speech, from: number, to: number): SpokenStretch[] {
  let first = 0
  let last = speech.length
  while (first < last) {
    const middle = (first + last) >> 1
    if ((speech[middle] as SpokenStretch)[1] <= from) first = middle + 1
    else last = middle
  }
  const inside: SpokenStretch[] = []
  for (let at = first; at < speech.length; at++) {
    const stretch = speech[at] as SpokenStretch
    const [start, end] = stretch
    if (start >= to) break
    inside.push(start >= from && end <= to ? stretch : [Math.max(start, from), Math.min(end, to)])
  }
  return inside
}

/** Tells the recording's time at which so many seconds of speech have passed; asked for more and more of them. */
function spokenClock(speech: Speech): (spoken: number) => number {
  let at = 0
  let passed = 0
  return (spoken) => {
    for (; at < speech.length; at++) {
      const [start, end] = speech[at] as readonly [number, number]
      if (spoken - passed <= end - start) return start + spoken - passed
      passed += end - start
    }
    return speech.at(-1)?.[1] ?? 0
  }
}
