import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useStore } from 'zustand'
import { chosenLanguageOf } from '../../shared/session/language'
import type { Session } from '../../shared/session/session'
import { chooseLanguage } from '../commands/align'
import { languageName, languagesByName } from '../commands/languageNames'
import { detectedLanguage } from '../state/detectedLanguage'
import { useMessages } from '../state/messages'
import { settingsStore } from '../state/settings'
import { closeDialog, Frame } from './Frame'

const automatic = 'automatic'

/** In which language the recording is spoken: the voice that reads the text to the aligner. */
export function LanguageDialog({ session }: { session: Session }) {
  const messages = useMessages()
  const words = messages.dialogs.recordingLanguage
  const language = useStore(settingsStore, (settings) => settings.language)
  const [chosen, setChosen] = useState(chosenLanguageOf(session) ?? automatic)
  return (
    <Frame title={words.title}>
      <p className="dialog-explanation">{words.explanation}</p>
      <div className="dialog-fields">
        <select
          className="select"
          aria-label={words.title}
          value={chosen}
          onChange={(event) => setChosen(event.target.value)}
        >
          <option value={automatic}>
            {words.automatic(languageName(detectedLanguage(session), language))}
          </option>
          {languagesByName(language).map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div className="dialog-actions">
        <Button className="chip" onPress={closeDialog}>
          {messages.dialogs.cancel}
        </Button>
        <Button
          className="primary"
          onPress={() => {
            closeDialog()
            chooseLanguage(chosen === automatic ? null : chosen)
          }}
        >
          {words.choose}
        </Button>
      </div>
    </Frame>
  )
}
