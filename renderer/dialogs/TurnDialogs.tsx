import { formatClock, hoursMinutesSeconds, readClock } from '../../shared/formats/clock'
import { transcriptOf, turnTimesOf } from '../../shared/session/queries'
import type { Session } from '../../shared/session/session'
import { giveTurn, placeBoundary, renameEverywhere, splitTurnAt } from '../commands/turn'
import { useMessages } from '../state/messages'
import type { Dialog } from '../state/view'
import { TextDialog } from './TextDialog'

const names = (session: Session) => transcriptOf(session).speakers.map(({ name }) => name)

export function TypeTimeDialog({
  dialog,
  session,
}: {
  dialog: Dialog & { kind: 'typeTime' }
  session: Session
}) {
  const words = useMessages().dialogs.typeTime
  const start = turnTimesOf(session)[dialog.turn]?.start ?? 0
  return (
    <TextDialog
      title={words.title}
      label={words.label}
      action={words.set}
      initial={formatClock({ ...hoursMinutesSeconds, hourDigits: 1, decimals: 3 }, start)}
      problem={(text) => (readClock(text) === null ? words.bad : null)}
      take={(text) => placeBoundary(dialog.turn, readClock(text) as number)}
    />
  )
}

export function SplitTurnDialog({
  dialog,
  session,
}: {
  dialog: Dialog & { kind: 'splitTurn' }
  session: Session
}) {
  const words = useMessages().dialogs.split
  return (
    <TextDialog
      title={words.title}
      label={words.label}
      action={words.split}
      hint={words.hint}
      initial=""
      suggestions={names(session)}
      take={(text) => splitTurnAt(dialog.position, text)}
    />
  )
}

export function ChangeSpeakerDialog({
  dialog,
  session,
}: {
  dialog: Dialog & { kind: 'changeSpeaker' }
  session: Session
}) {
  const words = useMessages().dialogs.changeSpeaker
  const turn = transcriptOf(session).turns[dialog.turn]
  return (
    <TextDialog
      title={words.title}
      label={words.label}
      action={words.change}
      initial={turn?.label?.name ?? ''}
      suggestions={names(session)}
      take={(text) => giveTurn(dialog.turn, text)}
    />
  )
}

export function RenameSpeakerDialog({
  dialog,
  session,
}: {
  dialog: Dialog & { kind: 'renameSpeaker' }
  session: Session
}) {
  const words = useMessages().dialogs.rename
  const speaker = transcriptOf(session).speakers[dialog.speaker]
  if (!speaker) return null
  return (
    <TextDialog
      title={words.title(speaker.name)}
      label={words.label}
      action={words.rename}
      hint={words.hint(speaker.turns)}
      initial={speaker.name}
      suggestions={names(session)}
      problem={(text) => (text.trim() === '' ? words.label : null)}
      take={(text) => renameEverywhere(dialog.speaker, text)}
    />
  )
}
