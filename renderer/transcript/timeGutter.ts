import type { EditorState } from '@codemirror/state'
import { type EditorView, GutterMarker, gutter } from '@codemirror/view'
import { formatClock, hoursMinutesSeconds } from '../../shared/formats/clock'
import type { TurnTimes } from '../../shared/session/queries'
import { transcriptOf, turnAtPosition, turnTimesOf } from '../../shared/session/queries'

class TimeMarker extends GutterMarker {
  constructor(
    private readonly text: string,
    private readonly kind: 'pinned' | 'estimated' | 'placed',
  ) {
    super()
  }

  override eq(other: TimeMarker): boolean {
    return other.text === this.text && other.kind === this.kind
  }

  override toDOM(): Node {
    const time = document.createElement('span')
    time.className = `transcript-gutter-time is-${this.kind}`
    time.textContent = this.text
    return time
  }
}

function kindOf(times: TurnTimes): 'pinned' | 'estimated' | 'placed' {
  if (times.isPinned) return 'pinned'
  return times.origin === 'estimated' ? 'estimated' : 'placed'
}

/** The turn that starts on the line that begins at `position`. */
function turnOfLine(state: EditorState, position: number): number | null {
  const line = state.doc.lineAt(position)
  const turn = turnAtPosition(state, line.to)
  if (turn === null) return null
  const from = transcriptOf(state).turns[turn]?.from
  return from !== undefined && from >= line.from && from <= line.to ? turn : null
}

/** A gutter with the start of each turn; a click goes there. */
export function timeGutter(goTo: (turn: number) => void) {
  return gutter({
    class: 'transcript-gutter',
    lineMarker(view: EditorView, line) {
      const turn = turnOfLine(view.state, line.from)
      const times = turn === null ? undefined : turnTimesOf(view.state)[turn]
      if (!times || times.start === null) return null
      return new TimeMarker(formatClock(hoursMinutesSeconds, times.start), kindOf(times))
    },
    lineMarkerChange: (update) =>
      turnTimesOf(update.state) !== turnTimesOf(update.startState) ||
      transcriptOf(update.state) !== transcriptOf(update.startState),
    initialSpacer: () => new TimeMarker('00:00:00', 'placed'),
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
