import type { Line } from './lines'
import type { Range, Turn } from './transcript'
import { ofWriting } from './writing'

/** How the lines of a text are broken. */
export interface Wrapping {
  /** At a fixed width, so a line end inside a paragraph is no paragraph end. */
  readonly isHard: boolean
  /** Columns that lines were filled up to, `null` where they are ragged. */
  readonly width: number | null
}

/** Judged by lines that another line follows at once: in hard-wrapped text most of them stop in mid-sentence, and where a program
 *  filled them, the next word would not have fitted. */
export function wrappingOf(
  lines: readonly Line[],
  furniture: ReadonlySet<number>,
  labelled: ReadonlySet<number>,
): Wrapping {
  let followed = 0
  let longest = 0
  const unfinished: { width: number; filled: number }[] = []
  for (const [index, line] of lines.entries()) {
    if (line.isBlank || furniture.has(index)) continue
    const next = lines[index + 1]
    if (!next || next.isBlank || furniture.has(index + 1) || labelled.has(index + 1)) continue
    const width = widthOf(line.writing)
    if (width < 12) continue
    followed++
    longest = Math.max(longest, width)
    if (!isFinished(line.writing)) unfinished.push({ width, filled: width + firstWord(next.writing) })
  }
  const isHard = followed > 0 && unfinished.length >= followed * 0.4 && longest <= widest
  if (!isHard || unfinished.length < 2) return { isHard, width: null }
  const widths = unfinished.map(({ width }) => width).sort((a, b) => a - b)
  const usual = widths[Math.floor(widths.length * 0.9)] as number
  const full = unfinished.filter(({ filled }) => filled >= usual * 0.94).length
  return { isHard, width: full >= unfinished.length * 0.8 ? usual : null }
}

/** The line stopped though the next word would have fitted: its author ended a paragraph there. */
export function stopsShort(line: Line, next: Line, width: number): boolean {
  return widthOf(line.writing) + firstWord(next.writing) < width * 0.85
}

// Columns that the first word and the space before it take.
const firstWord = ofWriting((text) => {
  const start = text.slice(0, 40)
  return unspaced.test(start[0] ?? '') ? 2 : 1 + columns(start.split(/\s/u)[0] as string)
})

/** Columns that hard-wrapped lines do not pass. */
const widest = 160

const isFinished = ofWriting((text) => /[.?!:;。？！：；…"”’」』)）\]】]$/u.test(text.slice(-1)))

// Columns, or so many that it does not matter how many more.
const widthOf = ofWriting((_text, indented) =>
  Math.min(columns(indented.slice(0, widest * 2 + 2)), widest + 1),
)

function columns(written: string): number {
  let count = 0
  for (const character of written)
    count += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u.test(
      character,
    )
      ? 2
      : 1
  return count
}

/** Characters between which Chinese and Japanese have no space. Korean has spaces. */
const unspaced = /[\u2e80-\u312f\u31a0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]/u

/** What joins two stretches of one paragraph: nothing between Chinese or Japanese characters, else a space. */
export function jointOf(before: string, after: string): '' | ' ' {
  return unspaced.test(before) && unspaced.test(after) ? '' : ' '
}

/** What a turn says: paragraphs by a newline, the lines of a hard-wrapped paragraph joined. */
export function spokenText(text: string, turn: Turn): string {
  return turn.paragraphs.map(({ pieces }) => joinPieces(text, pieces)).join('\n')
}

function joinPieces(text: string, pieces: readonly Range[]): string {
  let joined = ''
  for (const { from, to } of pieces) {
    const piece = text.slice(from, to)
    if (joined === '') joined = piece
    // A word broken at the line's end by a hyphen before a small letter is left as written: only its author knows the word.
    else if (/\p{L}-$/u.test(joined) && /^\p{Ll}/u.test(piece)) joined += piece
    else joined += jointOf(joined.at(-1) as string, piece[0] as string) + piece
  }
  return joined
}
