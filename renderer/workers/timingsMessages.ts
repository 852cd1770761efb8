import type { AlignedRange, Alignment, AlignmentText, Pin } from '../../shared/alignment/alignment'
import type { HeardWord } from '../../shared/alignment/byText/heardWords'
import type { Suggestion } from '../../shared/alignment/byText/suggestions'
import type { TimingsProblem } from '../../shared/formats/recognisers/readTimings'

export interface TimingsJob {
  /** The file with the recogniser's words. */
  readonly file: Uint8Array
  readonly text: AlignmentText
  readonly pins: readonly Pin[]
  /** Of the recording, seconds; 0 while it is not known. */
  readonly duration: number
  /** ISO 639 code or espeak-ng voice; `null`: as the text tells. */
  readonly language: string | null
  /** What the aligner found in the sound before, if it did. */
  readonly present: { readonly words: readonly AlignedRange[]; readonly doubtfulBelow: number } | null
}

export type TimingsMessage =
  | { readonly kind: 'failed'; readonly problem: TimingsProblem }
  | {
      readonly kind: 'done'
      readonly format: string
      readonly alignment: Alignment
      /** With what the aligner had found. */
      readonly isCombined: boolean
      readonly heard: readonly HeardWord[]
      readonly suggestions: readonly Suggestion[]
    }
