import type { OpenedText } from '../../shared/formats/text'
import { openText } from '../../shared/formats/text'
import type { FileId, FileReference, Place } from '../../shared/ipc'
import { setRecordingFacts } from '../../shared/session/edits'
import { recordingFactsOf, versionOf } from '../../shared/session/queries'
import { createSession, type Session } from '../../shared/session/session'
import { applySidecar, readSidecar, type Sidecar } from '../../shared/session/sidecar'
import { bridge } from '../state/bridge'
import { messages } from '../state/messages'
import { recordingStore } from '../state/recording'
import { dispatch, isUnsaved, sessionStore } from '../state/session'
import { settingsStore } from '../state/settings'
import { ask, notify, viewStore } from '../state/view'
import { closeRecording, openRecording } from './recording'
import { restorePlace } from './recent'
import { report } from './report'
import { save } from './save'

/** Asks what to do with unsaved work.
 *  @returns whether it may be left behind */
export async function mayLeave(): Promise<boolean> {
  if (!isUnsaved()) return true
  const words = messages().dialogs.unsaved
  const choice = await ask({
    title: words.title(sessionStore.getState().document?.name ?? ''),
    explanation: words.explanation,
    choices: [
      { id: 'save', label: words.save, kind: 'primary' },
      { id: 'discard', label: words.discard, kind: 'danger' },
      { id: 'cancel', label: words.cancel, kind: 'plain' },
    ],
  })
  if (choice === 'save') return save()
  return choice === 'discard'
}

/** Opens what the user chose or dropped: a recording, a transcript, or one of each. A transcript brings the recording that its
 *  sidecar names when none was given with it.
 *  @param place where to go once it is open */
export async function openFiles(files: readonly FileReference[], place: Place | null = null): Promise<void> {
  const transcript = files.find((file) => file.kind !== 'recording') ?? null
  const given = files.find((file) => file.kind === 'recording') ?? null
  let recording = given
  if (transcript) {
    if (!(await mayLeave())) return
    const opened = await openTranscript(transcript)
    if (!opened) return
    if (!given && !opened.recording) await offerCompanion(transcript)
    recording ??= opened.recording
    const current = recordingStore.getState().recording
    if (!recording && current) closeRecording()
  }
  if (recording && recordingStore.getState().recording?.id !== recording.id) await openRecording(recording)
  else passFactsOn()
  if (place) restorePlace(place)
  remember()
}

/** Reads the transcript again in another encoding; edits that are not saved are lost, so it asks first. */
export async function reopenWithEncoding(encoding: string): Promise<void> {
  const { document } = sessionStore.getState()
  if (!document || !(await mayLeave())) return
  await openTranscript(document, encoding)
  passFactsOn()
}

interface Opened {
  readonly recording: FileReference | null
}

async function openTranscript(file: { id: FileId; name: string; isReadOnly: boolean }, encoding?: string): Promise<Opened | null> {
  const read = await bridge().request('file.read', { id: file.id })
  if (!read.ok) {
    report(read.error)
    return null
  }
  const opened = openText(read.value.bytes, encoding === undefined ? {} : { encoding })
  if (!opened.ok) {
    report(opened.error, file.name)
    return null
  }
  const kept = await readKept(file.id)
  const state = sessionFor(opened.value, kept.sidecar)
  viewStore.setState({ selectedTurn: null, selectedReviewItem: null, selection: null })
  sessionStore.setState({
    document: { ...file, opened: opened.value, fingerprint: read.value.fingerprint },
    state,
    savedVersion: versionOf(state),
    savedAt: null,
  })
  return { recording: kept.recording }
}

async function readKept(id: FileId): Promise<{ sidecar: Sidecar | null; recording: FileReference | null }> {
  const read = await bridge().request('sidecar.read', { transcript: id })
  if (!read.ok) {
    report(read.error)
    return { sidecar: null, recording: null }
  }
  if (!read.value) return { sidecar: null, recording: null }
  const sidecar = readSidecar(read.value.text)
  if (!sidecar.ok) {
    report(sidecar.error)
    return { sidecar: null, recording: read.value.recording }
  }
  return { sidecar: sidecar.value, recording: read.value.recording }
}

function sessionFor(opened: OpenedText, sidecar: Sidecar | null): Session {
  const { inaudibleWords } = settingsStore.getState()
  if (!sidecar) return createSession({ doc: opened.doc, inaudibleWords })
  const { anchors, reviewDone, lost } = applySidecar(opened.doc, sidecar)
  if (lost.length > 0) notify({ tone: 'warning', title: messages().notices.anchorsLost(lost.length), isSticky: true })
  return createSession({ doc: opened.doc, inaudibleWords, anchors, reviewDone })
}

// A transcript opened beside a recording that is already there needs its length and speech to estimate times.
function passFactsOn(): void {
  const { recording } = recordingStore.getState()
  const { state } = sessionStore.getState()
  if (!recording || !state || recording.duration <= 0 || recordingFactsOf(state)) return
  const wasUnsaved = isUnsaved()
  dispatch(setRecordingFacts(state, { duration: recording.duration, speech: recording.speech }))
  if (!wasUnsaved) keepSaved()
}

/** Says that what was just changed is not the user's work: the session is as saved as before. */
export function keepSaved(): void {
  const { state } = sessionStore.getState()
  if (state) sessionStore.setState({ savedVersion: versionOf(state) })
}

async function offerCompanion(file: FileReference): Promise<void> {
  const companion = await bridge().request('file.companion', { id: file.id })
  if (!companion || companion.kind !== 'recording') return
  notify({
    tone: 'info',
    title: messages().notices.companionFound(companion.name),
    isSticky: true,
    actions: [{ label: messages().notices.openIt, run: () => void openFiles([companion]) }],
  })
}

function remember(): void {
  const { document } = sessionStore.getState()
  const { recording } = recordingStore.getState()
  if (!document && !recording) return
  void bridge().request('recent.remember', {
    transcript: document?.id ?? null,
    recording: recording?.id ?? null,
    place: null,
  })
}
