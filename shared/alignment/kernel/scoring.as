// AssemblyScript, compiled to WebAssembly SIMD by `npm run kernel`; `plainKernel.ts` does the same operations in the same order.

/** Log-likelihoods of two frames for all models, eight at a time.
 *  x: twice `size` numbers. models: for every four of them 4 constants, then `size` times 4 means and 4 factors. to, next: one number a
 *  model, of either frame. */
export function likelihoods(x: usize, size: usize, models: usize, count: usize, to: usize, next: usize): void {
  const block: usize = 16 + size * 32
  const y = x + (size << 2)
  for (let k: usize = 0; k < count; k += 8) {
    let a = models + (k >> 2) * block
    let b = a + block
    let sumA = v128.load(a)
    let sumB = v128.load(b)
    let nextA = sumA
    let nextB = sumB
    a += 16
    b += 16
    for (let d: usize = 0; d < size << 2; d += 4) {
      const value = v128.load32_splat(x + d)
      const other = v128.load32_splat(y + d)
      const meanA = v128.load(a)
      const meanB = v128.load(b)
      const factorA = v128.load(a, 16)
      const factorB = v128.load(b, 16)
      const farA = f32x4.sub(value, meanA)
      const farB = f32x4.sub(value, meanB)
      const awayA = f32x4.sub(other, meanA)
      const awayB = f32x4.sub(other, meanB)
      sumA = f32x4.add(sumA, f32x4.mul(f32x4.mul(farA, farA), factorA))
      sumB = f32x4.add(sumB, f32x4.mul(f32x4.mul(farB, farB), factorB))
      nextA = f32x4.add(nextA, f32x4.mul(f32x4.mul(awayA, awayA), factorA))
      nextB = f32x4.add(nextB, f32x4.mul(f32x4.mul(awayB, awayB), factorB))
      a += 32
      b += 32
    }
    v128.store(to + (k << 2), sumA)
    v128.store(to + (k << 2), sumB, 16)
    v128.store(next + (k << 2), nextA)
    v128.store(next + (k << 2), nextB, 16)
  }
}

/** Scores of row `centre` against the best model of rows `first` to `last` (exclusive, at most five). Row r lies in place r % slots of
 *  `ring`. */
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
  const rows = last - first
  const a = ring + (first % slots) * bytes
  const b = ring + ((first + 1) % slots) * bytes
  const c = ring + ((first + 2) % slots) * bytes
  const d = ring + ((first + 3) % slots) * bytes
  const e = ring + ((first + 4) % slots) * bytes
  let best = f32x4.splat(-Infinity)
  for (let k: usize = 0; k < bytes; k += 16) {
    let sum = v128.load(a + k)
    if (rows > 1) sum = f32x4.add(sum, v128.load(b + k))
    if (rows > 2) sum = f32x4.add(sum, v128.load(c + k))
    if (rows > 3) sum = f32x4.add(sum, v128.load(d + k))
    if (rows > 4) sum = f32x4.add(sum, v128.load(e + k))
    best = f32x4.max(best, sum)
  }
  let top = f32x4.extract_lane(best, 0)
  top = max(top, f32x4.extract_lane(best, 1))
  top = max(top, f32x4.extract_lane(best, 2))
  top = max(top, f32x4.extract_lane(best, 3))
  const middle = f32x4.splat(top / <f32>rows)
  const from = ring + (centre % slots) * bytes
  for (let k: usize = 0; k < bytes; k += 16) {
    const value = f32x4.mul(f32x4.splat(scale), f32x4.sub(v128.load(from + k), middle))
    v128.store(to + k, f32x4.max(f32x4.splat(floor), f32x4.min(f32x4.splat(ceiling), value)))
  }
}
