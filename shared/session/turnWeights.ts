import type { ChangeDesc, EditorState } from '@codemirror/state'
import { syllables } from '../alignment/text/syllables'
import { unmoved } from '../transcript/movedTurn'
import type { Transcript, Turn } from '../transcript/transcript'
import { changedRange } from '../transcript/updateTranscript'

/** Syllables of each turn of a transcript; not a number where nobody asked yet. */
interface Weights {
  readonly transcript: Transcript
  readonly list: Float64Array
}

/** Weights of an earlier transcript and what changed since. */
interface Carried extends Weights {
  readonly changes: ChangeDesc
}

const known = new WeakMap<Transcript, Weights | Carried>()

/** The weight of a turn in the estimate, syllables.
 *  @param transcript of the session, that the turn belongs to */
export function weightOf(session: EditorState, transcript: Transcript, turn: Turn): number {
  const weights = weightsOf(transcript)
  const before = weights[turn.index] as number
  if (!Number.isNaN(before)) return before
  let weight = 0
  for (const { pieces } of turn.paragraphs)
    for (const { from, to } of pieces) weight += syllables(session.sliceDoc(from, to))
  weights[turn.index] = weight
  return weight
}

/** Takes over what is known of turns that an edit did not touch, when it is asked for. */
export function carryWeights(previous: Transcript, next: Transcript, changes: ChangeDesc): void {
  const weights = known.get(previous)
  if (!weights || previous === next) return
  const all = 'changes' in weights ? weights.changes.composeDesc(changes) : changes
  known.set(next, { transcript: weights.transcript, list: weights.list, changes: all })
}

function weightsOf(transcript: Transcript): Float64Array {
  const weights = known.get(transcript)
  if (weights && !('changes' in weights)) return weights.list
  const list = weights
    ? carried(weights, transcript)
    : new Float64Array(transcript.turns.length).fill(Number.NaN)
  known.set(transcript, { transcript, list })
  return list
}

function carried(
  { transcript: { turns: before }, list, changes }: Carried,
  { turns }: Transcript,
): Float64Array {
  const { from, to } = changedRange(changes)
  const by = changes.newLength - changes.length
  const result = new Float64Array(turns.length).fill(Number.NaN)
  const most = Math.min(before.length, turns.length)
  let first = 0
  for (; first < most; first++) {
    const old = before[first] as Turn
    if (old.to >= from || !saysTheSame(old, turns[first] as Turn, 0)) break
    result[first] = list[first] as number
  }
  for (let back = 1; back <= most - first; back++) {
    const old = before.at(-back) as Turn
    if (old.from <= to || !saysTheSame(old, turns.at(-back) as Turn, by)) break
    result[turns.length - back] = list[before.length - back] as number
  }
  return result
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
