import type { TransactionSpec } from '@codemirror/state'
import { boundaryLimits, moveBoundary, partBoundary } from '../../shared/session/boundaries'
import type { TurnTimes } from '../../shared/session/queries'
import type { Session } from '../../shared/session/session'
import type { Handle } from './geometry'

/** A boundary in the user's hand. */
export interface Drag {
  readonly handle: Handle
  /** Seconds, where it is now. */
  readonly time: number
  /** Only the side that was grasped moves: the start to the right of where it was, the end of the turn before to the left. */
  readonly isParting: boolean
}

/** The turns' times as they would be if the boundary were let go here. */
export function previewTimes(
  times: readonly TurnTimes[],
  { handle, time, isParting }: Drag,
): readonly TurnTimes[] {
  const preview = times.slice()
  const change = (turn: number, entry: Partial<TurnTimes>) => {
    const own = preview[turn]
    if (own) preview[turn] = { ...own, ...entry }
  }
  if (handle.edge === 'end') change(handle.turn, { end: time, isEndPinned: true, isParted: true })
  else if (isParting && handle.edge === 'both') {
    if (time >= handle.time) {
      change(handle.turn, { start: time, isPinned: true })
      change(handle.turn - 1, { end: handle.time, isParted: true, isEndPinned: true })
    } else change(handle.turn - 1, { end: time, isParted: true, isEndPinned: true })
  } else {
    change(handle.turn, { start: time, isPinned: true })
    if (handle.edge === 'both') change(handle.turn - 1, { end: time })
  }
  return preview
}

/** The edit that letting go makes. */
export function dropBoundary(session: Session, { handle, time, isParting }: Drag): TransactionSpec | null {
  if (handle.edge === 'end') return moveBoundary(session, handle.turn, time, { edge: 'end' })
  if (handle.edge === 'both' && isParting) {
    const start = Math.max(handle.time, time)
    const previousEnd = Math.min(handle.time, time)
    return partBoundary(session, handle.turn, { previousEnd, start })
  }
  return moveBoundary(session, handle.turn, time, { edge: handle.edge })
}

/** Keeps a dragged handle between the pins. */
export function limited(session: Session, handle: Handle, time: number): number {
  if (handle.edge === 'end') return Math.max(0, time)
  const { earliest, latest } = boundaryLimits(session, handle.turn)
  return Math.min(latest, Math.max(earliest, time))
}
