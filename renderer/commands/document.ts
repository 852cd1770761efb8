import { isolateHistory } from '@codemirror/commands'
import { Transaction } from '@codemirror/state'
import { type OpenedText, openText } from '../../shared/formats/text'
import type { FileId, FileReference, Fingerprint, Holder } from '../../shared/ipc'
import { setAnchorsEffect } from '../../shared/session/anchors'
import { importedOf, setImportedEffect } from '../../shared/session/imported'
import { versionOf } from '../../shared/session/queries'
import { setReviewDoneEffect } from '../../shared/session/review'
import { createSession, newGroundEffect, type Session } from '../../shared/session/session'
import { applySidecar, readSidecar, type Sidecar } from '../../shared/session/sidecar'
import { setTimings } from '../../shared/session/words'
import { isSubtitles } from '../../shared/subtitles/readSubtitles'
import type { Encoding } from '../../shared/transcript/codecs'
import { parseInPieces } from '../../shared/transcript/parseTranscript'
import { bridge } from '../state/bridge'
import { takingTurns } from '../state/inPieces'
import { messages } from '../state/messages'
import { dispatch, isUnsaved, type OpenDocument, sessionStore } from '../state/session'
import { settingsStore } from '../state/settings'
import { notify, viewStore } from '../state/view'
import { withPatience } from './patience'
import { changesBetween } from './replaceText'
import { report } from './report'

interface Opened {
  readonly sidecar: Sidecar | null
  readonly sidecarHash: string | null
  readonly isSidecarNewer: boolean
  readonly recording: FileReference | null
}

/** Reads a transcript and what was kept beside it, and makes it the session. A file that cannot be read leaves the session as it is.
 *  @returns `null` when it was reported */
export async function openTranscript(
  file: Pick<OpenDocument, 'id' | 'name' | 'isReadOnly'>,
  encoding?: Encoding,
): Promise<Opened | null> {
  const read = await readText(file, encoding)
  if (!read) return null
  const { opened, fingerprint } = read
  const kept = await readKept(file.id)
  const holder = await bridge().request('file.hold', { id: file.id, fingerprint, isForced: false })
  const state = await sessionFor(opened, kept.sidecar)
  viewStore.setState({ selectedTurn: null, selectedReviewItem: null, selection: null })
  const isReadOnly = file.isReadOnly || holder !== null
  sessionStore.setState({
    document: {
      id: file.id,
      name: file.name,
      isReadOnly,
      opened,
      fingerprint,
      sidecarHash: kept.sidecarHash,
      isSidecarNewer: kept.isSidecarNewer,
    },
    state,
    savedVersion: versionOf(state),
    savedAt: null,
  })
  if (holder) tellOfHolder(file.id, file.name, holder)
  else if (isReadOnly) tellOfReadOnly(file.name)
  if (isSubtitles(opened.doc)) tellOfSubtitles(file.name)
  return kept
}

async function readText(
  file: Pick<OpenDocument, 'id' | 'name'>,
  encoding?: Encoding,
): Promise<{ readonly opened: OpenedText; readonly fingerprint: Fingerprint } | null> {
  const read = await withPatience(file.name, bridge().request('file.read', { id: file.id }))
  if (!read.ok) {
    report(read.error, file.name)
    return null
  }
  const opened = openText(read.value.bytes, encoding === undefined ? {} : { encoding })
  if (!opened.ok) {
    report(opened.error, file.name)
    return null
  }
  return { opened: opened.value, fingerprint: read.value.fingerprint }
}

function tellOfReadOnly(name: string): void {
  const { readOnly, readOnlyWhy } = messages().notices
  notify({ tone: 'info', title: readOnly(name), explanation: readOnlyWhy, isSticky: true })
}

// Their times are text to a save, as everything that was not edited.
function tellOfSubtitles(name: string): void {
  const { subtitlesOpened, subtitlesOpenedWhy, exportThem } = messages().notices
  const show = () => viewStore.setState({ dialog: { kind: 'exportSubtitles' } })
  notify({
    tone: 'info',
    title: subtitlesOpened(name),
    explanation: subtitlesOpenedWhy,
    isSticky: true,
    actions: [{ label: exportThem, run: show }],
  })
}

function tellOfHolder(id: FileId, name: string, { host, isHere }: Holder): void {
  const { heldElsewhere, heldHere, heldWhy, takeOver } = messages().notices
  const take = async () => {
    const { document } = sessionStore.getState()
    if (document?.id !== id) return
    await bridge().request('file.hold', { id, fingerprint: document.fingerprint, isForced: true })
    const now = sessionStore.getState().document
    if (now?.id === id) sessionStore.setState({ document: { ...now, isReadOnly: false } })
  }
  notify({
    tone: 'warning',
    title: isHere ? heldHere(name) : heldElsewhere(name, host),
    explanation: heldWhy,
    isSticky: true,
    actions: [{ label: takeOver, run: () => void take() }],
  })
}

const none: Opened = { sidecar: null, sidecarHash: null, isSidecarNewer: false, recording: null }

async function readKept(id: FileId): Promise<Opened> {
  const read = await bridge().request('sidecar.read', { transcript: id })
  if (!read.ok) {
    report(read.error)
    return none
  }
  if (!read.value) return none
  const { recording, hash: sidecarHash } = read.value
  const sidecar = readSidecar(read.value.text)
  if (sidecar.ok) return { sidecar: sidecar.value, sidecarHash, isSidecarNewer: false, recording }
  report(sidecar.error)
  const isSidecarNewer = sidecar.error.kind === 'newerSidecar'
  return { sidecar: null, sidecarHash, isSidecarNewer, recording }
}

async function sessionFor(opened: OpenedText, sidecar: Sidecar | null): Promise<Session> {
  const { inaudibleWords } = settingsStore.getState()
  const transcript = await takingTurns(parseInPieces(opened.doc, { inaudibleWords }))
  if (!sidecar) return createSession({ doc: opened.doc, transcript, inaudibleWords })
  const { anchors, reviewDone, timings, suggestions, lost } = applySidecar(opened.doc, sidecar)
  tellOfLost(lost)
  return createSession({
    doc: opened.doc,
    transcript,
    inaudibleWords,
    anchors,
    reviewDone,
    timings,
    suggestions,
    language: sidecar.language ?? null,
  })
}

function tellOfLost(lost: ReturnType<typeof applySidecar>['lost']): void {
  if (lost.length === 0) return
  const contexts = lost.map(({ context }) => context.replace(/\s+/gu, ' ')).slice(0, 5)
  notify({
    tone: 'warning',
    title: messages().notices.anchorsLost(lost.length),
    explanation: contexts.join(' · '),
    isSticky: true,
  })
}

/** Takes what another program wrote. The session stays: anchors, words and the caret move with the text as in any edit; times that the other
 *  program wrote beside it are taken too. What was not saved here can be brought back by undo.
 *  @returns whether the file could be read */
export async function reload(): Promise<boolean> {
  const { document } = sessionStore.getState()
  const read = document && (await readText(document, document.opened.encoding))
  if (!read) return false
  const kept = await readKept(document.id)
  await bridge().request('file.hold', { id: document.id, fingerprint: read.fingerprint, isForced: false })
  const { state, document: now } = sessionStore.getState()
  if (!state || now?.id !== document.id) return false
  const hadWork = isUnsaved()
  dispatch({
    changes: [...changesBetween(state.doc.toString(), read.opened.doc)],
    effects: newGroundEffect.of(null),
    annotations: [Transaction.addToHistory.of(hadWork), isolateHistory.of('full')],
  })
  if (kept.sidecar && kept.sidecarHash !== document.sidecarHash) {
    const { anchors, reviewDone, timings, suggestions, lost } = applySidecar(read.opened.doc, kept.sidecar)
    tellOfLost(lost)
    dispatch({
      effects: [
        setAnchorsEffect.of(anchors),
        setReviewDoneEffect.of(reviewDone),
        setTimings(timings),
        setImportedEffect.of({ heard: importedOf(state).heard, suggestions }),
      ],
      annotations: Transaction.addToHistory.of(hadWork),
    })
  }
  const after = sessionStore.getState().state
  sessionStore.setState({
    document: { ...now, ...read, sidecarHash: kept.sidecarHash, isSidecarNewer: kept.isSidecarNewer },
    ...(after ? { savedVersion: versionOf(after) } : {}),
  })
  return true
}
