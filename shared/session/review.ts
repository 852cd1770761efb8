import { invertedEffects } from '@codemirror/commands'
import { type ChangeDesc, type Extension, StateEffect, StateField } from '@codemirror/state'
import { entryBytes, stepBytes } from './boundedHistory'

export const reviewKinds = [
  'inaudible',
  'crosstalk',
  'unknownSpeaker',
  'torn',
  'alike',
  /** A sentence whose place in the recording is in doubt. */
  'textAndSound',
  /** Text that was not found in the recording. */
  'notPlaced',
  /** Somebody speaks and the text has nothing for it. */
  'untold',
] as const

export type ReviewKind = (typeof reviewKinds)[number]

export function isReviewKind(kind: string): kind is ReviewKind {
  return reviewKinds.some((known) => known === kind)
}

/** A doubtful passage that the user decided to keep as it is. */
export interface ReviewDone {
  readonly kind: ReviewKind
  /** UTF-16 offset in the document, where the passage begins. */
  readonly position: number
}

/** Entries as they are after a change of the text. */
export function mapReviewDone(entries: readonly ReviewDone[], changes: ChangeDesc): readonly ReviewDone[] {
  return entries.length === 0
    ? entries
    : entries.map((entry) => ({ ...entry, position: changes.mapPos(entry.position, 1) }))
}

export const setReviewDoneEffect = StateEffect.define<readonly ReviewDone[]>({ map: mapReviewDone })

export const reviewDoneField: StateField<readonly ReviewDone[]> = StateField.define<readonly ReviewDone[]>({
  create: () => [],
  update(entries, transaction) {
    let result = transaction.docChanged ? mapReviewDone(entries, transaction.changes) : entries
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
  stepBytes.of(({ startState, state }) => {
    const before = startState.field(reviewDoneField)
    return before === state.field(reviewDoneField) ? 0 : before.length * entryBytes
  }),
]
