import type { AlignmentText, Pin } from './alignment'
import { languageOf } from './language'
import { languagesOf } from './paragraphLanguages'

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
  /(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|No|Nr|vs|Mme|Mlle|Sig|Hr|Fr|bzw|ca|etc|approx|z\.B|e\.g|i\.e)\.$/u

const initial = /(?:^|[\s(])\p{Lu}\.$/u
/** Letters that are spelled out one by one, without full stops between them. */
const spelled = /(?:^|[\s(])\p{Lu} \p{Lu}\.$/u
const initials = /\p{L}\. ?\p{Lu}\.$/u
const afterSmall = /(?:^|[\s(])\p{Ll}[\p{L}'’]* \p{Lu}\.$/u

// Whether the capital letter with a full stop at the end of `before` stands for a name: not where letters are spelled out, where no name
// follows ("plan B. then"), or where "the letter K. Another" goes on with a word that the text also has in small letters.
function isInitial(before: string, after: string, small: ReadonlySet<string>): boolean {
  if (!initial.test(before) || spelled.test(before)) return false
  if (initials.test(before)) return true
  const [, next = ''] = /^\s*(\p{L}+)/u.exec(after) ?? []
  if (/^\p{Ll}/u.test(next)) return false
  return !(afterSmall.test(before) && small.has(next.toLowerCase()))
}

/** The words that a text has in small letters. */
export function smallWordsOf(text: string): ReadonlySet<string> {
  return new Set(text.match(/(?<!\p{L})\p{Ll}+(?!\p{L})/gu))
}

/** Cuts a text into sentences; offsets into `text`, white space left out.
 *  @param small words that begin no name (`smallWordsOf`) */
export function sentencesOf(
  text: string,
  small: ReadonlySet<string> = smallWordsOf(text),
): readonly { readonly from: number; readonly to: number }[] {
  const stops: number[] = []
  for (const match of text.matchAll(sentenceEnd)) {
    const stop = match.index + match[0].length
    // The end of a line is no end of a sentence where the paragraph is hard-wrapped.
    if (match[0].startsWith('\n')) continue
    const before = text.slice(Math.max(0, stop - 40), stop)
    if (abbreviation.test(before) || isInitial(before, text.slice(stop, stop + 40), small)) continue
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
  const spoken = text.pieces.map((piece) => (piece.kind === 'speech' ? piece.text : ''))
  const small = smallWordsOf(spoken.join(' '))
  const languages = language === undefined ? languagesOf(spoken, main) : null
  const units: Unit[] = []
  let sentence = 0
  let isAfterUnknown = false
  for (const [index, piece] of text.pieces.entries()) {
    if (piece.kind === 'unknown') {
      isAfterUnknown = true
      continue
    }
    const own = piece.language ?? language ?? languages?.[index] ?? main
    for (const range of sentencesOf(piece.text, small)) {
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
