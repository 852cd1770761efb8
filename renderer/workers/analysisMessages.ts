import type { RecordingHeader, RecordingProblem } from '../../shared/recording/decoding'

export interface AnalysisJob {
  readonly url: string
  /** Bytes. */
  readonly size: number
}

/** What the worker tells while it reads a recording once from start to end. */
export type AnalysisMessage =
  | { readonly kind: 'header'; readonly header: RecordingHeader }
  /** More slices of the picture; `duration` is what was decoded so far. */
  | {
      readonly kind: 'peaks'
      readonly pairs: Int8Array
      readonly progress: number
      readonly duration: number
    }
  | { readonly kind: 'speech'; readonly segments: readonly (readonly [number, number])[] }
  | {
      readonly kind: 'done'
      readonly duration: number
      readonly segments: readonly (readonly [number, number])[]
    }
  | { readonly kind: 'problem'; readonly problem: RecordingProblem; readonly duration: number }
