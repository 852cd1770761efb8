import type { FileId, FileReference } from '../../shared/ipc'
import { type Anchor, anchorsOf } from '../../shared/session/anchors'
import {
  journalHead,
  journalRecord,
  type Recovered,
  readJournal,
  recoveredEffects,
} from '../../shared/session/journal'
import { chosenLanguageOf } from '../../shared/session/language'
import { type ReviewDone, reviewDoneField } from '../../shared/session/review'
import type { Session } from '../../shared/session/session'
import { bridge } from '../state/bridge'
import { messages } from '../state/messages'
import { dispatch, isUnsaved, type OpenDocument, sessionStore } from '../state/session'
import { ask, notify } from '../state/view'
import { differences } from './differences'
import { changesBetween } from './replaceText'
import { report } from './report'

/** Milliseconds of quiet after which edits are written, and the longest that typing may put it off. */
const quiet = 500
const longest = 4000

/** Characters of records after which the journal begins anew with the text as it is. */
const largest = 4_000_000

/** What the journal on disk holds; `null`: there is none of this session. */
let written: { readonly id: FileId; readonly source: string; readonly state: Session; size: number } | null =
  null
let running: Promise<void> = Promise.resolve()
let isAsking = false
/** The state that the user chose not to keep. */
let givenUp: Session | null = null
let hasWarned = false
let retry: ReturnType<typeof setTimeout> | undefined

/** Keeps the journal true to the session: at most `quiet` after the last edit, at most `longest` while edits go on. */
export function followForJournal(): void {
  let timer: ReturnType<typeof setTimeout> | null = null
  let waitingSince = 0
  sessionStore.subscribe((now, before) => {
    if (
      now.state === before.state &&
      now.savedVersion === before.savedVersion &&
      now.document === before.document
    )
      return
    if (timer === null) waitingSince = performance.now()
    else clearTimeout(timer)
    const left = Math.max(0, longest - (performance.now() - waitingSince))
    timer = setTimeout(
      () => {
        timer = null
        void flushJournal()
      },
      Math.min(quiet, left),
    )
  })
}

/** Writes what is not in the journal yet; a session that is saved needs none. */
export function flushJournal(): Promise<void> {
  running = running.then(flush)
  return running
}

async function flush(): Promise<void> {
  const { document, state } = sessionStore.getState()
  // While the user is asked about an older journal, that one stays.
  if (!document || !state || isAsking || state === givenUp) return
  if (!isUnsaved()) {
    await discardWritten()
    return
  }
  const isWritten = await write(document, state)
  if (!isWritten) {
    written = null
    // Also where nothing more is typed: the disk may have room again.
    clearTimeout(retry)
    retry = setTimeout(() => void flushJournal(), longest)
  }
  if (!isWritten && !hasWarned)
    notify({ tone: 'warning', title: messages().notices.journalFailed, isSticky: true })
  hasWarned = !isWritten
}

async function discardWritten(): Promise<void> {
  if (!written) return
  const { id } = written
  written = null
  await bridge().request('journal.discard', { transcript: id })
}

async function write(document: OpenDocument, state: Session): Promise<boolean> {
  const source = document.fingerprint.hash
  if (written?.id !== document.id || written.source !== source || written.size > largest) {
    if (written && written.id !== document.id) await discardWritten()
    const isStarted = await bridge().request('journal.start', {
      transcript: document.id,
      head: journalHead(state, source),
    })
    if (isStarted) written = { id: document.id, source, state, size: 0 }
    return isStarted
  }
  const record = journalRecord(written.state, state)
  if (record === null) return true
  const isAppended = await bridge().request('journal.append', { transcript: document.id, record })
  if (isAppended) written = { ...written, state, size: written.size + record.length }
  return isAppended
}

/** The user gave the unsaved work up. */
export async function discardJournal(): Promise<void> {
  const { document, state } = sessionStore.getState()
  givenUp = state
  await running
  written = null
  if (document) await bridge().request('journal.discard', { transcript: document.id })
}

/** Offers the unsaved work of an earlier run for the transcript that was just opened. Restored, it is an edit of the open text. */
export async function offerRecovery(openIt: (file: FileReference) => Promise<void>): Promise<void> {
  const choice = await askAboutJournal()
  const { document } = sessionStore.getState()
  if (choice !== 'copy' || !document) return
  // Without a copy it is still to be decided what becomes of it.
  if (!(await rescue(document, openIt))) await offerRecovery(openIt)
}

async function askAboutJournal(): Promise<string | null> {
  const { document } = sessionStore.getState()
  if (!document || written?.id === document.id) return null
  isAsking = true
  try {
    const journal = await bridge().request('journal.read', { transcript: document.id })
    const recovered = journal === null ? null : readJournal(journal)
    const { state, document: now } = sessionStore.getState()
    if (!recovered || !state || now?.id !== document.id) return null
    const text = state.doc.toString()
    if (text === recovered.text && hasSameTimes(state, recovered)) {
      // It was saved, and the app ended before the journal went.
      await bridge().request('journal.discard', { transcript: document.id })
      return null
    }
    const words = messages().dialogs.recovery
    const isSameFile = recovered.source === document.fingerprint.hash
    const choice = await ask({
      title: words.title(document.name),
      explanation: words.explanation(isSameFile, recovered.isTorn),
      details: differences(text, recovered.text),
      choices: [
        { id: 'discard', label: words.discard, kind: 'danger' },
        // What others wrote since would be lost in it.
        ...(isSameFile ? [] : [{ id: 'copy', label: words.copy, kind: 'plain' as const }]),
        { id: 'restore', label: words.restore, kind: 'primary' },
      ],
    })
    if (choice === 'discard') await bridge().request('journal.discard', { transcript: document.id })
    // Dismissed is restored: that is an edit, and undo takes it away; the journal would not outlive the next one.
    if (choice === 'discard' || choice === 'copy') return choice
    if (sessionStore.getState().document?.id !== document.id) return null
    dispatch({ changes: changesBetween(text, recovered.text), userEvent: 'input.restore' })
    dispatch({ effects: recoveredEffects(state, recovered) })
    return choice
  } finally {
    isAsking = false
    void flushJournal()
  }
}

function hasSameTimes(state: Session, { anchors, reviewDone, language }: Recovered): boolean {
  const times = (all: readonly Anchor[]) =>
    JSON.stringify(
      all
        .filter(({ origin }) => origin !== 'estimated')
        .map(({ position, edge, time, origin }) => [position, edge, Math.round(time * 1e6), origin]),
    )
  const done = (all: readonly ReviewDone[]) =>
    JSON.stringify(all.map(({ kind, position }) => [kind, position]))
  return (
    times(anchorsOf(state)) === times(anchors) &&
    done(state.field(reviewDoneField)) === done(reviewDone) &&
    (!language || chosenLanguageOf(state) === language.chosen)
  )
}

/** Says which transcripts have unsaved work from an earlier run.
 *  @param opening these are being opened and tell for themselves */
export async function tellOfPending(
  opening: readonly FileReference[],
  openIt: (file: FileReference) => Promise<void>,
): Promise<void> {
  for (const { file, isGone } of await bridge().request('journal.pending', {})) {
    if (opening.some(({ id }) => id === file.id)) continue
    const words = messages().notices
    const elsewhere = { label: messages().commands['file.saveAs'], run: () => void rescue(file, openIt) }
    notify({
      tone: 'warning',
      title: words.recoveryWaiting(file.name),
      ...(isGone ? { explanation: words.recoveryOfGone } : {}),
      isSticky: true,
      actions: [isGone ? elsewhere : { label: words.openIt, run: () => void openIt(file) }],
    })
  }
}

// The transcript itself is gone, or another one by now: the text as it was last becomes a file that the user
// chooses, and its times come with it. Answers whether it is in one.
async function rescue(
  file: Pick<FileReference, 'id' | 'name'>,
  openIt: (file: FileReference) => Promise<void>,
): Promise<boolean> {
  const journal = await bridge().request('journal.read', { transcript: file.id })
  const recovered = journal === null ? null : readJournal(journal)
  const target =
    recovered &&
    (await bridge().request('file.chooseTarget', {
      suggestedName: file.name,
      beside: null,
      purpose: 'transcript',
    }))
  if (!recovered || !target) return false
  const bytes = new TextEncoder().encode(recovered.text)
  const saved = await bridge().request('file.save', { id: target.id, bytes, expected: null, as: 'export' })
  if (!saved.ok) {
    report(saved.error, target.name)
    return false
  }
  await openIt(target)
  const { document, state } = sessionStore.getState()
  if (document?.id !== target.id || state?.doc.toString() !== recovered.text) return true
  dispatch({ effects: recoveredEffects(state, recovered) })
  await flushJournal()
  if (target.id !== file.id) await bridge().request('journal.discard', { transcript: file.id })
  return true
}
