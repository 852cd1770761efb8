import { type Cepstra, cepstrumCount, withSlopes } from './spectrum'

/** Numbers that describe a frame. */
const size = 2 * cepstrumCount
const ownVarianceFrames = 40
const offsetFrames = 100
const scale = 0.5
const floor = -6
const ceiling = 1.5
const reachSeconds = 0.02

/** Sums over the frames of each sound. Sounds 0 and 1 are silence; 2p and 2p+1 the halves of phone p. */
export class Statistics {
  readonly n: Float64Array
  readonly sum: Float64Array
  readonly square: Float64Array
  readonly #x = new Float32Array(size)

  constructor(readonly count: number) {
    this.n = new Float64Array(count)
    this.sum = new Float64Array(count * size)
    this.square = new Float64Array(count * size)
  }

  add(sound: number, source: Cepstra, frame: number): void {
    withSlopes(source, frame, this.#x, 0)
    this.n[sound] = (this.n[sound] as number) + 1
    for (let d = 0, i = sound * size; d < size; d++, i++) {
      const value = this.#x[d] as number
      this.sum[i] = (this.sum[i] as number) + value
      this.square[i] = (this.square[i] as number) + value * value
    }
  }
}

/** A normal distribution with independent dimensions for every sound of every voice: `voice * perVoice + sound`. */
export interface PhoneModels {
  readonly count: number
  readonly perVoice: number
  readonly mean: Float32Array
  readonly variance: Float32Array
  readonly shared: Float64Array
}

/** Estimates models. The shared means lean on the prior's as if that were `priorFrames` frames; a voice's on the shared ones, moved by
 *  how far the voice lies from them on the whole, as if those were `voiceFrames`. Variances are shared by the voices. */
export function estimateModels(
  { count, n, sum, square }: Statistics,
  perVoice: number,
  prior: PhoneModels | null,
  priorFrames: number,
  voiceFrames: number,
): PhoneModels {
  const voices = count / perVoice
  const frames = new Float64Array(perVoice)
  const total = new Float64Array(perVoice * size)
  const within = new Float64Array(perVoice * size)
  const pooled = new Float64Array(size)
  const overall = new Float64Array(size)
  let all = 0
  for (let k = 0; k < count; k++) {
    const own = n[k] as number
    if (own === 0) continue
    const sound = k % perVoice
    frames[sound] = (frames[sound] as number) + own
    if (sound > 1) all += own
    for (let d = 0; d < size; d++) {
      const value = sum[k * size + d] as number
      const spread = (square[k * size + d] as number) - value ** 2 / own
      const at = sound * size + d
      total[at] = (total[at] as number) + value
      within[at] = (within[at] as number) + spread
      if (sound <= 1) continue
      pooled[d] = (pooled[d] as number) + spread
      overall[d] = (overall[d] as number) + value
    }
  }
  for (let d = 0; d < size; d++) {
    pooled[d] = (pooled[d] as number) / Math.max(1, all) + 1e-3
    overall[d] = (overall[d] as number) / Math.max(1, all)
  }
  const shared = Float64Array.from(total, (value, i) => {
    const lean = prior ? (prior.shared[i] as number) : (overall[i % size] as number)
    return (value + priorFrames * lean) / ((frames[Math.floor(i / size)] as number) + priorFrames)
  })
  const mean = new Float32Array(count * size)
  const variance = new Float32Array(count * size)
  for (let voice = 0; voice < voices; voice++) {
    const offset = new Float64Array(size)
    let own = 0
    for (let sound = 2; sound < perVoice; sound++) {
      const k = voice * perVoice + sound
      own += n[k] as number
      for (let d = 0; d < size; d++)
        offset[d] =
          (offset[d] as number) +
          (sum[k * size + d] as number) -
          (n[k] as number) * (shared[sound * size + d] as number)
    }
    for (let d = 0; d < size; d++) offset[d] = (offset[d] as number) / (own + offsetFrames)
    for (let sound = 0; sound < perVoice; sound++) {
      for (let d = 0; d < size; d++) {
        const k = voice * perVoice + sound
        const at = sound * size + d
        mean[k * size + d] =
          sound < 2
            ? (shared[at] as number)
            : ((sum[k * size + d] as number) +
                voiceFrames * ((shared[at] as number) + (offset[d] as number))) /
              ((n[k] as number) + voiceFrames)
        variance[k * size + d] =
          (Math.max(0, within[at] as number) + (pooled[d] as number) * ownVarianceFrames) /
            ((frames[sound] as number) + ownVarianceFrames) +
          1e-3
      }
    }
  }
  return { count, perVoice, mean, variance, shared }
}

/** Scores frames against all models, relative to the best sound thereabouts: near 0 for the right one, at least −6. */
export class Scorer {
  readonly width: number
  readonly #source: Cepstra
  /** Per model and dimension, factors of x² and of x. */
  readonly #factors: Float32Array
  readonly #constants: Float32Array
  #raw = new Float32Array(0)
  #out = new Float32Array(0)
  readonly #sums: Float64Array

  constructor(source: Cepstra, models: PhoneModels) {
    this.#source = source
    this.width = models.count
    this.#factors = new Float32Array(models.count * size * 2)
    this.#constants = new Float32Array(models.count)
    this.#sums = new Float64Array(models.count)
    for (let k = 0; k < models.count; k++) {
      let constant = 0
      for (let d = 0; d < size; d++) {
        const variance = models.variance[k * size + d] as number
        const mean = models.mean[k * size + d] as number
        this.#factors[(k * size + d) * 2] = -0.5 / variance
        this.#factors[(k * size + d) * 2 + 1] = mean / variance
        constant -= 0.5 * (Math.log(variance) + mean ** 2 / variance)
      }
      this.#constants[k] = constant
    }
  }

  /** Scores of frames `from`, `from + hop`, …: `count` rows of `width`. Valid until the next call. */
  score(from: number, count: number, hop: number): Float32Array {
    const { width } = this
    const reach = Math.max(1, Math.round((reachSeconds * 100) / hop))
    const lead = Math.min(reach, Math.floor(from / hop))
    const all = count + lead + reach
    if (this.#raw.length < all * width) this.#raw = new Float32Array(all * width)
    if (this.#out.length < count * width) this.#out = new Float32Array(count * width)
    this.#likelihoods(from - lead * hop, all, hop)
    const [raw, out, sums] = [this.#raw, this.#out, this.#sums.fill(0)]
    let [first, last] = [0, 0]
    for (let row = 0; row < count; row++) {
      const centre = row + lead
      for (; last < Math.min(all, centre + reach + 1); last++)
        for (let k = 0; k < width; k++) sums[k] = (sums[k] as number) + (raw[last * width + k] as number)
      for (; first < centre - reach; first++)
        for (let k = 0; k < width; k++) sums[k] = (sums[k] as number) - (raw[first * width + k] as number)
      let best = Number.NEGATIVE_INFINITY
      for (let k = 0; k < width; k++) if ((sums[k] as number) > best) best = sums[k] as number
      best /= last - first
      for (let k = 0, at = centre * width, to = row * width; k < width; k++, at++, to++) {
        const value = scale * ((raw[at] as number) - best)
        out[to] = Math.max(floor, Math.min(ceiling, value))
      }
    }
    return out
  }

  #likelihoods(from: number, count: number, hop: number): void {
    const { width } = this
    const [factors, constants, raw] = [this.#factors, this.#constants, this.#raw]
    const x = new Float32Array(size)
    for (let row = 0; row < count; row++) {
      withSlopes(this.#source, Math.min(this.#source.frames - 1, from + row * hop), x, 0)
      for (let k = 0, at = 0; k < width; k++) {
        let sum = constants[k] as number
        for (let d = 0; d < size; d++, at += 2) {
          const value = x[d] as number
          sum += value * (value * (factors[at] as number) + (factors[at + 1] as number))
        }
        raw[row * width + k] = sum
      }
    }
  }
}
