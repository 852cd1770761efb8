/** Why a recording cannot be used, or not fully. */
export type RecordingProblem =
  | { readonly kind: 'empty' }
  /** No audio format was recognised. */
  | { readonly kind: 'notAudio' }
  | { readonly kind: 'unsupportedCodec'; readonly codec: string }
  /** An MPEG-4 file without the table that tells where its sound lies: it is written last. */
  | { readonly kind: 'unfinished' }
  /** What was decoded before can be used. */
  | { readonly kind: 'truncated' }
  | { readonly kind: 'unreadable'; readonly detail: string }

export interface RecordingHeader {
  /** For instance `mp3`, `aac`. */
  readonly codec: string
  readonly sampleRate: number
  readonly channels: number
  /** Seconds, from the container; `null` where only decoding tells. */
  readonly duration: number | null
}

export interface PcmChunk {
  /** One array a channel, all of one length, −1 to 1. Valid until the next chunk is asked for. */
  readonly channels: readonly Float32Array[]
  readonly sampleRate: number
  /** Share of the recording that was decoded up to here, 0–1. */
  readonly progress: number
}

/** A recording that is being decoded from its start, in pieces, once. */
export interface Decoding {
  readonly header: RecordingHeader
  readonly chunks: AsyncIterable<PcmChunk>
}

/** A decoder gives up with this. */
export class DecodingFailed extends Error {
  constructor(readonly problem: RecordingProblem) {
    super(problem.kind)
  }
}

/** Share and seconds by which a recording may be shorter than it states: some encoders count roughly. */
const shortShare = 0.01
const shortSeconds = 1

/** Whether less was decoded (seconds) than the recording states: its end is missing. */
export function isCutOff({ duration }: RecordingHeader, decoded: number): boolean {
  return duration !== null && decoded < duration * (1 - shortShare) - shortSeconds
}
