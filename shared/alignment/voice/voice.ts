import type { SpeechEngine } from '../alignment'
import { bandCount, frameRate, MelAnalyser } from '../sound/spectrum'
import { voiceOf } from '../text/language'
import { readableText } from '../text/readable'
import { type Unit, wordsOf } from '../text/segments'

/** Samples a second that espeak-ng gives. */
const voiceRate = 22050
/** At which it speaks: its usual rate. */
const wordsPerMinute = 175
/** Reads what has no voice. */
const otherVoice = 'en-us'

/** A text to read, and in which language (ISO 639). */
export interface Phrase {
  readonly text: string
  readonly language: string
}

/** What the synthetic voice made of a phrase; it may pass from thread to thread. */
export interface Reading extends Phrase {
  /** Offsets are those of the text; phones by their names in espeak-ng. */
  readonly words: readonly {
    readonly from: number
    readonly to: number
    /** A comma or another sign of a pause stands before it. */
    readonly isAfterMark: boolean
    readonly phones: readonly string[]
  }[]
  /** Begin of each sound, frames; '' is silence. */
  readonly events: readonly { readonly phone: string; readonly frame: number }[]
  readonly frames: number
  /** Rows of 24 log-mel bands, in 1/1024; dropped once they were used. */
  mel: Int16Array
}

/** What is kept of log-mel spectra: whole numbers, in 1/1024. */
export const melScale = 1024

/** The different phrases that units are made of, in order. */
export function phrasesOf(units: readonly Unit[]): readonly Phrase[] {
  const known = new Map<string, Phrase>()
  for (const { text, language } of units) {
    const key = keyOf({ text, language })
    if (!known.has(key)) known.set(key, { text, language })
  }
  return [...known.values()]
}

/** What phrases that are read alike have in common. */
export function keyOf({ text, language }: Phrase): string {
  return `${language} ${text}`
}

/** Reads phrases aloud with espeak-ng. */
export class Voice {
  readonly #engine: SpeechEngine
  readonly #analyser: MelAnalyser
  #voice = ''
  #samples = new Float32Array(voiceRate * 30)

  /** @param highest Hz up to which the recording was analysed */
  constructor(engine: SpeechEngine, highest: number) {
    this.#engine = engine
    this.#analyser = new MelAnalyser(voiceRate, highest)
    engine.set_rate(wordsPerMinute)
  }

  read({ text, language }: Phrase): Reading {
    if (this.#voice !== language) {
      // Where it has no such voice it would go on in the one before.
      if (this.#engine.set_voice(voiceOf(language)) !== 0) this.#engine.set_voice(otherVoice)
      this.#voice = language
    }
    let count = 0
    const spoken: { at: number; phones: { phone: string; seconds: number }[] }[] = []
    const readable = readableText(text, language)
    this.#engine.synthesize(readable.text, (audio, events) => {
      if (audio) count = this.#keep(audio, count)
      for (const event of events ?? []) {
        if (event.type === 'word') spoken.push({ at: event.text_position - 1, phones: [] })
        else if (event.type === 'phoneme') {
          // Some voices (Korean) do not tell of their first word.
          if (spoken.length === 0) spoken.push({ at: 0, phones: [] })
          spoken
            .at(-1)
            ?.phones.push({ phone: plain(String(event.id ?? '')), seconds: event.audio_position / 1000 })
        }
      }
    })
    const samples = this.#samples
    const hop = voiceRate / frameRate
    const frames = Math.max(0, Math.floor((count - this.#analyser.window - 1) / hop))
    const mel = new Int16Array(frames * bandCount)
    const row = new Float32Array(bandCount)
    for (let frame = 0; frame < frames; frame++) {
      const from = Math.round(frame * hop)
      this.#analyser.analyse(samples, from, samples[from - 1] ?? 0, row, 0)
      for (let band = 0; band < bandCount; band++)
        mel[frame * bandCount + band] = Math.round((row[band] as number) * melScale)
    }
    return {
      text,
      language,
      words: spokenWords(text, language, readable.origin, spoken),
      events: spoken.flatMap(({ phones }) =>
        phones.map(({ phone, seconds }) => ({
          phone,
          frame: Math.max(0, Math.round(seconds * frameRate - 1)),
        })),
      ),
      frames,
      mel,
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
}

// Stress and length do not make another sound.
function plain(name: string): string {
  return name.replace(/[ˈˌ‿.0-9]/gu, '')
}

const signsBefore = /[\p{Sc}#§№@+±~≈−–-]*$/u

// The voice reads "120" as several words; all of them belong to the word in which they stand, signs to the word that they touch: "$120".
function spokenWords(
  text: string,
  language: string,
  origin: readonly number[],
  spoken: readonly { at: number; phones: readonly { phone: string }[] }[],
): Reading['words'] {
  const tokens = wordsOf(text, language)
  const phones = tokens.map((): string[] => [])
  const begins = tokens.map(({ from }, index) => {
    const least = tokens[index - 1]?.to ?? 0
    return from - (signsBefore.exec(text.slice(least, from))?.[0].length ?? 0)
  })
  let token = 0
  for (const word of spoken) {
    const at = origin[word.at] ?? text.length
    while (token + 1 < tokens.length && (begins[token + 1] as number) <= at) token++
    phones[token]?.push(...word.phones.map(({ phone }) => phone).filter((phone) => phone !== ''))
  }
  return tokens.flatMap(({ from, to }, index) => {
    const before = text.slice(tokens[index - 1]?.to ?? 0, from)
    const own = phones[index] as string[]
    return own.length > 0 ? [{ from, to, isAfterMark: /[^\p{L}\p{N}'’\s-]/u.test(before), phones: own }] : []
  })
}
