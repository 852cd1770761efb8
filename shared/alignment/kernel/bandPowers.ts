import { PowerSpectrum } from '../../recording/powerSpectrum'
import { spectrumModule } from './spectrumModule'
import { instanceOf, reserveIn } from './webAssembly'

/** How windows of samples are measured. */
export interface BandSettings {
  /** A factor for each sample of a window. */
  readonly shape: Float64Array
  /** Of the transform: a power of two, at least 64, not below the length of a window. */
  readonly size: number
  /** The share of the sample before that is taken off each. */
  readonly emphasis: number
  /** The weights of the powers from `first` on. */
  readonly bands: readonly { readonly first: number; readonly weights: Float64Array }[]
}

/** Powers in the bands of the window that starts at `samples[at]`; `before` is the sample in front of it. Valid until the next call. */
export type BandPowers = (samples: Float32Array, at: number, before: number) => Float64Array

/** Band powers without SIMD. */
export function plainBandPowers({ shape, size, emphasis, bands }: BandSettings): BandPowers {
  const spectrum = new PowerSpectrum(size, shape)
  const lifted = new Float64Array(shape.length)
  const result = new Float64Array(bands.length)
  return (samples, at, before) => {
    let previous = before
    for (let i = 0; i < lifted.length; i++) {
      const sample = samples[at + i] as number
      lifted[i] = sample - emphasis * previous
      previous = sample
    }
    const power = spectrum.measure(lifted)
    for (const [band, { first, weights }] of bands.entries()) {
      let sum = 0
      for (let i = 0; i < weights.length; i++) sum += (weights[i] as number) * (power[first + i] as number)
      result[band] = sum
    }
    return result
  }
}

/** Band powers in WebAssembly SIMD, the same to the last bit; `null` where there is none. */
export function simdBandPowers({ shape, size, emphasis, bands }: BandSettings): BandPowers | null {
  const exports = instanceOf(spectrumModule)
  if (!exports) return null
  const half = size / 2
  const window = shape.length
  let end = 0
  const take = (bytes: number) => {
    const at = end
    end += (bytes + 15) & ~15
    return at
  }
  const samplesAt = take((window + 1) * 4)
  const shapeAt = take(window * 8)
  const orderAt = take(half * 4)
  const turnsAt = take(half * 16)
  const unfoldAt = take((half + 1) * 16)
  const workAt = take(half * 16 + (half + 2) * 8)
  const bandsAt = take(bands.reduce((sum, { weights }) => sum + 8 + weights.length * 8, 0))
  const outAt = take(bands.length * 8)
  reserveIn(exports, end)
  const { buffer } = exports.memory
  const reals = (at: number, count: number) => new Float64Array(buffer, at, count)

  reals(shapeAt, window).set(shape)
  const bits = Math.log2(half)
  const order = new Int32Array(buffer, orderAt, half)
  for (let index = 0; index < half; index++)
    for (let bit = 0; bit < bits; bit++)
      if ((index >> bit) & 1) order[index] = (order[index] as number) | (8 << (bits - 1 - bit))
  const cosine = (index: number) => Math.cos((2 * Math.PI * index) / size)
  const sine = (index: number) => -Math.sin((2 * Math.PI * index) / size)
  const turns = reals(turnsAt, half * 2)
  for (let length = 2, at = 0; length < half; at += 2 * length, length *= 2)
    for (let index = 0; index < length; index++) {
      turns[at + index] = cosine((index * half) / length)
      turns[at + length + index] = sine((index * half) / length)
    }
  const unfold = reals(unfoldAt, half * 2)
  for (let index = 0; index < half; index++) {
    unfold[index] = cosine(index)
    unfold[half + index] = sine(index)
  }
  let at = bandsAt
  for (const { first, weights } of bands) {
    new Int32Array(buffer, at, 2).set([first, weights.length])
    reals(at + 8, weights.length).set(weights)
    at += 8 + weights.length * 8
  }

  const { analyse } = exports as unknown as { analyse(...places: number[]): void }
  const own = new Float32Array(buffer, samplesAt, window + 1)
  const result = reals(outAt, bands.length)
  return (samples, from, before) => {
    own[0] = before
    own.set(samples.subarray(from, from + window), 1)
    analyse(
      samplesAt,
      window,
      emphasis,
      shapeAt,
      orderAt,
      turnsAt,
      unfoldAt,
      half,
      workAt,
      bandsAt,
      bands.length,
      outAt,
    )
    return result
  }
}
