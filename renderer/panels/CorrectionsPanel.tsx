import { Undo2 } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useStore } from 'zustand'
import { formatClock, hoursMinutesSeconds } from '../../shared/formats/clock'
import { type Correction, correctionsOf } from '../../shared/session/queries'
import type { Session } from '../../shared/session/session'
import { goToCorrection, revertCorrection } from '../commands/edit'
import { useMessages } from '../state/messages'
import { sessionStore } from '../state/session'
import { Rows } from '../ui/Rows'

const longest = 160

const shortened = (text: string) =>
  (text.length > longest ? `${text.slice(0, longest)}…` : text).replace(/\n/gu, ' ⏎ ')

/** Every text edit since the file was opened. */
export function CorrectionsPanel({ session }: { session: Session }) {
  const words = useMessages().panels
  const opened = useStore(sessionStore, (store) => store.document?.opened.doc ?? '')
  const corrections = correctionsOf(session, opened)
  if (corrections.length === 0) return <p className="panel-empty">{words.noCorrections}</p>
  return (
    <Rows
      count={corrections.length}
      likelyHeight={58}
      rowAt={(index) => <Entry correction={corrections[index] as Correction} />}
    />
  )
}

function Entry({ correction }: { correction: Correction }) {
  const words = useMessages().panels
  const { before, after, time } = correction
  const kind = before === '' ? words.added : after === '' ? words.removed : ''
  return (
    <div className="item" data-testid="correction">
      <span />
      <Button className="quiet" onPress={() => goToCorrection(correction)}>
        <time>{time === null ? '—' : formatClock(hoursMinutesSeconds, time)}</time> {kind}
      </Button>
      <Button className="quiet" aria-label={words.revert} onPress={() => revertCorrection(correction)}>
        <Undo2 size={13} />
      </Button>
      <small>
        <bdi className="before">{shortened(before)}</bdi> <bdi className="after">{shortened(after)}</bdi>
      </small>
    </div>
  )
}
