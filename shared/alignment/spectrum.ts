/** Mel bands of a spectrum. */
export const bandCount = 24
/** Cepstral coefficients of a frame. */
export const cepstrumCount = 13
/** Frames a second. */
export const frameRate = 100

const windowSeconds = 0.025
const lowest = 100
const emphasis = 0.97

/** The band in which speech lies for a sample rate; its upper edge in Hz. */
export function upperEdge(sampleRate: number): number {
  return Math.min(6800, sampleRate * 0.475)
}

/** Makes log-mel spectra (24 bands from 100 Hz, a Hamming window of 25 ms) of stretches of samples. */
export class MelAnalyser {
  readonly window: number
  readonly #half: number
  readonly #shape: Float64Array
  readonly #cos: Float64Array
  readonly #sin: Float64Array
  readonly #order: Uint16Array
  readonly #re: Float64Array
  readonly #im: Float64Array
  readonly #power: Float64Array
  readonly #bands: readonly { readonly first: number; readonly weights: Float64Array }[]

  constructor(sampleRate: number, highest: number) {
    this.window = Math.round(windowSeconds * sampleRate)
    let size = 64
    while (size < this.window) size *= 2
    const half = size / 2
    this.#half = half
    this.#shape = Float64Array.from(
      { length: this.window },
      (_, i) => 0.54 - 0.46 * Math.cos((2 * Math.PI * i) / (this.window - 1)),
    )
    this.#cos = Float64Array.from({ length: half }, (_, i) => Math.cos((2 * Math.PI * i) / size))
    this.#sin = Float64Array.from({ length: half }, (_, i) => -Math.sin((2 * Math.PI * i) / size))
    const bits = Math.log2(half)
    this.#order = Uint16Array.from({ length: half }, (_, i) => {
      let reversed = 0
      for (let bit = 0; bit < bits; bit++) if ((i >> bit) & 1) reversed |= 1 << (bits - 1 - bit)
      return reversed
    })
    this.#re = new Float64Array(half)
    this.#im = new Float64Array(half)
    this.#power = new Float64Array(half + 1)
    const mel = (hz: number) => 1127 * Math.log(1 + hz / 700)
    const edges = Array.from(
      { length: bandCount + 2 },
      (_, i) =>
        (700 *
          (Math.exp((mel(lowest) + ((mel(highest) - mel(lowest)) * i) / (bandCount + 1)) / 1127) - 1) *
          size) /
        sampleRate,
    )
    this.#bands = Array.from({ length: bandCount }, (_, band) => {
      const [left, centre, right] = edges.slice(band, band + 3) as [number, number, number]
      const first = Math.ceil(left)
      const last = Math.max(first, Math.min(half, Math.floor(right)))
      const weights = Float64Array.from({ length: last - first + 1 }, (_, i) =>
        Math.max(
          1e-3,
          first + i <= centre ? (first + i - left) / (centre - left) : (right - first - i) / (right - centre),
        ),
      )
      const sum = weights.reduce((total, weight) => total + weight, 0)
      return { first, weights: weights.map((weight) => weight / sum) }
    })
  }

  /** Writes the spectrum of the window that starts at `samples[at]` to `out[to…]`; `before` is the sample in front of it. */
  analyse(samples: Float32Array, at: number, before: number, out: Float32Array, to: number): void {
    const half = this.#half
    const [re, im, order, shape] = [this.#re, this.#im, this.#order, this.#shape]
    let previous = before
    for (let pair = 0; pair < half; pair++) {
      const place = order[pair] as number
      const i = pair * 2
      let even = 0
      let odd = 0
      if (i < this.window) {
        const sample = samples[at + i] as number
        even = (sample - emphasis * previous) * (shape[i] as number)
        previous = sample
      }
      if (i + 1 < this.window) {
        const sample = samples[at + i + 1] as number
        odd = (sample - emphasis * previous) * (shape[i + 1] as number)
        previous = sample
      }
      re[place] = even
      im[place] = odd
    }
    this.#transform()
    const power = this.#power
    for (let k = 0; k <= half; k++) {
      const a = k % half
      const b = (half - k) % half
      const evenRe = ((re[a] as number) + (re[b] as number)) / 2
      const evenIm = ((im[a] as number) - (im[b] as number)) / 2
      const oddRe = ((im[a] as number) + (im[b] as number)) / 2
      const oddIm = ((re[b] as number) - (re[a] as number)) / 2
      const c = k === half ? -1 : (this.#cos[k] as number)
      const s = k === half ? 0 : (this.#sin[k] as number)
      const x = evenRe + oddRe * c - oddIm * s
      const y = evenIm + oddRe * s + oddIm * c
      power[k] = x * x + y * y
    }
    for (let band = 0; band < bandCount; band++) {
      const { first, weights } = this.#bands[band] as { first: number; weights: Float64Array }
      let sum = 0
      for (let i = 0; i < weights.length; i++) sum += (weights[i] as number) * (power[first + i] as number)
      out[to + band] = Math.log(sum + 1e-9)
    }
  }

  #transform(): void {
    const n = this.#half
    const [re, im, cos, sin] = [this.#re, this.#im, this.#cos, this.#sin]
    for (let length = 1; length < n; length *= 2) {
      const step = n / length
      for (let start = 0; start < n; start += 2 * length) {
        for (let i = 0; i < length; i++) {
          const a = start + i
          const b = a + length
          const c = cos[i * step] as number
          const s = sin[i * step] as number
          const x = (re[b] as number) * c - (im[b] as number) * s
          const y = (re[b] as number) * s + (im[b] as number) * c
          re[b] = (re[a] as number) - x
          im[b] = (im[a] as number) - y
          re[a] = (re[a] as number) + x
          im[a] = (im[a] as number) + y
        }
      }
    }
  }
}

const basis = Float64Array.from(
  { length: cepstrumCount * bandCount },
  (_, i) =>
    Math.sqrt(2 / bandCount) *
    Math.cos((Math.PI * Math.floor(i / bandCount) * ((i % bandCount) + 0.5)) / bandCount),
)

/** Cosine transform of the log-mel spectrum at `mel[at…]`, written to `out[to…]`. */
export function cepstrum(mel: Float32Array, at: number, out: Float32Array, to: number): void {
  for (let c = 0; c < cepstrumCount; c++) {
    let sum = 0
    for (let band = 0; band < bandCount; band++)
      sum += (basis[c * bandCount + band] as number) * (mel[at + band] as number)
    out[to + c] = sum
  }
}

/** Mean of the bands in which speech is strong: tells speech from silence. Natural logarithm of power. */
export function loudness(mel: Float32Array, at: number): number {
  let sum = 0
  for (let band = 2; band < 20; band++) sum += mel[at + band] as number
  return sum / 18
}

/** Cepstra of one sound, a row of 13 a frame. */
export interface Cepstra {
  readonly frames: number
  readonly cepstra: Float32Array
}

/** Writes a frame's cepstra and their slopes over five frames (26 numbers) to `out[to…]`. */
export function withSlopes({ cepstra, frames }: Cepstra, frame: number, out: Float32Array, to: number): void {
  const n = cepstrumCount
  const a = Math.max(0, frame - 2) * n
  const b = Math.max(0, frame - 1) * n
  const d = Math.min(frames - 1, frame + 1) * n
  const e = Math.min(frames - 1, frame + 2) * n
  const at = frame * n
  for (let c = 0; c < n; c++) {
    out[to + c] = cepstra[at + c] as number
    out[to + n + c] =
      ((cepstra[d + c] as number) -
        (cepstra[b + c] as number) +
        2 * ((cepstra[e + c] as number) - (cepstra[a + c] as number))) /
      4
  }
}
