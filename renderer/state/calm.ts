import { sessionStore } from './session'

/** Milliseconds after a single change of the text; after the last one of many; and at most while they go on. */
const single = 120
const afterLast = 250
const most = 2500

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
  const tell = () => {
    timer = null
    for (const listener of listeners) listener()
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
    if (timer === null) waitingSince = now
    else clearTimeout(timer)
    timer = setTimeout(tell, Math.max(0, Math.min(wait, waitingSince + most - now)))
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
