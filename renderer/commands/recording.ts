import type { FileReference } from '../../shared/ipc'
import { setRecordingFacts } from '../../shared/session/edits'
import { bridge } from '../state/bridge'
import { loadMedia } from '../state/playback'
import { type RecordingState, recordingStore, updateRecording } from '../state/recording'
import { dispatch, sessionStore } from '../state/session'
import { viewStore, zoomTo } from '../state/view'
import { analyseRecording } from '../workers/analyseRecording'
import { report } from './report'

let analysis: AbortController | null = null

/** Opens a recording beside whatever transcript is open: playable at once, analysed in the background. */
export async function openRecording(file: FileReference): Promise<boolean> {
  const opened = await bridge().request('recording.open', { id: file.id })
  if (!opened.ok) {
    report(opened.error)
    return false
  }
  closeRecording()
  const source = opened.value
  const recording: RecordingState = {
    id: file.id,
    name: source.name,
    url: source.url,
    key: source.key,
    duration: 0,
    codec: '',
    peaks: null,
    peaksVersion: 0,
    progress: 0,
    isComplete: false,
    speech: [],
  }
  recordingStore.setState({ recording })
  viewStore.setState({ scrollTime: 0, selection: null })
  loadMedia(source.url)
  analyse(recording, source.size)
  return true
}

/** Stops the analysis and lets go of the recording; the transcript stays. */
export function closeRecording(): void {
  analysis?.abort()
  analysis = null
  const { recording } = recordingStore.getState()
  if (!recording) return
  loadMedia(null)
  recordingStore.setState({ recording: null })
  void bridge().request('recording.close', { url: recording.url })
}

/** Stops the analysis; what was drawn so far stays, and the recording can be played. */
export function cancelAnalysis(): void {
  analysis?.abort()
  updateRecording({ isComplete: true })
}
