import { bracketedNote, markWords, noteWord, plainEvent } from './markWords'
import type { MarkKind, Range } from './transcript'
import { ofWriting, type Writing } from './writing'

export interface FoundMark extends Range {
  readonly kind: MarkKind
  readonly isOwnLine: boolean
}

/** Longest remark, characters; what is longer is speech in brackets. */
const longest = 220

// Brackets that pair without nesting, on one line; double parentheses first.
const bracketed =
  /\(\(([^()\n\r]{1,220})\)\)|\[([^[\]\n\r]{1,220})\]|\(([^()（）\n\r]{1,220})\)|（([^（）()\n\r]{1,220})）|【([^【】\n\r]{1,220})】|〔([^〔〕\n\r]{1,220})〕|［([^［］\n\r]{1,220})］|\{([^{}\n\r]{1,220})\}|<([^<>\n\r]{1,60})>|¿\?|\?{3,}/gu

const hasColon = /[:：]/u
const hasBracket = /[[({<（【〔［?]/u

/** A clock time, alone or with brackets: a written time, never a remark. */
const clockOnly = /^\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?$/u
const trailingClock = /[\s,–-]*(?:at\s+)?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?$/iu

function kindOf(
  inside: string,
  opening: string,
  isOwnLine: boolean,
  userWords: readonly string[],
): MarkKind | null {
  const content = inside.trim().replace(/^[*_\s]+|[*_\s]+$/gu, '')
  if (content === '' || clockOnly.test(content)) return null
  const remark = content.replace(trailingClock, '') || content
  const lower = remark.toLowerCase()
  if (userWords.some((word) => word !== '' && lower.includes(word.toLowerCase()))) return 'inaudible'
  if (bracketedNote.test(remark)) return 'note'
  // In running speech only short remarks are remarks: "(the bell rang for an hour that day)" is something said.
  const isShort = remark.length <= 48 || /[\u3000-\u9fff\uac00-\ud7a3]/u.test(remark)
  if (isOwnLine || isShort || opening === '[') {
    for (const { kind, pattern } of markWords) {
      if (!pattern.test(remark)) continue
      if (kind === 'event' && !isOwnLine && (opening === '(' || opening === '（') && !isEventLike(remark))
        continue
      return kind
    }
  }
  return isOwnLine &&
    opening !== '<' &&
    opening !== '{' &&
    /\p{L}/u.test(remark) &&
    !/^\p{Lu}\p{Ll}[\p{L}'’.-]*(?:\s\p{Lu}\p{Ll}[\p{L}'’.-]*){1,3}$/u.test(remark)
    ? 'event'
    : null
}

// Inside a sentence, parentheses are mostly the speaker's own words; an event there is a word or two, or a verb of sound.
function isEventLike(remark: string): boolean {
  if (/[\u3000-\u9fff\uac00-\ud7a3]/u.test(remark)) return remark.length <= 10
  return remark.split(/\s+/u).length <= 3 && !/\d/u.test(remark)
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
  if (!hasBracket.test(line)) return broken
  const clocks: Range[] = []
  const found: (Range & { inside: string; opening: string })[] = []
  for (const match of line.matchAll(bracketed)) {
    const inside = match.slice(1).find((group) => group !== undefined) ?? '?'
    if (inside.length > longest) continue
    // A written time beside a remark is neither remark nor speech.
    if (clockOnly.test(inside.trim())) {
      clocks.push({ from: match.index, to: match.index + match[0].length })
      continue
    }
    found.push({
      from: match.index,
      to: match.index + match[0].length,
      inside,
      opening: match[0][0] as string,
    })
  }
  if (found.length === 0) return broken
  let isOwnLine = true
  let end = 0
  const stretches = clocks.length === 0 ? found : [...found, ...clocks].sort((a, b) => a.from - b.from)
  for (const mark of [...stretches, { from: line.length, to: line.length }]) {
    if (!/^[\s.,;。*_–—-]*$/u.test(line.slice(end, mark.from))) isOwnLine = false
    end = mark.to
  }
  const marks: FoundMark[] = []
  for (const mark of found) {
    const kind =
      mark.inside === '?' && mark.to - mark.from < 4
        ? 'inaudible'
        : kindOf(mark.inside, mark.opening, isOwnLine, userWords)
    if (kind) marks.push({ from: from + mark.from, to: from + mark.to, kind, isOwnLine })
  }
  return [
    ...marks.map((mark) => ({ ...mark, isOwnLine: isOwnLine && marks.length === found.length })),
    ...broken,
  ]
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
