import { useDeferredValue } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { useStore } from 'zustand'
import { reviewItemsOf } from '../../shared/session/reviewItems'
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
  const session = useDeferredValue(useStore(sessionStore, (store) => store.state))
  const panel = useStore(viewStore, (view) => view.panel)
  if (!session) return null
  const open = reviewItemsOf(session).filter((item) => !item.isDone).length
  const Shown = panels[panel]
  return (
    <Tabs
      className="panel-tabs"
      selectedKey={panel}
      onSelectionChange={(key) => viewStore.setState({ panel: key as Panel })}
    >
      <TabList aria-label={words.review}>
        <Tab id="review">
          {words.review}
          {open > 0 && <span className="panel-count">{open}</span>}
        </Tab>
        <Tab id="speakers">{words.speakers}</Tab>
        <Tab id="corrections">{words.corrections}</Tab>
        <Tab id="subtitles">{words.subtitles}</Tab>
      </TabList>
      <TabPanel id={panel}>
        <Shown session={session} />
      </TabPanel>
    </Tabs>
  )
}
