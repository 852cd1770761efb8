import type { Text } from '@codemirror/state'
import { lastWhere } from '../lastWhere'
import { inlineChevrons, inlineNames } from './inlineLabels'
import type { Line } from './lines'
import { marksOf } from './marks'
import { movedTurn } from './movedTurn'
import { inlineClocks, isRemark, markAt, noWords, type ParseOptions } from './parseTranscript'
import { tornParagraphs } from './torn'
import type { Mark, Range, TornParagraph, Transcript, Turn } from './transcript'
import { isAnsweredAlike } from './writing'

/** An edit that stays on one line. */
export interface LineEdit {
  /** Where it begins. */
  readonly start: number
  /** The line before and after it. */
  readonly known: Line
  readonly line: Line
}

/** Shorter lines may be page furniture, headings or names, by what stands on others. */
const shortestLine = 121

/** Shorter speech behind a label may be a list of those who are present. */
const shortestSpeech = 61

/** An edit of what is said on one line of a transcript, or several of them put together. */
interface Patch {
  readonly base: Transcript
  /** The line in the base and now. */
  readonly known: Line
  readonly line: Line
  /** The turn that was edited, as it is now, and what is on its line and in it. */
  readonly turn: Turn
  readonly marks: readonly Mark[]
  readonly torn: readonly TornParagraph[]
}

/** A transcript that keys changed in one place. Ten thousand turns behind it move with every key and few are asked for before the next one,
 *  so they are moved when they are. */
class PatchedTranscript implements Transcript {
  readonly speakers: Transcript['speakers']
  readonly alike: Transcript['alike']
  private parts: Transcript | null = null

  constructor(private patch: Patch | null) {
    this.speakers = patch?.base.speakers ?? []
    this.alike = patch?.base.alike ?? []
  }

  get turns(): readonly Turn[] {
    return this.whole.turns
  }

  get marks(): readonly Mark[] {
    return this.whole.marks
  }

  get torn(): readonly TornParagraph[] {
    return this.whole.torn
  }

  get furniture(): readonly Range[] {
    return this.whole.furniture
  }

  /** What a further edit of the same line may be put together with, while nobody asked for more than that. */
  patchOf(known: Line): Patch | null {
    const { patch } = this
    return patch && patch.line.from === known.from && endsAlike(patch.known, patch.line) ? patch : null
  }

  get whole(): Transcript {
    if (this.patch) this.parts = applied(this.patch)
    // What it was made from goes: a chain of edits would keep all of them.
    this.patch = null
    return this.parts as Transcript
  }
}

/** The transcript after an edit of what is said on one long line, where all else that is to be said of the line stays as it was: what
 *  stands behind it only moves.
 *  @returns `null` where the text must be read as a whole */
export function patchTranscript(
  previous: Transcript,
  { start, known, line }: LineEdit,
  text: Text,
  { inaudibleWords = noWords }: ParseOptions,
): Transcript | null {
  if (!isOrdinary(known) || !isOrdinary(line) || !isSameButWords(known, line)) return null
  const [oldMarks, newMarks] = [marksOf(known.writing, inaudibleWords), marksOf(line.writing, inaudibleWords)]
  if (isRemark(oldMarks) || isRemark(newMarks)) return null
  const isPatched = previous instanceof PatchedTranscript
  const earlier = isPatched && endsAlike(known, line) ? previous.patchOf(known) : null
  const base = earlier?.base ?? (isPatched ? previous.whole : previous)
  const turn = earlier?.turn ?? base.turns[lastWhere(base.turns, ({ from }) => from <= start)]
  const said = turn && pieceOn(turn, known)
  if (!turn || !said || start <= said.from || said.to !== known.content.to) return null
  if (Math.min(known.content.to, line.content.to) - said.from < shortestSpeech) return null

  const edited = editedTurn(turn, moveOf(known, line))
  return new PatchedTranscript({
    base,
    known: earlier?.known ?? known,
    line,
    turn: edited,
    marks: newMarks.map((mark) => ({ ...markAt(line, mark, turn.index), isOwnLine: false })),
    torn: tornParagraphs({ slice: (from, to) => text.sliceString(from, to) }, [edited]),
  })
}

function applied({ base, known, line, turn, marks, torn }: Patch): Transcript {
  const by = line.to - known.to
  const move = moveOf(known, line)
  const isBefore = ({ to }: Range) => to <= known.content.from
  const isBehind = ({ from }: Range) => from >= known.to
  return {
    turns: base.turns.map((other) =>
      other.index < turn.index ? other : other.index === turn.index ? turn : movedTurn(other, by),
    ),
    speakers: base.speakers,
    marks: [
      ...base.marks.filter(isBefore),
      ...marks,
      ...base.marks.filter(isBehind).map((mark) => ({ ...mark, ...movedRange(mark, move) })),
    ],
    torn: [
      ...base.torn.filter((entry) => entry.turn < turn.index),
      ...torn,
      ...base.torn
        .filter((entry) => entry.turn > turn.index)
        .map((entry) => ({ ...entry, ...movedRange(entry, move) })),
    ],
    alike: base.alike,
    furniture: base.furniture.map((range) => (isBefore(range) ? range : movedRange(range, move))),
  }
}

// The white space at the ends of the lines is as long.
function endsAlike(known: Line, line: Line): boolean {
  return known.to - known.content.to === line.to - line.content.to
}

// At most one label, at its beginning, and no times inside.
function isOrdinary({ writing }: Line): boolean {
  return (
    writing.text.length >= shortestLine &&
    inlineChevrons(writing).length === 0 &&
    inlineNames(writing).length === 0 &&
    inlineClocks(writing).length === 0
  )
}

function isSameButWords(known: Line, line: Line): boolean {
  return (
    known.indent === line.indent &&
    known.isPageStart === line.isPageStart &&
    known.content.from === line.content.from &&
    isAnsweredAlike(known.writing, line.writing)
  )
}

// The only stretch of speech on the line.
function pieceOn(turn: Turn, line: Line): Range | null {
  const pieces = turn.paragraphs.flatMap((paragraph) =>
    paragraph.pieces.filter(({ from, to }) => from >= line.content.from && to <= line.content.to),
  )
  return pieces.length === 1 ? (pieces[0] as Range) : null
}

type Move = (position: number) => number

function moveOf(known: Line, line: Line): Move {
  const by = line.to - known.to
  return (position) =>
    position > known.content.to ? position + by : position === known.content.to ? line.content.to : position
}

function movedRange({ from, to }: Range, move: Move): Range {
  return { from: move(from), to: move(to) }
}

function editedTurn(turn: Turn, move: Move): Turn {
  const { label, time } = turn
  return {
    index: turn.index,
    from: move(turn.from),
    to: move(turn.to),
    label: label && { from: move(label.from), to: move(label.to), text: label.text, name: label.name },
    speaker: turn.speaker,
    time: time && { from: move(time.from), to: move(time.to), seconds: time.seconds, turn: time.turn },
    paragraphs: turn.paragraphs.map(({ pieces }) => ({
      pieces: pieces.map((piece) => movedRange(piece, move)),
    })),
  }
}
