import { randomNumbers } from '../../electron/dev/speech'

/** When everything is said in a set made by script; seconds. */
export interface SpokenTruth {
  readonly turns: readonly {
    readonly sentences: readonly { readonly text: string; readonly start: number; readonly end: number }[]
  }[]
  /** Speech, music and applause that the text lacks: `[start, end, kind]`. */
  readonly untranscribed: readonly (readonly [number, number, string])[]
}

export interface RecogniserFaults {
  readonly seed: number
  /** Share of words that are heard wrongly, left out or made up. */
  readonly errors: number
  /** Seconds that a time may be off to either side. */
  readonly jitter: number
  /** Seconds that all times are late. */
  readonly offset: number
  /** Stretches of half a minute in which nothing is heard, and in which something is made up. */
  readonly missing: number
  readonly invented: number
}

export interface SimulatedWord {
  readonly word: string
  readonly start: number
  readonly end: number
}

/** What a recogniser with these faults would write of a recording; the words of a sentence share its time by their length. */
export function simulateRecogniser(truth: SpokenTruth, faults: RecogniserFaults): SimulatedWord[] {
  const random = randomNumbers(faults.seed)
  const sentences = truth.turns.flatMap((turn) => turn.sentences)
  const vocabulary = [...new Set(sentences.flatMap(({ text }) => wordsIn(text)))]
  const anyWord = () => vocabulary[Math.floor(random() * vocabulary.length)] as string
  const duration = sentences.at(-1)?.end ?? 0
  const deaf = Array.from({ length: faults.missing }, () => random() * duration)
  const words: SimulatedWord[] = []
  const add = (word: string, start: number, end: number) => words.push({ word, start, end })
  for (const { text, start, end } of sentences) {
    const spoken = wordsIn(text)
    const letters = spoken.reduce((sum, { length }) => sum + length + 1, 0)
    let at = start
    for (const word of spoken) {
      const length = ((end - start) * (word.length + 1)) / letters
      const fate = random() / faults.errors
      if (fate < 0.5) add(random() < 0.5 ? misspelt(word, random) : anyWord(), at, at + length)
      else if (fate >= 0.8) add(word, at, at + length)
      if (fate >= 0.65 && fate < 0.8) {
        add(word, at, at + length / 2)
        add(anyWord(), at + length / 2, at + length)
      }
      at += length
    }
  }
  const makeUp = (start: number, end: number) => {
    for (let at = start; at + 0.4 < end; at += 0.4) add(anyWord(), at, at + 0.35)
  }
  for (const [start, end, kind] of truth.untranscribed)
    if (kind === 'insert' || kind === 'missing') makeUp(start, end)
  for (let k = 0; k < faults.invented; k++) {
    const start = random() * duration
    makeUp(start, start + 5)
  }
  return words
    .filter(({ start }) => !deaf.some((from) => start >= from && start < from + 30))
    .sort((a, b) => a.start - b.start)
    .map(({ word, start, end }) => {
      const off = faults.offset + (2 * random() - 1) * faults.jitter
      const from = Math.max(0, start + off)
      return { word, start: from, end: Math.max(from, end + off) }
    })
}

function wordsIn(text: string): string[] {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word))
}

function misspelt(word: string, random: () => number): string {
  const at = Math.floor(random() * word.length)
  return `${word.slice(0, at)}${'aeiou'[Math.floor(random() * 5)]}${word.slice(at + 1)}`
}
