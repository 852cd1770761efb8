import { Button } from 'react-aria-components'
import { useStore } from 'zustand'
import type { RecentSession } from '../shared/ipc'
import { openFiles } from './commands/open'
import { runCommand } from './commands/run'
import { useMessages } from './state/messages'
import { settingsStore } from './state/settings'
import { Mark } from './ui/Mark'

/** What shows while nothing is open. */
export function StartScreen({ recent }: { recent: readonly RecentSession[] }) {
  const messages = useMessages()
  const words = messages.start
  const { language, theme } = useStore(settingsStore)
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  const open = ({ transcript, recording, place }: RecentSession) =>
    void openFiles(
      [transcript, recording].filter((file) => file !== null),
      place,
    )
  return (
    <main className="start">
      <div className="start-inner">
        <h1>
          <Mark size={44} />
          {messages.appName}
        </h1>
        <p className="start-tagline">{messages.tagline}</p>
        <div className="start-open">
          <Button className="primary" autoFocus onPress={() => runCommand('file.open')}>
            {words.open}
          </Button>
          <span>{words.drop}</span>
        </div>
        <h2>{words.samples}</h2>
        <div className="start-samples">
          <Button className="chip" onPress={() => runCommand('file.openSampleEnglish')}>
            {words.sampleEnglish}
          </Button>
          <Button className="chip" onPress={() => runCommand('file.openSampleChinese')}>
            {words.sampleChinese}
          </Button>
          <span className="spring" />
          <Button
            className="chip"
            onPress={() => runCommand(language === 'en' ? 'view.languageChinese' : 'view.languageEnglish')}
          >
            {messages.status.otherLanguage}
          </Button>
          <Button
            className="chip"
            onPress={() => runCommand(theme === 'dark' ? 'view.themeLight' : 'view.themeDark')}
          >
            {theme === 'dark' ? messages.dialogs.settings.light : messages.dialogs.settings.dark}
          </Button>
        </div>
        <h2>{words.recent}</h2>
        {recent.length === 0 && <p className="faint">{words.noRecent}</p>}
        <ul className="start-recent">
          {recent.map((session) => (
            <li key={`${session.transcript?.id}-${session.recording?.id}`}>
              <Button onPress={() => open(session)}>
                <b>{session.transcript?.name ?? session.recording?.name}</b>
                <small>{date.format(session.opened)}</small>
                <small>{session.transcript ? session.recording?.name : ''}</small>
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </main>
  )
}
