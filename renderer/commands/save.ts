import type { ChangeSet } from '@codemirror/state'
import { type ChangedStretch, openText, reencode, saveText } from '../../shared/formats/text'
import type { Fingerprint } from '../../shared/ipc'
import { changesSinceOpened, versionOf } from '../../shared/session/queries'
import type { Session } from '../../shared/session/session'
import { writeSidecar } from '../../shared/session/sidecar'
import { bridge } from '../state/bridge'
import { messages } from '../state/messages'
import { recordingStore } from '../state/recording'
import { attachedView, dispatch, isUnsaved, type OpenDocument, sessionStore } from '../state/session'
import { ask, notify } from '../state/view'
import { differences } from './differences'
import { reload } from './document'
import { report } from './report'

let running: Promise<boolean> | null = null

/** Writes the corrections into the transcript file and the times beside it. One save at a time; one asked for while another runs follows
 *  it with the newest state.
 *  @returns whether what was there at the call is on disk */
export async function save(): Promise<boolean> {
  while (running) await running
  if (!isUnsaved()) return true
  return once(async () => {
    const { document, state } = sessionStore.getState()
    if (!document || !state) return false
    if (document.isReadOnly) return saveToChosen(document, state)
    return write(document, state, document.fingerprint)
  })
}

/** Writes to a file that the user chooses; the session goes on with that file. */
export async function saveAs(): Promise<boolean> {
  while (running) await running
  return once(async () => {
    const { document, state } = sessionStore.getState()
    return document && state ? saveToChosen(document, state) : false
  })
}

function once(job: () => Promise<boolean>): Promise<boolean> {
  sessionStore.setState({ isSaving: true })
  running = job().finally(() => {
    running = null
    sessionStore.setState({ isSaving: false })
  })
  return running
}

async function saveToChosen(document: OpenDocument, state: Session): Promise<boolean> {
  const target = await bridge().request('file.chooseTarget', {
    suggestedName: document.name,
    beside: document.id,
    purpose: 'transcript',
  })
  return target
    ? write({ ...document, id: target.id, name: target.name, isReadOnly: false }, state, null)
    : false
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
  if (bytes.ok) return verified(bytes.value, document, doc)
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
    return converted.ok ? converted.value.bytes : null
  }
  if (choice === 'show') {
    dispatch({ selection: { anchor: position, head: position + character.length }, scrollIntoView: true })
    attachedView()?.focus()
  }
  return null
}

// What is about to be written must read back as what is on the screen.
function verified(bytes: Uint8Array, { opened }: OpenDocument, doc: string): Uint8Array {
  const reread = openText(bytes, { encoding: opened.encoding })
  if (!reread.ok || reread.value.doc !== doc)
    throw new Error('the bytes to be written do not read back as the text')
  return bytes
}

async function write(document: OpenDocument, state: Session, expected: Fingerprint | null): Promise<boolean> {
  const bytes = await bytesOf(document, state)
  if (!bytes) return false
  const saved = await bridge().request('file.save', { id: document.id, bytes, expected })
  if (!saved.ok) {
    if (saved.error.kind === 'changed') return settleChange(document, state, bytes)
    const retry = { label: messages().notices.retry, run: () => void save() }
    const elsewhere = { label: messages().commands['file.saveAs'], run: () => void saveAs() }
    report(saved.error, document.name, [retry, elsewhere])
    return false
  }
  return finish(document, state, saved.value, bytes)
}

async function finish(
  document: OpenDocument,
  state: Session,
  fingerprint: Fingerprint,
  bytes: Uint8Array,
): Promise<boolean> {
  const { recording } = recordingStore.getState()
  const sidecar = await bridge().request('sidecar.write', {
    transcript: document.id,
    recording: recording?.id ?? null,
    text: writeSidecar(state, {
      transcript: { name: document.name, hash: fingerprint.hash },
      recording: recording && { name: recording.name, key: recording.key, duration: recording.duration },
    }),
  })
  const current = sessionStore.getState().document
  // Another document may have been opened meanwhile.
  if (current && (current.id === document.id || current.opened === document.opened)) {
    // Later saves start from the bytes that were read: the changes count from there. Only a new encoding makes new ground, and then
    // the file is read again.
    sessionStore.setState({
      document: { ...document, fingerprint },
      savedVersion: versionOf(state),
      savedAt: Date.now(),
    })
    if (needsNewGround(document, bytes)) await readAgain(document)
  }
  if (!sidecar.ok) {
    report(sidecar.error, document.name)
    return false
  }
  return true
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

async function readAgain(document: OpenDocument): Promise<void> {
  if (sessionStore.getState().document?.id === document.id) {
    sessionStore.setState({ document: { ...document, opened: { ...document.opened, encoding: 'utf-8' } } })
    await reload()
  }
}

// The file is not as it was: nothing was written yet.
async function settleChange(document: OpenDocument, state: Session, bytes: Uint8Array): Promise<boolean> {
  const words = messages().dialogs.changed
  let details: string | undefined
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
      details = await compareWithFile(document, state)
      continue
    }
    if (choice === 'saveAs') return saveToChosen(document, state)
    if (choice === 'reload') {
      await reload()
      return false
    }
    if (choice !== 'overwrite') return false
    const saved = await bridge().request('file.save', { id: document.id, bytes, expected: null })
    if (saved.ok) return finish(document, state, saved.value, bytes)
    report(saved.error, document.name)
    return false
  }
}

async function compareWithFile(document: OpenDocument, state: Session): Promise<string> {
  const read = await bridge().request('file.read', { id: document.id })
  if (!read.ok) {
    report(read.error, document.name)
    return ''
  }
  const theirs = openText(read.value.bytes)
  return theirs.ok ? differences(theirs.value.doc, state.doc.toString()) : ''
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
