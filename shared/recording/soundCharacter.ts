import { hannWindow, PowerSpectrum } from './powerSpectrum'

/** Blocks a second, and bytes that are kept of each. */
export const blockRate = 25
export const bytesPerBlock = 4

/** Samples a second that a voice is looked for in: about; its pitch in half of them. */
const spectrumRate = 5600

/** Pitches of voices, Hz. */
const lowestPitch = 75
const highestPitch = 400

/** Where harmonics are looked for, and what the mean frequency is taken of; Hz. */
const lowest = 100
const highestHarmonic = 2500
const highest = 2700

/** Blocks from one spectrum to the one it is compared with. */
export const blocksCompared = 3

/** Half the width in bins of what a spectrum is compared with to leave only its fine structure. */
const smoothing = 8

/** Hz that one step of the mean frequency's byte stands for. */
export const hertzPerStep = 16

/** Below this mean square nothing is measured: silence. */
const silence = 1e-9

/** Steps of the pitch's byte: logarithmic, from this frequency (Hz) on. */
export const pitchStepsPerOctave = 80
const pitchOrigin = 50
/** A period is the shortest that repeats the block nearly as well as the best: a multiple of it always does, too. */
const nearlyBest = 0.88

/** Measures blocks of 1/25 s that follow one another: how much they repeat themselves as voices and tones do, and at which pitch, how much
 *  their tones are those of 0.12 s before, and where their mean frequency lies. */
export class CharacterMeter {
  /** Samples of a block. */
  readonly length: number
  private readonly factor: number
  private readonly reduced: Float32Array
  private readonly slow: Float32Array
  private readonly products: Float64Array
  private readonly spectrum: PowerSpectrum
  private readonly hertzPerBin: number
  private readonly earlier: Float32Array[]
  private readonly logs: Float64Array
  private block = 0

  constructor(sampleRate: number) {
    this.length = Math.floor(sampleRate / blockRate)
    this.factor = Math.max(1, Math.round(sampleRate / spectrumRate))
    this.reduced = new Float32Array(Math.floor(this.length / this.factor))
    this.slow = new Float32Array(this.reduced.length >> 1)
    this.products = new Float64Array(this.slow.length + 4)
    let size = 256
    while (size < this.reduced.length) size *= 2
    this.spectrum = new PowerSpectrum(size, hannWindow(this.reduced.length))
    this.hertzPerBin = sampleRate / this.factor / size
    const bins = Math.min(size / 2, Math.round(highestHarmonic / this.hertzPerBin))
    this.logs = new Float64Array(bins)
    this.earlier = Array.from({ length: blocksCompared + 1 }, () => new Float32Array(bins))
  }

  /** Measures the block that begins with `samples[at]` and writes its four bytes to `out[to…]`: repetition and likeness (0–255 for 0–1),
   *  mean frequency (steps of 16 Hz), pitch (steps of 1/80 octave above 50 Hz). */
  measure(samples: Float32Array, at: number, out: Uint8Array, to: number): void {
    const power = this.reduce(samples, at)
    const fine = this.earlier[this.block % this.earlier.length] as Float32Array
    const before = this.earlier[(this.block + 1) % this.earlier.length] as Float32Array
    this.block++
    if (power < silence) {
      fine.fill(0)
      out.fill(0, to, to + bytesPerBlock)
      return
    }
    const spectrum = this.spectrum.measure(this.reduced)
    this.fineStructure(spectrum, fine)
    const { repetition, pitch } = this.repetition()
    out[to] = byte(repetition * 255)
    out[to + 1] = byte(likeness(fine, before) * 255)
    out[to + 2] = byte(this.meanFrequency(spectrum) / hertzPerStep)
    out[to + 3] = byte(pitch)
  }

  // Means of neighbours stand for fewer samples; gives the mean square.
  private reduce(samples: Float32Array, at: number): number {
    const { factor, reduced, slow } = this
    let power = 0
    for (let index = 0; index < reduced.length; index++) {
      let sum = 0
      const from = at + index * factor
      for (let sample = from; sample < from + factor; sample++) sum += samples[sample] as number
      const value = sum / factor
      reduced[index] = value
      power += value * value
    }
    for (let index = 0; index < slow.length; index++)
      slow[index] = ((reduced[index * 2] as number) + (reduced[index * 2 + 1] as number)) / 2
    return power / reduced.length
  }

  // Highest correlation of the block with itself a period of a voice later, and the pitch of that period.
  private repetition(): { readonly repetition: number; readonly pitch: number } {
    const { slow, products } = this
    const rate = slow.length * blockRate
    const shortest = Math.round(rate / highestPitch)
    const longest = Math.min(slow.length - 8, Math.round(rate / lowestPitch))
    correlate(slow, shortest, longest, products)
    let all = 0
    for (const value of slow) all += value * value
    let highestFound = 0
    let ahead = all
    let behind = all
    for (let lag = 1; lag <= longest; lag++) {
      ahead -= (slow[lag - 1] as number) ** 2
      behind -= (slow[slow.length - lag] as number) ** 2
      if (lag < shortest) continue
      const found = (products[lag] as number) / Math.sqrt(Math.max(1e-12, ahead * behind))
      products[lag] = found
      if (found > highestFound) highestFound = found
    }
    for (let lag = shortest; lag <= longest; lag++) {
      const own = products[lag] as number
      const before = lag > shortest ? (products[lag - 1] as number) : own
      const after = lag < longest ? (products[lag + 1] as number) : own
      if (own < nearlyBest * highestFound || own < before || own < after) continue
      // Between the lags, the peak of a parabola through the three.
      const bend = before - 2 * own + after
      const period = lag + (bend < 0 ? (before - after) / (2 * bend) : 0)
      return {
        repetition: highestFound,
        pitch: pitchStepsPerOctave * Math.log2(rate / period / pitchOrigin),
      }
    }
    return { repetition: highestFound, pitch: 0 }
  }

  // The logarithm of the spectrum less its mean around each bin, of length one.
  private fineStructure(spectrum: Float64Array, fine: Float32Array): void {
    const { logs } = this
    const first = Math.round(lowest / this.hertzPerBin)
    const bins = logs.length
    for (let bin = 0; bin < bins; bin++) logs[bin] = Math.log((spectrum[bin] as number) + 1e-12)
    let sum = 0
    let count = 0
    for (let bin = Math.max(0, first - smoothing); bin < Math.min(bins, first + smoothing); bin++) {
      sum += logs[bin] as number
      count++
    }
    let square = 0
    for (let bin = first; bin < bins; bin++) {
      if (bin + smoothing < bins) {
        sum += logs[bin + smoothing] as number
        count++
      }
      if (bin - smoothing - 1 >= Math.max(0, first - smoothing)) {
        sum -= logs[bin - smoothing - 1] as number
        count--
      }
      const value = (logs[bin] as number) - sum / count
      fine[bin] = value
      square += value * value
    }
    const scale = 1 / Math.sqrt(square + 1e-9)
    for (let bin = first; bin < bins; bin++) fine[bin] = (fine[bin] as number) * scale
  }

  private meanFrequency(spectrum: Float64Array): number {
    const first = Math.round(lowest / this.hertzPerBin)
    const last = Math.min(spectrum.length, Math.round(highest / this.hertzPerBin))
    let sum = 0
    let weighted = 0
    for (let bin = first; bin < last; bin++) {
      sum += spectrum[bin] as number
      weighted += (spectrum[bin] as number) * bin
    }
    return sum > 0 ? (weighted / sum) * this.hertzPerBin : 0
  }
}

/** Sums of products with what lies so many samples before, for the lags from `shortest` to `longest`. Four at a time: one sum by itself would wait
 *  for each of its additions. */
function correlate(samples: Float32Array, shortest: number, longest: number, into: Float64Array): void {
  for (let lag = shortest; lag <= longest; lag += 4) {
    let [first, second, third, fourth] = [0, 0, 0, 0]
    const common = Math.min(samples.length, lag + 3)
    for (let index = lag; index < common; index++) {
      const here = samples[index] as number
      first += here * (samples[index - lag] as number)
      if (index > lag) second += here * (samples[index - lag - 1] as number)
      if (index > lag + 1) third += here * (samples[index - lag - 2] as number)
    }
    for (let index = common; index < samples.length; index++) {
      const here = samples[index] as number
      first += here * (samples[index - lag] as number)
      second += here * (samples[index - lag - 1] as number)
      third += here * (samples[index - lag - 2] as number)
      fourth += here * (samples[index - lag - 3] as number)
    }
    into[lag] = first
    into[lag + 1] = second
    into[lag + 2] = third
    into[lag + 3] = fourth
  }
}

function likeness(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += (a[index] as number) * (b[index] as number)
  return sum
}

function byte(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)))
}
