import { type DragEvent, useEffect, useMemo, useState } from 'react'
import { Button, I18nProvider } from 'react-aria-components'
import { useStore } from 'zustand'
import type { RecentSession } from '../shared/ipc'
import { openFiles } from './commands/open'
import { runCommand } from './commands/run'
import { Dialogs } from './dialogs/Dialogs'
import { Header } from './Header'
import { SidePanel } from './panels/SidePanel'
import { StartScreen } from './StartScreen'
import { StatusBar } from './StatusBar'
import { bridge } from './state/bridge'
import { useMessages } from './state/messages'
import { recordingStore } from './state/recording'
import { sessionStore } from './state/session'
import { settingsStore } from './state/settings'
import { viewStore } from './state/view'
import { FollowButton } from './transcript/FollowButton'
import { TranscriptEditor } from './transcript/TranscriptEditor'
import { Divider } from './ui/Divider'
import { Later } from './ui/Later'
import { Notices } from './ui/Notices'
import { TransportBar } from './waveform/TransportBar'
import { WaveformStage } from './waveform/WaveformStage'
import './ui/theme.css'
import './ui/app.css'

/** Elements that stay the same, so that React leaves them alone when the desk comes. */
const header = <Header />
const notices = <Notices />

/** The window. */
export function App({ version, recent }: { version: string; recent: readonly RecentSession[] }) {
  const messages = useMessages()
  const language = useStore(settingsStore, (settings) => settings.language)
  const hasDocument = useStore(sessionStore, (store) => store.document !== null)
  const hasRecording = useStore(recordingStore, (store) => store.recording !== null)
  const [recents, setRecents] = useState(recent)
  const isStarting = !hasDocument && !hasRecording
  useTheme()
  const drop = useFileDrop()
  const dialogs = useMemo(() => <Dialogs version={version} />, [version])

  useEffect(() => {
    if (isStarting) void bridge().request('recent.list', {}).then(setRecents)
  }, [isStarting])

  return (
    <I18nProvider locale={language === 'zh' ? 'zh-CN' : 'en-US'}>
      <div className={isStarting ? 'app is-starting' : 'app'} {...drop.handlers}>
        {header}
        {isStarting ? <StartScreen recent={recents} /> : <Desk hasDocument={hasDocument} />}
        {drop.isOver && <div className="drop-veil">{messages.start.dropNow}</div>}
        {notices}
        {dialogs}
      </div>
    </I18nProvider>
  )
}

function Desk({ hasDocument }: { hasDocument: boolean }) {
  const messages = useMessages()
  const [stageHeight, setStageHeight] = useState(286)
  const [panelWidth, setPanelWidth] = useState(356)
  const hasRecording = useStore(recordingStore, (store) => store.recording !== null)
  const more = useStageExtra()
  return (
    <>
      <div className="stage-frame" style={{ height: hasRecording ? stageHeight + more : 'auto' }}>
        <WaveformStage />
        {hasRecording && (
          <Divider
            direction="horizontal"
            value={stageHeight}
            least={210}
            most={560}
            sign={1}
            label={messages.waveform.overview}
            change={setStageHeight}
          />
        )}
      </div>
      <div className="transport-frame">
        <Later>
          <TransportBar />
        </Later>
      </div>
      {hasDocument ? (
        <main className="desk">
          <section className="desk-text" aria-label={messages.editor.transcript}>
            <Later>
              <TranscriptEditor />
              <FollowButton />
            </Later>
          </section>
          <aside className="panel" style={{ width: panelWidth }}>
            <Divider
              direction="vertical"
              value={panelWidth}
              least={280}
              most={640}
              sign={-1}
              label={messages.panels.review}
              change={setPanelWidth}
            />
            <Later>
              <SidePanel />
            </Later>
          </aside>
        </main>
      ) : (
        <main className="empty">
          <p>{messages.start.noTranscript}</p>
          <Button className="chip" onPress={() => runCommand('file.openTranscript')}>
            {messages.start.addTranscript}
          </Button>
        </main>
      )}
      <div className="status-frame">
        <Later>
          <StatusBar />
        </Later>
      </div>
    </>
  )
}

/** Pixels that a spectrogram takes, and each channel after the first, of which only so many make the stage higher. */
const spectrogramExtra = 100
const channelExtra = 44
const mostRaised = 3

function useStageExtra(): number {
  const channels = useStore(recordingStore, ({ recording }) => recording?.channels.length ?? 0)
  return useStore(viewStore, ({ areChannelsShown, isSpectrogramShown }) => {
    const lanes = areChannelsShown ? Math.min(mostRaised, Math.max(0, channels - 1)) : 0
    return lanes * channelExtra + (isSpectrogramShown ? spectrogramExtra : 0)
  })
}

function useTheme(): void {
  const { theme, textSize, language } = useStore(settingsStore)
  useEffect(() => {
    const root = document.documentElement
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const apply = () => {
      root.dataset.theme = theme === 'dark' || (theme === 'system' && dark.matches) ? 'dark' : 'light'
      root.style.setProperty('--transcript-size', `${textSize}px`)
      root.lang = language === 'zh' ? 'zh-CN' : 'en'
    }
    apply()
    dark.addEventListener('change', apply)
    return () => dark.removeEventListener('change', apply)
  }, [theme, textSize, language])
}

function useFileDrop() {
  const [isOver, setOver] = useState(false)
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  return {
    isOver,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        setOver(true)
      },
      onDragLeave: (event: DragEvent) => {
        if (event.relatedTarget === null) setOver(false)
      },
      onDropCapture: (event: DragEvent) => {
        setOver(false)
        if (!hasFiles(event)) return
        event.preventDefault()
        event.stopPropagation()
        void bridge()
          .adopt([...event.dataTransfer.files])
          .then(openDropped)
      },
    },
  }
}

const openDropped = (files: Parameters<typeof openFiles>[0]) =>
  files.length > 0 ? openFiles(files) : undefined
