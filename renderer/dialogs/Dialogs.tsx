import { Button } from 'react-aria-components'
import { useStore } from 'zustand'
import { exportSubtitles } from '../commands/exportSubtitles'
import { useMessages } from '../state/messages'
import { sessionStore } from '../state/session'
import { viewStore } from '../state/view'
import { ConfirmDialog } from './ConfirmDialog'
import { EncodingDialog } from './EncodingDialog'
import { closeDialog, Frame } from './Frame'
import { LanguageDialog } from './LanguageDialog'
import { PaletteDialog } from './PaletteDialog'
import { SettingsDialog } from './SettingsDialog'
import { ShortcutsDialog } from './ShortcutsDialog'
import { SubtitleOptions } from './SubtitleOptions'
import { TimestampDialog } from './TimestampDialog'
import { ChangeSpeakerDialog, RenameSpeakerDialog, SplitTurnDialog, TypeTimeDialog } from './TurnDialogs'

/** Whatever dialog is open. */
export function Dialogs({ version }: { version: string }) {
  const dialog = useStore(viewStore, (view) => view.dialog)
  const { state: session, document } = useStore(sessionStore)
  if (!dialog) return null
  switch (dialog.kind) {
    case 'confirm':
      return <ConfirmDialog key={dialog.question.explanation + dialog.question.title} dialog={dialog} />
    case 'palette':
      return <PaletteDialog />
    case 'shortcuts':
      return <ShortcutsDialog />
    case 'settings':
      return <SettingsDialog />
    case 'about':
      return <AboutDialog version={version} />
    case 'exportSubtitles':
      return <ExportDialog />
    case 'encoding':
      return document && <EncodingDialog document={document} />
    case 'recordingLanguage':
      return session && <LanguageDialog session={session} />
    case 'timestamp':
      return session && <TimestampDialog session={session} />
    case 'typeTime':
      return session && <TypeTimeDialog dialog={dialog} session={session} />
    case 'splitTurn':
      return session && <SplitTurnDialog dialog={dialog} session={session} />
    case 'changeSpeaker':
      return session && <ChangeSpeakerDialog dialog={dialog} session={session} />
    case 'renameSpeaker':
      return session && <RenameSpeakerDialog dialog={dialog} session={session} />
  }
}

function AboutDialog({ version }: { version: string }) {
  const messages = useMessages()
  const words = messages.dialogs.about
  return (
    <Frame title={words.title}>
      <p className="dialog-explanation">{messages.tagline}</p>
      <p>{words.version(version)}</p>
      <p className="dialog-explanation">{words.licence}</p>
      <div className="dialog-actions">
        <Button className="primary" autoFocus onPress={closeDialog}>
          {messages.dialogs.close}
        </Button>
      </div>
    </Frame>
  )
}

function ExportDialog() {
  const { dialogs } = useMessages()
  return (
    <Frame title={dialogs.exportSubtitles.title}>
      <div className="dialog-fields">
        <SubtitleOptions />
      </div>
      <div className="dialog-actions">
        <Button className="chip" onPress={closeDialog}>
          {dialogs.cancel}
        </Button>
        <Button
          className="primary"
          autoFocus
          onPress={() => {
            closeDialog()
            void exportSubtitles()
          }}
        >
          {dialogs.exportSubtitles.export}
        </Button>
      </div>
    </Frame>
  )
}
