import { Button } from 'react-aria-components'
import { useStore } from 'zustand'
import { chosenLanguageOf } from '../shared/session/language'
import { correctionsOf, transcriptOf, turnTimesOf } from '../shared/session/queries'
import { reviewItemsOf } from '../shared/session/reviewItems'
import type { Session } from '../shared/session/session'
import { hasWordTimings } from '../shared/session/words'
import { lineEndKind } from '../shared/transcript/lineEnds'
import { languageName } from './commands/languageNames'
import { runCommand } from './commands/run'
import { useCalmSession } from './state/calmSession'
import { detectedLanguage } from './state/detectedLanguage'
import { useMessages } from './state/messages'
import { sessionStore } from './state/session'
import { settingsStore } from './state/settings'

/** Per cent of the turns whose start was found or placed by a person. */
function alignedShare(state: Session): number {
  const times = turnTimesOf(state)
  const found = times.filter(({ origin }) => origin !== null && origin !== 'estimated').length
  return Math.floor((100 * found) / Math.max(1, times.length))
}

/** The file's encoding and line ends, and what the session holds. */
export function StatusBar() {
  const words = useMessages().status
  const document = useStore(sessionStore, (store) => store.document)
  const state = useCalmSession()
  const language = useStore(settingsStore, (settings) => settings.language)
  const switchLanguage = () => runCommand(language === 'en' ? 'view.languageChinese' : 'view.languageEnglish')
  const opened = document?.opened
  const transcript = state && transcriptOf(state)
  const inaudible = state
    ? reviewItemsOf(state).filter((item) => item.kind === 'inaudible' && !item.isDone).length
    : 0
  const chosen = state && chosenLanguageOf(state)
  const aligned = state && hasWordTimings(state) ? alignedShare(state) : null
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
      {state && (
        <Button
          aria-label={words.languageHint}
          onPress={() => runCommand('turn.language')}
          data-testid="recording-language"
        >
          {chosen === null
            ? words.automatic(languageName(detectedLanguage(state), language))
            : languageName(chosen, language)}
        </Button>
      )}
      {aligned !== null && <span data-testid="aligned-share">{words.aligned(aligned)}</span>}
      {inaudible > 0 && <span>{words.inaudible(inaudible)}</span>}
      <span className="spring" />
      {state && opened && <span>{words.corrections(correctionsOf(state, opened.doc).length)}</span>}
      <Button onPress={switchLanguage}>{words.otherLanguage}</Button>
    </footer>
  )
}
