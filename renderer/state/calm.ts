import { anchorsOf } from '../../shared/session/anchors'
import { transcriptOf, turnTimesOf } from '../../shared/session/queries'
import type { Session } from '../../shared/session/session'
import { sessionStore } from './session'

/** Milliseconds after a single change of the text; after the last one of many; and at most while they go on. */
const single = 120
const afterLast = 250
const most = 2500

/** What takes long to follow the text, what builds on the one before behind it. */
const shared: readonly ((session: Session) => unknown)[] = [
  (session) => transcriptOf(session).turns,
  anchorsOf,
  turnTimesOf,
]

const listeners = new Set<() => void>()
let end = () => {}

/** Calls `then` for changes of the session, for those of its text a moment later: what is typed shows in the text at once, and beside it
 *  when the keys leave time for that. All are called together.
 *  @returns a function that ends it */
export function onCalmSession(then: () => void): () => void {
  if (listeners.size === 0) end = watch()
  listeners.add(then)
  return () => {
    listeners.delete(then)
    if (listeners.size === 0) end()
  }
}

function watch(): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null
  let waitingSince = 0
  let changedAt = Number.NEGATIVE_INFINITY
  let isPreparing = false
  const tell = () => {
    timer = null
    isPreparing = false
    for (const listener of listeners) listener()
  }
  // What all of them will ask for is worked out before in tasks of their own, so that a key that comes meanwhile waits for one of them.
  const prepare = ([part, ...rest] = shared) => {
    const { state } = sessionStore.getState()
    if (!state || !part) return tell()
    isPreparing = true
    part(state)
    timer = setTimeout(() => prepare(rest))
  }
  const unsubscribe = sessionStore.subscribe(({ state }, { state: before }) => {
    if (state === before) return
    if (!state || !before || state.doc === before.doc) {
      if (timer === null) tell()
      return
    }
    const now = performance.now()
    const wait = now - changedAt < afterLast * 2 ? afterLast : single
    changedAt = now
    if (isPreparing) return
    if (timer === null) waitingSince = now
    else clearTimeout(timer)
    timer = setTimeout(prepare, Math.max(0, Math.min(wait, waitingSince + most - now)))
  })
  // Whoever turns to something else wants to see it as it is.
  const hurry = () => {
    if (timer === null) return
    clearTimeout(timer)
    tell()
  }
  window.addEventListener('pointerdown', hurry, { capture: true })
  return () => {
    unsubscribe()
    window.removeEventListener('pointerdown', hurry, { capture: true })
    if (timer !== null) clearTimeout(timer)
  }
}
