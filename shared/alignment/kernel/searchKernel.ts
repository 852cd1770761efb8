import { plainSearchKernel } from './plainSearchKernel'
import { searchModule } from './searchModule'
import { instanceOf, reserveIn } from './webAssembly'

/** What takes a search from frame to frame, over a memory of its own, in which `searchLayout.ts` has laid a chain. Places are bytes. */
export interface SearchKernel {
  /** The memory as it is now: asking for more makes views of it useless. */
  memory(): ArrayBuffer
  /** Makes room for that many bytes in all; what is there stays. */
  reserve(bytes: number): void
  /** One frame of the search over everything. Only blocks of states with a path above `limit`, or into which one may lead, are looked at.
   *  @param before the lowest open state so far
   *  @param k0 the first open unit @param k1 the last open boundary
   *  @param row the scores of the frame
   *  @param base what was best before, taken off all values
   *  @returns the best value */
  wide(time: number, before: number, k0: number, k1: number, row: number, base: number, limit: number): number
  /** One frame of a search in which all states from that of boundary `k0` to that of boundary `k1` are open.
   *  @param back to `back` + state goes where each came from: so many states below, or `fromAbove`
   *  @returns the best value */
  forced(before: number, k0: number, k1: number, row: number, base: number, back: number): number
}

/** The kernel in WebAssembly SIMD; `null` where there is none. */
export function simdSearchKernel(): SearchKernel | null {
  const exports = instanceOf(searchModule)
  if (!exports) return null
  const { wide, forced } = exports as unknown as SearchKernel
  return {
    memory: () => exports.memory.buffer,
    reserve: (bytes) => reserveIn(exports, bytes),
    wide,
    forced,
  }
}

/** Bytes of memory with which a kernel is kept for the next search. */
const mostKept = 32 * 1024 * 1024
const free: SearchKernel[] = []

/** A kernel that nobody else of this thread uses until it is given back. */
export function borrowSearchKernel(): SearchKernel {
  return free.pop() ?? simdSearchKernel() ?? plainSearchKernel()
}

export function giveBackSearchKernel(kernel: SearchKernel): void {
  // A memory never shrinks.
  if (kernel.memory().byteLength <= mostKept) free.push(kernel)
}
