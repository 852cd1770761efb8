import { describe, expect, it } from 'vitest'
import { chainOf } from '../../../../shared/alignment/search/chain'
import type { Costs } from '../../../../shared/alignment/search/costs'
import { Search } from '../../../../shared/alignment/search/search'
import { warp } from '../../../../shared/alignment/search/warp'

function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

const rows = (count: number, random: () => number) => ({
  count,
  size: 2,
  values: Float32Array.from({ length: count * 2 }, random),
})
type TestRows = ReturnType<typeof rows>

function distance(a: TestRows, i: number, b: TestRows, j: number): number {
  return Math.hypot(
    (a.values[i * 2] as number) - (b.values[j * 2] as number),
    (a.values[i * 2 + 1] as number) - (b.values[j * 2 + 1] as number),
  )
}

/** Tries every monotone path; returns the first column of each row on the best one. */
function everyPath(a: TestRows, b: TestRows): number[] {
  let best = Number.POSITIVE_INFINITY
  let found: number[] = []
  const walk = (i: number, j: number, sum: number, firsts: number[]) => {
    const total = sum + distance(a, i, b, j)
    if (total >= best) return
    if (i === a.count - 1 && j === b.count - 1) {
      best = total
      found = firsts
      return
    }
    if (i + 1 < a.count && j + 1 < b.count) walk(i + 1, j + 1, total, [...firsts, j + 1])
    if (i + 1 < a.count) walk(i + 1, j, total, [...firsts, j])
    if (j + 1 < b.count) walk(i, j + 1, total, firsts)
  }
  walk(0, 0, 0, [0])
  return found
}

describe('warping', () => {
  it('finds the path that trying all of them finds', () => {
    const random = randomNumbers(7)
    for (let round = 0; round < 30; round++) {
      const [a, b] = [rows(3 + (round % 4), random), rows(4 + (round % 5), random)]
      expect([
        ...warp(
          a,
          b,
          () => 0,
          () => b.count,
        ).columns,
      ]).toEqual(everyPath(a, b))
    }
  })
})

const unit = (phones: number[], turn: number, isAfterUnknown = false) => ({
  words: [{ from: 0, to: 1, isAfterMark: false, phones }],
  turn,
  voice: 0,
  isAfterUnknown,
})
const costs: Costs = {
  filler: -0.6,
  fillerIn: 1.5,
  skipUnit: 9,
  skipTurn: 9,
  dropHalf: 0.7,
  stretch: 0.4,
  longestHalf: 1000,
  pauseIn: 1,
  beam: 1e9,
}

/** The best sum over all paths through one unit of one phone, written out: filler, quiet, first, second, filler, quiet. */
function bestForced(scores: Float32Array, width: number, models: number[], count: number): number {
  const emit = (t: number, s: number) =>
    s === 0 || s === 4
      ? costs.filler
      : (scores[t * width + (s === 1 || s === 5 ? 0 : (models[s] as number))] as number)
  const ways: Record<number, readonly (readonly [number, number])[]> = {
    0: [
      [0, 0],
      [1, costs.fillerIn],
    ],
    1: [
      [1, 0],
      [0, 0],
    ],
    2: [
      [2, 0],
      [1, 0],
      [0, 0],
    ],
    3: [
      [3, 0],
      [2, 0],
    ],
    4: [
      [4, 0],
      [5, costs.fillerIn],
      [3, costs.fillerIn],
      [2, costs.fillerIn + costs.dropHalf],
    ],
    5: [
      [5, 0],
      [4, 0],
      [3, 0],
      [2, costs.dropHalf],
    ],
  }
  const walk = (t: number, s: number): number => {
    const before =
      t === 0
        ? Math.max(
            ...(ways[s] as readonly (readonly [number, number])[]).map(([p, c]) =>
              p === 1 ? -c : p === 0 ? -costs.fillerIn - c : -1e9,
            ),
          )
        : Math.max(...(ways[s] as readonly (readonly [number, number])[]).map(([p, c]) => walk(t - 1, p) - c))
    return before + emit(t, s)
  }
  return Math.max(walk(count - 1, 4), walk(count - 1, 5))
}

describe('the search', () => {
  it('lays one sound over frames as trying all paths does', () => {
    const random = randomNumbers(3)
    const chain = chainOf([unit([1], 0)], 4)
    for (let round = 0; round < 20; round++) {
      const count = 6
      const scores = Float32Array.from({ length: count * 4 }, () => -3 * random())
      const path = new Search(chain, costs).forced(
        scores,
        4,
        0,
        1,
        0,
        count,
        () => 0,
        () => 0,
      )
      expect(path).not.toBeNull()
      const states = [...(path as Int32Array)].map((state) => state - (chain.boundary[0] as number))
      const models = [0, 0, 2, 3, 0, 0]
      let sum = 0
      states.forEach((s, t) => {
        const before = t === 0 ? (s === 0 ? 0 : 1) : (states[t - 1] as number)
        if (t === 0 && s === 0) sum -= costs.fillerIn
        else if (s !== before && (s === 0 || s === 4)) sum -= costs.fillerIn
        if (before === 2 && s > 3) sum -= costs.dropHalf
        sum += s === 0 || s === 4 ? costs.filler : (scores[t * 4 + (models[s] as number)] as number)
      })
      expect(sum).toBeCloseTo(bestForced(scores, 4, models, count), 4)
    }
  })

  const source = (said: readonly number[]) => ({
    width: 10,
    score: (from: number, count: number, hop: number) =>
      Float32Array.from({ length: count * 10 }, (_, i) =>
        Math.floor(said[from + Math.floor(i / 10) * hop] ?? 0) === i % 10 ? 0 : -3,
      ),
  })
  const said = [
    0,
    0,
    ...Array(12).fill(2),
    ...Array(12).fill(3),
    0,
    0,
    0,
    0,
    ...Array(12).fill(4),
    ...Array(12).fill(5),
    0,
    0,
  ]
  const wide = (
    low: number[],
    high: number[],
    units: ReturnType<typeof unit>[],
    options: { behind?: number; jump?: number } = {},
  ) =>
    new Search(chainOf(units, 10), costs).wide(
      source(said),
      0,
      said.length,
      Int32Array.from(low),
      Int32Array.from(high),
      async () => undefined,
      options,
    )
  const frames = Math.ceil(said.length / 2)
  const all = (value: number) => Array<number>(frames).fill(value)

  it('leaves out what is not said', async () => {
    const found = await wide(all(0), all(2), [unit([1], 0), unit([3, 4, 3, 4], 1), unit([2], 2)])
    expect(found).toEqual([{ start: 2, end: 26 }, null, { start: 30, end: 54 }])
  })

  it('leaves out any number of units at once for one price, where it may', async () => {
    const missing = Array.from({ length: 12 }, (_, k) => unit([3, 4, 3, 4], 1 + k))
    const units = [unit([1], 0), ...missing, unit([2], 13)]
    const found = await wide(all(0), all(13), units, { jump: 12 })
    expect(found).toEqual([{ start: 2, end: 26 }, ...missing.map(() => null), { start: 30, end: 54 }])
    const dear = await wide(all(0), all(13), units, { jump: 200 })
    expect(dear).not.toEqual(found)
    const atEnd = await wide(all(0), all(13), [unit([1], 0), unit([2], 1), ...missing], { jump: 12 })
    expect(atEnd).toEqual([{ start: 2, end: 26 }, { start: 30, end: 54 }, ...missing.map(() => null)])
  })

  it('looks for some of the units alone', async () => {
    const units = [unit([4], 0), unit([1], 1), unit([2], 2), unit([4], 3)]
    expect(await wide(all(1), all(2), units, { behind: 3 })).toEqual([
      null,
      { start: 2, end: 26 },
      { start: 30, end: 54 },
      null,
    ])
  })

  it('never crosses a limit, even where that is wrong', async () => {
    const high = all(1).map((_, i) => (2 * i < 40 ? 0 : 1))
    const low = all(0).map((_, i) => (2 * i < 40 ? 0 : 1))
    const [first, second] = await wide(low, high, [unit([1], 0), unit([2], 1)])
    expect(first?.end ?? 0).toBeLessThanOrEqual(40)
    expect(second?.start ?? 40).toBeGreaterThanOrEqual(40)
  })
})
