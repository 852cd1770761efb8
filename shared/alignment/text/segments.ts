import type { AlignmentText, Pin } from '../alignment'
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

/** Longer sentences are cut at a comma. Letters; a Chinese character lasts as long as four, one of kana as long as two. */
const longest = 280
/** Where nobody wrote a mark, text is cut into pieces of this length: what is said in between must find room beside one. */
const unmarked = 160
/** From so many letters on a text tells that it has no marks, and letters to a mark in such a text. */
const tellingLetters = 500
const markLetters = 400
const innerMark = /[,;:，；、：]|[–-](?=\s)/gu

const hasSegmenter =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const sentenceEnd = /[.?!…]+["'”’»)\]]*(?=\s)|[。！？…]+["'”’」』）]*|\n+/gu
const abbreviation =
  /(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Dra|Prof|St|Sr|Sra|Srta|Jr|No|Nr|vs|Mme|Mlle|Sig|Dott|Hr|Fr|bzw|ca|etc|approx|Mio|Mrd|z\. ?B|d\. ?h|u\. ?a|т\. ?е|e\.g|i\.e)\.$/u
/** Abbreviations of two words. */
const twoWords = /(?:^|[\s(])(?:z\.\s?B|d\.\s?h|u\.\s?a|o\.\s?Ä|т\.\s?[едпк]|EE\.\s?UU)\./u
/** Abbreviations in front of a number: "Abs. 2". */
const beforeNumber =
  /(?:^|[\s(])(?:\p{L}|Abs|Art|Kap|Fig|vol|cap|art|pp|pág|núm|Tel|tel|ст|стр|рис|гл|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|\p{L}*[Ss]tr)\.$/u
/** In front of a small letter: "5 p.m. on Monday", "5 Mio. davon", "Heinrich VIII. hatte". */
const beforeSmall =
  /(?:^|[\s(])(?:(?:\p{L}\.)+\p{L}|UU|Abs|Str|руб|тыс|млн|гг?|ул|стр|[IVX]{2,}|(?!h?m+\.|p?s+h*t?\.|tsk)[bcdfghjklmnpqrstvwxzßбвгджзклмнпрстфхцчшщ]{2,})\.$/u
/** Numbers in front of a noun in German: "der 3. Versuch". */
const ordinal = /(?:^|[\s(])(?:am|der|den|dem|des|im|zum|zur|vom|beim|ab|bis|seit) \d{1,2}\.$/iu
const dotted = 'de de-AT cs sk sl hr bs hu fi et da nb is lv'
let months: ReadonlySet<string> | null = null

/** The months of the languages in which a number with a full stop is an ordinal, as a date has them; small letters. */
function dottedMonths(): ReadonlySet<string> {
  months ??= new Set(
    dotted.split(' ').flatMap((locale) => {
      const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' })
      return Array.from({ length: 12 }, (_, month) =>
        (
          format.formatToParts(Date.UTC(2024, month, 5)).find(({ type }) => type === 'month')?.value ?? ''
        ).toLowerCase(),
      )
    }),
  )
  return months
}

// Whether the full stop at the end of `before` stands for something left out, or for an ordinal number.
function isAbbreviated(before: string, after: string): boolean {
  if (abbreviation.test(before)) return true
  const [word = ''] = /[\s(]?\p{L}+\.$/u.exec(before) ?? []
  if (twoWords.test(`${word}${after.slice(0, 4)}`)) return true
  if (/^\s+\d/u.test(after)) return beforeNumber.test(before)
  if (/^\s+\p{Ll}/u.test(after) && beforeSmall.test(before)) return true
  if (!/\d\.$/u.test(before)) return false
  const [, next = ''] = /^\s+([\p{L}\p{M}]+)/u.exec(after) ?? []
  return (next !== '' && ordinal.test(before)) || dottedMonths().has(next.toLowerCase())
}

const initial = /(?:^|[\s(])\p{Lu}\.$/u
/** Letters that are spelled out one by one, without full stops between them. */
const spelled = /(?:^|[\s(])\p{Lu} \p{Lu}\.$/u
/** Behind another letter by itself: "7 for Q and 9 for Z." */
const afterLetter = /\p{Ll} (?!I )\p{Lu}(?:,? [\p{Ll}\d][^.]*)? \p{Lu}\.$/u
const initials = /\p{L}\. ?\p{Lu}\.$/u
const afterSmall = /(?:^|[\s(])\p{Ll}[\p{L}'’]* \p{Lu}\.$/u

/** What a whole text tells about its letters by themselves. */
export interface Habits {
  /** The words that it has in small letters. */
  readonly small: ReadonlySet<string>
  /** Words behind which different letters are named: "the letter K". Small letters. */
  readonly letterWords: ReadonlySet<string>
  /** Hardly any sentence ends in a mark, and there are hardly any commas. */
  readonly isUnmarked: boolean
}

const fewestLetters = 3

/** @param text whose lines end where paragraphs do */
export function habitsOf(text: string): Habits {
  const named = new Map<string, Set<string>>()
  // An initial stands neither at the end of a paragraph nor in small letters.
  for (const [, word = '', letter = ''] of text.matchAll(
    /(?<!\p{L})(\p{L}{2,}) (\p{L}(?=[.!?]?$)|\p{Ll}(?=[.!?]))/gmu,
  )) {
    const letters = named.get(word.toLowerCase()) ?? new Set()
    named.set(word.toLowerCase(), letters.add(letter.toLowerCase()))
  }
  const marks = text.match(/[.,;:?!…](?=\s|$)|[。，、！？；：]/gu)?.length ?? 0
  return {
    isUnmarked: text.length >= tellingLetters && marks * markLetters < text.length,
    small: new Set(text.match(/(?<!\p{L})\p{Ll}+(?!\p{L})/gu)),
    letterWords: new Set([...named].flatMap(([word, { size }]) => (size >= fewestLetters ? [word] : []))),
  }
}

// Whether the capital letter with a full stop at the end of `before` stands for a name: not where letters are spelled out, where no name
// follows ("plan B. then"), where the text names letters with that word, or where "the letter K. Another" goes on with a word that the text
// also has in small letters.
function isInitial(before: string, after: string, { small, letterWords }: Habits): boolean {
  if (!initial.test(before) || spelled.test(before) || afterLetter.test(before)) return false
  if (initials.test(before)) return true
  const [, word = ''] = /(\p{L}+) \p{Lu}\.$/u.exec(before) ?? []
  if (letterWords.has(word.toLowerCase())) return false
  const [, next = ''] = /^\s*(\p{L}+)/u.exec(after) ?? []
  if (/^\p{Ll}/u.test(next)) return false
  return !(afterSmall.test(before) && small.has(next.toLowerCase()))
}

/** Cuts a text into sentences; offsets into `text`, white space left out.
 *  @param habits of the whole text */
export function sentencesOf(
  text: string,
  habits: Habits = habitsOf(text),
): readonly { readonly from: number; readonly to: number }[] {
  const stops: number[] = []
  for (const match of text.matchAll(sentenceEnd)) {
    const stop = match.index + match[0].length
    // The end of a line is no end of a sentence where the paragraph is hard-wrapped.
    if (match[0].startsWith('\n')) continue
    const before = text.slice(Math.max(0, stop - 40), stop)
    if (
      isAbbreviated(before, text.slice(stop, stop + 40)) ||
      isInitial(before, text.slice(stop, stop + 40), habits)
    )
      continue
    stops.push(stop)
  }
  stops.push(text.length)
  const result: { from: number; to: number }[] = []
  let from = 0
  for (const stop of stops) {
    let letters = lettersIn(text.slice(from, stop))
    const marks = text.slice(from, stop).match(innerMark)?.length ?? 0
    const isBare = letters >= marks * markLetters && letters > (habits.isUnmarked ? 1.25 * unmarked : longest)
    const each = letters / Math.ceil(letters / unmarked)
    while (isBare && letters > 1.5 * each) letters -= cutAt(wordEnd(ahead(stop), each))
    while (letters > longest) {
      const part = ahead(stop).slice(0, unitsOfLetters(ahead(stop), longest))
      const comma = Math.max(
        ...[',', ';', ':', '，', '；', '、', '：', ' –', ' -'].map((mark) => part.lastIndexOf(mark)),
      )
      letters -= cutAt(comma > part.length / 7 ? comma + 1 : wordEnd(ahead(stop), longest))
    }
    push(from, stop)
    from = stop
  }
  return result
  // What stands before `stop`, as far as a piece may reach.
  function ahead(stop: number): string {
    return text.slice(from, Math.min(stop, from + 2 * longest))
  }
  // The letters of a piece that is cut off.
  function cutAt(length: number): number {
    const start = from
    from += length
    push(start, from)
    return lettersIn(text.slice(start, from))
  }
  function push(start: number, end: number) {
    let [a, b] = [start, end]
    while (a < b && /\s/u.test(text[a] as string)) a++
    while (b > a && /\s/u.test(text[b - 1] as string)) b--
    if (a < b && /[\p{L}\p{N}]/u.test(text.slice(a, b))) result.push({ from: a, to: b })
  }
}

const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u

function lettersOf(character: string): number {
  return !wide.test(character) ? 1 : character >= '\u3400' ? 4 : 2
}

function lettersIn(text: string): number {
  if (!wide.test(text)) return text.length
  let sum = 0
  for (let i = 0; i < text.length; i++) sum += lettersOf(text[i] as string)
  return sum
}

// How many UTF-16 units from the start hold so many letters; at least one.
function unitsOfLetters(text: string, letters: number): number {
  let [sum, at] = [0, 0]
  while (at < text.length && sum < letters) sum += lettersOf(text[at++] as string)
  return Math.max(1, at)
}

// Where the last word ends within so many letters.
function wordEnd(text: string, letters: number): number {
  const most = unitsOfLetters(text, letters)
  const space = text.slice(0, most + 1).lastIndexOf(' ')
  if (space > most / 7) return space
  // A word is at most some dozen characters long.
  const near = text.slice(0, most + 40)
  let end = 0
  for (const { index } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(near))
    if (index <= most) end = index
  return end > 0 ? end : most
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
  const habits = habitsOf(spoken.join('\n'))
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
    for (const range of sentencesOf(piece.text, habits)) {
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
