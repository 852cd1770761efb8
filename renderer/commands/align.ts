import type { Alignment } from '../../shared/alignment/alignment'
import { alignmentText } from '../../shared/session/alignmentText'
import { anchorsOf } from '../../shared/session/anchors'
import { applyAlignment } from '../../shared/session/applyAlignment'
import { changesSinceOpened, transcriptOf } from '../../shared/session/queries'
import type { Session } from '../../shared/session/session'
import { alignmentStore } from '../state/alignment'
import { messages } from '../state/messages'
import { recordingStore } from '../state/recording'
import { dispatch, sessionStore } from '../state/session'
import { notify } from '../state/view'
import type { AlignmentMessage } from '../workers/alignmentMessages'
import type { Implementation } from './implementation'

let worker: Worker | null = null

function stop(): void {
  worker?.terminate()
  worker = null
  alignmentStore.setState({ share: null })
}

/** Places turns and words on the recording, in the background; editing goes on meanwhile. */
function align(): void {
  const { recording } = recordingStore.getState()
  const { state, document } = sessionStore.getState()
  if (!recording || !state || !document || worker) return
  const text = alignmentText(state.doc.toString(), transcriptOf(state))
  const pins = anchorsOf(state).flatMap(({ position, edge, time, origin }) =>
    edge === 'start' && origin === 'pinned' ? [{ at: position, time }] : [],
  )
  worker = new Worker(new URL('../workers/alignment.worker.ts', import.meta.url), { type: 'module' })
  alignmentStore.setState({ share: 0 })
  // What is aligned is the text as it was; another file or recording makes it worthless.
  const ends = [
    sessionStore.subscribe((store) => {
      if (store.document?.id !== document.id) end()
    }),
    recordingStore.subscribe((store) => {
      if (store.recording?.id !== recording.id) end()
    }),
    alignmentStore.subscribe(({ share }) => {
      if (share === null) for (const unsubscribe of ends) unsubscribe()
    }),
  ]
  const end = () => stop()
  worker.onmessage = ({ data }: MessageEvent<AlignmentMessage>) => {
    if (data.kind === 'progress') return alignmentStore.setState({ share: data.share })
    end()
    if (data.kind === 'failed') return fail(data.detail)
    take(data.alignment, state)
  }
  worker.onerror = (event) => {
    end()
    fail(event.message)
  }
  worker.postMessage({ url: recording.url, size: recording.size, text, pins })
}

function take(alignment: Alignment, aligned: Session): void {
  const { state } = sessionStore.getState()
  if (!state) return
  const words = messages().notices
  if (alignment.refused !== undefined) {
    notify({ tone: 'warning', ...words.alignmentRefused[alignment.refused], isSticky: true })
    return
  }
  const since = changesSinceOpened(aligned).desc.invertedDesc.composeDesc(changesSinceOpened(state).desc)
  dispatch(applyAlignment(state, alignment, transcriptOf(aligned), since))
  const placed = alignment.turns.filter(({ placement }) => placement !== 'notPlaced').length
  const doubtful = alignment.turns.filter(({ placement }) => placement === 'doubtful').length
  notify({ tone: 'success', title: words.aligned(placed, alignment.turns.length, doubtful) })
}

function fail(detail: string): void {
  notify({ tone: 'error', title: messages().notices.alignmentFailed, explanation: detail })
}

const isRunning = () => alignmentStore.getState().share !== null

export const alignCommands: Readonly<Record<'turn.align' | 'turn.cancelAlignment', Implementation>> = {
  'turn.align': {
    run: align,
    isEnabled: () =>
      !isRunning() && recordingStore.getState().recording !== null && sessionStore.getState().state !== null,
  },
  'turn.cancelAlignment': { run: stop, isEnabled: isRunning },
}
