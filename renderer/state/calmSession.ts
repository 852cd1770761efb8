import { startTransition, useEffect, useState } from 'react'
import type { Session } from '../../shared/session/session'
import { onCalmSession } from './calm'
import { sessionStore } from './session'

/** The session for what stands beside the text and the wave: it follows once those were painted, and when no key comes after the other. */
export function useCalmSession(): Session | null {
  const [session, setSession] = useState(() => sessionStore.getState().state)
  useEffect(() => {
    setSession(sessionStore.getState().state)
    return onCalmSession(() => startTransition(() => setSession(sessionStore.getState().state)))
  }, [])
  return session
}
