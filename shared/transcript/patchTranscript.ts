import type { Text } from '@codemirror/state'
import { lastWhere } from '../lastWhere'
import { inlineChevrons, inlineNames } from './inlineLabels'
import type { Line } from './lines'
import { marksOf } from './marks'
import { movedTurn } from './movedTurn'
import { inlineClocks, isRemark, markAt, noWords, type ParseOptions } from './parseTranscript'
import { tornParagraphs } from './torn'
import type { Range, Transcript, Turn } from './transcript'
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
  const index = lastWhere(previous.turns, ({ from }) => from <= start)
  const turn = previous.turns[index]
  const said = turn && pieceOn(turn, known)
  if (!turn || !said || start <= said.from || said.to !== known.content.to) return null
  if (Math.min(known.content.to, line.content.to) - said.from < shortestSpeech) return null

  const by = line.to - known.to
  const move = (position: number) =>
    position > known.content.to ? position + by : position === known.content.to ? line.content.to : position
  const turns = previous.turns.slice(0, index)
  turns.push(editedTurn(turn, move))
  for (let at = index + 1; at < previous.turns.length; at++)
    turns.push(movedTurn(previous.turns[at] as Turn, by))
  const isBefore = ({ to }: Range) => to <= known.content.from
  const isBehind = ({ from }: Range) => from >= known.to
  return {
    turns,
    speakers: previous.speakers,
    marks: [
      ...previous.marks.filter(isBefore),
      ...newMarks.map((mark) => ({ ...markAt(line, mark, turn.index), isOwnLine: false })),
      ...previous.marks.filter(isBehind).map((mark) => ({ ...mark, ...movedRange(mark, move) })),
    ],
    torn: [
      ...previous.torn.filter((torn) => torn.turn < turn.index),
      ...tornParagraphs({ slice: (from, to) => text.sliceString(from, to) }, [turns[index] as Turn]),
      ...previous.torn
        .filter((torn) => torn.turn > turn.index)
        .map((torn) => ({ ...torn, ...movedRange(torn, move) })),
    ],
    alike: previous.alike,
    furniture: previous.furniture.map((range) => (isBefore(range) ? range : movedRange(range, move))),
  }
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
