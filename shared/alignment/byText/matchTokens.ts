import { alignBlock, type BlockScores } from './blockAlignment'
import { likenesses } from './likeness'

/** What became of each key of a text when it was laid beside another. */
export interface TokenMatch {
  /** For each key: the other text's key that is alike; −1 where there is none; −2 − k where key k, another word, stands in its place. */
  readonly counterpart: Int32Array
  /** How much each key of `a` tells: 1 for a word that comes once, less for frequent ones and for single characters. */
  readonly weight: Float32Array
  /** Share of the weight of the shorter text that found its like, 0–1. */
  readonly share: number
}

/** Pairs in a block that are looked at at once; without anything unique in them, more, but then only for words that are the same. */
const easyPairs = 60_000
const mostPairs = 4_000_000
/** Keys beside an anchor that are still aligned where what lies behind them has nothing in common. */
const edge = 700
/** Lengths of runs that are looked for where they are unique in both texts. */
const runLengths = [8, 6, 4, 3, 2] as const

const gap = { missingOpen: 0.55, surplusOpen: 0.55, gapStep: 0.04 }
const otherWord = -0.35

/** Lays one text beside another: long runs that are unique in both are anchors, what lies between is aligned exactly, run by run. Time and
 *  memory grow with the length of the texts, not with its square.
 *  @param marks entries of `a` before which `b` may say more for nothing
 *  @returns matches in rising order on both sides */
export function matchTokens(
  a: readonly string[],
  b: readonly string[],
  marks: ReadonlySet<number> = new Set(),
): TokenMatch {
  const ids = new Map<string, number>()
  const idsOf = (keys: readonly string[]) =>
    Int32Array.from(keys, (key) => {
      const known = ids.get(key)
      if (known !== undefined) return known
      ids.set(key, ids.size)
      return ids.size - 1
    })
  const [aIds, bIds] = [idsOf(a), idsOf(b)]
  const keys = [...ids.keys()]
  const keyWeight = weightsOf(keys, aIds, bIds)
  const likenessOf = likenesses(keys)
  const scores: BlockScores = {
    pair: (i, j) => {
      const left = aIds[i] as number
      const alike = likenessOf(left, bIds[j] as number)
      return alike === 0 ? otherWord : (keyWeight[left] as number) * (1.6 * alike - 0.6)
    },
    surplusOpen: (i) => (marks.has(i) ? 0 : gap.surplusOpen),
    missingOpen: gap.missingOpen,
    gapStep: gap.gapStep,
  }
  const exactly: BlockScores = {
    ...scores,
    pair: (i, j) => (aIds[i] === bIds[j] ? (keyWeight[aIds[i] as number] as number) : otherWord),
  }
  const counterpart = new Int32Array(a.length).fill(-1)
  const take = (from: number, found: Int32Array) => counterpart.set(found, from)

  const align = (aFrom: number, aTo: number, bFrom: number, bTo: number, lengthIndex: number): void => {
    let [from, to, start, end] = [aFrom, aTo, bFrom, bTo]
    while (from < to && start < end && aIds[from] === bIds[start]) counterpart[from++] = start++
    while (to > from && end > start && aIds[to - 1] === bIds[end - 1]) counterpart[--to] = --end
    if (from === to || start === end) return
    const pairs = (to - from) * (end - start)
    const anchors = pairs <= easyPairs ? null : anchorsOf(aIds, bIds, [from, to], [start, end], lengthIndex)
    if (anchors) {
      const length = runLengths[anchors.lengthIndex] as number
      let [left, right] = [from, start]
      for (const [i, j] of anchors.pairs) {
        if (i < left || j < right) continue
        align(left, i, right, j, anchors.lengthIndex)
        for (let step = 0; step < length; step++) counterpart[i + step] = j + step
        ;[left, right] = [i + length, j + length]
      }
      align(left, to, right, end, anchors.lengthIndex)
    } else if (pairs <= mostPairs) {
      const free = { atStart: from === 0 || start === 0, atEnd: to === a.length || end === b.length }
      take(from, alignBlock([from, to], [start, end], pairs <= easyPairs ? scores : exactly, free))
    } else {
      // Nothing in common: only what adjoins the anchors is worth looking at.
      const [rows, columns] = [Math.min(edge, (to - from) >> 1), Math.min(edge, (end - start) >> 1)]
      const [opening, closing] = [
        { atStart: false, atEnd: true },
        { atStart: true, atEnd: false },
      ]
      if (from > 0) take(from, alignBlock([from, from + rows], [start, start + columns], exactly, opening))
      if (to < a.length) take(to - rows, alignBlock([to - rows, to], [end - columns, end], exactly, closing))
    }
  }
  align(0, a.length, 0, b.length, 0)

  const weight = Float32Array.from(aIds, (id) => keyWeight[id] as number)
  dropStrays(counterpart, weight)
  let matched = 0
  for (let i = 0; i < a.length; i++) if ((counterpart[i] as number) >= 0) matched += weight[i] as number
  const sum = (list: Int32Array) => list.reduce((total, id) => total + (keyWeight[id] as number), 0)
  const shorter = Math.min(sum(aIds), sum(bIds))
  return { counterpart, weight, share: shorter > 0 ? Math.min(1, matched / shorter) : 0 }
}

function weightsOf(keys: readonly string[], aIds: Int32Array, bIds: Int32Array): Float32Array {
  const counts = new Float64Array(keys.length)
  for (const list of [aIds, bIds]) for (const id of list) counts[id] = (counts[id] as number) + 1
  const most = Math.log(Math.max(200, aIds.length + bIds.length))
  return Float32Array.from(keys, (key, id) => {
    const common = Math.log(Math.max(1, (counts[id] as number) / 2)) / most
    return (1 - 0.8 * common) * (key.length === 1 ? 0.65 : 1)
  })
}

// The longest runs that are unique in both stretches.
function anchorsOf(
  a: Int32Array,
  b: Int32Array,
  aRange: readonly [number, number],
  bRange: readonly [number, number],
  first: number,
): { readonly pairs: readonly [number, number][]; readonly lengthIndex: number } | null {
  for (let lengthIndex = first; lengthIndex < runLengths.length; lengthIndex++) {
    const pairs = uniqueRuns(a, b, aRange, bRange, runLengths[lengthIndex] as number)
    if (pairs.length > 0) return { pairs, lengthIndex }
  }
  return null
}

// Runs of `length` keys that come once in each stretch, thinned to the longest list that rises in both texts.
function uniqueRuns(
  a: Int32Array,
  b: Int32Array,
  [aFrom, aTo]: readonly [number, number],
  [bFrom, bTo]: readonly [number, number],
  length: number,
): [number, number][] {
  const twice = -2
  const places = (list: Int32Array, from: number, to: number) => {
    const found = new Map<number, number>()
    for (let i = from; i + length <= to; i++) {
      const name = nameOf(list, i, length)
      found.set(name, found.has(name) ? twice : i)
    }
    return found
  }
  const inB = places(b, bFrom, bTo)
  const pairs: [number, number][] = []
  for (const [name, i] of places(a, aFrom, aTo)) {
    const j = inB.get(name)
    if (i >= 0 && j !== undefined && j >= 0 && isSame(a, i, b, j, length)) pairs.push([i, j])
  }
  return longestRising(pairs.sort((left, right) => left[0] - right[0]))
}

function nameOf(list: Int32Array, from: number, length: number): number {
  let name = 0
  for (let k = 0; k < length; k++) name = (name * 1_000_003 + (list[from + k] as number) + 1) % 9_007_199_254
  return name
}

function isSame(a: Int32Array, i: number, b: Int32Array, j: number, length: number): boolean {
  for (let k = 0; k < length; k++) if (a[i + k] !== b[j + k]) return false
  return true
}

function longestRising(pairs: readonly [number, number][]): [number, number][] {
  const ends: number[] = []
  const before = new Int32Array(pairs.length).fill(-1)
  for (const [k, [, j]] of pairs.entries()) {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[ends[middle] as number] as [number, number])[1] < j) low = middle + 1
      else high = middle
    }
    before[k] = low > 0 ? (ends[low - 1] as number) : -1
    ends[low] = k
  }
  const chain: [number, number][] = []
  for (let k = ends.at(-1) ?? -1; k >= 0; k = before[k] as number) chain.push(pairs[k] as [number, number])
  return chain.reverse()
}

// A few frequent words in the middle of much that has no counterpart are chance.
function dropStrays(counterpart: Int32Array, weight: Float32Array): void {
  const reach = 8
  let [i, lastA, lastB] = [0, -1, -1]
  const matched = [...counterpart.keys()].filter((k) => (counterpart[k] as number) >= 0)
  while (i < matched.length) {
    let j = i
    let sum = weight[matched[i] as number] as number
    while (j + 1 < matched.length) {
      const [here, next] = [matched[j] as number, matched[j + 1] as number]
      if (next - here > reach || (counterpart[next] as number) - (counterpart[here] as number) > reach) break
      sum += weight[next] as number
      j++
    }
    const [first, last] = [matched[i] as number, matched[j] as number]
    const following = matched[j + 1]
    const room = Math.min(
      first - lastA + (following === undefined ? 0 : following - last),
      (counterpart[first] as number) -
        lastB +
        (following === undefined ? 0 : (counterpart[following] as number) - (counterpart[last] as number)),
    )
    const isBeside = first - lastA <= reach && (counterpart[first] as number) - lastB <= reach
    if (!isBeside && j + 1 - i < 12 && sum < 0.6 + 0.35 * Math.log2(1 + room)) {
      for (let k = first; k <= last; k++) counterpart[k] = -1
    } else {
      lastA = last
      lastB = counterpart[last] as number
    }
    i = j + 1
  }
}
