import type { EditorState } from '@codemirror/state'
import { type EditorView, GutterMarker, gutter } from '@codemirror/view'
import { formatClock, hoursMinutesSeconds } from '../../shared/formats/clock'
import type { TurnTimes } from '../../shared/session/queries'
import { transcriptOf, turnTimesOf } from '../../shared/session/queries'
import { doubtfulBelowOf, hasWordTimings } from '../../shared/session/words'
import { turnBefore } from '../../shared/transcript/patchTranscript'
import { settledOf } from '../state/settled'

/** What a turn's time is worth. */
export type TimeKind = 'pinned' | 'placed' | 'doubtful' | 'estimated' | 'notPlaced'

class TimeMarker extends GutterMarker {
  constructor(
    private readonly text: string,
    private readonly kind: TimeKind,
    private readonly title: string,
  ) {
    super()
  }

  override eq(other: TimeMarker): boolean {
    return other.text === this.text && other.kind === this.kind && other.title === this.title
  }

  override toDOM(): Node {
    const time = document.createElement('span')
    time.className = `transcript-gutter-time is-${this.kind === 'notPlaced' ? 'not-placed' : this.kind}`
    time.textContent = this.text
    if (this.title !== '') time.title = this.title
    return time
  }
}

function kindOf(state: EditorState, { isPinned, origin, confidence }: TurnTimes): TimeKind {
  if (isPinned) return 'pinned'
  if (origin === 'estimated') return hasWordTimings(state) ? 'notPlaced' : 'estimated'
  return origin === 'aligned' && confidence < doubtfulBelowOf(state) ? 'doubtful' : 'placed'
}

/** The turn that starts on the line that begins at `position`. */
function turnOfLine(state: EditorState, position: number): number | null {
  const line = state.doc.lineAt(position)
  const turn = turnBefore(transcriptOf(state), line.to)
  return turn && turn.from >= line.from ? turn.index : null
}

/** A gutter with the start of each turn; a click goes there.
 *  @param titleOf says in words what the marker's shape says */
export function timeGutter(goTo: (turn: number) => void, titleOf: (kind: TimeKind) => string) {
  return gutter({
    class: 'transcript-gutter',
    lineMarker(view: EditorView, line) {
      const turn = turnOfLine(view.state, line.from)
      const own = turn === null ? undefined : turnTimesOf(settledOf(view.state))[turn]
      if (!own || own.start === null) return null
      const kind = kindOf(view.state, own)
      return new TimeMarker(formatClock(hoursMinutesSeconds, own.start), kind, titleOf(kind))
    },
    lineMarkerChange: (update) =>
      settledOf(update.state) !== settledOf(update.startState) ||
      transcriptOf(update.state) !== transcriptOf(update.startState),
    initialSpacer: () => new TimeMarker('00:00:00', 'placed', ''),
    domEventHandlers: {
      mousedown(view, line) {
        const turn = turnOfLine(view.state, line.from)
        if (turn === null) return false
        goTo(turn)
        return true
      },
    },
  })
}
