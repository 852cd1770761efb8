import type { Bridge } from '../../shared/ipc'

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly earmark: Bridge
  }
}

/** The way to the main process. */
export function bridge(): Bridge {
  return window.earmark
}
