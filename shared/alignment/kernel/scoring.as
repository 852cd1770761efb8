// AssemblyScript, compiled to WebAssembly SIMD by `npm run kernel`; `plainKernel.ts` does the same operations in the same order.

/** Log-likelihoods of four frames for all models, four at a time.
 *  x: four times `size` numbers. models: for every four of them 4 constants, then `size` times 4 means and 4 factors. to: one number a
 *  model, of each frame. */
export function likelihoods(
  x: usize,
  size: usize,
  models: usize,
  count: usize,
  to0: usize,
  to1: usize,
  to2: usize,
  to3: usize,
): void {
  const bytes = size << 2
  let at = models
  for (let k: usize = 0; k < count << 2; k += 16) {
    let sum0 = v128.load(at)
    let sum1 = sum0
    let sum2 = sum0
    let sum3 = sum0
    at += 16
    for (let d = x, end = x + bytes; d < end; d += 4) {
      const mean = v128.load(at)
      const factor = v128.load(at, 16)
      const far0 = f32x4.sub(v128.load32_splat(d), mean)
      sum0 = f32x4.add(sum0, f32x4.mul(f32x4.mul(far0, far0), factor))
      const far1 = f32x4.sub(v128.load32_splat(d + bytes), mean)
      sum1 = f32x4.add(sum1, f32x4.mul(f32x4.mul(far1, far1), factor))
      const far2 = f32x4.sub(v128.load32_splat(d + 2 * bytes), mean)
      sum2 = f32x4.add(sum2, f32x4.mul(f32x4.mul(far2, far2), factor))
      const far3 = f32x4.sub(v128.load32_splat(d + 3 * bytes), mean)
      sum3 = f32x4.add(sum3, f32x4.mul(f32x4.mul(far3, far3), factor))
      at += 32
    }
    v128.store(to0 + k, sum0)
    v128.store(to1 + k, sum1)
    v128.store(to2 + k, sum2)
    v128.store(to3 + k, sum3)
  }
}

/** The highest sum of rows a to e, as many as there are. */
@inline
function highest(a: usize, b: usize, c: usize, d: usize, e: usize, bytes: usize, rows: i32): f32 {
  let best = f32x4.splat(-Infinity)
  let other = best
  for (let k: usize = 0; k < bytes; k += 32) {
    let sum = v128.load(a + k)
    let next = v128.load(a + k, 16)
    if (rows > 1) {
      sum = f32x4.add(sum, v128.load(b + k))
      next = f32x4.add(next, v128.load(b + k, 16))
    }
    if (rows > 2) {
      sum = f32x4.add(sum, v128.load(c + k))
      next = f32x4.add(next, v128.load(c + k, 16))
    }
    if (rows > 3) {
      sum = f32x4.add(sum, v128.load(d + k))
      next = f32x4.add(next, v128.load(d + k, 16))
    }
    if (rows > 4) {
      sum = f32x4.add(sum, v128.load(e + k))
      next = f32x4.add(next, v128.load(e + k, 16))
    }
    best = f32x4.pmax(best, sum)
    other = f32x4.pmax(other, next)
  }
  best = f32x4.pmax(best, other)
  const half = f32x4.pmax(best, v128.shuffle<f32>(best, best, 2, 3, 0, 1))
  return max(f32x4.extract_lane(half, 0), f32x4.extract_lane(half, 1))
}

/** Scores of row `centre` against the best model of rows `first` to `last` (exclusive, at most five). Row r lies in place r % slots of
 *  `ring`. count: a multiple of eight. */
export function relate(
  ring: usize,
  slots: usize,
  count: usize,
  first: usize,
  last: usize,
  centre: usize,
  to: usize,
  scale: f32,
  floor: f32,
  ceiling: f32,
): void {
  const bytes = count << 2
  const rows = <i32>(last - first)
  const a = ring + (first % slots) * bytes
  const b = ring + ((first + 1) % slots) * bytes
  const c = ring + ((first + 2) % slots) * bytes
  const d = ring + ((first + 3) % slots) * bytes
  const e = ring + ((first + 4) % slots) * bytes
  // Rows are five at 10 ms and three at 20 ms, but for the first ones.
  const top =
    rows == 5
      ? highest(a, b, c, d, e, bytes, 5)
      : rows == 3
        ? highest(a, b, c, d, e, bytes, 3)
        : highest(a, b, c, d, e, bytes, rows)
  const middle = f32x4.splat(top / <f32>rows)
  const from = ring + (centre % slots) * bytes
  const scales = f32x4.splat(scale)
  const least = f32x4.splat(floor)
  const most = f32x4.splat(ceiling)
  for (let k: usize = 0; k < bytes; k += 32) {
    const value = f32x4.mul(scales, f32x4.sub(v128.load(from + k), middle))
    const next = f32x4.mul(scales, f32x4.sub(v128.load(from + k, 16), middle))
    v128.store(to + k, f32x4.pmax(f32x4.pmin(value, most), least))
    v128.store(to + k, f32x4.pmax(f32x4.pmin(next, most), least), 16)
  }
}
