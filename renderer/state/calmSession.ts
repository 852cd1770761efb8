import { startTransition, useEffect, useState } from 'react'
import type { Session } from '../../shared/session/session'
import { sessionStore } from './session'

/** The session for what stands beside the text and the wave: it follows once those were painted, and is left for later while one key comes
 *  after the other. */
export function useCalmSession(): Session | null {
  const [session, setSession] = useState(() => sessionStore.getState().state)
  useEffect(() => {
    setSession(sessionStore.getState().state)
    return sessionStore.subscribe(({ state }, before) => {
      if (state !== before.state) startTransition(() => setSession(state))
    })
  }, [])
  return session
}
