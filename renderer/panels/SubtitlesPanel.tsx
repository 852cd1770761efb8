import { useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useStore } from 'zustand'
import { formatClock, hoursMinutesSeconds } from '../../shared/formats/clock'
import type { Session } from '../../shared/session/session'
import { type Cue, checkCue, usualStyle } from '../../shared/subtitles/cues'
import { cuesInSlices } from '../commands/cues'
import { exportSubtitles } from '../commands/exportSubtitles'
import { SubtitleOptions } from '../dialogs/SubtitleOptions'
import { useMessages } from '../state/messages'
import { goTo } from '../state/playback'
import { settingsStore } from '../state/settings'
import { Rows } from '../ui/Rows'

/** Milliseconds between two showings of a list that grows. */
const growing = 500

const clock = { ...hoursMinutesSeconds, decimals: 1 }

// While new ones are worked out, those of before stay; at first, the list grows.
function useCues(session: Session, columns: number): readonly Cue[] {
  const [cues, setCues] = useState<readonly Cue[]>([])
  const hasCues = useRef(false)
  useEffect(() => {
    let isCurrent = true
    let shownAt = 0
    const progress = (partial: readonly Cue[]) => {
      if (isCurrent && !hasCues.current && performance.now() - shownAt > growing) {
        shownAt = performance.now()
        setCues([...partial])
      }
      return isCurrent
    }
    void cuesInSlices(session, { ...usualStyle, columns }, progress).then((whole) => {
      if (!isCurrent || !whole) return
      hasCues.current = true
      setCues(whole)
    })
    return () => {
      isCurrent = false
    }
  }, [session, columns])
  return cues
}

/** The cues as an export would write them, with what is wrong with them. */
export function SubtitlesPanel({ session }: { session: Session }) {
  const messages = useMessages()
  const words = messages.panels
  const columns = useStore(settingsStore, (settings) => settings.subtitleColumns)
  const style = { ...usualStyle, columns }
  const cues = useCues(session, columns)
  return (
    <>
      <div className="panel-options">
        <SubtitleOptions />
        <Button className="primary" isDisabled={cues.length === 0} onPress={() => void exportSubtitles()}>
          {messages.header.export}
        </Button>
      </div>
      <p className="panel-empty">{cues.length === 0 ? words.noCues : words.cues(cues.length)}</p>
      <Rows
        count={cues.length}
        likelyHeight={75}
        rowAt={(index) => {
          const { start, end, lines } = cues[index] as Cue
          return (
            <Button className="item is-cue" onPress={() => goTo(start)}>
              <span className="faint">{index + 1}</span>
              <time>
                {formatClock(clock, start)} – {formatClock(clock, end)}
              </time>
              <span className="cue-text" dir="auto">
                {lines.join('\n')}
              </span>
              {checkCue(cues, index, style).map((warning) => (
                <small key={warning} className="cue-warning">
                  {words.warnings[warning]}
                </small>
              ))}
            </Button>
          )
        }}
      />
    </>
  )
}
