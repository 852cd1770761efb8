import { createStore } from 'zustand/vanilla'

export interface AlignmentProgress {
  /** 0–1 while the transcript is being aligned, `null` otherwise. */
  readonly share: number | null
}

export const alignmentStore = createStore<AlignmentProgress>(() => ({ share: null }))
