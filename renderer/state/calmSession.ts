import { startTransition, useEffect, useState } from 'react'
import type { Session } from '../../shared/session/session'
import { onCalmSession } from './calm'
import { sessionStore } from './session'

/** Milliseconds behind text and wave. */
const later = 50

/** The session for what stands beside the text and the wave: it follows once those were painted, and when no key comes after the other. */
export function useCalmSession(): Session | null {
  return useCalmPart(whole)
}

const whole = (session: Session) => session

/** As `useCalmSession`, for who shows a part: nothing is rendered while that stays what it was.
 *  @param part gives the same value for what looks the same */
export function useCalmPart<Part>(part: (session: Session) => Part): Part | null {
  const read = () => {
    const { state } = sessionStore.getState()
    return state && part(state)
  }
  const [shown, setShown] = useState(read)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the part is the same function all the time
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const show = () => {
      timer = null
      startTransition(() => setShown(read))
    }
    const end = onCalmSession(() => {
      timer ??= setTimeout(show, later)
    })
    setShown(read)
    return () => {
      end()
      if (timer !== null) clearTimeout(timer)
    }
  }, [])
  return shown
}
