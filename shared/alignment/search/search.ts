import { borrowSearchKernel, giveBackSearchKernel } from '../kernel/searchKernel'
import { blockBits, fromAbove, head, layChain, never } from '../kernel/searchLayout'
import type { Position } from '../sound/track'
import type { Chain } from './chain'
import type { Costs } from './costs'
import { Notes } from './notes'

/** Frames whose scores are laid beside the chain at once. */
const wideRows = 512
const forcedRows = 256

/** Scores of frames `from`, `from + hop`, …: `count` rows of `width`. */
export interface ScoreSource {
  readonly width: number
  score(from: number, count: number, hop: number): Float32Array
}

/** The Viterbi search over a chain. Paths only go forward. From frame to frame the kernel takes them (`kernel/search.as`). */
export class Search {
  readonly #chain: Chain
  readonly #costs: Costs

  constructor(chain: Chain, costs: Costs) {
    this.#chain = chain
    this.#costs = costs
  }

  /** Looks for the best path over frames `from`–`to`, with filler and with units left out, at 20 ms.
   *  @param low the first unit, @param high the last unit allowed at each second frame; both only rise
   *  @param breathe called every few seconds of recording
   *  @param behind the unit behind the last one, if not all are looked for
   *  @param jump what leaving out any number of units at once costs, where that is possible
   *  @returns where each unit lies, `null` for those left out; all `null` where there is no path */
  async wide(
    source: ScoreSource,
    from: number,
    to: number,
    low: Int32Array,
    high: Int32Array,
    breathe: (frame: number) => Promise<void>,
    { behind, jump }: { readonly behind?: number; readonly jump?: number } = {},
  ): Promise<(Position | null)[]> {
    const kernel = borrowSearchKernel()
    try {
      const { boundary } = this.#chain
      const units = behind ?? this.#chain.units
      const hop = 2
      const total = Math.ceil((to - from) / hop)
      const lowest = low[0] as number
      const laid = layChain(kernel, this.#chain, this.#costs, lowest, units)
      const state = (k: number) => (boundary[lowest + k] as number) - laid.shift
      const notes = new Notes(kernel, laid.end + wideRows * source.width * 4)
      const result: (Position | null)[] = Array(this.#chain.units).fill(null)
      let k0 = 0
      let k1 = 0
      let before = state(k0)
      let best = 0
      for (let first = 0; first < total; first += wideRows) {
        const count = Math.min(wideRows, total - first)
        new Float32Array(kernel.memory()).set(source.score(from + first * hop, count, hop), laid.end >> 2)
        for (let i = 0; i < count; i++) {
          const frame = first + i
          k0 = Math.max(k0, (low[frame] as number) - lowest)
          k1 = Math.max(k1, (high[frame] as number) + 1 - lowest)
          notes.makeRoom(2 * (k1 - k0 + 1), before, state(k1) + 2)
          const row = laid.end + i * source.width * 4
          best = kernel.wide(from + frame * hop, before, k0, k1, row, best, best - this.#costs.beam)
          if (best < never / 2) return result
          before = state(k0)
          if (jump !== undefined) takeJumps(kernel.memory(), k0, k1, jump)
        }
        await breathe(from + first * hop)
      }
      const words = new Int32Array(kernel.memory())
      const value = new Float32Array(kernel.memory(), words[head.value])
      const last = state(units - lowest)
      if (Math.max(value[last] as number, value[last + 1] as number) < never / 2) return result
      const ending = (value[last + 1] as number) > (value[last] as number) ? last + 1 : last
      let end = to
      let endOf = units - 1
      for (const { key, time } of notes.back(
        words[((words[head.record] as number) >> 2) + ending] as number,
      )) {
        const unit = lowest + (key >> 1)
        if (key & 1) [end, endOf] = [time, unit]
        else {
          result[unit] = { start: time, end: endOf === unit ? end : time + 1 }
          // Where two units touch, only the start of the second one is on record.
          ;[end, endOf] = [time, unit - 1]
        }
      }
      return result
    } finally {
      giveBackSearchKernel(kernel)
    }
  }

  /** Lays units `first`–`last` (exclusive), all of them, over frames `from`–`to`, at 10 ms; units only within `low`–`high` of a frame.
   *  @returns the state of each frame; `null` where they do not fit */
  forced(
    scores: Float32Array,
    width: number,
    first: number,
    last: number,
    from: number,
    to: number,
    low: (frame: number) => number,
    high: (frame: number) => number,
  ): Int32Array | null {
    const kernel = borrowSearchKernel()
    const { boundary } = this.#chain
    const { shift, end } = layChain(kernel, this.#chain, this.#costs, first, last)
    const state = (k: number) => (boundary[first + k] as number) - shift
    const count = to - from
    const most = last - first
    const lows = new Int32Array(count)
    const highs = new Int32Array(count)
    const back = new Float64Array(count + 1)
    back[0] = end + forcedRows * width * 4
    for (let i = 0; i < count; i++) {
      const [k0, k1] = [low(from + i) - first, high(from + i) + 1 - first]
      lows[i] = i === 0 ? 0 : Math.max(lows[i - 1] as number, Math.min(most, k0))
      highs[i] = i === count - 1 ? most : Math.max(i > 0 ? (highs[i - 1] as number) : 0, Math.min(most, k1))
      back[i + 1] = (back[i] as number) + state(highs[i] as number) + 2 - state(lows[i] as number)
    }
    kernel.reserve(back[count] as number)
    const memory = kernel.memory()
    let best = 0
    let before = state(0)
    for (let i = 0; i < count && best > never / 2; i++) {
      const at = i % forcedRows
      if (at === 0)
        new Float32Array(memory).set(
          scores.subarray(i * width, Math.min(count, i + forcedRows) * width),
          end >> 2,
        )
      const k0 = lows[i] as number
      const lowest = state(k0)
      best = kernel.forced(
        before,
        k0,
        highs[i] as number,
        end + at * width * 4,
        best,
        (back[i] as number) - lowest,
      )
      before = lowest
    }
    const path = best > never / 2 ? this.#pathBack(memory, back, shift, lows.map(state), state(most)) : null
    giveBackSearchKernel(kernel)
    return path
  }

  // From the end in the silence or the filler at `last`.
  #pathBack(
    memory: ArrayBuffer,
    back: Float64Array,
    shift: number,
    lowest: Int32Array,
    last: number,
  ): Int32Array | null {
    const value = new Float32Array(memory, new Int32Array(memory)[head.value])
    let state = (value[last + 1] as number) >= (value[last] as number) ? last + 1 : last
    if ((value[state] as number) < never / 2) return null
    const bytes = new Uint8Array(memory)
    const path = new Int32Array(lowest.length)
    for (let i = path.length - 1; i >= 0; i--) {
      path[i] = state + shift
      const step = bytes[(back[i] as number) + state - (lowest[i] as number)] as number
      state = step === fromAbove ? state + 1 : state - step
    }
    return path
  }
}

// From the best boundary below, every boundary is reached for a fixed price.
function takeJumps(memory: ArrayBuffer, k0: number, k1: number, price: number): void {
  const words = new Int32Array(memory)
  const numbers = new Float32Array(memory)
  const at = (list: number) => (words[list] as number) >> 2
  const [value, record, boundary, top] = [at(head.value), at(head.record), at(head.boundary), at(head.top)]
  let best = never
  let from = -1
  let highest = words[head.high] as number
  for (let k = k0; k <= k1; k++) {
    const filler = words[boundary + k] as number
    const own = Math.max(numbers[value + filler] as number, numbers[value + filler + 1] as number)
    if (best - price > (numbers[value + filler + 1] as number)) {
      const block = (filler + 1) >> blockBits
      numbers[value + filler + 1] = best - price
      words[record + filler + 1] = from
      numbers[top + block] = Math.max(numbers[top + block] as number, best - price)
      highest = Math.max(highest, block)
    }
    if (own > best) {
      best = own
      from = words[record + filler + ((numbers[value + filler + 1] as number) >= own ? 1 : 0)] as number
    }
  }
  words[head.high] = highest
}
