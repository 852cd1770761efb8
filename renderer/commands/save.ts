import { ChangeSet } from '@codemirror/state'
import { type ChangedStretch, type OpenedText, openText, reencode, saveText } from '../../shared/formats/text'
import type { FileProblem, Fingerprint } from '../../shared/ipc'
import { ok, type Result } from '../../shared/result'
import { changesSinceOpened, versionOf } from '../../shared/session/queries'
import { newGroundEffect, type Session } from '../../shared/session/session'
import { isSidecarOf, writeSidecar } from '../../shared/session/sidecar'
import { bridge } from '../state/bridge'
import { messages } from '../state/messages'
import { recordingStore } from '../state/recording'
import { attachedView, dispatch, isUnsaved, type OpenDocument, sessionStore } from '../state/session'
import { ask, notify } from '../state/view'
import { differences } from './differences'
import { reload } from './document'
import { withPatience } from './patience'
import { changesBetween } from './replaceText'
import { report } from './report'

interface Running {
  readonly done: Promise<boolean>
  /** Resolves when the disk does not answer. */
  readonly stalled: Promise<void>
  isStalled: boolean
}

let running: Running | null = null

/** A save waits for a disk that does not answer. */
export function isStalled(): boolean {
  return running?.isStalled ?? false
}

/** Writes the corrections into the transcript file and the times beside it. One save at a time; one asked for while another runs follows
 *  it with the newest state.
 *  @returns whether what was there at the call is on disk */
export async function save(): Promise<boolean> {
  while (running) await running.done
  if (!isUnsaved()) return true
  return once(async (stalled) => {
    const { document, state } = sessionStore.getState()
    if (!document || !state) return false
    if (document.isReadOnly) return saveToChosen(document, state, stalled)
    return write({ document, from: document, state, expected: document.fingerprint, stalled })
  })
}

/** Writes to a file that the user chooses; the session goes on with that file. A save that waits for a disk is not waited for. */
export async function saveAs(): Promise<boolean> {
  while (running && !running.isStalled) await Promise.race([running.done, running.stalled])
  return once(async (stalled) => {
    const { document, state } = sessionStore.getState()
    return document && state ? saveToChosen(document, state, stalled) : false
  })
}

function once(job: (stalled: () => void) => Promise<boolean>): Promise<boolean> {
  sessionStore.setState({ isSaving: true })
  let tell: () => void = () => undefined
  const stalled = new Promise<void>((resolve) => {
    tell = resolve
  })
  const done = job(() => {
    own.isStalled = true
    tell()
  })
    .catch((reason: unknown) => {
      // A defect, not a failure of the disk: nothing was marked saved, and the user must know.
      const { notSaved: title, notSavedWhy: explanation } = messages().notices
      notify({ tone: 'error', title, explanation })
      reportError(reason)
      return false
    })
    .finally(() => {
      if (running !== own) return
      running = null
      sessionStore.setState({ isSaving: false })
    })
  const own: Running = { done, stalled, isStalled: false }
  running = own
  return done
}

interface Write {
  readonly document: OpenDocument
  /** What was open when the save began; `document` is another one when a file was chosen. */
  readonly from: OpenDocument
  readonly state: Session
  readonly expected: Fingerprint | null
  readonly stalled: () => void
}

async function saveToChosen(document: OpenDocument, state: Session, stalled: () => void): Promise<boolean> {
  const target = await bridge().request('file.chooseTarget', {
    suggestedName: document.name,
    beside: document.id,
    purpose: 'transcript',
  })
  if (!target) return false
  const chosen = {
    ...document,
    id: target.id,
    name: target.name,
    isReadOnly: false,
    sidecarHash: null,
    isSidecarNewer: false,
  }
  return write({ document: chosen, from: document, state, expected: null, stalled })
}

export function changedStretches(changes: ChangeSet): ChangedStretch[] {
  const stretches: ChangedStretch[] = []
  changes.iterChanges((fromA, toA, fromB, toB) => stretches.push({ fromA, toA, fromB, toB }))
  return stretches
}

/** The document's bytes with the corrections in them; asks what to do about a character that the encoding cannot hold. */
async function bytesOf(document: OpenDocument, state: Session): Promise<Uint8Array | null> {
  const doc = state.doc.toString()
  const bytes = saveText(document.opened, doc, changedStretches(changesSinceOpened(state)))
  if (bytes.ok) return verified(bytes.value, document.opened, doc)
  const { character, encoding, position } = bytes.error
  const words = messages().dialogs.unencodable
  const choice = await ask({
    title: words.title(character, encoding.toUpperCase()),
    explanation: words.explanation(state.doc.lineAt(position).number),
    choices: [
      { id: 'cancel', label: words.cancel, kind: 'plain' },
      { id: 'show', label: words.show, kind: 'plain' },
      { id: 'utf8', label: words.utf8, kind: 'primary' },
    ],
  })
  if (choice === 'utf8') {
    const converted = reencode(document.opened, doc, 'utf-8')
    return converted.ok
      ? verified(converted.value.bytes, { ...document.opened, encoding: 'utf-8' }, doc)
      : null
  }
  if (choice === 'show') {
    dispatch({ selection: { anchor: position, head: position + character.length }, scrollIntoView: true })
    attachedView()?.focus()
  }
  return null
}

// What is about to be written must read back as what is on the screen.
function verified(bytes: Uint8Array, opened: OpenedText, doc: string): Uint8Array {
  const reread = openText(bytes, { encoding: opened.encoding })
  if (!reread.ok || reread.value.doc !== doc)
    throw new Error('the bytes to be written do not read back as the text')
  return bytes
}

async function write(job: Write): Promise<boolean> {
  const bytes = await bytesOf(job.document, job.state)
  return bytes ? put(job, bytes, job.expected) : false
}

async function put(job: Write, bytes: Uint8Array, expected: Fingerprint | null): Promise<boolean> {
  const { document, from, stalled } = job
  const elsewhere = { label: messages().commands['file.saveAs'], run: () => void saveAs() }
  const saving = bridge().request('file.save', { id: document.id, bytes, expected, as: 'transcript' })
  const saved = await withPatience(document.name, saving, { actions: [elsewhere], stalled })
  if (saved.ok) return finish(job, saved.value, bytes)
  if (saved.error.kind === 'changed') return settleChange(job, bytes)
  const isGone = saved.error.kind === 'gone' && expected !== null
  const again = isGone
    ? { label: messages().notices.writeAnew, run: () => void overwrite() }
    : { label: messages().notices.retry, run: () => void (document.id === from.id ? save() : saveAs()) }
  report(saved.error, document.name, [again, elsewhere])
  return false
}

/** Writes the newest state whatever the file holds now, or where it no longer is. */
async function overwrite(): Promise<boolean> {
  while (running) await running.done
  return once(async (stalled) => {
    const { document, state } = sessionStore.getState()
    return document && state ? write({ document, from: document, state, expected: null, stalled }) : false
  })
}

async function finish(job: Write, fingerprint: Fingerprint, bytes: Uint8Array): Promise<boolean> {
  const { document, from, state } = job
  const sidecar = document.isSidecarNewer ? leftAlone(document) : await putSidecar(job, fingerprint.hash)
  // Another document may have been opened meanwhile, or this one saved elsewhere.
  if (sessionStore.getState().document === from) {
    // Later saves start from the bytes that were read: the changes count from there. Only a new encoding makes new ground.
    sessionStore.setState({
      document: { ...document, fingerprint, sidecarHash: sidecar.ok ? sidecar.value : document.sidecarHash },
      ...(sidecar.ok ? { savedVersion: versionOf(state), savedAt: Date.now() } : {}),
    })
    if (needsNewGround(document, bytes)) takeNewGround(bytes, state)
  }
  if (sidecar.ok) return true
  report(sidecar.error, document.name, [{ label: messages().notices.retry, run: () => void save() }])
  return false
}

function leftAlone({ sidecarHash }: OpenDocument): Result<string | null, FileProblem> {
  notify({ tone: 'warning', ...messages().problems.newerSidecar })
  return ok(sidecarHash)
}

async function putSidecar(
  { document, state, stalled }: Write,
  hash: string,
): Promise<Result<string, FileProblem>> {
  const { recording } = recordingStore.getState()
  const text = writeSidecar(state, {
    transcript: { name: document.name, hash },
    recording: recording && { name: recording.name, key: recording.key, duration: recording.duration },
  })
  if (!isSidecarOf(state, text)) throw new Error('the times to be written do not read back as they are')
  const writing = bridge().request('sidecar.write', {
    transcript: document.id,
    recording: recording?.id ?? null,
    text,
  })
  return withPatience(document.name, writing, { stalled })
}

function needsNewGround({ opened }: OpenDocument, bytes: Uint8Array): boolean {
  const reread = openText(bytes)
  return (
    opened.encoding !== 'utf-8' &&
    reread.ok &&
    reread.value.encoding === 'utf-8' &&
    /[^\p{ASCII}]/u.test(reread.value.doc)
  )
}

// What was typed while the file was being written counts from the new bytes.
function takeNewGround(bytes: Uint8Array, written: Session): void {
  const { document, state } = sessionStore.getState()
  const opened = openText(bytes, { encoding: 'utf-8' })
  if (!document || !state || !opened.ok) return
  sessionStore.setState({ document: { ...document, opened: opened.value } })
  const since = [...changesBetween(written.doc.toString(), state.doc.toString())]
  dispatch({
    effects: newGroundEffect.of(since.length > 0 ? ChangeSet.of(since, written.doc.length) : null),
  })
}

// The file is not as it was: nothing was written yet.
async function settleChange(job: Write, bytes: Uint8Array): Promise<boolean> {
  const { document, state } = job
  const words = messages().dialogs.changed
  let details: string | undefined
  // Only what the user has seen is written over.
  let seen = await theirsOf(document)
  for (;;) {
    const choice = await ask({
      title: words.title(document.name),
      explanation: details === undefined ? words.explanation : messages().dialogs.differences,
      ...(details === undefined ? {} : { details }),
      choices: [
        { id: 'cancel', label: words.cancel, kind: 'plain' },
        ...(details === undefined ? [{ id: 'compare', label: words.compare, kind: 'plain' as const }] : []),
        { id: 'reload', label: words.reload, kind: 'danger' },
        { id: 'saveAs', label: words.saveAs, kind: 'plain' },
        { id: 'overwrite', label: words.overwrite, kind: 'danger' },
      ],
    })
    if (choice === 'compare') {
      seen = await theirsOf(document)
      details = seen === null ? '' : differences(seen.doc, state.doc.toString())
      continue
    }
    if (choice === 'saveAs') return saveToChosen(document, state, job.stalled)
    if (choice === 'reload') {
      await reload()
      return false
    }
    return choice === 'overwrite' ? put(job, bytes, seen?.fingerprint ?? null) : false
  }
}

async function theirsOf(
  document: OpenDocument,
): Promise<{ readonly doc: string; readonly fingerprint: Fingerprint } | null> {
  const read = await bridge().request('file.read', { id: document.id })
  if (!read.ok) {
    report(read.error, document.name)
    return null
  }
  const theirs = openText(read.value.bytes, { encoding: document.opened.encoding })
  return theirs.ok ? { doc: theirs.value.doc, fingerprint: read.value.fingerprint } : null
}

/** Says that everything is saved, where nothing else would show that the key was heard. */
export async function saveAndTell(): Promise<void> {
  const wasUnsaved = isUnsaved()
  const isSaved = await save()
  const { document } = sessionStore.getState()
  if (!isSaved || !document) return
  const { saved, nothingToSave } = messages().notices
  notify({ tone: 'success', title: wasUnsaved ? saved(document.name) : nothingToSave })
}
