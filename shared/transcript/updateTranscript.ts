import type { ChangeDesc, Text } from '@codemirror/state'
import { type Line, lineOf, linesOf, movedLine } from './lines'
import { type ParseOptions, readLines, sourceLines } from './parseTranscript'
import { patchTranscript } from './patchTranscript'
import type { Transcript } from './transcript'

/** Lines of which some were edited since: by their index, as they are now. Places are those before the edits. */
interface Source {
  readonly lines: readonly Line[]
  readonly edited: ReadonlyMap<number, Line>
}

const patched = new WeakMap<Transcript, Source>()

/** The transcript after a change: equal to parsing the new text, always. Only the lines that the change touched are looked at anew. Where
 *  nothing about a line changed but its words, what stands behind it moves; otherwise the decisions that the whole text takes part in are
 *  taken again, over what is known of each line. */
export function updateTranscript(
  previous: Transcript,
  changes: ChangeDesc,
  before: Text,
  after: Text,
  options: ParseOptions = {},
): Transcript {
  const source = sourceOf(previous, before)
  const edit = editedLine(source, changes, before, after)
  const transcript = edit && patchTranscript(previous, edit, after, options)
  if (edit && transcript) {
    patched.set(transcript, {
      lines: source.lines,
      edited: new Map(source.edited).set(edit.index, edit.line),
    })
    return transcript
  }
  const lines = updateLines(inPlace(source), changes, before, after)
  return readLines(lines, { slice: (from, to) => after.sliceString(from, to) }, options)
}

function sourceOf(transcript: Transcript, text: Text): Source {
  const lines = sourceLines.get(transcript)
  if (lines) return { lines, edited: new Map() }
  return patched.get(transcript) ?? { lines: linesOf(text.toString()), edited: new Map() }
}

// An edit that stays on one line.
function editedLine({ lines, edited }: Source, changes: ChangeDesc, before: Text, after: Text) {
  const { from, to, from: start } = changedRange(changes)
  if (from > to || before.lines !== after.lines) return null
  const old = before.lineAt(from)
  if (to > old.to) return null
  const index = old.number - 1
  const known = edited.get(index) ?? lines[index]
  if (!known) return null
  const now = after.line(old.number)
  return {
    index,
    start,
    known: movedLine(known, old.from - known.from),
    line: lineOf(now.text, now.from),
  }
}

/** From the first change to the last, in the text before. `from` lies behind `to` where nothing changed. */
export function changedRange(changes: ChangeDesc): { from: number; to: number } {
  let from = Number.POSITIVE_INFINITY
  let to = 0
  changes.iterChangedRanges((start, end) => {
    from = Math.min(from, start)
    to = Math.max(to, end)
  })
  return { from, to }
}

// The lines where they are now.
function inPlace({ lines, edited }: Source): readonly Line[] {
  if (edited.size === 0) return lines
  let by = 0
  return lines.map((line, index) => {
    const now = edited.get(index)
    const moved = now ? movedLine(now, line.from + by - now.from) : by === 0 ? line : movedLine(line, by)
    if (now) by += now.to - now.from - (line.to - line.from)
    return moved
  })
}

function updateLines(
  known: readonly Line[],
  changes: ChangeDesc,
  before: Text,
  after: Text,
): readonly Line[] {
  const { from, to } = changedRange(changes)
  if (from > to) return known
  const by = after.length - before.length
  const kept = before.lineAt(from).number - 1
  const moved = before.lineAt(to).number
  const lines = known.slice(0, kept)
  const last = after.lines - (before.lines - moved)
  for (let number = kept + 1; number <= last; number++) {
    const line = after.line(number)
    lines.push(lineOf(line.text, line.from))
  }
  for (const line of known.slice(moved)) lines.push(by === 0 ? line : movedLine(line, by))
  return lines
}
