import { ownWarpingKernel } from '../kernel/warpingKernel'

/** Rows of `size` numbers. */
export interface Rows {
  readonly count: number
  readonly size: number
  readonly values: Float32Array
}

/** Lays rows `from`–`to` out as columns: the first numbers of all of them, then, from `stride` on, the second ones, and so on. */
export function layColumns(
  { size, values }: Rows,
  from: number,
  to: number,
  out: Float32Array,
  stride: number,
): void {
  for (let d = 0; d < size; d++)
    for (let row = from, at = d * stride, place = from * size + d; row < to; row++, place += size)
      out[at++] = values[place] as number
}

const rowsAtOnce = 64

/** Dynamic time warping: pairs the rows of `a` with those of `b`, both in order, first with first and last with last, so that the
 *  sum of the distances is least. Row `i` is compared with columns `from(i)` to `to(i)` (exclusive) only.
 *  @returns the first column of each row, and that sum */
export function warp(
  a: Rows,
  b: Rows,
  from: (row: number) => number,
  to: (row: number) => number,
): { readonly columns: Int32Array; readonly cost: number } {
  const { size } = a
  const low = new Int32Array(a.count)
  const high = new Int32Array(a.count)
  const offset = new Float64Array(a.count + 1)
  let widest = 0
  for (let i = 0; i < a.count; i++) {
    let first = Math.max(0, Math.min(b.count - 1, from(i)))
    let last = Math.max(first + 1, Math.min(b.count, to(i)))
    if (i === 0) first = 0
    else {
      first = Math.min(Math.max(first, low[i - 1] as number), (high[i - 1] as number) - 1)
      last = Math.max(last, high[i - 1] as number, first + 1)
    }
    if (i === a.count - 1) last = b.count
    low[i] = first
    high[i] = last
    // Beside it lie the sums of the row before, as far as it reaches.
    widest = Math.max(widest, last - (i > 0 ? (low[i - 1] as number) : first))
    offset[i + 1] = (offset[i] as number) + ((last - first + 3) >> 2)
  }
  const steps = new Uint8Array(offset[a.count] as number)
  const kernel = ownWarpingKernel()
  const room = (widest + 11) & ~3
  const list = (index: number) => (size + index * room) * 4
  const own = list(0)
  let [before, now] = [list(1) + 16, list(2) + 16]
  const packed = list(3)
  const columns = list(4)
  let columnsFrom = 0
  let columnsTo = 0
  let memory = kernel.memory()
  let stride = 0
  let base = 0
  let total = 0
  for (let i = 0; i < a.count; i++) {
    const start = low[i] as number
    const width = (high[i] as number) - start
    if (i === 0 || start + width > columnsTo) {
      // The columns of so many rows, as long as that is not much more than one row has.
      let last = i
      while (
        last + 1 < a.count &&
        last - i < rowsAtOnce &&
        (high[last + 1] as number) - start <= 2 * width + rowsAtOnce
      )
        last++
      columnsFrom = start
      columnsTo = high[last] as number
      stride = (columnsTo - columnsFrom + 7) & ~3
      kernel.reserve(columns + size * stride * 4)
      memory = kernel.memory()
      layColumns(b, columnsFrom, columnsTo, new Float32Array(memory, columns), stride)
    }
    const numbers = new Float32Array(memory)
    const shift = i > 0 ? start - (low[i - 1] as number) : 0
    const known = i > 0 ? (high[i - 1] as number) - (low[i - 1] as number) : 0
    numbers.fill(Number.POSITIVE_INFINITY, (before >> 2) + known, (before >> 2) + shift + width)
    numbers[(before >> 2) - 1] = i > 0 ? Number.POSITIVE_INFINITY : 0
    numbers.set(a.values.subarray(i * size, (i + 1) * size))
    kernel.distances(0, size, columns + (start - columnsFrom) * 4, stride * 4, (width + 3) & ~3, own)
    const least = kernel.warpRow(own, width, before + shift * 4, base, now, packed)
    steps.set(new Uint8Array(memory, packed, (width + 3) >> 2), offset[i] as number)
    total += base
    base = least
    ;[before, now] = [now, before]
  }
  const cost =
    total + (new Float32Array(memory)[(before >> 2) + b.count - 1 - (low[a.count - 1] as number)] as number)
  const result = new Int32Array(a.count)
  let [i, j] = [a.count - 1, b.count - 1]
  while (i >= 0) {
    result[i] = j
    if (i === 0 && j === 0) break
    const k = j - (low[i] as number)
    const step = ((steps[(offset[i] as number) + (k >> 2)] as number) >> ((k & 3) * 2)) & 3
    if (step === 2) j--
    else {
      i--
      if (step === 0) j--
    }
  }
  return { columns: result, cost }
}

/** How far from the diagonal a warping of whole texts may go: a share of the columns, and at least so many. */
const diagonalShare = 0.12
const diagonalColumns = 300

/** `warp` of two that keep the same pace on the whole. */
export function warpAlongDiagonal(a: Rows, b: Rows): ReturnType<typeof warp> {
  const width = Math.max(Math.ceil(b.count * diagonalShare), diagonalColumns)
  const diagonal = (row: number) => Math.round((row * b.count) / a.count)
  return warp(
    a,
    b,
    (row) => diagonal(row) - width,
    (row) => diagonal(row) + width,
  )
}
