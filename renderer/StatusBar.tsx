import { useDeferredValue } from 'react'
import { Button } from 'react-aria-components'
import { useStore } from 'zustand'
import { correctionsOf, transcriptOf } from '../shared/session/queries'
import { reviewItemsOf } from '../shared/session/reviewItems'
import { lineEndKind } from '../shared/transcript/lineEnds'
import { runCommand } from './commands/run'
import { useMessages } from './state/messages'
import { sessionStore } from './state/session'
import { settingsStore } from './state/settings'

/** The file's encoding and line ends, and what the session holds. */
export function StatusBar() {
  const words = useMessages().status
  const document = useStore(sessionStore, (store) => store.document)
  const state = useDeferredValue(useStore(sessionStore, (store) => store.state))
  const language = useStore(settingsStore, (settings) => settings.language)
  const switchLanguage = () => runCommand(language === 'en' ? 'view.languageChinese' : 'view.languageEnglish')
  const opened = document?.opened
  const transcript = state && transcriptOf(state)
  const inaudible = state
    ? reviewItemsOf(state).filter((item) => item.kind === 'inaudible' && !item.isDone).length
    : 0
  return (
    <footer className="status">
      {opened && (
        <Button
          aria-label={words.encodingHint}
          onPress={() => runCommand('file.encoding')}
          data-testid="encoding"
        >
          {opened.encoding.toUpperCase()}
          {opened.hasBom ? ' BOM' : ''} · {words.lineEnds[lineEndKind(opened.lineEnds)]}
        </Button>
      )}
      {opened && opened.invalidBytes > 0 && <span>{words.invalidBytes(opened.invalidBytes)}</span>}
      {transcript && (
        <span data-testid="counts">
          {words.turns(transcript.turns.length)} · {words.speakers(transcript.speakers.length)}
        </span>
      )}
      {inaudible > 0 && <span>{words.inaudible(inaudible)}</span>}
      <span className="spring" />
      {state && opened && <span>{words.corrections(correctionsOf(state, opened.doc).length)}</span>}
      <Button onPress={switchLanguage}>{words.otherLanguage}</Button>
    </footer>
  )
}
