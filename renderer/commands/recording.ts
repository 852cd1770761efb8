import type { FileReference } from '../../shared/ipc'
import type { Peaks } from '../../shared/recording/peaks'
import type { Speech } from '../../shared/recording/speechActivity'
import { anchorsOf } from '../../shared/session/anchors'
import { recordingFactsInPieces } from '../../shared/session/boundaries'
import { bridge } from '../state/bridge'
import { channelStore, hearAllChannels, hearChannels } from '../state/channels'
import { inPieces } from '../state/inPieces'
import { messages } from '../state/messages'
import { loadMedia, media, pause } from '../state/playback'
import { everywhere, type RecordingState, recordingStore, updateRecording } from '../state/recording'
import { dispatch, keepSaved, sessionStore } from '../state/session'
import { notify, viewStore, zoomTo } from '../state/view'
import { analyseRecording } from '../workers/analyseRecording'
import { playSound } from '../workers/playSound'
import { showPeaksBeside } from './peaksFile'
import { report } from './report'

let analysis: AbortController | null = null
let isSilent = false
let sound: { readonly end: AbortController; readonly tellLength: ReturnType<typeof playSound> } | null = null

/** Seconds shown when a recording is opened. */
const firstView = 30

/** Opens a recording beside whatever transcript is open: playable at once, analysed in the background.
 *  @param expected the key and length that the session was made with, if it was */
export async function openRecording(
  file: FileReference,
  expected: { readonly key: string; readonly duration: number } | null = null,
): Promise<boolean> {
  const opened = await bridge().request('recording.open', { id: file.id })
  if (!opened.ok) {
    report(opened.error, file.name)
    return false
  }
  const previous = recordingStore.getState().recording
  closeRecording()
  const { url, name, key, size } = opened.value
  const recording: RecordingState = {
    id: file.id,
    name,
    url,
    size,
    key,
    duration: 0,
    codec: '',
    peaks: null,
    channels: [],
    underlay: null,
    changed: everywhere(),
    progress: 0,
    isComplete: false,
    speech: [],
  }
  if (expected && expected.key !== '' && expected.key !== key) {
    const { recordingChanged, recordingChangedWhy } = messages().notices
    notify({ tone: 'warning', title: recordingChanged, explanation: recordingChangedWhy, isSticky: true })
  }
  recordingStore.setState({ recording })
  viewStore.setState({ scrollTime: 0, selection: null })
  hear(recording)
  hearAllChannels()
  void showPeaksBeside()
  analyse(recording, size, previous && { ...file, id: previous.id, name: previous.name })
  void bridge().request('workers.started', {})
  return true
}

function hear({ url, size }: RecordingState): void {
  const end = new AbortController()
  const tellLength = playSound(
    { url, size },
    media(),
    {
      source: (source) => {
        if (!end.signal.aborted) loadMedia(source)
      },
      problem: () => {
        if (end.signal.aborted) return
        isSilent = true
        pause()
        reportPlayback()
      },
    },
    end.signal,
  )
  sound = { end, tellLength }
  isSilent = false
}

/** A length that differs by less leaves the wave as it is laid out; seconds. */
const sameLength = 0.05

function setDuration(duration: number): void {
  const known = recordingStore.getState().recording?.duration ?? 0
  const isFirst = known === 0
  if (!isFirst && Math.abs(duration - known) < sameLength) return
  updateRecording({ duration })
  sound?.tellLength(duration, false)
  if (!isFirst) return
  zoomTo(viewStore.getState().width / Math.min(firstView, duration), 0, duration)
  // Boundaries by length alone until the speech is known.
  passFactsOn()
}

// A recording that yields nothing gives way to the one that was open before it.
function analyse(recording: RecordingState, size: number, previous: FileReference | null): void {
  const controller = new AbortController()
  analysis = controller
  let loudest = 0
  const isCurrent = () => analysis === controller && !controller.signal.aborted
  const cache = {
    read: () => bridge().request('peaks.read', { key: recording.key }),
    write: (parts: readonly Uint8Array[]) => keep(recording.key, parts),
  }
  void analyseRecording(
    { url: recording.url, size },
    cache,
    {
      header: ({ codec, duration }) => {
        if (!isCurrent()) return
        updateRecording({ codec })
        if (duration !== null && duration > 0 && recordingStore.getState().recording?.duration === 0)
          setDuration(duration)
      },
      sketch: (peaks, duration) => {
        if (!isCurrent()) return
        keepUnderlay(peaks)
        if (recordingStore.getState().recording?.duration === 0) setDuration(duration)
        updateRecording({ peaks, changed: everywhere() })
      },
      peaks: (peaks, progress, duration, from, to) => {
        if (!isCurrent()) return
        keepUnderlay(peaks)
        const known = recordingStore.getState().recording?.duration ?? 0
        if (known === 0 && progress > 0.01) setDuration(duration / progress)
        // Only an estimate that is clearly too short is stretched, in strides: a new length lays the wave out anew.
        else if (duration > known + 1) updateRecording({ duration: duration * 1.1 })
        // A wave that is drawn lower is another everywhere.
        const isLouder = peaks.loudest() > loudest * gainStep
        if (isLouder) loudest = peaks.loudest()
        updateRecording({ peaks, progress, changed: isLouder ? everywhere() : [from, to] })
      },
      channels: (channels) => {
        if (!isCurrent()) return
        updateRecording({ channels })
        hearChannels(channelStore.getState(), channels.length)
      },
      speech: (speech) => {
        if (isCurrent()) updateRecording({ speech })
      },
      done: (duration, speech) => {
        if (isCurrent()) finish(duration, speech)
      },
      problem: (problem, duration) => {
        if (!isCurrent()) return
        report(problem, recording.name)
        if (duration > 0) {
          finish(duration, recordingStore.getState().recording?.speech ?? [])
          return
        }
        closeRecording()
        if (previous) void openRecording(previous)
      },
    },
    controller.signal,
  )
}

/** Bytes that are handed over at once: ten hours in one piece would hold up the window for a quarter of a second. */
const pieceSize = 1 << 19

async function keep(key: string, parts: readonly Uint8Array[]): Promise<void> {
  const size = parts.reduce((sum, { length }) => sum + length, 0)
  let at = 0
  for (const part of parts) {
    for (let from = 0; from < part.length; from += pieceSize) {
      const bytes = part.slice(from, from + pieceSize)
      await bridge().request('peaks.write', { key, size, at, bytes })
      at += bytes.length
    }
  }
}

function keepUnderlay(peaks: Peaks): void {
  const { underlay } = recordingStore.getState().recording ?? {}
  if (underlay) peaks.setUnderlay(underlay)
}

/** How much louder than all before a sample must be for the wave to be drawn lower. */
const gainStep = 1.05

function finish(duration: number, speech: Speech): void {
  setDuration(duration)
  sound?.tellLength(duration, true)
  updateRecording({ speech, progress: 1, isComplete: true, changed: everywhere() })
  passFactsOn()
  if (isSilent || media().error) reportPlayback()
}

/** Says that the recording cannot be heard. While nothing of it is known yet, the analysis will tell why. */
export function reportPlayback(): void {
  const { recording } = recordingStore.getState()
  if (!recording?.isComplete) return
  const { playbackFailed: title, playbackFailedWhy: explanation } = messages().notices
  notify({ tone: 'error', title, explanation })
}

let passing = 0

/** Tells the session how long the recording is and where there is speech, so that it can estimate; that is no work of the user's. What
 *  takes long goes on beside the user's work, and begins anew when that changes what it is about. */
export function passFactsOn(): void {
  const { recording } = recordingStore.getState()
  const { state } = sessionStore.getState()
  if (!recording || !state || recording.duration <= 0) return
  const own = ++passing
  const { duration, speech } = recording
  const isAsItWas = () => {
    const now = sessionStore.getState().state
    return own === passing && now?.doc === state.doc && anchorsOf(now) === anchorsOf(state)
  }
  inPieces(recordingFactsInPieces(state, { duration, speech }), isAsItWas, {
    done: (facts) => keepSaved(() => dispatch(facts)),
    givenUp: () => own === passing && passFactsOn(),
  })
}

/** Stops the analysis and lets go of the recording; the transcript stays. */
export function closeRecording(): void {
  analysis?.abort()
  analysis = null
  const { recording } = recordingStore.getState()
  if (!recording) return
  passing++
  loadMedia(null)
  sound?.end.abort()
  sound = null
  recordingStore.setState({ recording: null })
  void bridge().request('recording.close', { url: recording.url })
}

/** Stops the analysis; what was drawn so far stays, and the recording can be played. */
export function cancelAnalysis(): void {
  const { recording } = recordingStore.getState()
  if (!recording || recording.isComplete) return
  analysis?.abort()
  updateRecording({ isComplete: true })
  passFactsOn()
  notify({ tone: 'info', title: messages().notices.analysisStopped })
}
