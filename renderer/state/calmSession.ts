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
 *  @param part the same function all the time, that gives the same value for what looks the same */
export function useCalmPart<Part>(part: (session: Session) => Part): Part | null {
  const [shown, setShown] = useState(() => present(part))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const follow = () => setShown(() => present(part))
    const end = onCalmSession(() => {
      timer ??= setTimeout(() => {
        timer = null
        startTransition(follow)
      }, later)
    })
    follow()
    return () => {
      end()
      if (timer !== null) clearTimeout(timer)
    }
  }, [part])
  return shown
}

function present<Part>(part: (session: Session) => Part): Part | null {
  const { state } = sessionStore.getState()
  return state && part(state)
}
