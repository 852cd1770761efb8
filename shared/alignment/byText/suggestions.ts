import type { AlignmentText } from '../alignment'
import type { FoundWord } from './foundWord'
import type { HeardWord } from './heardWords'

/** What was heard where the text has an inaudible mark. */
export interface Suggestion {
  /** The mark, UTF-16 offsets. */
  readonly from: number
  readonly to: number
  readonly text: string
  /** Seconds. */
  readonly start: number
  readonly end: number
}

/** Words beside a mark that may have been missed, and most words that one is taken for. */
const reach = 3
const most = 80

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

/** The words between those that were found on either side of each inaudible mark. A mark whose neighbours were not heard has none. */
export function suggestionsFor(
  text: AlignmentText,
  words: readonly FoundWord[],
  heard: readonly HeardWord[],
): Suggestion[] {
  const result: Suggestion[] = []
  let [next, taken] = [0, 0]
  for (const { kind, from, to } of text.pieces) {
    if (kind !== 'unknown') continue
    while (next < words.length && (words[next] as FoundWord).from < from) next++
    const before = neighbour(words, next - 1, -1)
    const after = neighbour(words, next, 1)
    const first = before === null ? null : before.heard === undefined ? 0 : before.heard + 1 + before.missed
    const last = after === null ? null : after.heard === undefined ? heard.length : after.heard - after.missed
    if (first === null || last === null) continue
    const said = heard.slice(Math.max(taken, first), last)
    const [start, end] = [said[0]?.start, said.at(-1)?.end]
    if (start === undefined || end === undefined || said.length > most) continue
    taken = last
    result.push({ from, to, text: joined(said.map((word) => word.text)), start, end })
  }
  return result
}

// The nearest word with a counterpart: its heard word, and how many words lie between. At the edge of the text there is none.
function neighbour(
  words: readonly FoundWord[],
  from: number,
  step: 1 | -1,
): { readonly heard: number | undefined; readonly missed: number } | null {
  for (let missed = 0; missed <= reach; missed++) {
    const word = words[from + step * missed]
    if (!word) return { heard: undefined, missed }
    if (word.heard) return { heard: word.heard[step === 1 ? 0 : 1], missed }
  }
  return null
}

/** Words with a space between, where their script writes one. */
function joined(words: readonly string[]): string {
  let result = ''
  for (const word of words) {
    const isApart = result !== '' && !(unspaced.test(result.at(-1) as string) && unspaced.test(word))
    result += isApart && !/[，。、！？；：]$/u.test(result) ? ` ${word}` : word
  }
  return result
}
