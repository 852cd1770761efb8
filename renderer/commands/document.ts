import { type OpenedText, openText } from '../../shared/formats/text'
import type { FileId, FileReference } from '../../shared/ipc'
import { versionOf } from '../../shared/session/queries'
import { createSession, type Session } from '../../shared/session/session'
import { applySidecar, readSidecar, type Sidecar } from '../../shared/session/sidecar'
import type { Encoding } from '../../shared/transcript/codecs'
import { bridge } from '../state/bridge'
import { messages } from '../state/messages'
import { type OpenDocument, sessionStore } from '../state/session'
import { settingsStore } from '../state/settings'
import { notify, viewStore } from '../state/view'
import { passFactsOn } from './recording'
import { report } from './report'

interface Opened {
  readonly sidecar: Sidecar | null
  readonly recording: FileReference | null
}

/** Reads a transcript and what was kept beside it, and makes it the session. A file that cannot be read leaves the session as it is.
 *  @returns `null` when it was reported */
export async function openTranscript(
  file: Pick<OpenDocument, 'id' | 'name' | 'isReadOnly'>,
  encoding?: Encoding,
): Promise<Opened | null> {
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
  const { anchors, reviewDone, timings, lost } = applySidecar(opened.doc, sidecar)
  if (lost.length > 0) {
    const contexts = lost.map(({ context }) => context.replace(/\s+/gu, ' ')).slice(0, 5)
    notify({
      tone: 'warning',
      title: messages().notices.anchorsLost(lost.length),
      explanation: contexts.join(' · '),
      isSticky: true,
    })
  }
  return createSession({
    doc: opened.doc,
    inaudibleWords,
    anchors,
    reviewDone,
    timings,
    language: sidecar.language ?? null,
  })
}

/** Takes what another program wrote; anchors are found again in it. Only for a session without unsaved work, or on the user's word. */
export async function reload(): Promise<void> {
  const { document } = sessionStore.getState()
  if (!document) return
  if (await openTranscript(document, document.opened.encoding)) passFactsOn()
}
