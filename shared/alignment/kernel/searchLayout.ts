import { type Chain, kind, padding } from '../search/chain'
import type { Costs } from '../search/costs'
import type { SearchKernel } from './searchKernel'

/** No path leads here. */
export const never = -1e30
/** Where a path of a forced search came from the state above. */
export const fromAbove = 255
export const blockBits = 5
const block = 1 << blockBits
/** The words at the start of a search kernel's memory: where its lists lie (bytes), counts and costs. */
export const head = {
  value: 0,
  record: 1,
  age: 2,
  model: 3,
  /** What a path pays that comes from one, two, three states below. */
  one: 4,
  two: 5,
  three: 6,
  stretch: 7,
  /** The filler state of each unit, and behind the last. */
  boundary: 8,
  /** The boundary behind a turn of several units that begins with a unit; −1: none. */
  skipTo: 9,
  /** The boundary before such a turn. */
  turnSkip: 10,
  freeIn: 11,
  /** The best value of each block of states, whether it must be looked at, and the unit of its first state. */
  top: 12,
  fresh: 13,
  unitOf: 14,
  noteKey: 15,
  noteTime: 16,
  notePrevious: 17,
  noteCount: 18,
  /** The first and the last block with a path. */
  low: 19,
  high: 20,
  longestHalf: 22,
  filler: 23,
  dropHalf: 24,
  skipUnit: 25,
  skipTurn: 26,
} as const
const headBytes = 128

/** A chain, or some of its units, in a search kernel. */
export interface Laid {
  /** What a state of the chain is less in the kernel. */
  readonly shift: number
  readonly states: number
  /** The first byte that is free. */
  readonly end: number
}

const tolls = (costs: Costs): readonly (readonly [number, number, number, number])[] => {
  const { dropHalf, pauseIn, stretch } = costs
  const closed = Number.POSITIVE_INFINITY
  const table: (readonly [number, number, number, number])[] = []
  table[kind.second] = [0, closed, closed, stretch]
  table[kind.inner] = [0, dropHalf, closed, stretch]
  table[kind.pause] = [0, dropHalf, closed, 0]
  table[kind.word] = [0, 0, dropHalf, stretch]
  table[kind.filler] = [closed, closed, closed, 0]
  table[kind.quiet] = [closed, closed, closed, 0]
  table[kind.sentence] = [0, 0, 0, stretch]
  table[kind.link] = [pauseIn, dropHalf + pauseIn, closed, 0]
  table[kind.none] = [closed, closed, closed, 0]
  return table
}

/** Lays units `first`–`last` (exclusive) of a chain; the only path so far stands before the first of them. */
export function layChain(
  kernel: SearchKernel,
  chain: Chain,
  costs: Costs,
  first: number,
  last: number,
): Laid {
  const shift = (chain.boundary[first] as number) - padding
  const states = (chain.boundary[last] as number) + 2 - shift
  const units = last - first
  const blocks = (states >> blockBits) + 1
  const room = blocks * block
  let end = headBytes
  const take = (bytes: number) => {
    const at = end
    end += (bytes + 15) & ~15
    return at
  }
  const list = (numbers: number) => take(numbers * 4)
  const at = {
    value: list(room),
    record: list(room),
    age: list(room),
    one: list(room),
    two: list(room),
    three: list(room),
    stretch: list(room),
    boundary: list(units + 1),
    skipTo: list(units + 1),
    turnSkip: list(units + 1),
    freeIn: list(units + 1),
    top: list(blocks + 1),
    unitOf: list(blocks + 1),
    model: take(room * 2),
    fresh: take(blocks + 1),
  }
  kernel.reserve(end)
  const memory = kernel.memory()
  const words = new Int32Array(memory)
  const numbers = new Float32Array(memory)
  for (const [name, place] of Object.entries(at)) words[head[name as keyof typeof at]] = place
  const { filler, fillerIn, dropHalf, skipUnit, skipTurn, longestHalf } = costs
  words[head.noteCount] = 0
  words[head.longestHalf] = Math.ceil(longestHalf)
  numbers[head.filler] = filler
  numbers[head.dropHalf] = dropHalf
  numbers[head.skipUnit] = skipUnit
  numbers[head.skipTurn] = skipTurn
  const integers = (place: number, count: number) => new Int32Array(memory, place, count)
  const reals = (place: number, count: number) => new Float32Array(memory, place, count)

  const value = reals(at.value, room).fill(never)
  integers(at.record, room).fill(-1)
  integers(at.age, room).fill(0)
  const model = new Uint16Array(memory, at.model, room).fill(0)
  const [one, two, three, stretch] = [at.one, at.two, at.three, at.stretch].map((place) => reals(place, room))
  const table = tolls(costs)
  for (let s = 0; s < room; s++) {
    const inside = s >= padding && s < states
    const what = table[inside ? (chain.kinds[s + shift] as number) : kind.none] as (typeof table)[number]
    ;(one as Float32Array)[s] = what[0]
    ;(two as Float32Array)[s] = what[1]
    ;(three as Float32Array)[s] = what[2]
    ;(stretch as Float32Array)[s] = what[3]
    if (inside) model[s] = chain.models[s + shift] as number
  }
  const boundary = integers(at.boundary, units + 1)
  const skipTo = integers(at.skipTo, units + 1).fill(-1)
  const turnSkip = integers(at.turnSkip, units + 1)
  const freeIn = reals(at.freeIn, units + 1)
  for (let k = 0; k <= units; k++) {
    boundary[k] = (chain.boundary[first + k] as number) - shift
    freeIn[k] = chain.isFree[first + k] ? 0 : fillerIn
    const before = Math.max(-1, (chain.turnSkip[first + k] as number) - first)
    turnSkip[k] = before
    if (before >= 0) skipTo[before] = k
  }
  const top = reals(at.top, blocks + 1).fill(never)
  const unitOf = integers(at.unitOf, blocks + 1)
  for (let b = 0, k = 0; b <= blocks; b++) {
    while (k < units && (boundary[k + 1] as number) <= b * block) k++
    unitOf[b] = k
  }
  new Uint8Array(memory, at.fresh, blocks + 1).fill(0)

  const from = boundary[0] as number
  value[from] = -(freeIn[0] as number)
  value[from + 1] = 0
  words[head.low] = from >> blockBits
  words[head.high] = (from + 1) >> blockBits
  top[from >> blockBits] = 0
  top[(from + 1) >> blockBits] = 0
  return { shift, states, end }
}
