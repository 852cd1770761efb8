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
  let previous = <f64>load<f32>(samples)
  for (let i = 0; i < window; i++) {
    const sample = <f64>load<f32>(samples + (<usize>i << 2), 4)
    const value = (sample - emphasis * previous) * load<f64>(shape + (<usize>i << 3))
    previous = sample
    store<f64>((i & 1 ? im : re) + <usize>load<u32>(order + (<usize>(i >> 1) << 2)), value)
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

function transform(re: usize, im: usize, turns: usize, half: i32): void {
  const end = <usize>half << 3
  for (let at: usize = 0; at < end; at += 16) {
    const a = load<f64>(re + at)
    const b = load<f64>(re + at, 8)
    store<f64>(re + at, a + b)
    store<f64>(re + at, a - b, 8)
    const c = load<f64>(im + at)
    const d = load<f64>(im + at, 8)
    store<f64>(im + at, c + d)
    store<f64>(im + at, c - d, 8)
  }
  let table = turns
  for (let length: usize = 16; length < end; length <<= 1) {
    for (let start: usize = 0; start < end; start += length << 1) {
      for (let index: usize = 0; index < length; index += 16) {
        const upRe = re + start + index
        const upIm = im + start + index
        const downRe = upRe + length
        const downIm = upIm + length
        const cosine = v128.load(table + index)
        const sine = v128.load(table + length + index)
        const lowRe = v128.load(downRe)
        const lowIm = v128.load(downIm)
        const x = f64x2.sub(f64x2.mul(lowRe, cosine), f64x2.mul(lowIm, sine))
        const y = f64x2.add(f64x2.mul(lowRe, sine), f64x2.mul(lowIm, cosine))
        const highRe = v128.load(upRe)
        const highIm = v128.load(upIm)
        v128.store(downRe, f64x2.sub(highRe, x))
        v128.store(downIm, f64x2.sub(highIm, y))
        v128.store(upRe, f64x2.add(highRe, x))
        v128.store(upIm, f64x2.add(highIm, y))
      }
    }
    table += length << 1
  }
}

function measure(re: usize, im: usize, unfold: usize, half: i32): void {
  const bytes = <usize>half << 3
  const power = im + bytes
  const two = f64x2.splat(2)
  for (let at: usize = 8; at < bytes; at += 16) {
    const mirror = bytes - at - 8
    const hereRe = v128.load(re + at)
    const hereIm = v128.load(im + at)
    const m = v128.load(re + mirror)
    const n = v128.load(im + mirror)
    const farRe = v128.shuffle<f64>(m, m, 1, 0)
    const farIm = v128.shuffle<f64>(n, n, 1, 0)
    const evenRe = f64x2.div(f64x2.add(hereRe, farRe), two)
    const evenIm = f64x2.div(f64x2.sub(hereIm, farIm), two)
    const oddRe = f64x2.div(f64x2.add(hereIm, farIm), two)
    const oddIm = f64x2.div(f64x2.sub(farRe, hereRe), two)
    const cosine = v128.load(unfold + at)
    const sine = v128.load(unfold + bytes + at)
    const x = f64x2.sub(f64x2.add(evenRe, f64x2.mul(oddRe, cosine)), f64x2.mul(oddIm, sine))
    const y = f64x2.add(f64x2.add(evenIm, f64x2.mul(oddRe, sine)), f64x2.mul(oddIm, cosine))
    v128.store(power + at, f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y)))
  }
  // Both ends of the spectrum come from the same pair of numbers.
  const low = load<f64>(re) + load<f64>(im)
  const high = load<f64>(re) - load<f64>(im)
  store<f64>(power, low * low)
  store<f64>(power + bytes, high * high)
}
