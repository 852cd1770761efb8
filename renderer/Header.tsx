import { Button } from 'react-aria-components'
import { useStore } from 'zustand'
import { formatClock, hoursMinutesSeconds } from '../shared/formats/clock'
import { commandKeys, keyLabel } from './commands/keymap'
import { runCommand } from './commands/run'
import { useMessages } from './state/messages'
import { recordingStore } from './state/recording'
import { isUnsaved, sessionStore } from './state/session'
import { settingsStore } from './state/settings'
import { Mark } from './ui/Mark'

/** Which session is open, whether it is saved, and what can be done with it. */
export function Header() {
  const messages = useMessages()
  const words = messages.header
  const name = useStore(sessionStore, ({ document }) => document?.name ?? null)
  const recording = useStore(recordingStore, (store) => store.recording?.name ?? null)
  const duration = useStore(recordingStore, (store) => store.recording?.duration ?? 0)
  const about =
    recording &&
    `${recording}${duration > 0 ? ` · ${formatClock({ ...hoursMinutesSeconds, hourDigits: 1 }, duration)}` : ''}`
  return (
    <header className="header">
      <Mark size={22} />
      <div className="header-document">
        <b>{name ?? recording ?? messages.appName}</b>
        <small>{name ? about : ''}</small>
      </div>
      <Button className="header-search" onPress={() => runCommand('view.palette')}>
        <span>{words.search}</span>
        <kbd>{keyLabel(commandKeys('view.palette')[0] ?? '')}</kbd>
      </Button>
      <div className="header-actions">
        {name !== null && <SaveState />}
        {name !== null && (
          <Button className="chip" onPress={() => runCommand('file.exportSubtitles')}>
            {words.export}
          </Button>
        )}
        {name !== null && (
          <Button className="primary" onPress={() => runCommand('file.save')}>
            {words.save}
          </Button>
        )}
      </div>
    </header>
  )
}

function SaveState() {
  const words = useMessages().header
  const language = useStore(settingsStore, (settings) => settings.language)
  const unsaved = useStore(sessionStore, (store) => isUnsaved(store))
  const isSaving = useStore(sessionStore, (store) => store.isSaving)
  const savedAt = useStore(sessionStore, (store) => store.savedAt)
  const isReadOnly = useStore(sessionStore, (store) => store.document?.isReadOnly ?? false)
  const time =
    savedAt && new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' }).format(savedAt)
  const text = isSaving
    ? words.saving
    : unsaved
      ? words.unsaved
      : time
        ? words.savedAt(time)
        : isReadOnly
          ? words.readOnly
          : words.saved
  return (
    <span
      className={unsaved || isSaving ? 'save-state' : 'save-state is-saved'}
      role="status"
      data-testid="save-state"
    >
      {text}
    </span>
  )
}
