import { type Pieces, whole } from '../pieces'
import { withBareArrows } from './arrows'
import { assembleTurns } from './assembleTurns'
import { cueLines } from './cueLines'
import { decideLabels } from './decideLabels'
import { pageFurniture } from './furniture'
import { headings } from './headings'
import { withInlineLabels } from './inlineLabels'
import {
  type Candidate,
  isBareQuestion,
  type LabelShape,
  placed,
  shapeAtStart,
  shapeOfBareQuestions,
} from './labelForms'
import { isNameShape, nameOf } from './labelNames'
import { type Line, linesInPieces, linesOfPiece, withoutLineNumbers } from './lines'
import { type FoundMark, isNote, isRemark, marksOf, noMarks } from './marks'
import { plainHeadings } from './plainHeadings'
import type { Sliceable, Transcript } from './transcript'
import { wrappedRemarks } from './wrappedRemarks'
import { ofWriting } from './writing'
import { clockOf } from './writtenTimes'

export interface ParseOptions {
  /** Words that mean "inaudible" in brackets, besides those known. */
  readonly inaudibleWords?: readonly string[]
}

/** The lines that a transcript was read from. */
export const sourceLines = new WeakMap<Transcript, readonly Line[]>()

export const noWords: readonly string[] = []

/** Derives turns, speakers and marks from a text. Takes any line ends; offsets are those of `text`. Linear in its length. */
export function parseTranscript(text: string, options: ParseOptions = {}): Transcript {
  return whole(parseInPieces(text, options))
}

/** The same in pieces. */
export function* parseInPieces(text: string, options: ParseOptions = {}): Pieces<Transcript> {
  return yield* readInPieces(yield* linesInPieces(text), text, options)
}

/** Derives the same from the lines of a text. What was found out about a line's writing before is not looked for again. */
export function readLines(lines: readonly Line[], text: Sliceable, options: ParseOptions): Transcript {
  return whole(readInPieces(lines, text, options))
}

function* readInPieces(
  allLines: readonly Line[],
  text: Sliceable,
  { inaudibleWords = noWords }: ParseOptions,
): Pieces<Transcript> {
  const cues = cueLines(allLines)
  const { lines, numbers, betweenPages } = cues
    ? { lines: allLines, numbers: [], betweenPages: [] }
    : withoutLineNumbers(allLines)
  yield
  const furniture = new Set(cues ? cues.furniture : pageFurniture(lines, betweenPages))
  yield
  const wrapped = wrappedRemarks(lines, furniture)
  const inRemark = new Set<number>()
  for (const [first, last] of wrapped) for (let at = first; at <= last; at++) inRemark.add(at)
  const found: (readonly FoundMark[])[] = []
  for (const [index, line] of lines.entries()) {
    if (index % linesOfPiece === 0) yield
    const hasNone = line.isBlank || furniture.has(index) || isWrappedNote(lines[index - 1], line)
    found.push(hasNone ? noMarks : marksOf(line.writing, inaudibleWords))
  }
  const hasBareQuestions = lines.filter(({ writing }) => isBareQuestion(writing)).length >= 2
  const shapeOf = hasBareQuestions ? shapeOfBareQuestions : shapeAtStart
  const candidates: Candidate[] = []
  for (const [index, line] of lines.entries()) {
    if (index % linesOfPiece === 0) yield
    if (line.isBlank || furniture.has(index) || inRemark.has(index) || isRemark(found[index] ?? noMarks))
      continue
    const shape = shapeOf(line.writing)
    const timed = shape && shape.form !== 'line' ? null : nameUnderClock(clockOver(lines, index), line, index)
    const candidate =
      timed ??
      (shape && (shape.form !== 'line' || standsOverText(lines, index))
        ? placed(shape, index, line.content.from)
        : null)
    if (candidate) candidates.push(candidate)
  }
  yield
  const decided = yield* decideLabels(lines, candidates)
  yield
  const isNoSpeech = (index: number) => furniture.has(index) || inRemark.has(index)
  const labels = withBareArrows(withInlineLabels(lines, isNoSpeech, decided))
  yield
  const labelled = new Set(labels.map(({ line }) => line))
  if (!cues) for (const index of headings(lines, labelled)) furniture.add(index)
  const isPassed = (index: number) =>
    furniture.has(index) || inRemark.has(index) || isRemark(found[index] ?? noMarks)
  if (!cues) for (const index of plainHeadings(lines, labels, labelled, isPassed)) furniture.add(index)
  const parts = { text, lines, numbers, furniture, cues, wrapped, inaudibleWords, found, labels, labelled }
  yield
  const transcript = yield* assembleTurns(parts)
  sourceLines.set(transcript, allLines)
  return transcript
}

// `NOTE:` at the beginning of a line that goes on from the one above is said.
function isWrappedNote(above: Line | undefined, line: Line): boolean {
  return above !== undefined && !above.isBlank && isNote(line.writing) && isUnfinished(above.writing)
}

const isUnfinished = ofWriting((text) => /[\p{L}\p{N},，、]$/u.test(text.slice(-2)))

function standsOverText(lines: readonly Line[], index: number): boolean {
  return (lines[index - 1]?.isBlank ?? true) && index + 1 < lines.length
}

// Meeting programs write the time, the name and the words on lines of their own.
const nameAlone = ofWriting((text): LabelShape | null =>
  text.length > 50 || !isNameShape(text) || /[\p{P}]$/u.test(text)
    ? null
    : {
        form: 'timed',
        from: 0,
        label: { from: 0, to: text.length },
        written: text,
        ...nameOf(text),
        time: null,
        body: text.length,
        isAlone: true,
        saysSmall: false,
        numbering: '',
        isBare: false,
      },
)

// The line above, or that above a blank line where the name stands over its words.
function clockOver(lines: readonly Line[], index: number): Line | undefined {
  const above = lines[index - 1]
  return above?.isBlank && !(lines[index + 1]?.isBlank ?? true) ? lines[index - 2] : above
}

function nameUnderClock(above: Line | undefined, line: Line, index: number): Candidate | null {
  const seconds = above ? clockOf(above.writing) : null
  const shape = seconds === null ? null : nameAlone(line.writing)
  if (!above || seconds === null || !shape) return null
  return { ...placed(shape, index, line.content.from), time: { ...above.content, seconds } }
}
