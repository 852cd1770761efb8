import { lastWhere } from '../lastWhere'
import type { Pieces } from '../pieces'
import type { CueLines, CueTimes } from './cueLines'
import type { Candidate } from './labelForms'
import { type Line, linesOfPiece } from './lines'
import { type FoundMark, isRemark, marksOfLine, noMarks } from './marks'
import { stopsShort, type Wrapping, wrappingOf } from './paragraphs'
import { alikeSpeakers, speakersOf } from './speakers'
import { tornParagraphs } from './torn'
import type { Mark, Paragraph, Range, Sliceable, Transcript, Turn } from './transcript'
import { ofWriting } from './writing'
import { clockOf, clockPattern } from './writtenTimes'

/** What was found out about the lines of a text. */
export interface Parts {
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

/** Makes turns of what was found out about lines. */
export function* assembleTurns(parts: Parts): Pieces<Transcript> {
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
      const label = labels[next]
      beginCue(turns, line.content.from, ownCue, label?.line === index ? label : null)
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

// A cue is a turn by itself where nobody is named; otherwise it goes on with the turn that is open, unless a label begins on its first line.
function beginCue(turns: OpenTurn[], from: number, cue: CueTimes, label: Candidate | null): void {
  const open = turns.at(-1)
  if (!open?.label && label?.from !== from) turns.push({ label: null, from, paragraphs: [], to: from, cue })
  else if (open?.cue && !label) open.cue = { ...open.cue, end: cue.end }
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
