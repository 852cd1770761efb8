import { type Pieces, whole } from '../pieces'
import type { Range } from './transcript'
import { ofWriting, Writing } from './writing'

export interface Line extends Range {
  /** Where what is written begins and ends: without indentation, line number, form feed, invisible direction marks. */
  readonly content: Range
  readonly writing: Writing
  /** Columns of indentation before the content; a tab counts to the next multiple of 8. */
  readonly indent: number
  readonly isBlank: boolean
  /** A form feed stands on it: a page begins. */
  readonly isPageStart: boolean
}

const lineEnd = /\r\n|\r|\n/g
const invisible = /[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u

/** Lines up to this length share what is found out about them with others that say the same. */
const longestShared = 24

/** Lines after which others may come in. */
export const linesOfPiece = 500

/** The lines of a text, any line ends. */
export function linesOf(text: string): Line[] {
  return whole(linesInPieces(text))
}

/** The same in pieces. */
export function* linesInPieces(text: string): Pieces<Line[]> {
  const lines: Line[] = []
  const writings = new Map<string, Writing>()
  const add = (from: number, to: number) => {
    const line = text.slice(from, to)
    if (line.length > longestShared) {
      lines.push(lineOf(line, from))
      return
    }
    const known = writings.get(line)
    const added = lineOf(line, from, known)
    if (!known) writings.set(line, added.writing)
    lines.push(added)
  }
  const end = new RegExp(lineEnd)
  let from = 0
  for (let match = end.exec(text); match; match = end.exec(text)) {
    add(from, match.index)
    from = match.index + match[0].length
    if (lines.length % linesOfPiece === 0) yield
  }
  add(from, text.length)
  return lines
}

/** One line, without its end.
 *  @param from its offset; @param writing what is written on it, where another line of the same text has it */
export function lineOf(text: string, from: number, writing: Writing | null = null): Line {
  let start = 0
  let indent = 0
  let isPageStart = false
  for (; start < text.length; start++) {
    const character = text[start] as string
    if (character === '\t') indent = (Math.floor(indent / 8) + 1) * 8
    else if (character === '\f') isPageStart = true
    else if (character === '\u3000') indent += 2
    else if (isSpace(character)) indent++
    else if (!isInvisible(character)) break
  }
  let end = text.length
  while (end > start && (isSpace(text[end - 1] as string) || isInvisible(text[end - 1] as string))) {
    if (text[end - 1] === '\f') isPageStart = true
    end--
  }
  return {
    from,
    to: from + text.length,
    content: { from: from + start, to: from + end },
    writing: writing ?? new Writing(text.slice(start, end), text.slice(0, end)),
    indent,
    isBlank: start >= end,
    isPageStart,
  }
}

// Most lines begin and end with a letter or a sign of ASCII.
const isSpace = (character: string) =>
  character <= '~' ? character <= ' ' && /\s/u.test(character) : /\s/u.test(character)
const isInvisible = (character: string) => character > '~' && invisible.test(character)

/** The same line elsewhere.
 *  @param by how far it moved */
export function movedLine(line: Line, by: number): Line {
  return {
    from: line.from + by,
    to: line.to + by,
    content: { from: line.content.from + by, to: line.content.to + by },
    writing: line.writing,
    indent: line.indent,
    isBlank: line.isBlank,
    isPageStart: line.isPageStart,
  }
}

const numbered = /^\d{1,4}(?=\s|$)/u
const numberOf = ofWriting((text) => numbered.exec(text)?.[0] ?? null)
const withoutNumber = ofWriting((text, indented) => {
  const { length } = numbered.exec(text)?.[0] ?? ''
  const rest = lineOf(text.slice(length), length)
  return { rest, writing: new Writing(rest.writing.text, indented) }
})

/** Depositions number the lines of each page, 1 to 25 or so, interviews all lines or turns. Where most lines are numbered in that way, the numbers are taken off
 *  the content.
 *  @returns the lines, the numbers as furniture, and which lines stand between the last number of a page and the first of the next */
export function withoutLineNumbers(lines: readonly Line[]): {
  lines: readonly Line[]
  numbers: Range[]
  betweenPages: readonly number[]
} {
  let written = 0
  let inOrder = 0
  let previous = 0
  for (const line of lines) {
    if (line.isBlank) continue
    written++
    const found = numberOf(line.writing)
    if (found === null) continue
    const number = Number(found)
    if (number === previous + 1 || number === 1) inOrder++
    previous = number
  }
  if (inOrder < 5 || inOrder < written * 0.6) return { lines, numbers: [], betweenPages: [] }
  const numbers: Range[] = []
  const rest = lines.map((line) => {
    const number = line.isBlank ? null : numberOf(line.writing)
    if (number === null) return line
    const { from } = line.content
    numbers.push({ from, to: from + number.length })
    const inner = withoutNumber(line.writing)
    const { content, indent, isBlank } = inner.rest
    return {
      ...line,
      content: { from: from + content.from, to: from + content.to },
      writing: inner.writing,
      indent,
      isBlank,
    }
  })
  return { lines: rest, numbers, betweenPages: betweenPages(lines) }
}

/** Lines that a page with numbers has at least. */
const shortestPage = 10

// A footer and a header, and a page number that stands alone there.
function betweenPages(lines: readonly Line[]): number[] {
  const between: number[] = []
  let open: number[] = []
  let previous = 0
  for (const [index, line] of lines.entries()) {
    if (line.isBlank) continue
    const found = numberOf(line.writing)
    const isAlone = found !== null && found.length === line.writing.text.length
    const number = Number(found ?? 0)
    if (found === null || (isAlone && number !== previous + 1)) {
      if (previous >= shortestPage) open.push(index)
      continue
    }
    if (number === 1) between.push(...open)
    open = []
    previous = number
  }
  return between
}
