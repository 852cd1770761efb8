/** The window that falls to nothing at both ends. */
export function hannWindow(length: number): Float64Array {
  return Float64Array.from(
    { length },
    (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / (length - 1)),
  )
}

/** Power by frequency of stretches of samples under a window. One object serves one length; what it gives is valid until the next
 *  call. */
export class PowerSpectrum {
  /** `size / 2 + 1` powers; the last stands for half of the sample rate. */
  readonly power: Float64Array
  private readonly half: number
  private readonly cosines: Float64Array
  private readonly sines: Float64Array
  private readonly order: Uint16Array
  private readonly re: Float64Array
  private readonly im: Float64Array

  /** @param size a power of two, not below the length of `shape`, up to 65536 @param shape the window: a factor for each sample of a stretch */
  constructor(
    size: number,
    private readonly shape: Float64Array,
  ) {
    const half = size / 2
    this.half = half
    this.power = new Float64Array(half + 1)
    this.cosines = Float64Array.from({ length: half }, (_, index) => Math.cos((2 * Math.PI * index) / size))
    this.sines = Float64Array.from({ length: half }, (_, index) => -Math.sin((2 * Math.PI * index) / size))
    const bits = Math.log2(half)
    this.order = Uint16Array.from({ length: half }, (_, index) => {
      let reversed = 0
      for (let bit = 0; bit < bits; bit++) if ((index >> bit) & 1) reversed |= 1 << (bits - 1 - bit)
      return reversed
    })
    this.re = new Float64Array(half)
    this.im = new Float64Array(half)
  }

  /** Measures the stretch that begins with `samples[at]`. */
  measure(samples: Float32Array | Float64Array, at = 0): Float64Array {
    const { half, shape, order, re, im } = this
    re.fill(0)
    im.fill(0)
    // Even samples are the real parts and odd ones the imaginary parts of a transform of half the size.
    for (let index = 0; index < shape.length; index++) {
      const value = (samples[at + index] as number) * (shape[index] as number)
      const place = order[index >> 1] as number
      if (index & 1) im[place] = value
      else re[place] = value
    }
    this.transform()
    for (let index = 0; index <= half; index++) {
      const here = index % half
      const mirrored = (half - index) % half
      const evenRe = ((re[here] as number) + (re[mirrored] as number)) / 2
      const evenIm = ((im[here] as number) - (im[mirrored] as number)) / 2
      const oddRe = ((im[here] as number) + (im[mirrored] as number)) / 2
      const oddIm = ((re[mirrored] as number) - (re[here] as number)) / 2
      const cosine = index === half ? -1 : (this.cosines[index] as number)
      const sine = index === half ? 0 : (this.sines[index] as number)
      const x = evenRe + oddRe * cosine - oddIm * sine
      const y = evenIm + oddRe * sine + oddIm * cosine
      this.power[index] = x * x + y * y
    }
    return this.power
  }

  private transform(): void {
    const { half, re, im, cosines, sines } = this
    for (let length = 1; length < half; length *= 2) {
      const step = half / length
      for (let start = 0; start < half; start += 2 * length) {
        for (let index = 0; index < length; index++) {
          const upper = start + index
          const lower = upper + length
          const cosine = cosines[index * step] as number
          const sine = sines[index * step] as number
          const x = (re[lower] as number) * cosine - (im[lower] as number) * sine
          const y = (re[lower] as number) * sine + (im[lower] as number) * cosine
          re[lower] = (re[upper] as number) - x
          im[lower] = (im[upper] as number) - y
          re[upper] = (re[upper] as number) + x
          im[upper] = (im[upper] as number) + y
        }
      }
    }
  }
}
