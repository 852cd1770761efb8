import type { Text } from '@codemirror/state'
import { lastWhere } from '../lastWhere'
import { inlineClocks, markAt } from './assembleTurns'
import { inlineChevrons, inlineNames } from './inlineLabels'
import type { Line } from './lines'
import { isRemark, marksOf } from './marks'
import { moved, movedTurn } from './movedTurn'
import { noWords, type ParseOptions } from './parseTranscript'
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
 *  so they are moved when all are. */
class PatchedTranscript implements Transcript {
  readonly speakers: Transcript['speakers']
  readonly alike: Transcript['alike']
  private ownMarks: readonly Mark[] | null = null
  private ownTorn: readonly TornParagraph[] | null = null
  private ownFurniture: readonly Range[] | null = null
  /** All lists, once all turns were asked for. */
  private made: Transcript | null = null

  constructor(private patch: Patch) {
    this.speakers = patch.base.speakers
    this.alike = patch.base.alike
  }

  get turns(): readonly Turn[] {
    return this.whole.turns
  }

  get marks(): readonly Mark[] {
    this.ownMarks ??= marksIn(this.patch)
    return this.ownMarks
  }

  get torn(): readonly TornParagraph[] {
    this.ownTorn ??= tornIn(this.patch)
    return this.ownTorn
  }

  get furniture(): readonly Range[] {
    this.ownFurniture ??= furnitureIn(this.patch)
    return this.ownFurniture
  }

  /** The same by its lists. */
  get whole(): Transcript {
    if (this.made) return this.made
    const { speakers, marks, torn, alike, furniture } = this
    const turns = this.patch.base.turns.map(({ index }) => this.turnAt(index) as Turn)
    this.made = { turns, speakers, marks, torn, alike, furniture }
    // What it was made from goes: a chain of edits would keep all of them.
    this.patch = { ...this.patch, base: this.made }
    return this.made
  }

  get turnCount(): number {
    return this.patch.base.turns.length
  }

  /** What a further edit of the same line may be put together with, while nobody asked for all turns. */
  patchOf(known: Line): Patch | null {
    return this.made === null && this.patch.line.from === known.from ? this.patch : null
  }

  turnAt(index: number): Turn | undefined {
    if (this.made) return this.made.turns[index]
    const { base, known, line, turn } = this.patch
    const other = base.turns[index]
    if (index === turn.index) return turn
    return other && index > turn.index ? movedTurn(other, line.to - known.to) : other
  }

  turnBefore(position: number): Turn | undefined {
    if (this.made) return lastFrom(this.made.turns, position)
    const { base, known, line, turn } = this.patch
    if (position < turn.from) return lastFrom(base.turns, position)
    const behind = lastFrom(base.turns, position - (line.to - known.to))
    return this.turnAt(Math.max(turn.index, behind?.index ?? 0))
  }
}

/** How many turns there are. Moves none. */
export function turnCount(transcript: Transcript): number {
  return transcript instanceof PatchedTranscript ? transcript.turnCount : transcript.turns.length
}

/** The last turn that begins at a position or before it. Moves no others. */
export function turnBefore(transcript: Transcript, position: number): Turn | undefined {
  return transcript instanceof PatchedTranscript
    ? transcript.turnBefore(position)
    : lastFrom(transcript.turns, position)
}

/** The turns that have something in a stretch of the text or touch it, the last one first. Moves no others. */
export function* turnsWithin(transcript: Transcript, from: number, to: number): Generator<Turn> {
  let turn = turnBefore(transcript, to)
  while (turn && turn.to >= from) {
    yield turn
    turn =
      transcript instanceof PatchedTranscript
        ? transcript.turnAt(turn.index - 1)
        : transcript.turns[turn.index - 1]
  }
}

function lastFrom(turns: readonly Turn[], position: number): Turn | undefined {
  return turns[lastWhere(turns, ({ from }) => from <= position)]
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
  const earlier = isPatched ? previous.patchOf(known) : null
  const base = earlier?.base ?? (isPatched ? previous.whole : previous)
  const turn = earlier?.turn ?? lastFrom(base.turns, start)
  const said = turn && pieceOn(turn, known)
  if (!turn || !said || start <= said.from || said.to !== known.content.to) return null
  if (Math.min(known.content.to, line.content.to) - said.from < shortestSpeech) return null

  const by = line.to - known.to
  const edited = editedTurn(turn, (position) =>
    position > known.content.to ? position + by : position === known.content.to ? line.content.to : position,
  )
  return new PatchedTranscript({
    base,
    known: earlier?.known ?? known,
    line,
    turn: edited,
    marks: newMarks.map((mark) => ({ ...markAt(line, mark, turn.index), isOwnLine: false })),
    torn: tornParagraphs({ slice: (from, to) => text.sliceString(from, to) }, [edited]),
  })
}

function marksIn({ base, known, line, marks }: Patch): readonly Mark[] {
  const by = line.to - known.to
  return [
    ...base.marks.filter(isBefore(known)),
    ...marks,
    ...base.marks.filter(({ from }) => from >= known.to).map((mark) => ({ ...mark, ...moved(mark, by) })),
  ]
}

function tornIn({ base, known, line, turn, torn }: Patch): readonly TornParagraph[] {
  const by = line.to - known.to
  return [
    ...base.torn.filter((entry) => entry.turn < turn.index),
    ...torn,
    ...base.torn
      .filter((entry) => entry.turn > turn.index)
      .map((entry) => ({ ...entry, ...moved(entry, by) })),
  ]
}

function furnitureIn({ base, known, line }: Patch): readonly Range[] {
  const by = line.to - known.to
  const isKept = isBefore(known)
  return base.furniture.map((range) => (isKept(range) ? range : moved(range, by)))
}

function isBefore({ content }: Line): (range: Range) => boolean {
  return ({ to }) => to <= content.from
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
    cue: turn.cue,
    paragraphs: turn.paragraphs.map(({ pieces }) => ({
      pieces: pieces.map((piece) => movedRange(piece, move)),
    })),
  }
}
