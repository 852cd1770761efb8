// AssemblyScript, compiled to WebAssembly SIMD by `npm run kernel`; `plainKernel.ts` does the same operations in the same order.

/** Log-likelihoods of one frame for all models, eight at a time.
 *  x: `size` numbers. models: for every four of them 4 constants, then `size` times 4 means and 4 factors. to: one number a model. */
export function likelihoods(x: usize, size: usize, models: usize, count: usize, to: usize): void {
  const block: usize = 16 + size * 32
  for (let k: usize = 0; k < count; k += 8) {
    let a = models + (k >> 2) * block
    let b = a + block
    let sumA = v128.load(a)
    let sumB = v128.load(b)
    for (let d: usize = 0; d < size; d++) {
      const value = v128.load32_splat(x + (d << 2))
      const farA = f32x4.sub(value, v128.load(a + 16 + d * 32))
      const farB = f32x4.sub(value, v128.load(b + 16 + d * 32))
      sumA = f32x4.add(sumA, f32x4.mul(f32x4.mul(farA, farA), v128.load(a + 32 + d * 32)))
      sumB = f32x4.add(sumB, f32x4.mul(f32x4.mul(farB, farB), v128.load(b + 32 + d * 32)))
    }
    v128.store(to + (k << 2), sumA)
    v128.store(to + (k << 2) + 16, sumB)
  }
}

/** Scores of row `centre` against the best model of rows `first` to `last` (exclusive). Row r lies in place r % slots of `ring`. */
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
  let best = f32x4.splat(-Infinity)
  for (let k: usize = 0; k < bytes; k += 16) {
    let sum = v128.load(ring + (first % slots) * bytes + k)
    for (let row = first + 1; row < last; row++) sum = f32x4.add(sum, v128.load(ring + (row % slots) * bytes + k))
    best = f32x4.max(best, sum)
  }
  let top = f32x4.extract_lane(best, 0)
  top = max(top, f32x4.extract_lane(best, 1))
  top = max(top, f32x4.extract_lane(best, 2))
  top = max(top, f32x4.extract_lane(best, 3))
  const middle = f32x4.splat(top / <f32>(last - first))
  const from = ring + (centre % slots) * bytes
  for (let k: usize = 0; k < bytes; k += 16) {
    const value = f32x4.mul(f32x4.splat(scale), f32x4.sub(v128.load(from + k), middle))
    v128.store(to + k, f32x4.max(f32x4.splat(floor), f32x4.min(f32x4.splat(ceiling), value)))
  }
}
