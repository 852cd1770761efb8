/** Which of two sequences' entries belong together, and what their being together is worth. */
export interface BlockScores {
  /** More than 0: alike; less: one in place of the other. */
  readonly pair: (a: number, b: number) => number
  /** Cost of the first entry of `b` that has no counterpart, where it stands before entry `a`; surplus is free at a mark. */
  readonly surplusOpen: (a: number) => number
  readonly missingOpen: number
  readonly gapStep: number
}

const pairing = 0
const missing = 1
const surplus = 2

/** Aligns two short stretches, gaps costing by their opening and their length (Gotoh 1982). Memory: a byte for each pair.
 *  @param free edges at which gaps open for nothing
 *  @returns for each entry of `a` from `aFrom`: the entry of `b` that is alike; −1 where there is none; −2 − k where entry k of `b`, which
 *  is not alike, stands in its place */
export function alignBlock(
  [aFrom, aTo]: readonly [number, number],
  [bFrom, bTo]: readonly [number, number],
  { pair, surplusOpen, missingOpen, gapStep }: BlockScores,
  free: { readonly atStart: boolean; readonly atEnd: boolean } = { atStart: false, atEnd: false },
): Int32Array {
  const [rows, columns] = [aTo - aFrom, bTo - bFrom]
  const result = new Int32Array(rows).fill(-1)
  if (rows === 0 || columns === 0) return result
  const width = columns + 1
  // Two bits for each state: the state that it was reached from.
  const trace = new Uint8Array((rows + 1) * width)
  const never = -1e9
  let [paired, gone, extra] = [0, 1, 2].map(() => new Float32Array(width).fill(never)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ]
  let [nextPaired, nextGone, nextExtra] = [0, 1, 2].map(() => new Float32Array(width)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ]
  paired[0] = 0
  const firstOpen = free.atStart ? 0 : surplusOpen(aFrom)
  for (let j = 1; j <= columns; j++) {
    extra[j] = -firstOpen - gapStep * j
    trace[j] = (j === 1 ? pairing : surplus) << 4
  }
  for (let i = 1; i <= rows; i++) {
    const isLast = free.atEnd && i === rows
    const open = isLast ? 0 : i === rows ? surplusOpen(aTo) : surplusOpen(aFrom + i)
    const missingCost = (free.atStart && i === 1 ? 0 : missingOpen) + gapStep
    for (let j = 0; j <= columns; j++) {
      let [best, from] = [never, pairing]
      if (j > 0) {
        best = paired[j - 1] as number
        if ((gone[j - 1] as number) > best) {
          best = gone[j - 1] as number
          from = missing
        }
        if ((extra[j - 1] as number) > best) {
          best = extra[j - 1] as number
          from = surplus
        }
        best += pair(aFrom + i - 1, bFrom + j - 1)
      }
      nextPaired[j] = best
      let code = from
      const openMissing =
        free.atEnd && j === columns ? gapStep : j === 0 ? missingCost : missingOpen + gapStep
      best = (paired[j] as number) - openMissing
      from = pairing
      if ((gone[j] as number) - gapStep > best) {
        best = (gone[j] as number) - gapStep
        from = missing
      }
      if ((extra[j] as number) - openMissing > best) {
        best = (extra[j] as number) - openMissing
        from = surplus
      }
      nextGone[j] = best
      code |= from << 2
      best = never
      from = pairing
      if (j > 0) {
        best = (nextPaired[j - 1] as number) - open - gapStep
        if ((nextExtra[j - 1] as number) - gapStep > best) {
          best = (nextExtra[j - 1] as number) - gapStep
          from = surplus
        }
        if ((nextGone[j - 1] as number) - open - gapStep > best) {
          best = (nextGone[j - 1] as number) - open - gapStep
          from = missing
        }
      }
      nextExtra[j] = best
      trace[i * width + j] = code | (from << 4)
    }
    ;[paired, nextPaired] = [nextPaired, paired]
    ;[gone, nextGone] = [nextGone, gone]
    ;[extra, nextExtra] = [nextExtra, extra]
  }
  let [i, j] = [rows, columns]
  const ends = [paired[j], gone[j], extra[j]] as [number, number, number]
  let state = ends.indexOf(Math.max(...ends))
  while (i > 0 || j > 0) {
    const code = trace[i * width + j] as number
    const from = (code >> (2 * state)) & 3
    if (state === pairing) {
      if (pair(aFrom + i - 1, bFrom + j - 1) > 0) result[i - 1] = bFrom + j - 1
      else result[i - 1] = -2 - (bFrom + j - 1)
      i--
      j--
    } else if (state === missing) i--
    else j--
    state = from
  }
  return result
}
