import type { Line } from './lines'
import type { Range, Turn } from './transcript'
import { ofWriting } from './writing'

/** Lines were broken at a fixed width, so a line end inside a paragraph is no paragraph end. Judged by lines that another line
 *  follows at once: most of them stop in mid-sentence. */
export function isHardWrapped(
  lines: readonly Line[],
  furniture: ReadonlySet<number>,
  labelled: ReadonlySet<number>,
): boolean {
  let followed = 0
  let unfinished = 0
  let longest = 0
  for (const [index, line] of lines.entries()) {
    if (line.isBlank || furniture.has(index)) continue
    const next = lines[index + 1]
    if (!next || next.isBlank || furniture.has(index + 1) || labelled.has(index + 1)) continue
    const width = widthOf(line.writing)
    if (width < 12) continue
    followed++
    longest = Math.max(longest, width)
    if (!isFinished(line.writing)) unfinished++
  }
  return followed > 0 && unfinished >= followed * 0.4 && longest <= widest
}

/** Columns that hard-wrapped lines do not pass. */
const widest = 160

const isFinished = ofWriting((text) => /[.?!:;。？！：；…"”’」』)）\]】]$/u.test(text.slice(-1)))

// Columns, or so many that it does not matter how many more.
const widthOf = ofWriting((_text, indented) => {
  let count = 0
  for (const character of indented.slice(0, widest * 2 + 2)) {
    count += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u.test(
      character,
    )
      ? 2
      : 1
  }
  return Math.min(count, widest + 1)
})

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
