import { createStore } from 'zustand/vanilla'
import type { FileId } from '../../shared/ipc'
import type { Peaks } from '../../shared/recording/peaks'
import type { Speech } from '../../shared/recording/speechActivity'

export type Stretch = readonly [start: number, end: number]

export interface RecordingState {
  readonly id: FileId
  readonly name: string
  /** Address the media element and the analysis read from. */
  readonly url: string
  /** Bytes. */
  readonly size: number
  /** Names this state of the file, see `RecordingSource.key`. */
  readonly key: string
  /** Seconds; an estimate until the analysis is complete. */
  readonly duration: number
  /** For instance `mp3`; empty until known. */
  readonly codec: string
  readonly peaks: Peaks | null
  /** Those of each channel, where there is more than one; the same objects change in place. */
  readonly channels: readonly Peaks[]
  /** Peaks from a file that show until the recording's own are known. */
  readonly underlay: Peaks | null
  /** Where `peaks`, which changes in place, changed last; a new one with every change. */
  readonly changed: Stretch
  /** 0–1 of the analysis. */
  readonly progress: number
  readonly isComplete: boolean
  readonly speech: Speech
}

/** All of the wave is another. */
export const everywhere = (): Stretch => [0, Number.POSITIVE_INFINITY]

export interface RecordingStore {
  readonly recording: RecordingState | null
}

export const recordingStore = createStore<RecordingStore>(() => ({ recording: null }))

/** Seconds; 0 without a recording. */
export function recordingDuration(): number {
  return recordingStore.getState().recording?.duration ?? 0
}

/** Channels that are told apart; 0 where there is only one, or none is known yet. */
export function channelCount(): number {
  return recordingStore.getState().recording?.channels.length ?? 0
}

export function updateRecording(change: Partial<RecordingState>): void {
  recordingStore.setState(({ recording }) => ({ recording: recording && { ...recording, ...change } }))
}
