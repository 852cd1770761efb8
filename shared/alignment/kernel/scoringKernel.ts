import { plainScoringKernel } from './plainScoringKernel'
import { scoringModule } from './scoringModule'
import { instanceOf, reserveIn } from './webAssembly'

/** What scores frames, over a memory of its own. Places are indices of `memory()`; numbers of models are multiples of 8. */
export interface ScoringKernel {
  /** The memory as it is now: asking for more makes views of it useless. */
  memory(): Float32Array
  /** Makes room for that many numbers in all; what is there stays. */
  reserve(numbers: number): void
  /** Log-likelihoods of four frames, `size` numbers each at `x`, under the `count` models at `models` (laid out by `layModel`), each to its
   *  place of `to`. */
  likelihoods(
    x: number,
    size: number,
    models: number,
    count: number,
    ...to: readonly [number, number, number, number]
  ): void
  /** Scores of row `centre` relative to the best model over rows `first` to `last` (exclusive, at most five) of the ring, in which row r lies in place
   *  r % `slots`; `scale` × (row − best mean), within `floor` and `ceiling`, to `to`. */
  relate(
    ring: number,
    slots: number,
    count: number,
    first: number,
    last: number,
    centre: number,
    to: number,
    scale: number,
    floor: number,
    ceiling: number,
  ): void
}

/** Numbers that `count` models of `size` dimensions take. */
export function modelNumbers(count: number, size: number): number {
  return (count / 4) * (4 + size * 8)
}

/** Where the constant, the means and the factors of a model lie: four models stand side by side. */
export function layModel(model: number, size: number) {
  const start = (model >> 2) * (4 + size * 8) + (model & 3)
  return {
    constant: start,
    mean: (d: number) => start + 4 + d * 8,
    factor: (d: number) => start + 8 + d * 8,
  }
}

/** The kernel in WebAssembly SIMD; `null` where there is none. */
export function simdScoringKernel(): ScoringKernel | null {
  const exports = instanceOf(scoringModule)
  if (!exports) return null
  const { memory } = exports
  const { likelihoods, relate } = exports as unknown as Record<string, (...places: number[]) => void>
  if (!likelihoods || !relate) return null
  return {
    memory: () => new Float32Array(memory.buffer),
    reserve: (numbers) => reserveIn(exports, numbers * 4),
    likelihoods: (x, size, models, count, ...to) =>
      likelihoods(x * 4, size, models * 4, count, to[0] * 4, to[1] * 4, to[2] * 4, to[3] * 4),
    relate: (ring, slots, count, first, last, centre, to, scale, floor, ceiling) =>
      relate(ring * 4, slots, count, first, last, centre, to * 4, scale, floor, ceiling),
  }
}

let kernel: ScoringKernel | undefined

/** The kernel of this thread. */
export function ownScoringKernel(): ScoringKernel {
  kernel ??= simdScoringKernel() ?? plainScoringKernel()
  return kernel
}
