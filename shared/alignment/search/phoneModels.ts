import { layModel, modelNumbers, ownScoringKernel } from '../kernel/scoringKernel'
import { type Cepstra, cepstrumCount, frameRate, withSlopes } from '../sound/spectrum'

/** Numbers that describe a frame. */
const size = 2 * cepstrumCount
/** Frames that the variance of all sounds is worth for one of them. */
const ownVarianceFrames = 40
/** Frames that it is worth that a voice is like all others. */
const offsetFrames = 100
/** A score is this share of the log-likelihood above that of the best model thereabouts, within floor and ceiling. */
const scale = 0.5
const floor = -4
const ceiling = 1.5
/** How far "thereabouts" reaches. */
const reachSeconds = 0.02
const rowsAtOnce = 4
const mostSlots = 8
/** The log-likelihood of models that only fill up a row. */
const emptyModel = -1e30

/** Sums over the frames of each sound, `size` numbers a sound. Sounds 0 and 1 are silence; 2p and 2p+1 the halves of phone p. */
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

  /** Counts a frame for a sound, and for another one. */
  add(sound: number, source: Cepstra, frame: number, other: number | null = null): void {
    withSlopes(source, frame, this.#x, 0)
    this.#count(sound)
    if (other !== null) this.#count(other)
  }

  #count(sound: number): void {
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
  /** `size` numbers a model. */
  readonly mean: Float32Array
  readonly variance: Float32Array
  /** The means of all voices, `size` numbers a sound. */
  readonly shared: Float64Array
}

/** The sound that a model stands for, whoever says it. */
export const soundOfModel = (model: number, perVoice: number): number => model % perVoice

/** Frames of a sound that its prior mean is worth, and that the mean of all voices is worth for one of them. */
const usualLean: { readonly priorFrames: number; readonly voiceFrames: number } = {
  priorFrames: 15,
  voiceFrames: 120,
}

/** Estimates models. The shared means lean on the prior's as if that were `priorFrames` frames; a voice's on the shared ones, moved by
 *  how far the voice lies from them on the whole, as if those were `voiceFrames`. Variances are shared by the voices. */
export function estimateModels(
  { count, n, sum, square }: Statistics,
  perVoice: number,
  prior: PhoneModels | null,
  { priorFrames, voiceFrames } = usualLean,
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

let owner: Scorer | null = null

/** Scores frames against all models, relative to the best sound thereabouts: near 0 for the right one, at least −4 (about what wrong text
 *  scores at its worst). All scorers of a thread share one kernel, so one that takes turns with another loads its models anew. */
export class Scorer {
  /** Numbers a row; models from `PhoneModels.count` on are empty. */
  readonly width: number
  readonly #source: Cepstra
  readonly #models: Float32Array

  constructor(source: Cepstra, models: PhoneModels) {
    this.#source = source
    this.width = Math.ceil(models.count / 8) * 8
    this.#models = new Float32Array(modelNumbers(this.width, size))
    for (let k = 0; k < this.width; k++) {
      const place = layModel(k, size)
      let constant = k < models.count ? 0 : emptyModel
      for (let d = 0; k < models.count && d < size; d++) {
        const variance = models.variance[k * size + d] as number
        this.#models[place.mean(d)] = models.mean[k * size + d] as number
        this.#models[place.factor(d)] = -0.5 / variance
        constant -= 0.5 * Math.log(variance)
      }
      this.#models[place.constant] = constant
    }
  }

  /** Scores of frames `from`, `from + hop`, …: `count` rows of `width`. Valid until the next call of any scorer. */
  score(from: number, count: number, hop: number): Float32Array {
    const kernel = ownScoringKernel()
    const { width } = this
    const reach = Math.max(1, Math.round((reachSeconds * frameRate) / hop))
    const slots = 2 * reach + rowsAtOnce
    const lead = Math.min(reach, Math.floor(from / hop))
    const all = count + lead + reach
    const modelsAt = rowsAtOnce * size
    const ring = modelsAt + this.#models.length
    const out = ring + mostSlots * width
    kernel.reserve(out + count * width)
    const memory = kernel.memory()
    if (owner !== this) memory.set(this.#models, modelsAt)
    owner = this
    const last = this.#source.frames - 1
    for (let row = 0; row < all; row++) {
      if (row % rowsAtOnce === 0) {
        for (let next = 0; next < rowsAtOnce; next++)
          withSlopes(this.#source, Math.min(last, from + (row + next - lead) * hop), memory, next * size)
        const place = (next: number) => ring + ((row + next) % slots) * width
        kernel.likelihoods(0, size, modelsAt, width, place(0), place(1), place(2), place(3))
      }
      const centre = row - reach
      if (centre < lead) continue
      const to = out + (centre - lead) * width
      const first = Math.max(0, centre - reach)
      kernel.relate(ring, slots, width, first, row + 1, centre, to, scale, floor, ceiling)
    }
    return memory.subarray(out, out + count * width)
  }
}
