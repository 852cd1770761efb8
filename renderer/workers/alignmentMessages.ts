import type { Alignment, AlignmentText, Pin } from '../../shared/alignment/alignment'

export interface AlignmentJob {
  readonly url: string
  /** Bytes. */
  readonly size: number
  readonly text: AlignmentText
  readonly pins: readonly Pin[]
}

/** What the worker tells while it aligns. */
export type AlignmentMessage =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'done'; readonly alignment: Alignment }
  | { readonly kind: 'failed'; readonly detail: string }
