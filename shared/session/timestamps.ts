import { isolateHistory } from '@codemirror/commands'
import type { EditorState, TransactionSpec } from '@codemirror/state'
import { formatClock, readTemplate } from '../formats/clock'
import { parseTranscript } from '../transcript/parseTranscript'
import type { Transcript, Turn } from '../transcript/transcript'
import { transcriptOf, turnTimesOf } from './queries'

export interface TimestampOptions {
  /** See `readTemplate`. */
  readonly template: string
  /** Seconds added to each time, for time of day. */
  readonly offset: number
  /** `changes`: not where the speaker is the one before. */
  readonly only: 'all' | 'changes'
}

export interface TextChange {
  readonly from: number
  readonly to: number
  readonly insert: string
}

/** The changes that write a time before each label, or correct the one that is there. Pure: for the editor and the command line.
 *  @param starts seconds, one a turn; a turn whose start is `null` is left alone */
export function timestampChanges(
  text: string,
  transcript: Transcript,
  starts: readonly (number | null)[],
  options: TimestampOptions,
): readonly TextChange[] | null {
  const template = readTemplate(options.template)
  if (!template.ok) return null
  const changes: TextChange[] = []
  for (const turn of transcript.turns) {
    const start = starts[turn.index]
    if (!turn.label || start === null || start === undefined) continue
    const before = transcript.turns[turn.index - 1]
    const isSame =
      options.only === 'changes' &&
      before !== undefined &&
      turn.speaker !== null &&
      before.speaker === turn.speaker
    const written = formatClock(template.value, start, options.offset)
    if (turn.time) {
      if (isSame) changes.push(removal(text, turn, turn.time))
      else if (text.slice(turn.time.from, turn.time.to) !== written)
        changes.push({ from: turn.time.from, to: turn.time.to, insert: written })
    } else if (!isSame) changes.push({ from: turn.from, to: turn.from, insert: `${written} ` })
  }
  return changes
}

// Takes a written time out with the gap that it brought.
function removal(text: string, turn: Turn, time: { from: number; to: number }): TextChange {
  let { from, to } = time
  if (turn.label && time.from < turn.label.from) {
    while (to < turn.label.from && /[ \t\u00a0|–-]/u.test(text[to] as string)) to++
    if (text[to] === '\n' && (from === 0 || text[from - 1] === '\n')) to++
  } else while (from > 0 && /[ \t\u00a0]/u.test(text[from - 1] as string)) from--
  return { from, to, insert: '' }
}

function gesture(
  session: EditorState,
  changes: readonly TextChange[],
  userEvent: string,
): TransactionSpec | null {
  const different = changes.filter(({ from, to, insert }) => session.sliceDoc(from, to) !== insert)
  return different.length > 0
    ? { changes: different, userEvent, annotations: isolateHistory.of('full') }
    : null
}

/** Writes the turns' starts into the text. One undo step; `null` for a template that cannot be read or nothing to change. */
export function timestampTurns(session: EditorState, options: TimestampOptions): TransactionSpec | null {
  const starts = turnTimesOf(session).map(({ start }) => start)
  const changes = timestampChanges(session.doc.toString(), transcriptOf(session), starts, options)
  return changes && gesture(session, changes, 'timestamp')
}

/** Takes all times at labels out of the text; the anchors stay. One undo step. */
export function removeTimestamps(session: EditorState): TransactionSpec | null {
  const text = session.doc.toString()
  const changes = parseTranscript(text).turns.flatMap((turn) =>
    turn.time ? [removal(text, turn, turn.time)] : [],
  )
  return gesture(session, changes, 'timestamp.remove')
}
