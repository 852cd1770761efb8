import { invertedEffects } from '@codemirror/commands'
import { type Extension, StateEffect, StateField } from '@codemirror/state'

export type ReviewKind =
  | 'inaudible'
  | 'crosstalk'
  | 'unknownSpeaker'
  | 'torn'
  | 'alike'
  | 'doubtfulTime'
  | 'notPlaced'

/** A doubtful passage that the user decided to keep as it is. */
export interface ReviewDone {
  readonly kind: ReviewKind
  /** UTF-16 offset in the document, where the passage begins. */
  readonly position: number
}

export const setReviewDoneEffect = StateEffect.define<readonly ReviewDone[]>({
  map: (entries, changes) =>
    entries.map((entry) => ({ ...entry, position: changes.mapPos(entry.position, 1) })),
})

export const reviewDoneField: StateField<readonly ReviewDone[]> = StateField.define<readonly ReviewDone[]>({
  create: () => [],
  update(entries, transaction) {
    let result = entries
    if (transaction.docChanged && entries.length > 0)
      result = entries.map((entry) => ({ ...entry, position: transaction.changes.mapPos(entry.position, 1) }))
    for (const effect of transaction.effects) if (effect.is(setReviewDoneEffect)) result = effect.value
    return result
  },
})

export const reviewExtension: Extension = [
  reviewDoneField,
  invertedEffects.of((transaction) => {
    const before = transaction.startState.field(reviewDoneField)
    const isChanged = transaction.docChanged
      ? before.length > 0
      : transaction.effects.some((effect) => effect.is(setReviewDoneEffect))
    return isChanged ? [setReviewDoneEffect.of(before)] : []
  }),
]
