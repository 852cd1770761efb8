import type { Alignment, AlignmentText, Pin } from '../../shared/alignment/alignment'
import type { HeardWord } from '../../shared/alignment/byText/heardWords'

/** Text that lies between two instants. */
export interface AlignmentPart {
  readonly text: AlignmentText
  readonly pins: readonly Pin[]
  /** Seconds. */
  readonly from: number
  readonly to: number
}

export interface AlignmentJob {
  readonly kind: 'align'
  readonly id: number
  readonly url: string
  /** Bytes. */
  readonly size: number
  /** ISO 639 code or espeak-ng voice; `null`: as the text tells. */
  readonly language: string | null
  /** The whole text with its pins and what a recogniser heard, if that is known; or `part`. */
  readonly whole: {
    readonly text: AlignmentText
    readonly pins: readonly Pin[]
    readonly heard: readonly HeardWord[]
  } | null
  /** Aligned again at once when the sounds are known. */
  readonly part: AlignmentPart | null
  /** Some minutes around the part, from which the sounds are learned where they are not known yet. */
  readonly around: AlignmentPart | null
}

export type AlignmentOrder = AlignmentJob | { readonly kind: 'cancel' }

/** What the worker tells while it aligns. */
export type AlignmentMessage =
  | { readonly kind: 'progress'; readonly id: number; readonly share: number }
  | { readonly kind: 'done'; readonly id: number; readonly alignment: Alignment }
  | { readonly kind: 'failed'; readonly id: number; readonly detail: string }
