import { decideLabels } from './decideLabels'
import { pageFurniture } from './furniture'
import { type Candidate, candidateAt, isNameShape, nameOf } from './labelForms'
import { type Line, linesOf, withoutLineNumbers } from './lines'
import { type FoundMark, marksOfLine } from './marks'
import { isHardWrapped } from './paragraphs'
import { alikeSpeakers, speakersOf } from './speakers'
import { tornParagraphs } from './torn'
import type { Mark, Paragraph, Range, Transcript, Turn } from './transcript'
import { clockPattern, clockSeconds } from './writtenTimes'

export interface ParseOptions {
  /** Words that mean "inaudible" in brackets, besides those known. */
  readonly inaudibleWords?: readonly string[]
}

const ownClock = new RegExp(`^[\\[(（]?\\s*(${clockPattern})\\s*[\\])）]?$`, 'u')
const inlineChevron = /(?<=[\s.!?。！？…"”\])-]|^)>{2,3}(?=\s|\p{Lu})/gu

/** Derives turns, speakers and marks from a text. Takes any line ends; offsets are those of `text`. Linear in its length. */
export function parseTranscript(text: string, options: ParseOptions = {}): Transcript {
  const numberedLines = linesOf(text)
  const { lines, numbers } = withoutLineNumbers(text, numberedLines)
  const furniture = pageFurniture(lines, text)
  const userWords = options.inaudibleWords ?? []
  const found = lines.map((line, index) =>
    line.isBlank || furniture.has(index)
      ? []
      : marksOfLine(text.slice(line.content.from, line.content.to), line.content.from, userWords),
  )
  const isRemark = (index: number) => {
    const marks = found[index] as FoundMark[]
    return marks.length > 0 && marks.every((mark) => mark.isOwnLine)
  }
  const candidates: Candidate[] = []
  for (const [index, line] of lines.entries()) {
    if (line.isBlank || furniture.has(index) || isRemark(index)) continue
    const candidate = candidateAt(text, line, index) ?? nameUnderClock(text, lines, index)
    if (candidate) candidates.push(candidate)
  }
  const labels = withInlineChevrons(text, lines, furniture, decideLabels(text, lines, candidates))
  return assemble({ text, lines, numbers, furniture, found, labels })
}

// Meeting programs write the time, the name and the words on lines of their own.
function nameUnderClock(text: string, lines: readonly Line[], index: number): Candidate | null {
  const [above, line] = [lines[index - 1], lines[index] as Line]
  const written = text.slice(line.content.from, line.content.to)
  const clock = above && ownClock.exec(text.slice(above.content.from, above.content.to))
  if (!above || !clock || written.length > 50 || !isNameShape(written) || /[\p{P}]$/u.test(written))
    return null
  return {
    line: index,
    form: 'timed',
    from: line.content.from,
    label: line.content,
    ...nameOf(written),
    time: { ...above.content, seconds: clockSeconds(clock[1] as string) },
    body: line.content.to,
    isAlone: true,
  }
}

// Captions set `>>` in running text too; where they label turns at all, they do so everywhere.
function withInlineChevrons(
  text: string,
  lines: readonly Line[],
  furniture: ReadonlySet<number>,
  labels: Candidate[],
): Candidate[] {
  const inline: Candidate[] = []
  const taken = new Set(labels.map(({ label }) => label.from))
  for (const [index, line] of lines.entries()) {
    if (line.isBlank || furniture.has(index)) continue
    const content = text.slice(line.content.from, line.content.to)
    if (!content.includes('>>')) continue
    for (const match of content.matchAll(inlineChevron)) {
      const from = line.content.from + match.index
      if (match.index === 0 || taken.has(from)) continue
      const candidate = candidateAt(text, { ...line, content: { from, to: line.content.to } }, index)
      if (candidate?.form === 'chevron') inline.push(candidate)
    }
  }
  const isUsed = labels.some(({ form }) => form === 'chevron') || inline.length >= 2
  return isUsed ? [...labels, ...inline].sort((a, b) => a.from - b.from) : labels
}

interface Parts {
  readonly text: string
  readonly lines: readonly Line[]
  readonly numbers: readonly Range[]
  readonly furniture: ReadonlySet<number>
  readonly found: readonly FoundMark[][]
  readonly labels: readonly Candidate[]
}

interface OpenTurn {
  readonly label: Candidate | null
  readonly paragraphs: { pieces: Range[] }[]
  to: number
}

function assemble({ text, lines, numbers, furniture, found, labels }: Parts): Transcript {
  const { speakers, ofLabel } = speakersOf(text, labels)
  const isWrapped = isHardWrapped(text, lines, furniture, new Set(labels.map(({ line }) => line)))
  const notSpoken: Range[] = [...numbers]
  const marks: Mark[] = []
  const turns: OpenTurn[] = []
  const clocks = new Map<number, Candidate['time']>()
  let next = 0
  let pendingClock: Candidate['time'] = null
  let previous: Line | null = null
  let isNote = false
  for (const [index, line] of lines.entries()) {
    if (line.isBlank) {
      previous = null
      isNote = false
      continue
    }
    if (furniture.has(index)) {
      notSpoken.push(line.content)
      continue
    }
    const here: Candidate[] = []
    while (next < labels.length && (labels[next] as Candidate).line === index)
      here.push(labels[next++] as Candidate)
    const content = text.slice(line.content.from, line.content.to)
    const clock = here.length === 0 ? ownClock.exec(content) : null
    if (clock) {
      pendingClock = { ...line.content, seconds: clockSeconds(clock[1] as string) }
      notSpoken.push(line.content)
      continue
    }
    const lineMarks = found[index] as FoundMark[]
    const isRemark = here.length === 0 && lineMarks.length > 0 && lineMarks.every((mark) => mark.isOwnLine)
    if (isNote && isWrapped && here.length === 0 && !isRemark) {
      const note = marks.at(-1) as Mark
      marks[marks.length - 1] = { ...note, to: line.content.to, text: text.slice(note.from, line.content.to) }
      continue
    }
    const isOpen = turns.length > 0 || labels.length === 0
    if (isRemark) {
      for (const mark of lineMarks)
        marks.push({
          ...mark,
          text: text.slice(mark.from, mark.to),
          turn: turns.length > 0 ? turns.length - 1 : null,
        })
      isNote = lineMarks.some(({ kind }) => kind === 'note')
      const open = turns.at(-1)
      if (open) open.to = line.content.to
      previous = null
      continue
    }
    isNote = false
    if (here.length === 0 && !isOpen) {
      notSpoken.push(line.content)
      pendingClock = null
      previous = null
      continue
    }
    const stops = [...here.map(({ from }) => from), line.content.to]
    if (here.length === 0 || (here[0] as Candidate).from > line.content.from) {
      if (turns.length === 0 && labels.length === 0)
        turns.push({ label: null, paragraphs: [], to: line.content.to })
      const open = turns.at(-1)
      const piece = trimmed(text, line.content.from, stops[0] as number)
      if (open && piece)
        addPiece(text, open, piece, isWrapped && previous !== null && continues(text, previous, line))
      else if (piece) notSpoken.push(piece)
    }
    for (const [order, label] of here.entries()) {
      if (pendingClock && !label.time && order === 0) clocks.set(turns.length, pendingClock)
      const open: OpenTurn = { label, paragraphs: [], to: Math.max(label.label.to, label.body) }
      open.to = trimmed(text, label.from, stops[order + 1] as number)?.to ?? label.label.to
      turns.push(open)
      const piece = trimmed(text, label.body, stops[order + 1] as number)
      if (piece) addPiece(text, open, piece, false)
    }
    pendingClock = null
    for (const mark of lineMarks) {
      const turn = turnAt(turns, mark.from)
      marks.push({ ...mark, isOwnLine: false, text: text.slice(mark.from, mark.to), turn })
    }
    previous = line
  }
  const finished: Turn[] = turns.map(({ label, paragraphs, to }, index) => {
    const time = label?.time ?? clocks.get(index) ?? null
    const first = paragraphs[0]?.pieces[0]
    return {
      index,
      from: label ? label.from : (first?.from ?? 0),
      to: Math.max(to, label?.label.to ?? 0),
      label: label
        ? {
            ...label.label,
            text: text.slice(label.label.from, label.label.to),
            name: label.name === '' ? null : label.name,
          }
        : null,
      speaker: label ? (ofLabel[index] ?? null) : null,
      time: time ? { ...time, turn: index } : null,
      paragraphs: paragraphs as readonly Paragraph[],
    }
  })
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

function turnAt(turns: readonly OpenTurn[], position: number): number | null {
  for (let index = turns.length - 1; index >= 0; index--) {
    const { label } = turns[index] as OpenTurn
    if (!label || label.from <= position) return index
  }
  return null
}

const inlineClock = new RegExp(
  `#${clockPattern}(?:-\\d)?#|\\[${clockPattern}\\]|\\((?:\\d{1,2}:)${clockPattern}\\)`,
  'gu',
)

// A time in brackets in the middle of what is said is not said.
function addPiece(text: string, turn: OpenTurn, piece: Range, isContinuation: boolean): void {
  const parts: Range[] = []
  let from = piece.from
  for (const match of text.slice(piece.from, piece.to).matchAll(inlineClock)) {
    const part = trimmed(text, from, piece.from + match.index)
    if (part) parts.push(part)
    from = piece.from + match.index + match[0].length
  }
  const rest = trimmed(text, from, piece.to)
  if (rest) parts.push(rest)
  turn.to = Math.max(turn.to, piece.to)
  if (parts.length === 0) return
  const last = turn.paragraphs.at(-1)
  if (isContinuation && last) last.pieces.push(...parts)
  else turn.paragraphs.push({ pieces: parts })
}

// In hard-wrapped text a line that is indented more than the one before begins a paragraph, once a sentence has ended.
function continues(text: string, previous: Line, line: Line): boolean {
  return !(
    line.indent > previous.indent + 1 &&
    /[.?!。？！"”]$/u.test(text.slice(previous.content.from, previous.content.to))
  )
}

function trimmed(text: string, from: number, to: number): Range | null {
  let start = from
  let end = to
  while (start < end && /\s/u.test(text[start] as string)) start++
  while (end > start && /\s/u.test(text[end - 1] as string)) end--
  return start < end ? { from: start, to: end } : null
}
