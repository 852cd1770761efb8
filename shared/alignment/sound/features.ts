import {
  bandCount,
  cepstrum,
  cepstrumCount,
  cepstrumScale,
  frameRate,
  loudness,
  MelAnalyser,
  melOf,
  upperEdge,
} from './spectrum'

/** What the aligner knows of a recording: 28 bytes a frame of 10 ms, never the samples. */
export interface Features {
  readonly frames: number
  /** Hz up to which it was analysed. */
  readonly highest: number
  /** A row of 13 a frame, in 1/128. */
  readonly cepstra: Int16Array
  /** A frame's loudness, in 1/512 of a natural logarithm. */
  readonly loud: Int16Array
  /** Mean log-mel spectra of what is quiet and of what is loud. */
  readonly noise: Float32Array
  readonly speech: Float32Array
}

/** What is kept of loudness: whole numbers, in 1/512. */
export const loudnessScale = 512
/** Of so many frames the spectrum of one is kept until the end. */
const sampledEvery = 8
/** Frames for which there is room at first. */
const startFrames = 6000
/** From the quietest tenth to the loudest twentieth, the share of the way from which on frames are speech. */
const speechShare = 0.4

/** Collects features from the decoding pass; channels are mixed. */
export class FeatureCollector {
  readonly #rate: number
  readonly #analyser: MelAnalyser
  #cepstra = new Int16Array(startFrames * cepstrumCount)
  #loud = new Int16Array(startFrames)
  #sampled = new Float32Array((startFrames / sampledEvery) * bandCount)
  #frames = 0
  #kept = new Float32Array(0)
  /** Number of the first kept sample. */
  #from = 0
  readonly #mel = new Float32Array(bandCount)
  readonly #row = new Float32Array(cepstrumCount)

  constructor(sampleRate: number) {
    this.#rate = sampleRate
    this.#analyser = new MelAnalyser(sampleRate, upperEdge(sampleRate))
  }

  /** Takes the next samples, an array of one length a channel. */
  add(channels: readonly Float32Array[]): void {
    const length = channels[0]?.length ?? 0
    const samples = new Float32Array(this.#kept.length + length)
    samples.set(this.#kept)
    for (const channel of channels)
      for (let i = 0; i < length; i++)
        samples[this.#kept.length + i] =
          (samples[this.#kept.length + i] as number) + (channel[i] as number) / channels.length
    const hop = this.#rate / frameRate
    let at = Math.round(this.#frames * hop) - this.#from
    while (at + this.#analyser.window <= samples.length) {
      this.#analyser.analyse(samples, at, at > 0 ? (samples[at - 1] as number) : 0, this.#mel, 0)
      this.#keep()
      at = Math.round(this.#frames * hop) - this.#from
    }
    const first = Math.max(0, Math.min(samples.length, at - 1))
    this.#kept = samples.slice(first)
    this.#from += first
  }

  #keep(): void {
    const frame = this.#frames++
    if (frame >= this.#loud.length) this.#grow()
    cepstrum(this.#mel, 0, this.#row, 0)
    for (let c = 0; c < cepstrumCount; c++)
      this.#cepstra[frame * cepstrumCount + c] = Math.round((this.#row[c] as number) * cepstrumScale)
    this.#loud[frame] = Math.round(loudness(this.#mel, 0) * loudnessScale)
    if (frame % sampledEvery === 0) this.#sampled.set(this.#mel, (frame / sampledEvery) * bandCount)
  }

  #grow(): void {
    const frames = Math.ceil((this.#loud.length * 1.5) / sampledEvery) * sampledEvery
    const cepstra = new Int16Array(frames * cepstrumCount)
    cepstra.set(this.#cepstra)
    const loud = new Int16Array(frames)
    loud.set(this.#loud)
    const sampled = new Float32Array((frames / sampledEvery) * bandCount)
    sampled.set(this.#sampled)
    this.#cepstra = cepstra
    this.#loud = loud
    this.#sampled = sampled
  }

  /** What was collected. The collector is of no use afterwards. */
  finish(): Features {
    const loud = this.#loud.slice(0, this.#frames)
    const { quiet, high } = loudnessLevels(loud)
    const noise = new Float64Array(bandCount)
    const speech = new Float64Array(bandCount)
    let noises = 0
    let speeches = 0
    for (let frame = 0; frame < this.#frames; frame += sampledEvery) {
      const level = loud[frame] as number
      const isNoise = level <= quiet
      if (!isNoise && level <= quiet + speechShare * (high - quiet)) continue
      const sum = isNoise ? noise : speech
      if (isNoise) noises++
      else speeches++
      for (let band = 0; band < bandCount; band++)
        sum[band] =
          (sum[band] as number) + (this.#sampled[(frame / sampledEvery) * bandCount + band] as number)
    }
    return {
      frames: this.#frames,
      highest: upperEdge(this.#rate),
      cepstra: this.#cepstra.slice(0, this.#frames * cepstrumCount),
      loud,
      noise: Float32Array.from(noise, (sum) => sum / Math.max(1, noises)),
      speech: Float32Array.from(speech, (sum) => sum / Math.max(1, speeches)),
    }
  }
}

/** The features of a stretch; it keeps the noise and the mean spectrum of the whole.
 *  @param from @param to seconds; cut where the recording begins and ends */
export function featuresBetween(features: Features, from: number, to: number): Features {
  const first = Math.max(0, Math.min(features.frames, Math.round(from * frameRate)))
  const last = Math.max(first, Math.min(features.frames, Math.round(to * frameRate)))
  return {
    ...features,
    frames: last - first,
    cepstra: features.cepstra.subarray(first * cepstrumCount, last * cepstrumCount),
    loud: features.loud.subarray(first, last),
  }
}

/** A part of a recording with the noise and the mean spectrum of its own, as far as its cepstra tell. */
export function withOwnSpectra(part: Features): Features {
  const { quiet, high } = loudnessLevels(part.loud)
  const spectrum = (isMeant: (level: number) => boolean) => {
    const sum = new Float64Array(cepstrumCount)
    let count = 0
    for (let frame = 0; frame < part.frames; frame++) {
      if (!isMeant(part.loud[frame] as number)) continue
      count++
      for (let c = 0; c < cepstrumCount; c++)
        sum[c] = (sum[c] as number) + (part.cepstra[frame * cepstrumCount + c] as number)
    }
    const mel = new Float32Array(bandCount)
    melOf(sum, 0, 1 / cepstrumScale / Math.max(1, count), mel, 0)
    return mel
  }
  return {
    ...part,
    noise: spectrum((level) => level <= quiet),
    speech: spectrum((level) => level > quiet + speechShare * (high - quiet)),
  }
}

/** The loudness that a tenth of the frames does not exceed, and the one that a twentieth exceeds; in `loud`'s unit. */
export function loudnessLevels(loud: Int16Array): { readonly quiet: number; readonly high: number } {
  const sorted = loud.slice().sort()
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  return { quiet: at(0.1), high: at(0.95) }
}
