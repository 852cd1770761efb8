import type { AlignedRange, Alignment, AlignmentText } from '../alignment'
import { turnsFrom, unknownFrom } from '../report'
import { unitsOf } from '../text/segments'

/** The alignment that timed words of a text amount to: a sentence starts with its first word and ends with its last.
 *  @param words in the order of the text, all of them with times
 *  @param duration of the recording, seconds */
export function alignmentFromWords(
  text: AlignmentText,
  words: readonly AlignedRange[],
  doubtfulBelow: number,
  duration: number,
): Alignment {
  const { units, language } = unitsOf(text, [])
  let next = 0
  const sentences = units.map(({ from, to }): AlignedRange => {
    while (next < words.length && (words[next] as AlignedRange).from < from) next++
    const first = words[next]
    while (next < words.length && (words[next] as AlignedRange).from < to) next++
    const last = words[next - 1]
    return first && last && first.from < to
      ? { from, to, start: first.start, end: last.end, confidence: first.confidence }
      : { from, to, start: null, end: null, confidence: 0 }
  })
  const timed = sentences.map(({ start, end, confidence }) =>
    start === null || end === null ? null : { start, end, confidence },
  )
  return {
    language,
    duration,
    turns: turnsFrom(text, units, timed, doubtfulBelow),
    sentences,
    words,
    unknown: unknownFrom(text, sentences),
    speechWithoutText: [],
    doubtfulBelow,
  }
}
