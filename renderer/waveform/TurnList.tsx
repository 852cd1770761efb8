import { useStore } from 'zustand'
import { formatClock, hoursMinutesSeconds } from '../../shared/formats/clock'
import { transcriptOf, turnTimesOf } from '../../shared/session/queries'
import { runCommand } from '../commands/run'
import { selectTurn } from '../commands/turn'
import { useCalmSession } from '../state/calmSession'
import { useMessages } from '../state/messages'
import { viewStore } from '../state/view'

/** Turns listed on each side of the selected one; a screen reader reads what is around. */
const around = 12

const clock = { ...hoursMinutesSeconds, decimals: 2 }

/** Turns that Page Up and Page Down go by. */
const page = 10

/** What the canvas shows, as a list: turns with their times, operable by keyboard. Up and Down, Page Up and Page Down, Home and End choose;
 *  Enter plays; Left and Right move the boundary by 10 ms, with Shift by 100. Of however many turns, those around the selected one are in
 *  the page. */
export function TurnList() {
  const words = useMessages().waveform
  const state = useCalmSession()
  const selected = useStore(viewStore, (view) => view.selectedTurn)
  if (!state) return null
  const { turns, speakers } = transcriptOf(state)
  const times = turnTimesOf(state)
  const first = Math.max(0, (selected ?? 0) - around)
  const shown = turns.slice(first, first + around * 2 + 1)
  return (
    <div
      className="turn-list"
      role="listbox"
      aria-label={words.turns}
      aria-activedescendant={selected === null ? undefined : `turn-${selected}`}
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.altKey || event.ctrlKey || event.metaKey) return
        const size = event.shiftKey ? '100' : '10'
        const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }
        const places: Record<string, number> = { Home: 0, End: turns.length - 1 }
        const step = steps[event.key]
        const target = step === undefined ? places[event.key] : (selected ?? (step > 0 ? -1 : 1)) + step
        if (target !== undefined) selectTurn(Math.max(0, Math.min(turns.length - 1, target)))
        else if (event.key === 'ArrowLeft') runCommand(`turn.nudgeBack${size}`)
        else if (event.key === 'ArrowRight') runCommand(`turn.nudgeForward${size}`)
        else if (event.key === 'Enter' && selected !== null) runCommand('playback.playTurn', selected)
        else return
        event.preventDefault()
      }}
    >
      {shown.map((turn) => {
        const { start, end, isPinned } = times[turn.index] ?? { start: null, end: null, isPinned: false }
        const name = turn.speaker === null ? words.unknown : (speakers[turn.speaker]?.name ?? '')
        const text = words.turn(
          name,
          start === null ? '–' : formatClock(clock, start),
          end === null ? '–' : formatClock(clock, end),
          isPinned,
        )
        return (
          <div
            key={turn.index}
            id={`turn-${turn.index}`}
            role="option"
            tabIndex={-1}
            aria-selected={turn.index === selected}
            aria-posinset={turn.index + 1}
            aria-setsize={turns.length}
          >
            {text}
          </div>
        )
      })}
    </div>
  )
}
