import type { SpeechEngine } from './alignment'
import type { Features } from './features'
import { voiceOf } from './language'
import { wordsOf } from './segments'
import {
  bandCount,
  type Cepstra,
  cepstrum,
  cepstrumCount,
  frameRate,
  loudness,
  MelAnalyser,
} from './spectrum'

/** Samples a second that espeak-ng gives. */
const voiceRate = 22050

/** A word with its sounds. Offsets are those of the text that was read. */
export interface SpokenWord {
  readonly from: number
  readonly to: number
  /** A comma or another sign of a pause stands before it. */
  readonly isAfterMark: boolean
  readonly phones: readonly number[]
}

/** What the synthetic voice made of a text. */
export interface Clip extends Cepstra {
  readonly words: readonly SpokenWord[]
  readonly phones: number
  /** Begin of each sound, frames; 0 is silence. */
  readonly events: readonly { readonly phone: number; readonly frame: number }[]
  readonly loud: Float32Array
  mel: Float32Array
  cepstra: Float32Array
}

/** Reads texts aloud with espeak-ng; texts that repeat are read once. */
export class Reader {
  readonly #engine: SpeechEngine
  readonly #analyser: MelAnalyser
  readonly #ids = new Map<string, number>([['', 0]])
  readonly #clips = new Map<string, Clip>()
  #voice = ''
  #samples = new Float32Array(voiceRate * 30)

  constructor(engine: SpeechEngine, highest: number) {
    this.#engine = engine
    this.#analyser = new MelAnalyser(voiceRate, highest)
    engine.set_rate(175)
  }

  /** Number of different sounds met; their numbers are smaller. */
  get phoneCount(): number {
    return this.#ids.size
  }

  get clips(): readonly Clip[] {
    return [...this.#clips.values()]
  }

  read(text: string, language: string): Clip {
    const key = `${language} ${text}`
    const known = this.#clips.get(key)
    if (known) return known
    const clip = this.#read(text, language)
    this.#clips.set(key, clip)
    return clip
  }

  #read(text: string, language: string): Clip {
    if (this.#voice !== language) {
      this.#engine.set_voice(voiceOf(language))
      this.#voice = language
    }
    let count = 0
    const spoken: { at: number; phones: { id: number; seconds: number }[] }[] = []
    this.#engine.synthesize(text.replace(/[<>&\n]/gu, ' '), (audio, events) => {
      if (audio) count = this.#keep(audio, count)
      for (const event of events ?? []) {
        if (event.type === 'word') spoken.push({ at: event.text_position - 1, phones: [] })
        else if (event.type === 'phoneme')
          spoken
            .at(-1)
            ?.phones.push({ id: this.#id(String(event.id ?? '')), seconds: event.audio_position / 1000 })
      }
    })
    const samples = this.#samples
    const hop = voiceRate / frameRate
    const frames = Math.max(0, Math.floor((count - this.#analyser.window - 1) / hop))
    const mel = new Float32Array(frames * bandCount)
    for (let frame = 0; frame < frames; frame++) {
      const from = Math.round(frame * hop)
      this.#analyser.analyse(samples, from, samples[from - 1] ?? 0, mel, frame * bandCount)
    }
    const words = spokenWords(text, language, spoken)
    return {
      words,
      phones: words.reduce((sum, word) => sum + word.phones.length, 0),
      events: spoken.flatMap(({ phones }) =>
        phones.map(({ id, seconds }) => ({
          phone: id,
          frame: Math.max(0, Math.round(seconds * frameRate - 1)),
        })),
      ),
      frames,
      mel,
      loud: new Float32Array(frames),
      cepstra: new Float32Array(0),
    }
  }

  // One buffer for all texts: thousands of short-lived ones would pile up to a hundred megabytes before they are collected.
  #keep(audio: Int16Array, count: number): number {
    if (count + audio.length > this.#samples.length) {
      const larger = new Float32Array(2 * (count + audio.length))
      larger.set(this.#samples.subarray(0, count))
      this.#samples = larger
    }
    for (let i = 0; i < audio.length; i++) this.#samples[count + i] = (audio[i] as number) / 32768
    return count + audio.length
  }

  #id(name: string): number {
    const plain = name.replace(/[ˈˌ‿.0-9]/gu, '')
    const known = this.#ids.get(plain)
    if (known !== undefined) return known
    this.#ids.set(plain, this.#ids.size)
    return this.#ids.size - 1
  }
}

// The voice reads "120" as several words; all of them belong to the word in which they stand.
function spokenWords(
  text: string,
  language: string,
  spoken: readonly { at: number; phones: readonly { id: number }[] }[],
): readonly SpokenWord[] {
  const offsets: number[] = []
  let units = 0
  for (const character of text) {
    offsets.push(units)
    units += character.length
  }
  const tokens = wordsOf(text, language)
  const phones = tokens.map((): number[] => [])
  let token = 0
  for (const word of spoken) {
    const at = offsets[word.at] ?? text.length
    while (token + 1 < tokens.length && (tokens[token + 1] as { from: number }).from <= at) token++
    phones[token]?.push(...word.phones.map(({ id }) => id).filter((id) => id > 0))
  }
  return tokens.flatMap(({ from, to }, index) => {
    const before = text.slice(tokens[index - 1]?.to ?? 0, from)
    const own = phones[index] as number[]
    return own.length > 0 ? [{ from, to, isAfterMark: /[^\p{L}\p{N}'’\s-]/u.test(before), phones: own }] : []
  })
}

/** Gives the clips the recording's mean spectrum and its noise, then takes their cepstra; the spectra are dropped. */
export function matchChannel(clips: readonly Clip[], { noise, speech }: Features): void {
  const levels = clips.flatMap((clip) => {
    for (let frame = 0; frame < clip.frames; frame++) clip.loud[frame] = loudness(clip.mel, frame * bandCount)
    return [...clip.loud]
  })
  const above = (Float32Array.from(levels).sort()[Math.floor(0.95 * levels.length)] ?? 0) - 3.5
  const sum = new Float64Array(bandCount)
  let count = 0
  for (const clip of clips)
    for (let frame = 0; frame < clip.frames; frame++) {
      if ((clip.loud[frame] as number) <= above) continue
      count++
      for (let band = 0; band < bandCount; band++)
        sum[band] = (sum[band] as number) + (clip.mel[frame * bandCount + band] as number)
    }
  const shift = Array.from(sum, (total, band) => (speech[band] as number) - total / Math.max(1, count))
  const floor = Array.from(noise, Math.exp)
  for (const clip of clips) {
    clip.cepstra = new Float32Array(clip.frames * cepstrumCount)
    for (let frame = 0; frame < clip.frames; frame++) {
      for (let band = 0; band < bandCount; band++) {
        const i = frame * bandCount + band
        clip.mel[i] = Math.log(
          Math.exp((clip.mel[i] as number) + (shift[band] as number)) + (floor[band] as number),
        )
      }
      cepstrum(clip.mel, frame * bandCount, clip.cepstra, frame * cepstrumCount)
      clip.loud[frame] = loudness(clip.mel, frame * bandCount)
    }
    clip.mel = new Float32Array(0)
  }
}
