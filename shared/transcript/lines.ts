import type { Range } from './transcript'

export interface Line extends Range {
  /** Without the line end. */
  readonly text: string
  /** Where what is written begins and ends: without indentation, line number, form feed, invisible direction marks. */
  readonly content: Range
  /** Columns of indentation before the content; a tab counts to the next multiple of 8. */
  readonly indent: number
  readonly isBlank: boolean
  /** A form feed stands on it: a page begins. */
  readonly isPageStart: boolean
}

const lineEnd = /\r\n|\r|\n/g
const invisible = /[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u

/** The lines of a text, any line ends. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = []
  let from = 0
  lineEnd.lastIndex = 0
  for (let match = lineEnd.exec(text); match; match = lineEnd.exec(text)) {
    lines.push(lineAt(text, from, match.index))
    from = match.index + match[0].length
  }
  lines.push(lineAt(text, from, text.length))
  return lines
}

function lineAt(text: string, from: number, to: number): Line {
  let start = from
  let indent = 0
  let isPageStart = false
  for (; start < to; start++) {
    const character = text[start] as string
    if (character === '\t') indent = (Math.floor(indent / 8) + 1) * 8
    else if (character === '\f') isPageStart = true
    else if (character === '\u3000') indent += 2
    else if (/\s/u.test(character)) indent++
    else if (!invisible.test(character)) break
  }
  let end = to
  while (end > start && (/\s/u.test(text[end - 1] as string) || invisible.test(text[end - 1] as string))) {
    if (text[end - 1] === '\f') isPageStart = true
    end--
  }
  return {
    from,
    to,
    text: text.slice(from, to),
    content: { from: start, to: end },
    indent,
    isBlank: start >= end,
    isPageStart,
  }
}

const numbered = /^(\d{1,2})(?=\s|$)/u

/** Depositions number the lines of each page, 1 to 25 or so. Where most lines are numbered in that way, the numbers are taken off
 *  the content.
 *  @returns the lines, and the numbers as furniture */
export function withoutLineNumbers(
  text: string,
  lines: readonly Line[],
): { lines: Line[]; numbers: Range[] } {
  let written = 0
  let inOrder = 0
  let previous = 0
  for (const line of lines) {
    if (line.isBlank) continue
    written++
    const match = numbered.exec(text.slice(line.content.from, line.content.from + 4))
    if (!match) continue
    const number = Number(match[1])
    if (number === previous + 1 || number === 1) inOrder++
    previous = number
  }
  if (inOrder < 5 || inOrder < written * 0.6) return { lines: [...lines], numbers: [] }
  const numbers: Range[] = []
  const rest = lines.map((line) => {
    const match = line.isBlank ? null : numbered.exec(text.slice(line.content.from, line.content.from + 4))
    if (!match) return line
    const after = line.content.from + match[0].length
    numbers.push({ from: line.content.from, to: after })
    const inner = lineAt(text, after, line.to)
    return { ...line, content: inner.content, indent: inner.indent, isBlank: inner.isBlank }
  })
  return { lines: rest, numbers }
}
