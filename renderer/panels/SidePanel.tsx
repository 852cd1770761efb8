import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { useStore } from 'zustand'
import { reviewItemsOf } from '../../shared/session/reviewItems'
import { useCalmSession } from '../state/calmSession'
import { useMessages } from '../state/messages'
import { sessionStore } from '../state/session'
import { type Panel, viewStore } from '../state/view'
import { CorrectionsPanel } from './CorrectionsPanel'
import { ReviewPanel } from './ReviewPanel'
import { SpeakersPanel } from './SpeakersPanel'
import { SubtitlesPanel } from './SubtitlesPanel'
import './panels.css'

const panels = {
  review: ReviewPanel,
  speakers: SpeakersPanel,
  corrections: CorrectionsPanel,
  subtitles: SubtitlesPanel,
} as const

/** The panel beside the text; only the one that shows is computed, and after the text and the wave were painted. */
export function SidePanel() {
  const words = useMessages().panels
  const hasSession = useStore(sessionStore, (store) => store.state !== null)
  const panel = useStore(viewStore, (view) => view.panel)
  if (!hasSession) return null
  return (
    <Tabs
      className="panel-tabs"
      selectedKey={panel}
      onSelectionChange={(key) => viewStore.setState({ panel: key as Panel })}
    >
      <TabList aria-label={words.review}>
        <Tab id="review">
          {words.review}
          <OpenCount />
        </Tab>
        <Tab id="speakers">{words.speakers}</Tab>
        <Tab id="corrections">{words.corrections}</Tab>
        <Tab id="subtitles">{words.subtitles}</Tab>
      </TabList>
      <TabPanel id={panel}>
        <Shown panel={panel} />
      </TabPanel>
    </Tabs>
  )
}

function OpenCount() {
  const session = useCalmSession()
  const open = session ? reviewItemsOf(session).filter((item) => !item.isDone).length : 0
  return open > 0 && <span className="panel-count">{open}</span>
}

function Shown({ panel }: { panel: Panel }) {
  const session = useCalmSession()
  const Content = panels[panel]
  return session && <Content session={session} />
}
