import type { Slices } from '../../shared/recording/channelPeaks'
import type { RecordingHeader, RecordingProblem } from '../../shared/recording/decoding'
import type { Sketch } from '../../shared/recording/peaks'
import type { Speech, SpeechTrace } from '../../shared/recording/speechActivity'

export interface AnalysisJob {
  readonly url: string
  /** Bytes. */
  readonly size: number
}

/** What the worker tells while it reads a recording once from start to end. */
export type AnalysisMessage =
  | { readonly kind: 'header'; readonly header: RecordingHeader }
  /** The second half can be read at the same time; a port to the worker that does so is awaited, `null` when there is none. */
  | { readonly kind: 'divide' }
  | { readonly kind: 'sketch'; readonly sketch: Sketch }
  /** More slices of a part that begins with slice `from`, later than what was read from the start. */
  | ({ readonly kind: 'peaksAhead'; readonly from: number } & Slices)
  /** What was told ahead does not fit. */
  | { readonly kind: 'dropAhead' }
  /** More slices of the picture; `duration` is what was decoded so far. */
  | ({ readonly kind: 'peaks'; readonly progress: number; readonly duration: number } & Slices)
  | { readonly kind: 'speech'; readonly segments: Speech }
  | {
      readonly kind: 'done'
      readonly duration: number
      readonly segments: Speech
    }
  | { readonly kind: 'problem'; readonly problem: RecordingProblem; readonly duration: number }

/** What the worker that reads a second half tells the one that reads the first. */
export type TailMessage =
  /** The half begins at `time` (whole seconds); `samples` of it, mixed down, begin `leadIn` before. */
  | {
      readonly kind: 'begins'
      readonly time: number
      readonly sampleRate: number
      readonly samples: Float32Array
    }
  /** `share` is that of the whole file which this half has read. */
  | ({ readonly kind: 'peaks'; readonly share: number } & Slices)
  | { readonly kind: 'done'; readonly speech: SpeechTrace; readonly duration: number }
  /** There is no second half to be read by itself, or it cannot be read. */
  | { readonly kind: 'none' }
