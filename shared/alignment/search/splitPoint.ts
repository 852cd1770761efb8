import type { Rows } from './warp'

/** Where a row may lie beyond the place of the one before it. */
const mostSteps = 3

/** A stretch of rows. */
export interface Stretch {
  readonly rows: Rows
  /** Rows `[from, to)`. */
  readonly from: number
  readonly to: number
}

/** Lays the rows of `whole` over those of the longer `part`, the first of them at its begin, the others at its end, so that the sum of the
 *  distances is least; what is between is passed over.
 *  @param isCut whether a row of `whole` may be the first behind the gap
 *  @returns that row, and the rows `[before, after)` of `part` that are passed over; `null` where both halves meet */
export function splitPoint(
  whole: Stretch,
  part: Stretch,
  isCut: (row: number) => boolean,
): { readonly at: number; readonly before: number; readonly after: number } | null {
  const count = whole.to - whole.from
  const head = beginnings(whole, part, 1)
  const tail = beginnings(whole, part, -1)
  let at = -1
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i <= count; i++) {
    const cost = (head.cost[i] as number) + (tail.cost[count - i] as number)
    if (cost >= least || !(i === 0 || i === count || isCut(whole.from + i))) continue
    least = cost
    at = i
  }
  if (at < 0) return null
  const before = part.from + (head.reach[at] as number)
  const after = part.to - (tail.reach[count - at] as number)
  return before < after ? { at: whole.from + at, before, after } : null
}

// What the first (or, backwards, the last) 0, 1, 2 … rows of `whole` cost, and how many rows of `part` they take.
function beginnings(whole: Stretch, part: Stretch, step: 1 | -1) {
  const count = whole.to - whole.from
  const width = Math.min(part.to - part.from, mostSteps * (count + 1))
  const cost = new Float64Array(count + 1)
  const reach = new Int32Array(count + 1)
  const { size } = whole.rows
  let before = new Float64Array(width)
  let now = new Float64Array(width)
  for (let i = 0; i < count; i++) {
    const own = (step > 0 ? whole.from + i : whole.to - 1 - i) * size
    let [best, end] = [Number.POSITIVE_INFINITY, 0]
    for (let j = 0; j < width; j++) {
      let lead = i === 0 && j < mostSteps ? 0 : Number.POSITIVE_INFINITY
      if (i > 0)
        for (let k = Math.max(0, j - mostSteps); k <= j; k++) lead = Math.min(lead, before[k] as number)
      if (lead === Number.POSITIVE_INFINITY) {
        now[j] = lead
        continue
      }
      const other = (step > 0 ? part.from + j : part.to - 1 - j) * size
      let sum = 0
      for (let d = 0; d < size; d++) {
        const difference = (whole.rows.values[own + d] as number) - (part.rows.values[other + d] as number)
        sum += difference * difference
      }
      now[j] = lead + Math.sqrt(sum)
      if ((now[j] as number) < best) [best, end] = [now[j] as number, j + 1]
    }
    cost[i + 1] = best
    reach[i + 1] = end
    ;[before, now] = [now, before]
  }
  return { cost, reach }
}
