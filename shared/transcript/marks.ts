import { bracketedNote, eventFormula, markWords, noteWord, plainEvent } from './markWords'
import type { MarkKind, Range } from './transcript'
import { ofWriting, remembered, type Writing } from './writing'

export interface FoundMark extends Range {
  readonly kind: MarkKind
  readonly isOwnLine: boolean
}

/** Longest remark, characters; what is longer is speech in brackets. */
const longest = 220

// Brackets that pair without nesting, on one line; double parentheses first.
const bracketed =
  /\(\([^()\n\r]{1,220}\)\)|\[[^[\]\n\r]{1,220}\]|\([^()（）\n\r]{1,220}\)|（[^（）()\n\r]{1,220}）|【[^【】\n\r]{1,220}】|〔[^〔〕\n\r]{1,220}〕|［[^［］\n\r]{1,220}］|\{[^{}\n\r]{1,220}\}|<[^<>\n\r]{1,60}>|¿\?|(?<![\p{L}\p{N}])\?{3,}/gu

// The whole line, with brackets of the same kind inside: `(Question under Rule 149(8))`.
const nestedRemark = /^\(((?:[^()]*\([^()]{1,60}\)){1,4}[^()]*)\)[.*]?$/u

const hasColon = /[:：]/u
const hasBracket = /[[({<（【〔［?]/u

/** A clock time, alone or with brackets: a written time, never a remark. */
const clockOnly = /^\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?$/u
const trailingClock = /[\s,–-]*(?:at\s+)?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?$/iu

/** Where a remark stands, as far as it tells a remark from words in brackets. */
type Standing = 'ownLine' | 'betweenSentences' | 'inSentence'

function kindOf(
  line: string,
  { from, to, inside }: Range & { readonly inside: string },
  isOwnLine: boolean,
  userWords: readonly string[],
): MarkKind | null {
  const content = inside.trim().replace(/^[*_\s]+|[*_\s]+$/gu, '')
  if (content === '' || clockOnly.test(content)) return null
  const remark = content.replace(trailingClock, '') || content
  if (userWords.length > 0) {
    const lower = remark.toLowerCase()
    if (userWords.some((word) => word !== '' && lower.includes(word.toLowerCase()))) return 'inaudible'
  }
  const opening = line[from] as string
  const standing = isOwnLine
    ? 'ownLine'
    : isBetweenSentences(line, from, to)
      ? 'betweenSentences'
      : 'inSentence'
  return kindOfWords(`${standing}\n${opening}${remark}`)
}

// What a remark says decides its kind, and what brackets it has, and where it stands.
const kindOfWords = remembered((question): MarkKind | null => {
  const end = question.indexOf('\n')
  const standing = question.slice(0, end) as Standing
  const opening = question[end + 1] as string
  const remark = question.slice(end + 2)
  const isOwnLine = standing === 'ownLine'
  if (bracketedNote.test(remark)) return 'note'
  const isDirection = !isOwnLine && (eventFormula.test(remark) || isStageDirection(remark, standing))
  // In running speech only short remarks are remarks: "(the bell rang for an hour that day)" is something said.
  const isShort = remark.length <= 48 || /[\u3000-\u9fff\uac00-\ud7a3]/u.test(remark)
  if (isOwnLine || isShort || isDirection || opening === '[') {
    for (const { kind, pattern } of markWords) {
      if (!pattern.test(remark)) continue
      if (kind === 'event' && !isOwnLine && /[(（]/u.test(opening) && !isDirection && !isEventLike(remark))
        continue
      return kind
    }
    if (isDirection) return 'event'
  }
  return isOwnLine &&
    opening !== '<' &&
    opening !== '{' &&
    /\p{L}/u.test(remark) &&
    !/^\p{Lu}\p{Ll}[\p{L}'’.-]*(?:\s\p{Lu}\p{Ll}[\p{L}'’.-]*){1,3}$/u.test(remark)
    ? 'event'
    : null
})

// `… the order. (The witness nods.) …`: a sentence of its own in brackets, of something that is seen or heard.
function isStageDirection(remark: string, standing: Standing): boolean {
  return (
    standing === 'betweenSentences' &&
    /^\p{Lu}.*[.!]$/u.test(remark) &&
    !/\b(?:I|we|you|my|our|your)\b/iu.test(remark) &&
    markWords.some(({ kind, pattern }) => kind === 'event' && pattern.test(remark))
  )
}

function isBetweenSentences(line: string, from: number, to: number): boolean {
  return (
    /(?:^|[.?!…:;,"”»)\]–—-])$/u.test(line.slice(Math.max(0, from - 8), from).trimEnd()) &&
    !/^[\s]*\p{Ll}/u.test(line.slice(to, to + 4))
  )
}

// Inside a sentence, parentheses are mostly the speaker's own words; an event there is a word or two, or a verb of sound.
function isEventLike(remark: string): boolean {
  if (/[\u3000-\u9fff\uac00-\ud7a3]/u.test(remark)) return remark.length <= 10
  return remark.split(/\s+/u).length <= 3 && !/\d|\b(?:is|was|are|were)\b/u.test(remark)
}

const isNoteLine = (text: string) => hasColon.test(text.slice(0, 60)) && noteWord.test(text)

/** The line opens a note, such as `Note: …`. */
export const isNote = ofWriting(isNoteLine)

/** Every remark in a writing, its offsets those in the writing. */
export function marksOf(writing: Writing, userWords: readonly string[]): readonly FoundMark[] {
  if (writing.marks?.userWords !== userWords)
    writing.marks = { userWords, marks: marksOfLine(writing.text, 0, userWords) }
  return writing.marks.marks
}

/** Every remark on one line.
 *  @param line the line's text; @param from its offset */
export function marksOfLine(line: string, from: number, userWords: readonly string[]): FoundMark[] {
  if (isNoteLine(line.trim())) {
    const start = from + line.length - line.trimStart().length
    return [{ from: start, to: start + line.trim().length, kind: 'note', isOwnLine: true }]
  }
  if (line.length < 90 && plainEvent.test(line.trim())) {
    const start = from + line.length - line.trimStart().length
    return [{ from: start, to: start + line.trim().length, kind: 'event', isOwnLine: true }]
  }
  const broken = interruptionOf(line, from)
  const nested = line.length > longest + 2 ? null : nestedRemark.exec(line.trim())
  const nestedKind = nested && kindOfWords(`ownLine\n(${nested[1]}`)
  if (nested && nestedKind) {
    const start = from + line.length - line.trimStart().length
    return [{ from: start, to: start + line.trim().length, kind: nestedKind, isOwnLine: true }]
  }
  if (!hasBracket.test(line)) return broken
  const found: (Range & { readonly inside: string; readonly isClock: boolean })[] = []
  let isOwnLine = true
  let remarks = 0
  let end = 0
  for (const { 0: written, index } of line.matchAll(bracketed)) {
    const inside = insideOf(written)
    if (inside.length > longest) continue
    // A written time beside a remark is neither remark nor speech.
    const isClock = clockOnly.test(inside.trim())
    isOwnLine &&= betweenRemarks.test(line.slice(end, index))
    end = index + written.length
    found.push({ from: index, to: end, inside, isClock })
    if (!isClock) remarks++
  }
  if (remarks === 0) return broken
  isOwnLine &&= betweenRemarks.test(line.slice(end))
  const kinds = found.map((mark) => (mark.isClock ? null : kindOf(line, mark, isOwnLine, userWords)))
  const areAlone = isOwnLine && kinds.filter((kind) => kind !== null).length === remarks
  const marks: FoundMark[] = []
  for (const [order, mark] of found.entries()) {
    const kind = kinds[order]
    if (kind) marks.push({ from: from + mark.from, to: from + mark.to, kind, isOwnLine: areAlone })
  }
  return broken.length === 0 ? marks : marks.concat(broken)
}

const betweenRemarks = /^[\s.,;。…*_–—-]*$/u

// Without its brackets; `¿?` and `???` have none.
function insideOf(written: string): string {
  if (/^[¿?]/u.test(written)) return '?'
  return written.startsWith('((') ? written.slice(2, -2) : written.slice(1, -1)
}

/** Units in which an interruption stands at the end of a line, with the letter before it. */
const longestEnd = 16

/** Where a speaker is cut off or trails away: a double dash or an ellipsis that ends a line of words. A single dash is punctuation. */
function interruptionOf(line: string, from: number): FoundMark[] {
  const end = line.trimEnd()
  const skipped = Math.max(0, end.length - longestEnd)
  const match = /[\p{L}\p{N}][^\p{L}\p{N}]{0,3}?(-{2,3}|—{2}|…{1,2}|\.{3,4})["'”’」』)]?$/u.exec(
    end.slice(skipped),
  )
  if (!match) return []
  const sign = match[1] as string
  const start = from + skipped + match.index + match[0].lastIndexOf(sign)
  return [{ from: start, to: start + sign.length, kind: 'interruption', isOwnLine: false }]
}

export const noMarks: readonly FoundMark[] = []

/** The whole line is remarks, so nothing on it is said. */
export function isRemark(marks: readonly FoundMark[]): boolean {
  return marks.length > 0 && marks.every((mark) => mark.isOwnLine)
}
