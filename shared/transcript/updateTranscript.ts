import type { ChangeDesc, Text } from '@codemirror/state'
import { type ParseOptions, parseTranscript } from './parseTranscript'
import type { Range, Transcript, Turn } from './transcript'

// Characters that can make or break a label, a mark, a number or a line.
const structural = /[\n\r\f:：[\](){}（）【】〔〕［］<>«»*_?？¿.．…!！。○◯●◆\d\t\u3000–—-]/u

/** The transcript after a change. A change of plain words well inside a line only moves what stands behind it; anything else is
 *  parsed anew. Equal to parsing the new text, always. */
export function updateTranscript(
  previous: Transcript,
  changes: ChangeDesc,
  before: Text,
  after: Text,
  options: ParseOptions = {},
): Transcript {
  return isPlainEdit(previous, changes, before, after)
    ? shift(previous, changes)
    : parseTranscript(after.toString(), options)
}

function isPlainEdit(previous: Transcript, changes: ChangeDesc, before: Text, after: Text): boolean {
  let isPlain = true
  changes.iterChangedRanges((fromA, toA, fromB, toB) => {
    if (!isPlain) return
    isPlain =
      toA - fromA < 2000 &&
      toB - fromB < 2000 &&
      !structural.test(before.sliceString(fromA, toA)) &&
      !structural.test(after.sliceString(fromB, toB)) &&
      isInsidePiece(previous, before, fromA, toA) &&
      isLongLine(before, after, fromA, fromB)
  })
  return isPlain
}

// Well inside a stretch of speech: the ends of a stretch decide about torn paragraphs, its beginning about labels.
function isInsidePiece(previous: Transcript, before: Text, from: number, to: number): boolean {
  const turn = turnAt(previous.turns, from)
  if (!turn) return false
  const piece = turn.paragraphs
    .flatMap(({ pieces }) => pieces)
    .find((range) => range.from <= from && range.to >= to)
  if (!piece || from - piece.from < 100 || piece.to - to < 70) return false
  const line = before.lineAt(from)
  if (to > line.to || from - line.from < 100 || line.to - to < 2) return false
  const around = before.sliceString(Math.max(line.from, from - 230), Math.min(line.to, to + 230))
  return !/[[\](){}（）【】〔〕［］<>]/u.test(around)
}

// How long lines are tells whether a text is hard-wrapped and what is furniture; the edited line must not be near those limits.
function isLongLine(before: Text, after: Text, fromA: number, fromB: number): boolean {
  return before.lineAt(fromA).length > 400 && after.lineAt(fromB).length > 400
}

function turnAt(turns: readonly Turn[], position: number): Turn | undefined {
  let low = 0
  let high = turns.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((turns[middle] as Turn).from <= position) low = middle + 1
    else high = middle
  }
  return turns[low - 1]
}

function shift(previous: Transcript, changes: ChangeDesc): Transcript {
  const move = <T extends Range>(range: T): T => {
    const from = changes.mapPos(range.from, -1)
    const to = changes.mapPos(range.to, 1)
    return from === range.from && to === range.to ? range : { ...range, from, to }
  }
  const first = firstChange(changes)
  return {
    ...previous,
    turns: previous.turns.map((turn) => (turn.to < first ? turn : moveTurn(turn, move))),
    marks: previous.marks.map((mark) => (mark.to < first ? mark : move(mark))),
    torn: previous.torn.map((torn) => (torn.to < first ? torn : move(torn))),
    furniture: previous.furniture.map((range) => (range.to < first ? range : move(range))),
  }
}

function firstChange(changes: ChangeDesc): number {
  let first = Number.POSITIVE_INFINITY
  changes.iterChangedRanges((from) => {
    first = Math.min(first, from)
  })
  return first
}

function moveTurn(turn: Turn, move: <T extends Range>(range: T) => T): Turn {
  return {
    ...move(turn),
    label: turn.label && move(turn.label),
    time: turn.time && move(turn.time),
    paragraphs: turn.paragraphs.map(({ pieces }) => ({ pieces: pieces.map(move) })),
  }
}
