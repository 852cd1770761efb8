import type { FileReference, Place } from '../../shared/ipc'
import type { Encoding } from '../../shared/transcript/codecs'
import { bridge } from '../state/bridge'
import { messages } from '../state/messages'
import { recordingStore } from '../state/recording'
import { isUnsaved, sessionStore } from '../state/session'
import { ask, notify, viewStore } from '../state/view'
import { openTranscript } from './document'
import { importTimings, sortTexts } from './importTimings'
import { discardJournal, flushJournal, offerRecovery } from './journal'
import { remember, restorePlace } from './place'
import { closeRecording, openRecording, passFactsOn } from './recording'
import { isStalled, save } from './save'

/** Asks what to do with unsaved work.
 *  @returns whether it may be left behind */
export async function mayLeave(): Promise<boolean> {
  if (isStalled()) return mayLeaveStalled()
  if (!isUnsaved()) {
    await flushJournal()
    return true
  }
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
  if (choice === 'save') {
    const isSaved = await save()
    if (isSaved) await flushJournal()
    return isSaved
  }
  if (choice === 'discard') await discardJournal()
  return choice === 'discard'
}

// The disk does not answer: the file cannot be asked for, but the journal keeps the work.
async function mayLeaveStalled(): Promise<boolean> {
  const words = messages().dialogs.stalled
  const choice = await ask({
    title: words.title(sessionStore.getState().document?.name ?? ''),
    explanation: words.explanation,
    choices: [
      { id: 'leave', label: words.leave, kind: 'danger' },
      { id: 'wait', label: words.wait, kind: 'primary' },
    ],
  })
  if (choice === 'leave') await flushJournal()
  return choice === 'leave'
}

/** Opens what the user chose or dropped: a recording, a transcript, or one of each. A transcript brings the recording that its sidecar
 *  names when none is given with it. The transcript that is open already stays as it is. A recogniser's words
 *  among them give it their times.
 *  @param place where to go once it is open */
export async function openFiles(files: readonly FileReference[], place: Place | null = null): Promise<void> {
  const sorted = await sortTexts(files.filter((file) => file.kind !== 'recording'))
  if (!sorted) return
  const { transcript, timings } = sorted
  let recording = files.find((file) => file.kind === 'recording') ?? null
  let expected: { key: string; duration: number } | null = null
  const isOpenAlready = transcript !== null && transcript.id === sessionStore.getState().document?.id
  if (isOpenAlready && !recording && !timings) return
  if (transcript && !(isOpenAlready && timings)) {
    if (!(await mayLeave())) return
    const opened = await openTranscript(transcript)
    if (!opened) return
    expected = opened.sidecar?.recording ?? null
    if (!recording && !opened.recording && !recordingStore.getState().recording)
      await offerCompanion(transcript)
    recording ??= opened.recording
  }
  if (recording && recordingStore.getState().recording?.id !== recording.id)
    await openRecording(recording, expected)
  else passFactsOn()
  restorePlace(place)
  if (transcript) await offerRecovery((file) => openFiles([file]))
  if (timings) await importTimings(timings)
  void remember()
}

/** Reads the transcript again, in another encoding if one is given. What is not saved is asked about first. */
export async function reopen(encoding?: Encoding): Promise<void> {
  const { document } = sessionStore.getState()
  if (!document || !(await mayLeave())) return
  if (await openTranscript(document, encoding)) passFactsOn()
}

/** Closes the session; the start screen shows. */
export async function closeSession(): Promise<void> {
  if (!(await mayLeave())) return
  await remember()
  closeRecording()
  await bridge().request('file.release', {})
  sessionStore.setState({ document: null, state: null, savedVersion: 0, savedAt: null })
  viewStore.setState({ selectedTurn: null, selectedReviewItem: null, selection: null, notices: [] })
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
