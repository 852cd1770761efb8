import { lastWhere } from '../lastWhere'
import { type Pieces, whole } from '../pieces'
import { withBareArrows } from './arrows'
import { type CueLines, type CueTimes, cueLines } from './cueLines'
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
import { type FoundMark, isNote, marksOf, marksOfLine } from './marks'
import { stopsShort, type Wrapping, wrappingOf } from './paragraphs'
import { plainHeadings } from './plainHeadings'
import { alikeSpeakers, speakersOf } from './speakers'
import { tornParagraphs } from './torn'
import type { Mark, Paragraph, Range, Sliceable, Transcript, Turn } from './transcript'
import { wrappedRemarks } from './wrappedRemarks'
import { ofWriting } from './writing'
import { clockPattern, clockSeconds } from './writtenTimes'

export interface ParseOptions {
  /** Words that mean "inaudible" in brackets, besides those known. */
  readonly inaudibleWords?: readonly string[]
}

/** The lines that a transcript was read from. */
export const sourceLines = new WeakMap<Transcript, readonly Line[]>()

export const noWords: readonly string[] = []
const ownClock = new RegExp(`^[\\[(（]?\\s*(${clockPattern})\\s*[\\])）]?$`, 'u')

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
  const transcript = yield* assemble(parts)
  sourceLines.set(transcript, allLines)
  return transcript
}

const noMarks: readonly FoundMark[] = []

// `NOTE:` at the beginning of a line that goes on from the one above is said.
function isWrappedNote(above: Line | undefined, line: Line): boolean {
  return above !== undefined && !above.isBlank && isNote(line.writing) && isUnfinished(above.writing)
}

const isUnfinished = ofWriting((text) => /[\p{L}\p{N},，、]$/u.test(text.slice(-2)))

function standsOverText(lines: readonly Line[], index: number): boolean {
  return (lines[index - 1]?.isBlank ?? true) && index + 1 < lines.length
}

/** The whole line is remarks, so nothing on it is said. */
export function isRemark(marks: readonly FoundMark[]): boolean {
  return marks.length > 0 && marks.every((mark) => mark.isOwnLine)
}

// Seconds of a time that stands alone on its line.
const clockOf = ofWriting((text) => {
  const clock = text.length > 24 ? null : ownClock.exec(text)
  return clock && clockSeconds(clock[1] as string)
})

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

interface Parts {
  readonly text: Sliceable
  readonly lines: readonly Line[]
  readonly numbers: readonly Range[]
  readonly furniture: ReadonlySet<number>
  /** Of subtitles. */
  readonly cues: CueLines | null
  readonly wrapped: ReadonlyMap<number, number>
  readonly inaudibleWords: readonly string[]
  readonly found: readonly (readonly FoundMark[])[]
  readonly labels: readonly Candidate[]
  readonly labelled: ReadonlySet<number>
}

interface OpenTurn {
  readonly label: Candidate | null
  readonly from: number
  readonly paragraphs: { pieces: Range[] }[]
  to: number
  cue: CueTimes | null
}

function* assemble(parts: Parts): Pieces<Transcript> {
  const { text, lines, numbers, furniture, cues, wrapped, inaudibleWords, found, labels, labelled } = parts
  const { speakers, ofLabel } = speakersOf(labels)
  const wrapping = wrappingOf(lines, furniture, labelled)
  const notSpoken: Range[] = [...numbers]
  const marks: Mark[] = []
  const turns: OpenTurn[] = []
  const clocks = new Map<number, Candidate['time']>()
  let next = 0
  let pendingClock: Candidate['time'] = null
  let previous: Line | null = null
  let inNote = false
  let lastOfRemark = -1
  let cue: CueTimes | null = null
  yield
  for (const [index, line] of lines.entries()) {
    if (index % linesOfPiece === 0) yield
    if (index <= lastOfRemark) continue
    const ownCue = cues?.words.get(index) ?? null
    const beginsCue = ownCue !== null && ownCue !== cue
    cue = ownCue
    if (ownCue && beginsCue) {
      const open = turns.at(-1)
      const isLabelled =
        (labels[next]?.line === index && labels[next]?.from === line.content.from) || open?.label
      if (!isLabelled)
        turns.push({
          label: null,
          from: line.content.from,
          paragraphs: [],
          to: line.content.from,
          cue: ownCue,
        })
      else if (open?.cue && labels[next]?.line !== index) open.cue = { ...open.cue, end: ownCue.end }
      previous = null
    }
    const end = wrapped.get(index)
    if (end !== undefined) {
      const remark = { from: line.content.from, to: (lines[end] as Line).content.to }
      const written = lines
        .slice(index, end + 1)
        .map(({ writing }) => writing.text)
        .join(' ')
      marks.push({
        ...remark,
        kind: marksOfLine(written, 0, inaudibleWords)[0]?.kind ?? 'event',
        isOwnLine: true,
        // Line numbers are no part of it.
        text: numbers.length > 0 ? written : text.slice(remark.from, remark.to),
        turn: turns.length > 0 ? turns.length - 1 : null,
      })
      const open = turns.at(-1)
      if (open) open.to = remark.to
      lastOfRemark = end
      previous = null
      inNote = false
      continue
    }
    if (line.isBlank) {
      previous = null
      inNote = false
      continue
    }
    if (furniture.has(index)) {
      notSpoken.push(line.content)
      continue
    }
    const here: Candidate[] = []
    while (next < labels.length && (labels[next] as Candidate).line === index)
      here.push(labels[next++] as Candidate)
    const seconds = here.length === 0 && !cue ? clockOf(line.writing) : null
    if (seconds !== null) {
      pendingClock = { ...line.content, seconds }
      notSpoken.push(line.content)
      continue
    }
    const lineMarks = found[index] ?? noMarks
    const isAside = here.length === 0 && isRemark(lineMarks)
    if (inNote && wrapping.isHard && here.length === 0 && !isAside) {
      const note = marks.at(-1) as Mark
      marks[marks.length - 1] = { ...note, to: line.content.to, text: text.slice(note.from, line.content.to) }
      continue
    }
    const isOpen = turns.length > 0 || labels.length === 0
    if (isAside) {
      for (const mark of lineMarks) marks.push(markAt(line, mark, turns.length > 0 ? turns.length - 1 : null))
      inNote = lineMarks.some(({ kind }) => kind === 'note')
      const open = turns.at(-1)
      if (open) open.to = line.content.to
      previous = null
      continue
    }
    inNote = false
    if (here.length === 0 && !isOpen) {
      notSpoken.push(line.content)
      pendingClock = null
      previous = null
      continue
    }
    if (here.length === 0 || (here[0] as Candidate).from > line.content.from) {
      if (turns.length === 0 && labels.length === 0)
        turns.push({ label: null, from: 0, paragraphs: [], to: line.content.to, cue: null })
      const open = turns.at(-1)
      const piece = trimmed(line, line.content.from, here[0]?.from ?? line.content.to)
      if (open && piece)
        addPiece(
          line,
          open,
          piece,
          previous !== null &&
            (cue ? !isAnswer(line.writing) : wrapping.isHard && continues(previous, line, wrapping)),
        )
      else if (piece) notSpoken.push(piece)
    }
    for (const [order, label] of here.entries()) {
      if (pendingClock && !label.time && order === 0) clocks.set(turns.length, pendingClock)
      const stop = here[order + 1]?.from ?? line.content.to
      const to = trimmed(line, label.from, stop)?.to ?? label.label.to
      const isFirst = beginsCue && order === 0 && label.from === line.content.from
      const open: OpenTurn = { label, from: label.from, paragraphs: [], to, cue: isFirst ? cue : null }
      turns.push(open)
      const piece = trimmed(line, label.body, stop)
      if (piece) addPiece(line, open, piece, false)
    }
    pendingClock = null
    for (const mark of lineMarks)
      marks.push({
        ...markAt(line, mark, turnAt(turns, mark.from + line.content.from)),
        isOwnLine: false,
      })
    previous = line
  }
  // Turns of subtitles before the first label have none.
  const unlabelled = turns.length - labels.length
  const finished: Turn[] = turns.map(({ label, from, paragraphs, to, cue: times }, index) => {
    const time = label?.time ?? clocks.get(index) ?? null
    const first = paragraphs[0]?.pieces[0]
    return {
      index,
      from: label || times ? from : (first?.from ?? 0),
      to: Math.max(to, label?.label.to ?? 0),
      label: label
        ? {
            ...label.label,
            text: label.written,
            name: label.name === '' ? null : label.name,
          }
        : null,
      speaker: label ? (ofLabel[index - unlabelled] ?? null) : null,
      time: time ? { ...time, turn: index } : null,
      cue: times && { ...times },
      paragraphs: paragraphs as readonly Paragraph[],
    }
  })
  yield
  const spoken = finished.some(({ label, paragraphs }) => label !== null || paragraphs.length > 0)
    ? finished
    : []
  return {
    turns: spoken,
    speakers,
    marks,
    torn: tornParagraphs(text, spoken),
    alike: alikeSpeakers(speakers),
    furniture: notSpoken.sort((a, b) => a.from - b.from),
  }
}

// Two people in one subtitle have a dash each.
const isAnswer = ofWriting((text) => /^[-–—‐]/u.test(text))

/** A mark at its place in the text. */
export function markAt({ writing, content }: Line, mark: FoundMark, turn: number | null): Mark {
  return {
    from: mark.from + content.from,
    to: mark.to + content.from,
    kind: mark.kind,
    isOwnLine: mark.isOwnLine,
    text: writing.text.slice(mark.from, mark.to),
    turn,
  }
}

function turnAt(turns: readonly OpenTurn[], position: number): number | null {
  const index = lastWhere(turns, ({ label }) => label === null || label.from <= position)
  return index < 0 ? null : index
}

const inlineClock = new RegExp(
  `#${clockPattern}(?:-\\d)?#|\\[${clockPattern}\\]|\\((?:\\d{1,2}:)${clockPattern}\\)`,
  'gu',
)

/** The times in brackets inside a line. */
export const inlineClocks = ofWriting((text): readonly Range[] =>
  [...text.matchAll(inlineClock)].map(({ index, 0: { length } }) => ({ from: index, to: index + length })),
)

// A time in brackets in the middle of what is said is not said.
function addPiece(line: Line, turn: OpenTurn, piece: Range, isContinuation: boolean): void {
  const parts: Range[] = []
  let from = piece.from
  const clocks = inlineClocks(line.writing)
  const before = lastWhere(clocks, (clock) => clock.from + line.content.from < from)
  for (let order = before + 1; order < clocks.length; order++) {
    const clock = clocks[order] as Range
    const start = clock.from + line.content.from
    if (start >= piece.to) break
    const part = trimmed(line, from, start)
    if (part) parts.push(part)
    from = Math.min(piece.to, clock.to + line.content.from)
  }
  const rest = trimmed(line, from, piece.to)
  if (rest) parts.push(rest)
  turn.to = Math.max(turn.to, piece.to)
  if (parts.length === 0) return
  const last = turn.paragraphs.at(-1)
  if (isContinuation && last) last.pieces.push(...parts)
  else turn.paragraphs.push({ pieces: parts })
}

// In hard-wrapped text a line that is indented more than the one before begins a paragraph, once a sentence has ended, and so does one
// whose first word would have fitted above.
function continues(previous: Line, line: Line, { width }: Wrapping): boolean {
  if (!isSentence(previous.writing)) return true
  return line.indent <= previous.indent + 1 && (width === null || !stopsShort(previous, line, width))
}

const isSentence = ofWriting((text) => /[.?!。？！"”]$/u.test(text.slice(-1)))

function trimmed({ writing, content }: Line, from: number, to: number): Range | null {
  const { text } = writing
  let start = from - content.from
  let end = to - content.from
  while (start < end && /\s/u.test(text[start] as string)) start++
  while (end > start && /\s/u.test(text[end - 1] as string)) end--
  return start < end ? { from: start + content.from, to: end + content.from } : null
}
