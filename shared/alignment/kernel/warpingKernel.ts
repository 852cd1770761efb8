import { plainWarpingKernel } from './plainWarpingKernel'
import { warpingModule } from './warpingModule'
import { instanceOf, reserveIn } from './webAssembly'

/** What compares rows with columns, over a memory of its own. Places are bytes. */
export interface WarpingKernel {
  /** The memory as it is now: asking for more makes views of it useless. */
  memory(): ArrayBuffer
  /** Makes room for that many bytes in all; what is there stays. */
  reserve(bytes: number): void
  /** Distances of the `size` numbers at `x` from `count` columns (a multiple of four), to `to`. `columns` holds the first numbers of all
   *  columns, then, `stride` bytes on, the second ones, and so on. */
  distances(x: number, size: number, columns: number, stride: number, count: number, to: number): void
  /** One row of a warping, to `now`.
   *  @param before the sums of the row before, where those columns stand now; one more is read in front of it
   *  @param base is taken off those sums
   *  @param steps two bits a column: 0 from the column before in the row before, 1 from the same column, 2 from the column before
   *  @returns the least sum */
  warpRow(own: number, count: number, before: number, base: number, now: number, steps: number): number
  /** One row of text at every column: the best way there from one to three columns before in the row before, or from the column before in the
   *  row `older` than that one, which pays what the row before has of its `own`. Three numbers are read in front of costs and starts. */
  placeRow(
    own: number,
    count: number,
    cost: number,
    start: number,
    olderCost: number,
    olderStart: number,
    beforeOwn: number,
    toCost: number,
    toStart: number,
  ): void
}

/** The kernel in WebAssembly SIMD; `null` where there is none. */
export function simdWarpingKernel(): WarpingKernel | null {
  const exports = instanceOf(warpingModule)
  if (!exports) return null
  const { distances, warpRow, placeRow } = exports as unknown as WarpingKernel
  return {
    memory: () => exports.memory.buffer,
    reserve: (bytes) => reserveIn(exports, bytes),
    distances,
    warpRow,
    placeRow,
  }
}

let kernel: WarpingKernel | undefined

/** The kernel of this thread, for one who is done with it before anybody else has a turn. */
export function ownWarpingKernel(): WarpingKernel {
  kernel ??= simdWarpingKernel() ?? plainWarpingKernel()
  return kernel
}
