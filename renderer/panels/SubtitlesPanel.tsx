import { Button } from 'react-aria-components'
import { useStore } from 'zustand'
import { formatClock, hoursMinutesSeconds } from '../../shared/formats/clock'
import type { Session } from '../../shared/session/session'
import { timedTurns } from '../../shared/session/timedTurns'
import { checkCue, cuesFromTurns, usualStyle } from '../../shared/subtitles/cues'
import { exportSubtitles } from '../commands/exportSubtitles'
import { SubtitleOptions } from '../dialogs/SubtitleOptions'
import { useMessages } from '../state/messages'
import { seek } from '../state/playback'
import { settingsStore } from '../state/settings'

const most = 200
const clock = { ...hoursMinutesSeconds, decimals: 1 }

/** The cues as an export would write them, with what is wrong with them. */
export function SubtitlesPanel({ session }: { session: Session }) {
  const messages = useMessages()
  const words = messages.panels
  const columns = useStore(settingsStore, (settings) => settings.subtitleColumns)
  const style = { ...usualStyle, columns }
  const cues = cuesFromTurns(timedTurns(session), style)
  return (
    <>
      <div className="panel-options">
        <SubtitleOptions />
        <Button className="primary" isDisabled={cues.length === 0} onPress={() => void exportSubtitles()}>
          {messages.header.export}
        </Button>
      </div>
      <p className="panel-empty">{cues.length === 0 ? words.noCues : words.cues(cues.length)}</p>
      {cues.slice(0, most).map((cue, index) => (
        <Button key={cue.start} className="item is-cue" onPress={() => seek(cue.start)}>
          <span className="faint">{index + 1}</span>
          <time>
            {formatClock(clock, cue.start)} – {formatClock(clock, cue.end)}
          </time>
          <span className="cue-text" dir="auto">
            {cue.lines.join('\n')}
          </span>
          {checkCue(cues, index, style).map((warning) => (
            <small key={warning} className="cue-warning">
              {words.warnings[warning]}
            </small>
          ))}
        </Button>
      ))}
      {cues.length > most && <p className="panel-empty">{words.more(cues.length - most)}</p>}
    </>
  )
}
