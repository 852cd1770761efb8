import { Button } from 'react-aria-components'
import { useStore } from 'zustand'
import { cancelAnalysis } from '../commands/recording'
import { runCommand } from '../commands/run'
import { useMessages } from '../state/messages'
import { recordingStore } from '../state/recording'
import { Later } from '../ui/Later'
import { Overview } from './Overview'
import { TurnList } from './TurnList'
import { Waveform } from './Waveform'
import './waveform.css'

/** The recording on top of the window: overview, wave, what is still being read. */
export function WaveformStage() {
  const messages = useMessages()
  const hasRecording = useStore(recordingStore, ({ recording }) => recording !== null)
  const percent = useStore(recordingStore, ({ recording }) =>
    recording && !recording.isComplete ? Math.floor(recording.progress * 100) : null,
  )
  if (!hasRecording) {
    return (
      <section className="stage is-empty">
        <p>{messages.start.noRecording}</p>
        <Button className="chip" onPress={() => runCommand('file.openRecording')}>
          {messages.start.addRecording}
        </Button>
      </section>
    )
  }
  return (
    <section className="stage">
      <div className="overview-frame">
        <Later>
          <Overview />
        </Later>
      </div>
      <div className="waveform" data-testid="waveform">
        <Later>
          <Waveform />
        </Later>
      </div>
      <Later>
        <TurnList />
      </Later>
      {percent !== null && (
        <div
          className="stage-progress"
          role="progressbar"
          aria-valuenow={percent}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-label={messages.waveform.analysing(percent)}
        >
          <span>{messages.waveform.analysing(percent)}</span>
          <Button className="chip" onPress={cancelAnalysis}>
            {messages.waveform.cancel}
          </Button>
        </div>
      )}
    </section>
  )
}
