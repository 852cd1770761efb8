import { type OpenedText, openText } from '../../shared/formats/text'
import type { FileId, FileReference, Place } from '../../shared/ipc'
import { versionOf } from '../../shared/session/queries'
import { createSession, type Session } from '../../shared/session/session'
import { applySidecar, readSidecar, type Sidecar } from '../../shared/session/sidecar'
import type { Encoding } from '../../shared/transcript/codecs'
import { bridge } from '../state/bridge'
import { messages } from '../state/messages'
import { recordingStore } from '../state/recording'
import { isUnsaved, type OpenDocument, sessionStore } from '../state/session'
import { settingsStore } from '../state/settings'
import { ask, notify, viewStore } from '../state/view'
import { remember, restorePlace } from './place'
import { closeRecording, openRecording, passFactsOn } from './recording'
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
      { id: 'cancel', label: words.cancel, kind: 'plain' },
      { id: 'discard', label: words.discard, kind: 'danger' },
      { id: 'save', label: words.save, kind: 'primary' },
    ],
  })
  if (choice === 'save') return save()
  return choice === 'discard'
}

/** Opens what the user chose or dropped: a recording, a transcript, or one of each. A transcript brings the recording that its sidecar
 *  names when none is given with it.
 *  @param place where to go once it is open */
export async function openFiles(files: readonly FileReference[], place: Place | null = null): Promise<void> {
  const transcript = files.find((file) => file.kind !== 'recording') ?? null
  let recording = files.find((file) => file.kind === 'recording') ?? null
  let expected: { key: string; duration: number } | null = null
  if (transcript) {
    if (!(await mayLeave())) return
    const opened = await openTranscript(transcript)
    if (!opened) return
    expected = opened.sidecar?.recording ?? null
    if (!recording && !opened.recording && !recordingStore.getState().recording) await offerCompanion(transcript)
    recording ??= opened.recording
  }
  if (recording && recordingStore.getState().recording?.id !== recording.id) await openRecording(recording, expected)
  else passFactsOn()
  restorePlace(place)
  remember()
}

/** Reads the transcript again, in another encoding if one is given. What is not saved is asked about first. */
export async function reopen(encoding?: Encoding): Promise<void> {
  const { document } = sessionStore.getState()
  if (!document || !(await mayLeave())) return
  if (await openTranscript(document, encoding)) passFactsOn()
}

/** Takes what another program wrote; anchors are found again in it. Only for a session without unsaved work, or on the user's word. */
export async function takeTheirs(): Promise<void> {
  const { document } = sessionStore.getState()
  if (!document) return
  if (await openTranscript(document, document.opened.encoding)) passFactsOn()
}

/** Closes the session; the start screen shows. */
export async function closeSession(): Promise<void> {
  if (!(await mayLeave())) return
  remember()
  closeRecording()
  sessionStore.setState({ document: null, state: null, savedVersion: 0, savedAt: null })
  viewStore.setState({ selectedTurn: null, selectedReviewItem: null, selection: null })
}

interface Opened {
  readonly sidecar: Sidecar | null
  readonly recording: FileReference | null
}

async function openTranscript(file: Pick<OpenDocument, 'id' | 'name' | 'isReadOnly'>, encoding?: Encoding): Promise<Opened | null> {
  const read = await bridge().request('file.read', { id: file.id })
  if (!read.ok) {
    report(read.error, file.name)
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
    document: {
      id: file.id,
      name: file.name,
      isReadOnly: file.isReadOnly,
      opened: opened.value,
      fingerprint: read.value.fingerprint,
    },
    state,
    savedVersion: versionOf(state),
    savedAt: null,
  })
  return kept
}

async function readKept(id: FileId): Promise<Opened> {
  const read = await bridge().request('sidecar.read', { transcript: id })
  if (!read.ok) {
    report(read.error)
    return { sidecar: null, recording: null }
  }
  if (!read.value) return { sidecar: null, recording: null }
  const sidecar = readSidecar(read.value.text)
  if (sidecar.ok) return { sidecar: sidecar.value, recording: read.value.recording }
  report(sidecar.error)
  return { sidecar: null, recording: read.value.recording }
}

function sessionFor(opened: OpenedText, sidecar: Sidecar | null): Session {
  const { inaudibleWords } = settingsStore.getState()
  if (!sidecar) return createSession({ doc: opened.doc, inaudibleWords })
  const { anchors, reviewDone, lost } = applySidecar(opened.doc, sidecar)
  if (lost.length > 0) {
    const contexts = lost.map(({ context }) => context.replace(/\s+/gu, ' ')).slice(0, 5)
    notify({ tone: 'warning', title: messages().notices.anchorsLost(lost.length), explanation: contexts.join(' · '), isSticky: true })
  }
  return createSession({ doc: opened.doc, inaudibleWords, anchors, reviewDone })
}

async function offerCompanion(file: FileReference): Promise<void> {
  const companion = await bridge().request('file.companion', { id: file.id })
  if (companion?.kind !== 'recording') return
  notify({
    tone: 'info',
    title: messages().notices.companionFound(companion.name),
    isSticky: true,
    actions: [{ label: messages().notices.openIt, run: () => void openFiles([companion]) }],
  })
}
