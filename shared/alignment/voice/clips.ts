import type { Features } from '../sound/features'
import {
  bandCount,
  type Cepstra,
  cepstrum,
  cepstrumCount,
  cepstrumScale,
  loudness,
  melOf,
} from '../sound/spectrum'
import { keyOf, melScale, type Phrase, type Reading } from './voice'

/** A word with its sounds. Offsets are those of the text that was read. */
export interface SpokenWord {
  readonly from: number
  readonly to: number
  /** A comma or another sign of a pause stands before it. */
  readonly isAfterMark: boolean
  readonly phones: readonly number[]
}

/** A reading, its sounds by number and its spectrum as the recording would have it. */
export interface Clip extends Cepstra {
  readonly words: readonly SpokenWord[]
  /** How many, of all words. */
  readonly phones: number
  /** Begin of each sound, frames; 0 is silence. */
  readonly events: readonly { readonly phone: number; readonly frame: number }[]
  /** Loudness of each frame. */
  readonly loud: Float32Array
}

/** The readings of a text, fitted to its recording. */
export class Clips {
  readonly #ids = new Map<string, number>([['', 0]])
  readonly #clips = new Map<string, Clip>()

  /** The spectra of the readings are taken out of them. */
  constructor(readings: readonly Reading[], features: Features) {
    const channel = channelOf(readings, features)
    for (const reading of readings) {
      const words = reading.words.map((word) => ({
        ...word,
        phones: word.phones.map((name) => this.#id(name)),
      }))
      this.#clips.set(keyOf(reading), {
        words,
        phones: words.reduce((sum, { phones }) => sum + phones.length, 0),
        events: reading.events.map(({ phone, frame }) => ({ phone: this.#id(phone), frame })),
        ...spectrumOf(reading, channel),
      })
      reading.mel = new Int16Array(0)
    }
  }

  /** The readings of some phrases, fitted to a part of the recording that may sound otherwise, as far as their cepstra tell. */
  fittedTo(part: Features, phrases: readonly Phrase[]): Clips {
    const result = new Clips([], part)
    for (const [name, id] of this.#ids) result.#ids.set(name, id)
    const own = new Map(phrases.map((phrase) => [keyOf(phrase), this.of(phrase)]))
    const spectra = [...own.values()].map(({ frames, cepstra }) => {
      const mel = new Int16Array(frames * bandCount)
      for (let frame = 0; frame < frames; frame++)
        melOf(cepstra, frame * cepstrumCount, melScale / cepstrumScale, mel, frame * bandCount)
      return { frames, mel }
    })
    const channel = channelOf(spectra, part)
    let at = 0
    for (const [key, clip] of own)
      result.#clips.set(key, { ...clip, ...spectrumOf(spectra[at++] as Spectrum, channel) })
    return result
  }

  /** The sounds of the phrases by themselves. */
  get sounds(): Sounds {
    const said = new Map([...this.#clips].map(([key, { words }]) => [key, words]))
    return new Sounds(this.#ids, said)
  }

  /** Number of different sounds met; their numbers are smaller. */
  get phoneCount(): number {
    return this.#ids.size
  }

  /** Those of all phrases. */
  get all(): readonly Clip[] {
    return [...this.#clips.values()]
  }

  /** The clip of a phrase that was read. */
  of(phrase: Phrase): Clip {
    return this.#clips.get(keyOf(phrase)) as Clip
  }

  #id(name: string): number {
    const known = this.#ids.get(name)
    if (known !== undefined) return known
    this.#ids.set(name, this.#ids.size)
    return this.#ids.size - 1
  }
}

const noCepstra = new Int16Array(0)
const noFrames = new Float32Array(0)

/** What is left of a text's readings once its recording is known: how its phrases sound, without spectra. */
export class Sounds {
  readonly #ids: ReadonlyMap<string, number>
  readonly #said: Map<string, readonly SpokenWord[]>

  constructor(ids: ReadonlyMap<string, number>, said: Map<string, readonly SpokenWord[]>) {
    this.#ids = ids
    this.#said = said
  }

  has(phrase: Phrase): boolean {
    return this.#said.has(keyOf(phrase))
  }

  /** Sounds that the text did not have before are left out: the recording has taught nothing of them. */
  add(reading: Reading): void {
    const words = reading.words.flatMap((word) => {
      const phones = word.phones.flatMap((name) => this.#ids.get(name) ?? [])
      return phones.length > 0 ? [{ ...word, phones }] : []
    })
    this.#said.set(keyOf(reading), words)
  }

  /** A phrase that is known, as a clip without spectrum. */
  of(phrase: Phrase): Clip {
    const words = this.#said.get(keyOf(phrase)) ?? []
    const phones = words.reduce((sum, word) => sum + word.phones.length, 0)
    return { words, phones, events: [], frames: 0, cepstra: noCepstra, loud: noFrames }
  }
}

/** Loudness within which frames are speech, below what a twentieth of them exceeds; a natural logarithm of power. */
const speechRange = 3.5

/** What makes the voice sound as the recording does: what is added to each band of its log-mel spectra, and the power of the noise. */
interface Channel {
  readonly shift: readonly number[]
  readonly floor: readonly number[]
}

type Spectrum = Pick<Reading, 'frames' | 'mel'>

// How the recording's mean spectrum differs from that of the loud frames of the voice, and the recording's noise.
function channelOf(readings: readonly Spectrum[], { noise, speech }: Features): Channel {
  const row = new Float32Array(bandCount)
  const rowAt = ({ mel }: Spectrum, frame: number) => {
    for (let band = 0; band < bandCount; band++)
      row[band] = (mel[frame * bandCount + band] as number) / melScale
    return row
  }
  const levels = new Float32Array(readings.reduce((sum, { frames }) => sum + frames, 0))
  let at = 0
  for (const reading of readings)
    for (let frame = 0; frame < reading.frames; frame++) levels[at++] = loudness(rowAt(reading, frame), 0)
  const sorted = levels.slice().sort()
  const above = (sorted[Math.floor(0.95 * sorted.length)] ?? 0) - speechRange
  const sum = new Float64Array(bandCount)
  let count = 0
  at = 0
  for (const reading of readings)
    for (let frame = 0; frame < reading.frames; frame++) {
      if ((levels[at++] as number) <= above) continue
      count++
      rowAt(reading, frame)
      for (let band = 0; band < bandCount; band++) sum[band] = (sum[band] as number) + (row[band] as number)
    }
  return {
    shift: Array.from(sum, (total, band) => (speech[band] as number) - total / Math.max(1, count)),
    floor: Array.from(noise, Math.exp),
  }
}

function spectrumOf(
  { frames, mel }: Spectrum,
  { shift, floor }: Channel,
): Cepstra & { readonly loud: Float32Array } {
  const cepstra = new Int16Array(frames * cepstrumCount)
  const loud = new Float32Array(frames)
  const row = new Float32Array(bandCount)
  const own = new Float32Array(cepstrumCount)
  for (let frame = 0; frame < frames; frame++) {
    for (let band = 0; band < bandCount; band++)
      row[band] = Math.log(
        Math.exp((mel[frame * bandCount + band] as number) / melScale + (shift[band] as number)) +
          (floor[band] as number),
      )
    cepstrum(row, 0, own, 0)
    for (let c = 0; c < cepstrumCount; c++)
      cepstra[frame * cepstrumCount + c] = Math.round((own[c] as number) * cepstrumScale)
    loud[frame] = loudness(row, 0)
  }
  return { frames, cepstra, loud }
}
