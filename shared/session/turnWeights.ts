import type { ChangeDesc, EditorState } from '@codemirror/state'
import { syllables } from '../alignment/estimate'
import { unmoved } from '../transcript/movedTurn'
import type { Transcript, Turn } from '../transcript/transcript'

/** Syllables of each turn; not a number where nobody asked yet. */
const known = new WeakMap<Transcript, Float64Array>()

/** The weight of a turn in the estimate, syllables.
 *  @param transcript of the session, that the turn belongs to */
export function weightOf(session: EditorState, transcript: Transcript, turn: Turn): number {
  const weights = known.get(transcript) ?? new Float64Array(transcript.turns.length).fill(Number.NaN)
  known.set(transcript, weights)
  const before = weights[turn.index] as number
  if (!Number.isNaN(before)) return before
  let weight = 0
  for (const { pieces } of turn.paragraphs)
    for (const { from, to } of pieces) weight += syllables(session.sliceDoc(from, to))
  weights[turn.index] = weight
  return weight
}

/** Takes over what is known of turns that an edit did not touch. */
export function carryWeights(previous: Transcript, next: Transcript, changes: ChangeDesc): void {
  const weights = known.get(previous)
  if (!weights || previous === next) return
  let from = Number.POSITIVE_INFINITY
  let to = 0
  changes.iterChangedRanges((start, end) => {
    from = Math.min(from, start)
    to = Math.max(to, end)
  })
  const by = changes.newLength - changes.length
  const carried = new Float64Array(next.turns.length).fill(Number.NaN)
  const most = Math.min(previous.turns.length, next.turns.length)
  let first = 0
  for (; first < most; first++) {
    const old = previous.turns[first] as Turn
    const now = next.turns[first] as Turn
    if (old.to >= from || !saysTheSame(old, now, 0)) break
    carried[first] = weights[first] as number
  }
  for (let back = 1; back <= most - first; back++) {
    const old = previous.turns.at(-back) as Turn
    const now = next.turns.at(-back) as Turn
    if (old.from <= to || !saysTheSame(old, now, by)) break
    carried[next.turns.length - back] = weights[previous.turns.length - back] as number
  }
  known.set(next, carried)
}

function saysTheSame(old: Turn, now: Turn, by: number): boolean {
  if (old === now) return by === 0
  const before = unmoved(old)
  const after = unmoved(now)
  const shift = by + before.by - after.by
  const own = before.origin.paragraphs
  const others = after.origin.paragraphs
  if (own === others) return shift === 0
  return (
    own.length === others.length &&
    own.every(({ pieces }, paragraph) => {
      const theirs = others[paragraph]?.pieces ?? []
      return (
        pieces.length === theirs.length &&
        pieces.every(
          (piece, index) =>
            piece.from + shift === theirs[index]?.from && piece.to + shift === theirs[index]?.to,
        )
      )
    })
  )
}
