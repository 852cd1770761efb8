import type { RecordingProblem } from '../../shared/recording/decoding'
import type { AnalysisJob } from './analysisMessages'

/** What the worker that feeds the player is told. */
export type SoundRequest =
  | ({ readonly kind: 'open' } & AnalysisJob)
  /** The player is at `time` (seconds): it went on to there, or is sent there and waits for sound. */
  | { readonly kind: 'at'; readonly time: number; readonly isAwaited: boolean }
  /** The recording's length became known better, seconds; `isFinal`: all of it was read. */
  | { readonly kind: 'duration'; readonly duration: number; readonly isFinal: boolean }

/** What it tells. */
export type SoundMessage =
  /** What the player is to play. */
  | { readonly kind: 'source'; readonly handle: MediaProvider }
  | { readonly kind: 'problem'; readonly problem: RecordingProblem }
