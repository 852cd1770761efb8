import { invertedEffects } from '@codemirror/commands'
import {
  type ChangeDesc,
  type EditorState,
  type Extension,
  MapMode,
  StateEffect,
  StateField,
  type Transaction,
} from '@codemirror/state'
import { entryBytes, stepBytes } from './boundedHistory'

/** Where a time comes from. `pinned`: a person placed it. */
export type AnchorOrigin = 'pinned' | 'aligned' | 'estimated' | 'imported'

/** Ties a position in the text to a time in the recording. */
export interface Anchor {
  /** UTF-16 offset in the document. */
  readonly position: number
  /** `start`: at the beginning of a turn. `end`: inside or at the end of a turn whose end is not the next one's start. */
  readonly edge: 'start' | 'end'
  /** Seconds. */
  readonly time: number
  readonly origin: AnchorOrigin
  /** 0–1. */
  readonly confidence: number
}

/** Replaces all anchors. Positions are those of the document after the transaction. */
export const setAnchorsEffect = StateEffect.define<readonly Anchor[]>({
  map: (anchors, changes) => mapAnchors(anchors, changes),
})

/** Sorted by position; a start comes before an end at the same place. */
export const anchorsField: StateField<readonly Anchor[]> = StateField.define<readonly Anchor[]>({
  create: () => [],
  update(anchors, transaction) {
    let result = transaction.docChanged ? mapAnchors(anchors, transaction.changes) : anchors
    for (const effect of transaction.effects)
      if (effect.is(setAnchorsEffect)) result = sortAnchors(effect.value)
    return result
  },
})

export function anchorsOf(session: EditorState): readonly Anchor[] {
  return session.field(anchorsField)
}

export function sortAnchors(anchors: readonly Anchor[]): readonly Anchor[] {
  return [...anchors].sort(
    (a, b) => a.position - b.position || (a.edge === b.edge ? a.time - b.time : a.edge === 'start' ? -1 : 1),
  )
}

/** Anchors as they are after a change of the text. A start moves with what follows it, an end stays with what precedes it. Where a deletion swallowed an anchor's text and another
 *  anchor of its kind stands at the same place now, the swallowed one goes; alone, it stays: a label that is retyped keeps its time. */
export function mapAnchors(anchors: readonly Anchor[], changes: ChangeDesc): readonly Anchor[] {
  if (!isTouched(anchors, changes)) return movedAnchors(anchors, changes)
  const mapped = anchors.map((anchor) => {
    const isStart = anchor.edge === 'start'
    const position = changes.mapPos(anchor.position, isStart ? 1 : -1)
    const isSwallowed =
      changes.mapPos(
        anchor.position,
        isStart ? 1 : -1,
        isStart ? MapMode.TrackAfter : MapMode.TrackBefore,
      ) === null
    return { anchor: position === anchor.position ? anchor : { ...anchor, position }, isSwallowed }
  })
  const holders = new Map<string, number>()
  const key = ({ position, edge }: Anchor) => `${edge}${position}`
  for (const { anchor, isSwallowed } of mapped) if (!isSwallowed) holders.set(key(anchor), anchor.position)
  const kept: Anchor[] = []
  for (const { anchor, isSwallowed } of mapped) {
    if (isSwallowed && holders.has(key(anchor))) continue
    if (isSwallowed) holders.set(key(anchor), anchor.position)
    kept.push(anchor)
  }
  return kept
}

// Where no change touches an anchor, all that a change does is to move those behind it.
function movedAnchors(anchors: readonly Anchor[], changes: ChangeDesc): readonly Anchor[] {
  const result: Anchor[] = []
  let index = 0
  let by = 0
  const moveUntil = (end: number) => {
    for (; index < anchors.length && (anchors[index] as Anchor).position < end; index++) {
      const anchor = anchors[index] as Anchor
      result.push(by === 0 ? anchor : { ...anchor, position: anchor.position + by })
    }
  }
  changes.iterChangedRanges((from, to, _fromNow, toNow) => {
    moveUntil(from)
    by = toNow - to
  })
  moveUntil(Number.POSITIVE_INFINITY)
  return result
}

// Mapping back is exact unless a change touched an anchor; then what was there is kept with the undo step.
function isTouched(anchors: readonly Anchor[], changes: ChangeDesc): boolean {
  let index = 0
  let touched = false
  changes.iterChangedRanges((from, to) => {
    while (index < anchors.length && (anchors[index] as Anchor).position < from) index++
    if (index < anchors.length && (anchors[index] as Anchor).position <= to) touched = true
  })
  return touched
}

function invert(transaction: Transaction): StateEffect<unknown>[] {
  const before = transaction.startState.field(anchorsField)
  const isSet = transaction.effects.some((effect) => effect.is(setAnchorsEffect))
  return isSet || (transaction.docChanged && isTouched(before, transaction.changes))
    ? [setAnchorsEffect.of(before)]
    : []
}

/** Anchors as part of a session, with their share in the undo history. */
export const anchorsExtension: Extension = [
  anchorsField,
  invertedEffects.of(invert),
  stepBytes.of((transaction) => {
    if (invert(transaction).length === 0) return 0
    const [before, after] = [transaction.startState, transaction.state].map(anchorsOf)
    // Those that stay the same are not kept twice; the list of them is.
    const present = new Set(after)
    return (before ?? []).reduce((sum, anchor) => sum + (present.has(anchor) ? 8 : entryBytes), 0)
  }),
]
