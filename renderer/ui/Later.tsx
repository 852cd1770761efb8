import { type ReactNode, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** Milliseconds after which a window that shows no frames, because it is hidden, goes on all the same. */
const longest = 250

const waiting: (() => void)[] = []

// The frame that shows one part is over before the next is put in.
function goOn(): void {
  let isOver = false
  const next = () => {
    if (isOver) return
    isOver = true
    waiting[0]?.()
    waiting.shift()
    if (waiting.length > 0) goOn()
  }
  requestAnimationFrame(() => setTimeout(next))
  setTimeout(next, longest)
}

/** Mounts its children in a task of their own, those of the window one after another: put together at once they would hold up the window while a
 *  recording is read, for a quarter of a second on a slow machine. */
export function Later({ children }: { children: ReactNode }) {
  const [isDue, setIsDue] = useState(false)
  useEffect(() => {
    let isThere = true
    waiting.push(() => {
      if (isThere) flushSync(() => setIsDue(true))
    })
    if (waiting.length === 1) goOn()
    return () => {
      isThere = false
    }
  }, [])
  return isDue ? children : null
}
