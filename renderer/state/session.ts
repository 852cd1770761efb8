import type { Transaction, TransactionSpec } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import { createStore } from 'zustand/vanilla'
import type { OpenedText } from '../../shared/formats/text'
import type { FileId, Fingerprint } from '../../shared/ipc'
import { versionOf } from '../../shared/session/queries'
import type { Session } from '../../shared/session/session'
import { FollowedText } from './followText'

/** The transcript file that is open. */
export interface OpenDocument {
  readonly id: FileId
  readonly name: string
  readonly isReadOnly: boolean
  /** The file as it was last read or written; saving starts from its bytes. */
  readonly opened: OpenedText
  readonly fingerprint: Fingerprint
  /** Hash of the times beside it as they were last read or written; `null`: there were none. */
  readonly sidecarHash: string | null
  /** Those are from a later version, and are left alone. */
  readonly isSidecarNewer: boolean
}

export interface SessionStore {
  readonly document: OpenDocument | null
  readonly state: Session | null
  /** `versionOf` the state that the file holds. */
  readonly savedVersion: number
  readonly isSaving: boolean
  /** Milliseconds since the epoch. */
  readonly savedAt: number | null
}

export const sessionStore = createStore<SessionStore>(() => ({
  document: null,
  state: null,
  savedVersion: 0,
  isSaving: false,
  savedAt: null,
}))

let view: EditorView | null = null

/** Lets the editor take part: from here on every change goes through its view, so that it paints what the store holds. */
export function attachView(editor: EditorView | null): void {
  view = editor
}

export function attachedView(): EditorView | null {
  return view
}

const gestureListeners = new Set<(before: Session, userEvent: string) => void>()

/** The only way to change a session. */
export function dispatch(spec: TransactionSpec | null): boolean {
  const { state } = sessionStore.getState()
  if (!spec || !state) return false
  if (view) view.dispatch(spec)
  else {
    const transaction = state.update(spec)
    setSession(transaction.state, [transaction])
  }
  if (spec.userEvent) for (const listener of gestureListeners) listener(state, spec.userEvent)
  return true
}

/** Calls `listener` after each change that `dispatch` makes for the user, with the state before it; not for what the history brings back.
 *  @returns a function that ends it */
export function onGesture(listener: (before: Session, userEvent: string) => void): () => void {
  gestureListeners.add(listener)
  return () => gestureListeners.delete(listener)
}

/** Called by the editor with every state that its view has reached, and the transactions that led there. */
export function setSession(state: Session, transactions: readonly Transaction[] = []): void {
  for (const { text } of followers) for (const transaction of transactions) text.change(transaction)
  sessionStore.setState({ state })
}

interface Follower {
  readonly text: FollowedText
  readonly lost: () => void
}

const followers = new Set<Follower>()

sessionStore.subscribe(({ state }) => {
  for (const follower of followers) {
    if (follower.text.isNow(state?.doc ?? null)) continue
    followers.delete(follower)
    follower.lost()
  }
})

/** Notes what becomes of a text that is open, from now on.
 *  @param lost called once when another text takes its place, or none
 *  @returns the text, and a function that ends it */
export function followText(
  { doc }: Session,
  lost: () => void = () => undefined,
): { readonly text: FollowedText; readonly end: () => void } {
  const follower = { text: new FollowedText(doc), lost }
  followers.add(follower)
  return { text: follower.text, end: () => followers.delete(follower) }
}

/** There is work that the file (or its sidecar) does not hold. */
export function isUnsaved({ state, savedVersion }: SessionStore = sessionStore.getState()): boolean {
  return state !== null && versionOf(state) !== savedVersion
}

/** Runs a change that is not the user's work: the session is as saved after it as it was before. */
export function keepSaved(change: () => void): void {
  const wasUnsaved = isUnsaved()
  change()
  const { state } = sessionStore.getState()
  if (state && !wasUnsaved) sessionStore.setState({ savedVersion: versionOf(state) })
}
