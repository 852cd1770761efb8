import { type ReactNode, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** Milliseconds from one part to the next: room for a frame. */
const step = 16

const waiting: (() => void)[] = []

function goOn(): void {
  setTimeout(() => {
    waiting[0]?.()
    waiting.shift()
    if (waiting.length > 0) goOn()
  }, step)
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
