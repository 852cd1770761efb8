// AssemblyScript, compiled to WebAssembly SIMD by `npm run kernel`. It does the operations of `PowerSpectrum` and of the plain `MelAnalyser` in
// the same order and precision, two at a time.

/** Powers in the bands of one window of samples. Numbers of 64 bits but for the samples.
 *  @param samples the one before the window, then `window` of them (32 bits)
 *  @param shape a factor for each sample
 *  @param order where each pair of samples goes (32 bits, bytes), `half` of them
 *  @param turns cosines and sines of each step of the transform, one step after the other
 *  @param unfold cosines and sines of all frequencies
 *  @param re room for twice `half` numbers, and behind them for `half` + 2 powers
 *  @param bands of each its first power, how many, then their weights (the first two 32 bits each)
 *  @param out one number a band */
export function analyse(
  samples: usize,
  window: i32,
  emphasis: f64,
  shape: usize,
  order: usize,
  turns: usize,
  unfold: usize,
  half: i32,
  re: usize,
  bands: usize,
  bandCount: i32,
  out: usize,
): void {
  const im = re + (<usize>half << 3)
  memory.fill(re, 0, <usize>half << 4)
  const factor = f64x2.splat(emphasis)
  let place = order
  for (let i = 0; i < window >> 1; i++) {
    const at = samples + (<usize>i << 3)
    const before = f64x2.promote_low_f32x4(v128.load64_zero(at))
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(at, 4))
    const lifted = f64x2.sub(pair, f64x2.mul(factor, before))
    const values = f64x2.mul(lifted, v128.load(shape + (<usize>i << 4)))
    const to = <usize>load<u32>(place)
    place += 4
    v128.store64_lane(re + to, values, 0)
    v128.store64_lane(im + to, values, 1)
  }
  if (window & 1) {
    const at = samples + (<usize>(window - 1) << 2)
    const lifted = <f64>load<f32>(at, 4) - emphasis * <f64>load<f32>(at)
    store<f64>(re + <usize>load<u32>(place), lifted * load<f64>(shape + (<usize>(window - 1) << 3)))
  }
  transform(re, im, turns, half)
  measure(re, im, unfold, half)
  const power = im + (<usize>half << 3)
  let band = bands
  for (let b = 0; b < bandCount; b++) {
    const first = load<u32>(band)
    const count = load<u32>(band, 4)
    let sum: f64 = 0
    let at = power + (<usize>first << 3)
    band += 8
    for (const end = band + (<usize>count << 3); band < end; band += 8) {
      sum += load<f64>(band) * load<f64>(at)
      at += 8
    }
    store<f64>(out + (<usize>b << 3), sum)
  }
}

/** The transform, two steps in one pass as long as there are two. */
function transform(re: usize, im: usize, turns: usize, half: i32): void {
  const end = <usize>half << 3
  // The second step turns by a quarter at most.
  const cosine1 = v128.load(turns)
  const sine1 = v128.load(turns, 16)
  for (let at: usize = 0; at < end; at += 32) {
    const a = v128.load(re + at)
    const b = v128.load(re + at, 16)
    const evenRe = v128.shuffle<f64>(a, b, 0, 2)
    const oddRe = v128.shuffle<f64>(a, b, 1, 3)
    const sumRe = f64x2.add(evenRe, oddRe)
    const lessRe = f64x2.sub(evenRe, oddRe)
    const c = v128.load(im + at)
    const d = v128.load(im + at, 16)
    const evenIm = v128.shuffle<f64>(c, d, 0, 2)
    const oddIm = v128.shuffle<f64>(c, d, 1, 3)
    const sumIm = f64x2.add(evenIm, oddIm)
    const lessIm = f64x2.sub(evenIm, oddIm)
    const highRe = v128.shuffle<f64>(sumRe, lessRe, 0, 2)
    const lowRe = v128.shuffle<f64>(sumRe, lessRe, 1, 3)
    const highIm = v128.shuffle<f64>(sumIm, lessIm, 0, 2)
    const lowIm = v128.shuffle<f64>(sumIm, lessIm, 1, 3)
    const x = f64x2.sub(f64x2.mul(lowRe, cosine1), f64x2.mul(lowIm, sine1))
    const y = f64x2.add(f64x2.mul(lowRe, sine1), f64x2.mul(lowIm, cosine1))
    v128.store(re + at, f64x2.add(highRe, x))
    v128.store(im + at, f64x2.add(highIm, y))
    v128.store(re + at, f64x2.sub(highRe, x), 16)
    v128.store(im + at, f64x2.sub(highIm, y), 16)
  }
  let table = turns + 32
  let length: usize = 32
  for (; length << 1 < end; length <<= 2) {
    const next = table + (length << 1)
    for (let start: usize = 0; start < end; start += length << 2) {
      for (let index: usize = 0; index < length; index += 16) {
        const re0 = re + start + index
        const re1 = re0 + length
        const re2 = re1 + length
        const re3 = re2 + length
        const im0 = im + start + index
        const im1 = im0 + length
        const im2 = im1 + length
        const im3 = im2 + length
        let cosine = v128.load(table + index)
        let sine = v128.load(table + length + index)
        let lowRe = v128.load(re1)
        let lowIm = v128.load(im1)
        let x = f64x2.sub(f64x2.mul(lowRe, cosine), f64x2.mul(lowIm, sine))
        let y = f64x2.add(f64x2.mul(lowRe, sine), f64x2.mul(lowIm, cosine))
        let highRe = v128.load(re0)
        let highIm = v128.load(im0)
        const a = f64x2.add(highRe, x)
        const b = f64x2.add(highIm, y)
        const c = f64x2.sub(highRe, x)
        const d = f64x2.sub(highIm, y)
        lowRe = v128.load(re3)
        lowIm = v128.load(im3)
        x = f64x2.sub(f64x2.mul(lowRe, cosine), f64x2.mul(lowIm, sine))
        y = f64x2.add(f64x2.mul(lowRe, sine), f64x2.mul(lowIm, cosine))
        highRe = v128.load(re2)
        highIm = v128.load(im2)
        lowRe = f64x2.add(highRe, x)
        lowIm = f64x2.add(highIm, y)
        const e = f64x2.sub(highRe, x)
        const f = f64x2.sub(highIm, y)
        cosine = v128.load(next + index)
        sine = v128.load(next + (length << 1) + index)
        x = f64x2.sub(f64x2.mul(lowRe, cosine), f64x2.mul(lowIm, sine))
        y = f64x2.add(f64x2.mul(lowRe, sine), f64x2.mul(lowIm, cosine))
        v128.store(re0, f64x2.add(a, x))
        v128.store(im0, f64x2.add(b, y))
        v128.store(re2, f64x2.sub(a, x))
        v128.store(im2, f64x2.sub(b, y))
        cosine = v128.load(next + length + index)
        sine = v128.load(next + 3 * length + index)
        x = f64x2.sub(f64x2.mul(e, cosine), f64x2.mul(f, sine))
        y = f64x2.add(f64x2.mul(e, sine), f64x2.mul(f, cosine))
        v128.store(re1, f64x2.add(c, x))
        v128.store(im1, f64x2.add(d, y))
        v128.store(re3, f64x2.sub(c, x))
        v128.store(im3, f64x2.sub(d, y))
      }
    }
    table = next + (length << 2)
  }
  if (length < end)
    for (let index: usize = 0; index < length; index += 16) {
      const upRe = re + index
      const upIm = im + index
      const cosine = v128.load(table + index)
      const sine = v128.load(table + length + index)
      const lowRe = v128.load(upRe + length)
      const lowIm = v128.load(upIm + length)
      const x = f64x2.sub(f64x2.mul(lowRe, cosine), f64x2.mul(lowIm, sine))
      const y = f64x2.add(f64x2.mul(lowRe, sine), f64x2.mul(lowIm, cosine))
      const highRe = v128.load(upRe)
      const highIm = v128.load(upIm)
      v128.store(upRe + length, f64x2.sub(highRe, x))
      v128.store(upIm + length, f64x2.sub(highIm, y))
      v128.store(upRe, f64x2.add(highRe, x))
      v128.store(upIm, f64x2.add(highIm, y))
    }
}

function measure(re: usize, im: usize, unfold: usize, half: i32): void {
  const bytes = <usize>half << 3
  const power = im + bytes
  const oneHalf = f64x2.splat(0.5)
  // A frequency and its mirror image come from the same numbers.
  for (let at: usize = 8; at < bytes >> 1; at += 16) {
    const mirror = bytes - at - 8
    const hereRe = v128.load(re + at)
    const hereIm = v128.load(im + at)
    const m = v128.load(re + mirror)
    const n = v128.load(im + mirror)
    const farRe = v128.shuffle<f64>(m, m, 1, 0)
    const farIm = v128.shuffle<f64>(n, n, 1, 0)
    const evenRe = f64x2.mul(f64x2.add(hereRe, farRe), oneHalf)
    const evenIm = f64x2.mul(f64x2.sub(hereIm, farIm), oneHalf)
    const oddRe = f64x2.mul(f64x2.add(hereIm, farIm), oneHalf)
    const oddIm = f64x2.mul(f64x2.sub(farRe, hereRe), oneHalf)
    const cosine = v128.load(unfold + at)
    const sine = v128.load(unfold + bytes + at)
    const x = f64x2.sub(f64x2.add(evenRe, f64x2.mul(oddRe, cosine)), f64x2.mul(oddIm, sine))
    const y = f64x2.add(f64x2.add(evenIm, f64x2.mul(oddRe, sine)), f64x2.mul(oddIm, cosine))
    v128.store(power + at, f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y)))
    const o = v128.load(unfold + mirror)
    const p = v128.load(unfold + bytes + mirror)
    const farCosine = v128.shuffle<f64>(o, o, 1, 0)
    const farSine = v128.shuffle<f64>(p, p, 1, 0)
    const u = f64x2.add(f64x2.add(evenRe, f64x2.mul(oddRe, farCosine)), f64x2.mul(oddIm, farSine))
    const v = f64x2.sub(f64x2.sub(f64x2.mul(oddRe, farSine), evenIm), f64x2.mul(oddIm, farCosine))
    const far = f64x2.add(f64x2.mul(u, u), f64x2.mul(v, v))
    v128.store(power + mirror, v128.shuffle<f64>(far, far, 1, 0))
  }
  // Both ends of the spectrum come from the same pair of numbers.
  const low = load<f64>(re) + load<f64>(im)
  const high = load<f64>(re) - load<f64>(im)
  store<f64>(power, low * low)
  store<f64>(power + bytes, high * high)
}
