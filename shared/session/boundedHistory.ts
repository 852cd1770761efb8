import { history, undoDepth } from '@codemirror/commands'
import { Compartment, EditorState, type Extension, Facet, StateField, Transaction } from '@codemirror/state'

/** Steps that can be undone, at most. */
export const mostSteps = 10_000

/** Bytes that those steps may take, as estimated by `stepBytes`, before the older half goes. The last twenty steps stay whatever they take. */
export const mostBytes = 64 * 1024 * 1024

/** What a part of the session keeps for undoing a transaction, about so many bytes. Each part that has a share in the history gives its own. */
export const stepBytes: Facet<(transaction: Transaction) => number> = Facet.define()

/** Bytes about of a position, an anchor, a word. */
export const entryBytes = 64

/** A step's own: the event, its changes, the selections around it. */
const leastBytes = 400

interface Spent {
  /** Bytes of the steps since `from`; those below it are the older half. */
  readonly recent: number
  /** Depth of the history that `recent` counts from. */
  readonly from: number
  /** The steps that stay when the next one comes; `null`: all. */
  readonly keep: number | null
}

const limit = Facet.define<number, number>({ combine: ([bytes]) => bytes ?? mostBytes })
const allowed = Facet.define<number, number>({ combine: ([steps]) => steps ?? mostSteps })
const depth = new Compartment()

function withDepth(steps: number): Extension {
  return [history({ minDepth: steps }), allowed.of(steps)]
}

const spentField: StateField<Spent> = StateField.define<Spent>({
  create: () => ({ recent: 0, from: 0, keep: null }),
  update(spent, transaction) {
    const { startState, state } = transaction
    const now = undoDepth(state)
    if (isBack(transaction) || transaction.annotation(Transaction.addToHistory) === false)
      return now < spent.from ? { ...spent, from: now } : spent
    const bytes = bytesOf(transaction)
    if (bytes === 0) return spent
    const isCut = spent.keep !== null && state.facet(allowed) === spent.keep
    // What was recent is the older half from now on.
    if (isCut) return { recent: bytes, from: Math.max(0, now - 1), keep: null }
    const from = Math.min(spent.from, undoDepth(startState))
    const recent = spent.recent + bytes
    return { recent, from, keep: recent > state.facet(limit) / 2 ? Math.max(1, now - from) : null }
  },
})

function isBack(transaction: Transaction): boolean {
  return transaction.isUserEvent('undo') || transaction.isUserEvent('redo')
}

function bytesOf(transaction: Transaction): number {
  const { changes, startState } = transaction
  let bytes = 0
  for (const share of startState.facet(stepBytes)) bytes += share(transaction)
  if (!changes.empty) {
    changes.iterChanges((fromA, toA, fromB, toB) => {
      bytes += entryBytes + 2 * (toA - fromA + toB - fromB)
    }, true)
  }
  if (bytes > 0) return bytes + leastBytes
  // A caret that moved is kept too.
  return transaction.selection ? entryBytes * 2 : 0
}

/** An undo history that is limited in steps and in bytes.
 *  @param bytes see `mostBytes` */
export function boundedHistory(bytes = mostBytes): Extension {
  return [
    limit.of(bytes),
    depth.of(withDepth(mostSteps)),
    spentField,
    EditorState.transactionExtender.of((transaction) => {
      const { startState } = transaction
      // Going back drops nothing that could be done again.
      const wanted = isBack(transaction) ? mostSteps : (startState.field(spentField).keep ?? mostSteps)
      return startState.facet(allowed) === wanted ? null : { effects: depth.reconfigure(withDepth(wanted)) }
    }),
  ]
}
