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
import { lastWhere } from '../lastWhere'
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

/** Anchors as the keys since left them. Of ten thousand that a key moves, nobody asks before the keys leave time for that: until then only
 *  the changes are put together. */
class HeldAnchors {
  constructor(
    private list: readonly Anchor[],
    /** What moved them since; touches none of them. */
    private changes: ChangeDesc | null = null,
    /** The same for all that only moved since. */
    readonly origin: object = list,
  ) {}

  get all(): readonly Anchor[] {
    if (this.changes) {
      this.list = movedAnchors(this.list, this.changes)
      this.changes = null
    }
    return this.list
  }

  after(changes: ChangeDesc): HeldAnchors {
    if (this.isTouchedBy(changes)) return new HeldAnchors(mapAnchors(this.all, changes))
    return new HeldAnchors(this.list, this.changes?.composeDesc(changes) ?? changes, this.origin)
  }

  isTouchedBy(changes: ChangeDesc): boolean {
    return isTouched(this.list, changes, ({ position }) => this.changes?.mapPos(position) ?? position)
  }
}

const anchorsField: StateField<HeldAnchors> = StateField.define<HeldAnchors>({
  create: () => new HeldAnchors([]),
  update(anchors, { docChanged, changes, effects }) {
    let result = docChanged ? anchors.after(changes.desc) : anchors
    for (const effect of effects)
      if (effect.is(setAnchorsEffect)) result = new HeldAnchors(sortAnchors(effect.value))
    return result
  },
})

/** Sorted by position; a start comes before an end at the same place. The same list as long as nothing moves them. */
export function anchorsOf(session: EditorState): readonly Anchor[] {
  return session.field(anchorsField).all
}

/** From one state of a session to a later one, anchors did nothing but move with the text. False where that would take working out.
 *  @param changes the text's, from one to the other */
export function onlyMoved(before: EditorState, after: EditorState, changes: ChangeDesc): boolean {
  const anchors = before.field(anchorsField)
  return anchors.origin === after.field(anchorsField).origin && !anchors.isTouchedBy(changes)
}

/** Lets a session begin with anchors, sorted. */
export function withAnchors(anchors: readonly Anchor[]): Extension {
  return anchorsField.init(() => new HeldAnchors(anchors))
}

export function sortAnchors(anchors: readonly Anchor[]): readonly Anchor[] {
  const isSorted = anchors.every(
    (anchor, index) => index === 0 || inOrder(anchors[index - 1] as Anchor, anchor) <= 0,
  )
  return isSorted ? anchors : [...anchors].sort(inOrder)
}

function inOrder(a: Anchor, b: Anchor): number {
  return a.position - b.position || (a.edge === b.edge ? a.time - b.time : a.edge === 'start' ? -1 : 1)
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
function isTouched(
  anchors: readonly Anchor[],
  changes: ChangeDesc,
  positionOf: (anchor: Anchor) => number = ({ position }) => position,
): boolean {
  let touched = false
  changes.iterChangedRanges((from, to) => {
    const next = anchors[lastWhere(anchors, (anchor) => positionOf(anchor) < from) + 1]
    if (next && positionOf(next) <= to) touched = true
  })
  return touched
}

function invert(transaction: Transaction): StateEffect<unknown>[] {
  const before = transaction.startState.field(anchorsField)
  const isSet = transaction.effects.some((effect) => effect.is(setAnchorsEffect))
  return isSet || (transaction.docChanged && before.isTouchedBy(transaction.changes))
    ? [setAnchorsEffect.of(before.all)]
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
