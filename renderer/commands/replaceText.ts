import { diff } from '@codemirror/merge'
import type { ChangeSpec } from '@codemirror/state'

/** Turns one text into another by the stretches that differ, so that anchors elsewhere stay where they are. */
export function changesBetween(before: string, after: string): readonly ChangeSpec[] {
  return diff(before, after, { scanLimit: 500, timeout: 1000 }).map(({ fromA, toA, fromB, toB }) => ({
    from: fromA,
    to: toA,
    insert: after.slice(fromB, toB),
  }))
}
