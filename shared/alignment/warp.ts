/** Rows of `size` numbers. */
export interface Rows {
  readonly count: number
  readonly size: number
  readonly values: Float32Array
}

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
    widest = Math.max(widest, last - first)
    offset[i + 1] = (offset[i] as number) + ((last - first + 3) >> 2)
  }
  const steps = new Uint8Array(offset[a.count] as number)
  let before = new Float32Array(widest)
  let now = new Float32Array(widest)
  const x = new Float32Array(size)
  let cost = 0
  for (let i = 0; i < a.count; i++) {
    const start = low[i] as number
    const width = (high[i] as number) - start
    const shift = i > 0 ? start - (low[i - 1] as number) : 0
    const beforeWidth = i > 0 ? (high[i - 1] as number) - (low[i - 1] as number) : 0
    const base = offset[i] as number
    for (let d = 0; d < size; d++) x[d] = a.values[i * size + d] as number
    let left = Number.POSITIVE_INFINITY
    for (let j = 0, at = start * size; j < width; j++, at += size) {
      let sum = 0
      for (let d = 0; d < size; d++) {
        const difference = (x[d] as number) - (b.values[at + d] as number)
        sum += difference * difference
      }
      const q = j + shift
      let best = Number.POSITIVE_INFINITY
      let step = 0
      if (q >= 1 && q <= beforeWidth) best = before[q - 1] as number
      if (q < beforeWidth && (before[q] as number) < best) {
        best = before[q] as number
        step = 1
      }
      if (left < best) {
        best = left
        step = 2
      }
      if (i === 0 && j === 0) best = 0
      left = best + Math.sqrt(sum)
      now[j] = left
      const place = base + (j >> 2)
      steps[place] = (steps[place] as number) | (step << ((j & 3) * 2))
    }
    ;[before, now] = [now, before]
    cost = left
  }
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
