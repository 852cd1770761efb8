/** Turns differences to samples of so many bits. */
export function sumUp(samples: Int32Array, count: number, bits: number): void {
  const unused = 32 - bits
  let last = samples[0] as number
  for (let index = 1; index < count; index++) {
    last = ((last + (samples[index] as number)) << unused) >> unused
    samples[index] = last
  }
}

/** Foretells a sample from those before it, and learns from the sign of each error. */
export class Predictor {
  mode = 0
  shift = 0
  riceFactor = 0
  order = 0
  /** From 1 on, that of the sample that is farthest away first. */
  readonly coefficients = new Int16Array(33)

  /** Turns residuals to samples of so many bits, in place. */
  run(samples: Int32Array, count: number, bits: number): void {
    const { order, shift, coefficients } = this
    const unused = 32 - bits
    const half = shift > 0 ? 1 << (shift - 1) : 0
    const below = (1 << shift) - 1
    // The first ones are differences.
    for (let index = 1; index <= order && index < count; index++)
      samples[index] = (((samples[index - 1] as number) + (samples[index] as number)) << unused) >> unused
    for (let index = order + 1; index < count; index++) {
      const oldest = index - order - 1
      const base = samples[oldest] as number
      let sum = half
      for (let tap = 1; tap <= order; tap++)
        sum =
          (sum + Math.imul(coefficients[tap] as number, ((samples[oldest + tap] as number) - base) | 0)) | 0
      const residual = samples[index] as number
      samples[index] = ((residual + base + (sum >> shift)) << unused) >> unused
      // The coefficients of the samples that are farthest away learn first, until the error is explained. No branch depends on a sign,
      // which is anybody's guess: −1 in `isBelow` and `isUnder` turns numbers round.
      const isBelow = residual >> 31
      const rounding = isBelow & below
      let left = ((residual ^ isBelow) - isBelow) | 0
      for (let tap = 1; tap <= order && left > 0; tap++) {
        const apart = (base - (samples[oldest + tap] as number)) | 0
        const isUnder = apart >> 31
        const sign = isUnder | (-apart >>> 31)
        const size = ((apart ^ isUnder) - isUnder) | 0
        coefficients[tap] = ((coefficients[tap] as number) - ((sign ^ isBelow) - isBelow)) | 0
        left = (left - Math.imul(tap, ((size + rounding) | 0) >> shift)) | 0
      }
    }
  }
}
