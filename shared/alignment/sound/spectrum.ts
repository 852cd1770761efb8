import { type BandPowers, type BandSettings, plainBandPowers, simdBandPowers } from '../kernel/bandPowers'

/** Mel bands of a spectrum. */
export const bandCount = 24
/** Cepstral coefficients of a frame. */
export const cepstrumCount = 13
/** Frames a second. */
export const frameRate = 100

/** Frames that a sound of speech takes, where the recording does not tell. */
export const usualFrames = 8

const windowSeconds = 0.025
/** Hz at which the lowest band begins. */
const lowest = 100
const emphasis = 0.97

/** The band in which speech lies for a sample rate; its upper edge in Hz. */
export function upperEdge(sampleRate: number): number {
  return Math.min(6800, sampleRate * 0.475)
}

/** What a log-mel spectrum (24 bands from 100 Hz, a Hamming window of 25 ms) is made by. */
export function melSettings(sampleRate: number, highest: number): BandSettings {
  const window = Math.round(windowSeconds * sampleRate)
  let size = 64
  while (size < window) size *= 2
  const half = size / 2
  const shape = Float64Array.from(
    { length: window },
    (_, i) => 0.54 - 0.46 * Math.cos((2 * Math.PI * i) / (window - 1)),
  )
  const mel = (hz: number) => 1127 * Math.log(1 + hz / 700)
  const edges = Array.from(
    { length: bandCount + 2 },
    (_, i) =>
      (700 *
        (Math.exp((mel(lowest) + ((mel(highest) - mel(lowest)) * i) / (bandCount + 1)) / 1127) - 1) *
        size) /
      sampleRate,
  )
  const bands = Array.from({ length: bandCount }, (_, band) => {
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
  return { shape, size, emphasis, bands }
}

/** Makes log-mel spectra of stretches of samples. */
export class MelAnalyser {
  /** Samples of a window. */
  readonly window: number
  readonly #powers: BandPowers

  constructor(sampleRate: number, highest: number) {
    const settings = melSettings(sampleRate, highest)
    this.window = settings.shape.length
    this.#powers = simdBandPowers(settings) ?? plainBandPowers(settings)
  }

  /** Writes the spectrum of the window that starts at `samples[at]` to `out[to…]`; `before` is the sample in front of it. */
  analyse(samples: Float32Array, at: number, before: number, out: Float32Array, to: number): void {
    const powers = this.#powers(samples, at, before)
    for (let band = 0; band < bandCount; band++) out[to + band] = Math.log((powers[band] as number) + 1e-9)
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

/** The log-mel spectrum, smoothed, that has these cepstra: `cepstra[at…]`, in `scale`; written to `out[to…]`. */
export function melOf(
  cepstra: ArrayLike<number>,
  at: number,
  scale: number,
  out: { [band: number]: number },
  to: number,
): void {
  for (let band = 0; band < bandCount; band++) {
    let sum = 0
    for (let c = 0; c < cepstrumCount; c++)
      sum += (basis[c * bandCount + band] as number) * (cepstra[at + c] as number) * (c === 0 ? 0.5 : 1)
    out[to + band] = sum * scale
  }
}

/** Mean of the bands in which speech is strong: tells speech from silence. Natural logarithm of power. */
export function loudness(mel: Float32Array, at: number): number {
  let sum = 0
  for (let band = 2; band < 20; band++) sum += mel[at + band] as number
  return sum / 18
}

/** What is kept of cepstra: whole numbers, in 1/128. */
export const cepstrumScale = 128

/** Cepstra of one sound, a row of 13 a frame. */
export interface Cepstra {
  readonly frames: number
  /** In 1/128. */
  readonly cepstra: Int16Array
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
    out[to + c] = (cepstra[at + c] as number) / cepstrumScale
    out[to + n + c] =
      ((cepstra[d + c] as number) -
        (cepstra[b + c] as number) +
        2 * ((cepstra[e + c] as number) - (cepstra[a + c] as number))) /
      (4 * cepstrumScale)
  }
}
