import type { AlignmentText, Pin } from './alignment'
import { languageOf } from './language'

/** A stretch that is spoken in one go and read by one voice: a sentence, or a part of one where a pin cuts it. */
export interface Unit {
  readonly from: number
  readonly to: number
  readonly text: string
  readonly turn: number
  readonly speaker: number | null
  readonly language: string
  /** Number of the sentence it belongs to. */
  readonly sentence: number
  /** Something unknown is said right before it. */
  readonly isAfterUnknown: boolean
}

/** Longer sentences are cut at a comma. UTF-16 units. */
const longest = 280

const hasSegmenter =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const sentenceEnd = /[.?!…]+["'”’»)\]]*(?=\s)|[。！？…]+["'”’」』）]*|\n+/gu
const abbreviation =
  /(?:^|[\s(])(?:\p{Lu}|Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|No|Nr|vs|Mme|Mlle|Sig|Hr|Fr|bzw|ca|etc|approx|z\.B|e\.g|i\.e)\.$/u

/** Cuts a text into sentences; offsets into `text`, white space left out. */
export function sentencesOf(text: string): readonly { readonly from: number; readonly to: number }[] {
  const stops: number[] = []
  for (const match of text.matchAll(sentenceEnd)) {
    const stop = match.index + match[0].length
    // The end of a line is no end of a sentence where the paragraph is hard-wrapped.
    if (match[0].startsWith('\n') || abbreviation.test(text.slice(Math.max(0, stop - 12), stop))) continue
    stops.push(stop)
  }
  stops.push(text.length)
  const result: { from: number; to: number }[] = []
  let from = 0
  for (const stop of stops) {
    while (stop - from > longest) {
      const part = text.slice(from, from + longest)
      const comma = Math.max(
        ...[',', ';', ':', '，', '；', '、', '：', ' –', ' -'].map((mark) => part.lastIndexOf(mark)),
      )
      const cut = comma > 40 ? comma + 1 : part.lastIndexOf(' ') > 40 ? part.lastIndexOf(' ') : longest
      push(from, from + cut)
      from += cut
    }
    push(from, stop)
    from = stop
  }
  return result
  function push(start: number, end: number) {
    let [a, b] = [start, end]
    while (a < b && /\s/u.test(text[a] as string)) a++
    while (b > a && /\s/u.test(text[b - 1] as string)) b--
    if (a < b && /[\p{L}\p{N}]/u.test(text.slice(a, b))) result.push({ from: a, to: b })
  }
}

/** Cuts a text into words, without the punctuation around them; Chinese, Japanese and Thai by `Intl.Segmenter`. */
export function wordsOf(
  text: string,
  language: string,
): readonly { readonly from: number; readonly to: number }[] {
  const words: { from: number; to: number }[] = []
  if (hasSegmenter.test(text)) {
    const locale = language === 'cmn' || language === 'yue' ? 'zh' : language
    for (const { segment, index, isWordLike } of new Intl.Segmenter(locale, { granularity: 'word' }).segment(
      text,
    ))
      if (isWordLike) words.push({ from: index, to: index + segment.length })
    return words
  }
  for (const { 0: token, index } of text.matchAll(/\S+/gu)) {
    const inner = /[\p{L}\p{N}\p{M}](?:.*[\p{L}\p{N}\p{M}])?/u.exec(token)
    if (inner) words.push({ from: index + inner.index, to: index + inner.index + inner[0].length })
  }
  return words
}

/** The units to speak. A pin inside a sentence cuts it. */
export function unitsOf(
  text: AlignmentText,
  pins: readonly Pin[],
  language?: string,
): { readonly units: readonly Unit[]; readonly language: string } {
  const main =
    language ??
    languageOf(
      text.pieces
        .map((piece) => (piece.kind === 'speech' ? piece.text : ''))
        .join(' ')
        .slice(0, 200_000),
    )
  const units: Unit[] = []
  let sentence = 0
  let isAfterUnknown = false
  for (const piece of text.pieces) {
    if (piece.kind === 'unknown') {
      isAfterUnknown = true
      continue
    }
    const own = piece.language ?? language ?? languageOf(piece.text, main)
    for (const range of sentencesOf(piece.text)) {
      const [from, to] = [piece.from + range.from, piece.from + range.to]
      const stops = [...pins.map(({ at }) => at).filter((at) => at > from && at < to), to]
      let start = from
      for (const stop of stops) {
        const part = piece.text.slice(start - piece.from, stop - piece.from)
        if (/[\p{L}\p{N}]/u.test(part)) {
          units.push({
            from: start,
            to: stop,
            text: part,
            turn: piece.turn,
            speaker: piece.speaker,
            language: own,
            sentence,
            isAfterUnknown,
          })
          isAfterUnknown = false
        }
        start = stop
      }
      sentence++
    }
  }
  return { units, language: main }
}
