import type { Pin } from '../alignment'
import { frameRate } from '../sound/spectrum'
import { loudFrames, type Position, type Track } from '../sound/track'
import { mean } from '../statistics'
import type { Unit } from '../text/segments'
import { type Levels, levelsOf } from './calibrate'
import type { Chain } from './chain'
import { forbidding } from './costs'
import { estimateModels, type PhoneModels, type Scorer, Statistics } from './phoneModels'
import { Search } from './search'

/** A unit with its path; `score` is the mean over its sounds. */
export interface Placed extends Position {
  readonly score: number
  /** The state of each frame. */
  readonly path: Int32Array
  /** Mean score of the first and of the last 0.3 s. */
  readonly firstScore: number
  readonly lastScore: number
  readonly words: readonly {
    readonly word: number
    readonly start: number
    readonly end: number
    readonly score: number
  }[]
}

/** The first and the last unit that may be said at a frame. */
export interface Limits {
  readonly low: Int32Array
  readonly high: Int32Array
}

/** Frames between units in which a stretch is cut if it is quiet there: speech of nobody cut in two would be cheaper to take for text than it is.
 *  Longer ones are cut anyhow. */
const cutGap = 40
const longestGap = 500
/** Loud frames in which nobody speaks. */
const fewLoud = 15
/** Frames on either side of a stretch in which its first and last unit may lie, where nothing else does. */
const forcedMargin = 200
/** How far from where a search found it a unit may be laid, less than the margin. */
const exactSeconds = 2.5
/** Frames of a stretch that is laid at once. */
const longestStretch = 9000
/** Frames of which `firstScore` and `lastScore` are the means. */
const edgeFrames = 30
/** Units that are laid over the audio of others, at most, to learn what wrong text scores. */
const probes = 150
/** Phones of half a minute. */
const besidePhones = 400

/** Everything that stays the same while units are placed. */
export interface Stage {
  readonly track: Track
  readonly chain: Chain
  /** Frames `[from, to)` that may be used. */
  readonly from: number
  readonly to: number
  readonly pins: readonly { readonly unit: number; readonly frame: number }[]
  readonly breathe: (frame: number) => Promise<void>
}

/** Pins as a stage has them. One whose time contradicts one before it in the text is left out.
 *  @param units the stage's @param frames of its track @param from seconds of the recording at which that begins */
export function stagePins(
  pins: readonly Pin[],
  units: readonly Pick<Unit, 'from'>[],
  frames: number,
  from = 0,
): Stage['pins'] {
  const result: Stage['pins'][number][] = []
  for (const { at, time } of [...pins].sort((a, b) => a.at - b.at || a.time - b.time)) {
    const frame = Math.max(0, Math.min(frames, Math.round((time - from) * frameRate)))
    if (frame >= (result.at(-1)?.frame ?? 0))
      result.push({ unit: units.filter((unit) => unit.from < at).length, frame })
  }
  return result
}

/** Sound `[from, to)` that was passed over when the text was first placed, and the first unit behind it. */
export interface Gap {
  readonly unit: number
  readonly from: number
  readonly to: number
}

/** Which units may be said when: those that were last placed within `seconds`, but never across a pin. Entry i is frame `from + 2 i`.
 *  @param gaps the units beside them may be on either side */
export function limitsAround(
  { from, to, pins, chain }: Stage,
  positions: readonly Position[],
  seconds: number,
  gaps: readonly Gap[] = [],
): Limits {
  const count = Math.ceil((to - from) / 2)
  const low = new Int32Array(count)
  const high = new Int32Array(count)
  const width = seconds * frameRate
  const last = chain.units - 1
  let [a, z, pin] = [0, 0, 0]
  for (let i = 0; i < count; i++) {
    const t = from + 2 * i
    while (a < last && (positions[a] as Position).end < t - width) a++
    while (z < last && (positions[z + 1] as Position).start <= t + width) z++
    while (pin < pins.length && (pins[pin]?.frame as number) <= t) pin++
    const least = pins[pin - 1]?.unit ?? 0
    const most = (pins[pin]?.unit ?? chain.units) - 1
    const lowest = t - from < width ? 0 : Math.min(a, z)
    const highest = t > to - width ? last : Math.max(a, z)
    low[i] = Math.min(Math.max(lowest, least), last)
    high[i] = Math.max(Math.min(highest, most), Math.min(low[i] as number, most))
  }
  for (const gap of gaps) {
    const begin = Math.max(0, (gap.from - from) >> 1)
    const end = Math.min(count, ((gap.to - from) >> 1) + 1)
    const [before, behind] = [besideOf(chain, gap.unit, -1), besideOf(chain, gap.unit, 1)]
    for (let i = 0; i < end; i++) low[i] = Math.min(low[i] as number, before)
    for (let i = begin; i < count; i++) high[i] = Math.max(high[i] as number, behind)
  }
  return { low, high }
}

// The unit up to which, from one on, about half a minute is said.
function besideOf({ phones, units }: Chain, unit: number, step: 1 | -1): number {
  let at = step > 0 ? unit : unit - 1
  for (let sum = 0; at >= 0 && at < units && sum < besidePhones; at += step) sum += phones[at] as number
  return Math.max(0, Math.min(units - 1, at))
}

/** Fills gaps and makes starts rise. */
export function rising(positions: readonly (Position | null)[], from: number): Position[] {
  let last = from
  return positions.map((position) => {
    const start = Math.max(last, position?.start ?? last)
    last = start
    return { start, end: Math.max(start + 1, position?.end ?? start) }
  })
}

/** Units that were placed as part of a chain, as units of another that has all of them.
 *  @param indices which unit of `to` each unit of `from` is */
export function movedTo(
  to: Chain,
  from: Chain,
  indices: readonly number[],
  placed: readonly (Placed | null)[],
): (Placed | null)[] {
  const result: (Placed | null)[] = Array(to.units).fill(null)
  for (const [k, unit] of placed.entries()) {
    const at = indices[k] as number
    const shift = (to.boundary[at] as number) - (from.boundary[k] as number)
    if (unit) result[at] = shift === 0 ? unit : { ...unit, path: unit.path.map((state) => state + shift) }
  }
  return result
}

/** What belongs to some units, as a list for all of them.
 *  @param indices which of the `count` units each entry is of */
export function scattered<T>(
  list: readonly (T | null)[],
  indices: readonly number[],
  count: number,
): (T | null)[] {
  const result: (T | null)[] = Array(count).fill(null)
  for (const [index, k] of indices.entries()) result[k] = list[index] ?? null
  return result
}

/** Lays every placed unit over its audio again, at 10 ms, in stretches cut where there is a pause. */
export async function placeExactly(
  stage: Stage,
  scorer: Scorer,
  search: Search,
  positions: readonly (Position | null)[],
): Promise<(Placed | null)[]> {
  const { from, to, pins, breathe } = stage
  const limits = limitsAround(stage, rising(positions, from), exactSeconds)
  const low = (frame: number) => limits.low[(frame - from) >> 1] as number
  const high = (frame: number) => limits.high[(frame - from) >> 1] as number
  const result: (Placed | null)[] = positions.map(() => null)
  const known = positions.flatMap((position, unit) => (position ? [unit] : []))
  const isPinned = new Set(pins.map(({ unit }) => unit))
  const at = (index: number) => positions[known[index] as number] as Position
  const isCut = (start: number, end: number) =>
    end - start >= cutGap && (end - start > longestGap || loudFrames(stage.track, start, end) < fewLoud)
  for (let i = 0; i < known.length; ) {
    let j = i
    while (
      j + 1 < known.length &&
      known[j + 1] === (known[j] as number) + 1 &&
      !isPinned.has(known[j + 1] as number) &&
      !isCut(at(j).end, at(j + 1).start) &&
      at(j + 1).end - at(i).start < longestStretch - 2 * forcedMargin
    )
      j++
    const first = known[i] as number
    const last = (known[j] as number) + 1
    const [start, end] = [at(i).start, at(j).end]
    const before = i > 0 ? at(i - 1).end : from
    const after = j + 1 < known.length ? at(j + 1).start : to
    let t0 = Math.max(from, start - forcedMargin, Math.min(start - 3, (before + start) >> 1))
    let t1 = Math.min(to, end + forcedMargin, Math.max(end + 3, (after + end) >> 1))
    for (const pin of pins) {
      if (pin.unit <= first) t0 = Math.max(t0, pin.frame)
      if (pin.unit >= last) t1 = Math.min(t1, pin.frame)
    }
    if (t1 - t0 > 4 && t1 - t0 < 2 * longestStretch) {
      const scores = scorer.score(t0, t1 - t0, 1)
      const path = search.forced(scores, scorer.width, first, last, t0, t1, low, high)
      if (path)
        for (let unit = first; unit < last; unit++)
          result[unit] = placedUnit(stage.chain, unit, path, scores, scorer.width, t0)
    }
    await breathe(t1)
    i = j + 1
  }
  return result
}

/** Lays one unit over frames `[from, to)` whatever is said there; the frame behind them is for the silence in which a search ends.
 *  @param search of that chain, with the costs `forbidding`
 *  @returns the unit, and the state of each frame; `null` where it does not fit */
export function layUnit(
  chain: Chain,
  search: Search,
  scorer: Scorer,
  unit: number,
  from: number,
  to: number,
): { readonly unit: Placed; readonly path: Int32Array } | null {
  const scores = scorer.score(from, to - from + 1, 1)
  const only = () => unit
  const path = search.forced(scores, scorer.width, unit, unit + 1, from, to + 1, only, only)
  const placed = path && placedUnit(chain, unit, path, scores, scorer.width, from)
  return path && placed ? { unit: placed, path: path.subarray(0, to - from) } : null
}

/** A unit as it lies on a path.
 *  @param path the state of each frame from `t0` on @param scores of these frames, rows of `width`
 *  @returns `null` where the path has nothing of it */
export function placedUnit(
  { boundary, models, word }: Chain,
  unit: number,
  path: Int32Array,
  scores: Float32Array,
  width: number,
  t0: number,
): Placed | null {
  const s0 = (boundary[unit] as number) + 2
  const s1 = boundary[unit + 1] as number
  let [a, z] = [0, path.length]
  while (a < z && (path[a] as number) < s0) a++
  while (z > a && (path[z - 1] as number) >= s1) z--
  if (z <= a) return null
  const scoreOf = (from: number, to: number) => {
    let [sum, n] = [0, 0]
    for (let i = from; i < to; i++) {
      const model = models[path[i] as number] as number
      if (model === 0) continue
      sum += scores[i * width + model] as number
      n++
    }
    return sum / Math.max(1, n)
  }
  const words: { word: number; start: number; end: number; score: number }[] = []
  for (let i = a; i < z; ) {
    const own = word[path[i] as number] as number
    let j = i + 1
    while (j < z && word[path[j] as number] === own) j++
    if (own >= 0) words.push({ word: own, start: t0 + i, end: t0 + j, score: scoreOf(i, j) })
    i = j
  }
  return {
    start: t0 + a,
    end: t0 + z,
    score: scoreOf(a, z),
    firstScore: scoreOf(a, Math.min(z, a + edgeFrames)),
    lastScore: scoreOf(Math.max(a, z - edgeFrames), z),
    path: path.slice(a, z),
    words,
  }
}

/** Lays one unit over frames `[start, end)` whatever is said there.
 *  @param search of that chain, with the costs `forbidding`
 *  @returns its mean score; `null` where it does not fit or hardly anything is spoken */
export function scoreOver(
  chain: Chain,
  search: Search,
  scorer: Scorer,
  unit: number,
  start: number,
  end: number,
): number | null {
  if (end - start < 20) return null
  const scores = scorer.score(start, end - start, 1)
  const only = () => unit
  const path = search.forced(scores, scorer.width, unit, unit + 1, start, end, only, only)
  if (!path) return null
  let [sum, n] = [0, 0]
  for (let t = 0; t < path.length; t++) {
    const model = chain.models[path[t] as number] as number
    if (model === 0) continue
    sum += scores[t * scorer.width + model] as number
    n++
  }
  return n > 20 ? sum / n : null
}

/** Measures what right and wrong text score: the placed units against units laid over the audio of others. */
export async function measureLevels(
  stage: Stage,
  scorer: Scorer,
  placed: readonly (Placed | null)[],
): Promise<Levels | null> {
  const { chain, to } = stage
  const good = placed.flatMap((unit, k) => (unit && (chain.phones[k] as number) >= 8 ? [k] : []))
  if (good.length < 2) return null
  const length = (k: number) => (placed[k] as Placed).end - (placed[k] as Placed).start
  const pace = mean(good.map((k) => length(k) / (chain.phones[k] as number)))
  const wrong: number[] = []
  const search = new Search(chain, forbidding)
  // The pairs come again after as many as there are units.
  for (let i = 0; i < Math.min(probes, good.length); i++) {
    const k = good[(i * 37 + 11) % good.length] as number
    const j = good[(i * 61 + Math.floor(good.length / 2) + 3) % good.length] as number
    if (j === k || (Math.abs(j - k) < 2 && good.length > 8)) continue
    const start = (placed[j] as Placed).start
    const end = Math.min(to, start + Math.round((chain.phones[k] as number) * pace))
    const score = scoreOver(chain, search, scorer, k, start, end)
    if (score !== null) wrong.push(score)
    if (i % 20 === 0) await stage.breathe(stage.to)
  }
  return levelsOf(
    placed.flatMap((unit, k) => (unit && (chain.phones[k] as number) >= 6 ? [unit.score] : [])),
    wrong,
  )
}

/** Learns models from the units for which `isTrusted` (a unit, its index); `prior` are the models so far. */
export function learn(
  { chain, track }: Stage,
  placed: readonly (Placed | null)[],
  isTrusted: (unit: Placed, index: number) => boolean,
  prior: PhoneModels,
): PhoneModels {
  const statistics = new Statistics(prior.count)
  for (const [index, unit] of placed.entries()) {
    if (!unit || !isTrusted(unit, index)) continue
    for (let i = 0; i < unit.path.length; i++) {
      const model = chain.models[unit.path[i] as number] as number
      statistics.add(model, track, unit.start + i, model === 0 ? 1 : null)
    }
  }
  addSilence(statistics, track)
  return estimateModels(statistics, prior.perVoice, prior)
}

export function addSilence(statistics: Statistics, track: Track): void {
  for (let frame = 0; frame < track.frames; frame += 3) {
    if ((track.loud[frame] as number) > track.quiet + 0.5) continue
    statistics.add(0, track, frame, 1)
  }
}
