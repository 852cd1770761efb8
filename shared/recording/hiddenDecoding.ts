import type { RecordingHeader, RecordingProblem } from './decoding'

export type OpenedRecording =
  | { readonly kind: 'opened'; readonly header: RecordingHeader }
  | { readonly kind: 'failed'; readonly problem: RecordingProblem }

/** A stretch of a recording, its channels mixed to one. */
export type Piece =
  | {
      readonly kind: 'samples'
      readonly samples: Float32Array
      readonly sampleRate: number
      /** 0–1. */
      readonly progress: number
    }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly problem: RecordingProblem }

/** What the page of the hidden window offers to the main process, as a global of this name. */
export interface HiddenDecoding {
  /** @param url address that answers byte ranges @param size bytes */
  open(url: string, size: number): Promise<OpenedRecording>
  next(): Promise<Piece>
}
