// AssemblyScript, compiled to WebAssembly SIMD by `npm run kernel`; `plainWarpingKernel.ts` does the same operations in the same order.

/** Distances of `x` (`size` numbers) from `count` columns, a multiple of four. `columns`: the first numbers of all of them, then, `stride`
 *  bytes on, the second ones, and so on. to: one number a column. */
export function distances(x: usize, size: usize, columns: usize, stride: usize, count: i32, to: usize): void {
  for (let j: usize = 0, end: usize = <usize>count << 2; j < end; j += 16) {
    let sum = f32x4.splat(0)
    let at = columns + j
    for (let d: usize = 0; d < size; d++) {
      const far = f32x4.sub(v128.load32_splat(x + (d << 2)), v128.load(at))
      sum = f32x4.add(sum, f32x4.mul(far, far))
      at += stride
    }
    v128.store(to + j, f32x4.sqrt(sum))
  }
}

/** One row of a warping: `own` distances, `before` the sums of the row before where they stand now (with one in front of it), `base` what is
 *  taken off all of these. steps: two bits a column, where each came from. @returns the least sum */
export function warpRow(own: usize, count: i32, before: usize, base: f32, now: usize, steps: usize): f32 {
  let left: f32 = Infinity
  let least: f32 = Infinity
  let packed: u32 = 0
  for (let j = 0; j < count; j++) {
    const at = <usize>j << 2
    let best = load<f32>(before + at - 4)
    const up = load<f32>(before + at)
    let step: u32 = 0
    if (up < best) {
      best = up
      step = 1
    }
    best -= base
    if (left < best) {
      best = left
      step = 2
    }
    left = best + load<f32>(own + at)
    store<f32>(now + at, left)
    least = min(least, left)
    packed |= step << ((j & 3) << 1)
    if ((j & 3) == 3) {
      store<u8>(steps + <usize>(j >> 2), <u8>packed)
      packed = 0
    }
  }
  if (count & 3) store<u8>(steps + <usize>(count >> 2), <u8>packed)
  return least
}

/** One row of text at every column, a multiple of four: the best way there from one to three columns before in the row before, or from the
 *  column before in the row `older` than that one. Costs and starts have three numbers in front of them. */
export function placeRow(
  own: usize,
  count: i32,
  cost: usize,
  start: usize,
  olderCost: usize,
  olderStart: usize,
  beforeOwn: usize,
  toCost: usize,
  toStart: usize,
): void {
  for (let j: usize = 0, end: usize = <usize>count << 2; j < end; j += 16) {
    let best = v128.load(cost + j - 4)
    let from = v128.load(start + j - 4)
    const two = v128.load(cost + j - 8)
    const isTwo = f32x4.lt(two, best)
    best = v128.bitselect(two, best, isTwo)
    from = v128.bitselect(v128.load(start + j - 8), from, isTwo)
    const three = v128.load(cost + j - 12)
    const isThree = f32x4.lt(three, best)
    best = v128.bitselect(three, best, isThree)
    from = v128.bitselect(v128.load(start + j - 12), from, isThree)
    const four = f32x4.add(v128.load(olderCost + j - 4), v128.load(beforeOwn + j))
    const isFour = f32x4.lt(four, best)
    best = v128.bitselect(four, best, isFour)
    from = v128.bitselect(v128.load(olderStart + j - 4), from, isFour)
    v128.store(toCost + j, f32x4.add(best, v128.load(own + j)))
    v128.store(toStart + j, from)
  }
}
