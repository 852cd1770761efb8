import type { EditorState } from '@codemirror/state'
import type { AlignmentText, Pin } from '../alignment/alignment'
import { lastWhere } from '../lastWhere'
import { alignmentText } from './alignmentText'
import type { AlignedPart } from './applyAlignment'
import { recordingFactsOf, type TurnTimes, transcriptOf, turnTimesOf } from './queries'
import { doubtfulBelowOf, editedSince } from './words'

/** Turns that are to be aligned anew, between two instants at which the text is known to be. */
export interface StretchToAlign extends AlignedPart {
  readonly text: AlignmentText
  readonly pins: readonly Pin[]
}

/** Boundaries that were aligned surely and lie as far from what changed stay as they are; seconds. */
const reach = 30

/** The turns whose pins differ between two states of one text; `null` where none does. */
export function movedPins(before: EditorState, after: EditorState): readonly [number, number] | null {
  const [old, now] = [turnTimesOf(before), turnTimesOf(after)]
  if (old === now || old.length !== now.length) return null
  const differs = (entry: TurnTimes, index: number) => {
    const other = old[index] as TurnTimes
    return (
      entry.isPinned !== other.isPinned ||
      (entry.isPinned && entry.start !== other.start) ||
      entry.isEndPinned !== other.isEndPinned ||
      (entry.isEndPinned && entry.end !== other.end)
    )
  }
  const first = now.findIndex(differs)
  return first < 0 ? null : [first, now.findLastIndex(differs)]
}

/** The turns that were edited since their words were timed, neighbours together: the first of each, and one behind the last. */
export function editedTurns(session: EditorState): readonly (readonly [number, number])[] {
  const { turns } = transcriptOf(session)
  const found: [number, number][] = []
  for (const [from, to] of editedSince(session)) {
    const first = lastWhere(turns, (turn) => turn.to < from) + 1
    const behind = lastWhere(turns, (turn) => turn.from <= to) + 1
    const before = found.at(-1)
    if (before && first <= before[1]) before[1] = Math.max(before[1], behind)
    else if (first < behind) found.push([first, behind])
  }
  return found
}

/** The stretch around turns that changed: up to the next pin on either side, or to a boundary that is sure and far enough.
 *  @param turns the first and the last that changed @param times when they are or were said, seconds */
export function stretchAround(
  session: EditorState,
  [first, last]: readonly [number, number],
  times: readonly number[],
): StretchToAlign | null {
  const all = turnTimesOf(session)
  const sure = doubtfulBelowOf(session)
  const known = times.length > 0 ? times : [all[first]?.start ?? 0]
  const [earliest, latest] = [Math.min(...known), Math.max(...known)]
  const holds = ({ start, origin, confidence, isPinned }: TurnTimes, isFar: (time: number) => boolean) =>
    isPinned || (start !== null && origin === 'aligned' && confidence >= sure && isFar(start))
  let from = Math.max(0, first - 1)
  while (from > 0 && !holds(all[from] as TurnTimes, (time) => time <= earliest - reach)) from--
  let to = last + 1
  while (to < all.length && !holds(all[to] as TurnTimes, (time) => time >= latest + reach)) to++
  return stretchOf(session, [from, to])
}

/** Turns as they lie, between the start of the first and that of the one behind the last.
 *  @param turns the first, and one behind the last @param within seconds, instead of where they lie */
export function stretchOf(
  session: EditorState,
  [first, behind]: readonly [number, number],
  within: { readonly start?: number | null; readonly end?: number | null } = {},
): StretchToAlign | null {
  const duration = recordingFactsOf(session)?.duration
  const times = turnTimesOf(session)
  if (duration === undefined || first >= behind || behind > times.length) return null
  const start = within.start ?? (first === 0 && !times[0]?.isPinned ? 0 : (times[first]?.start ?? 0))
  const end = within.end ?? times[behind]?.start ?? duration
  if (end - start < 0.3) return null
  const transcript = transcriptOf(session)
  const { turns, pieces } = alignmentText(session.doc.toString(), transcript)
  return {
    turns: [first, behind],
    start,
    end,
    text: { turns, pieces: pieces.filter(({ turn }) => turn >= first && turn < behind) },
    pins: pinsOf(session, [first + 1, behind]).filter(({ time }) => time > start && time < end),
  }
}

/** The pins as the aligner takes them. Where a turn was given an end before the next one's start, nothing is said between.
 *  @param turns the first, and one behind the last */
export function pinsOf(
  session: EditorState,
  [first, behind]: readonly [number, number] = [0, Number.POSITIVE_INFINITY],
): readonly Pin[] {
  const { turns } = transcriptOf(session)
  const times = turnTimesOf(session)
  const pins: Pin[] = []
  for (let index = first; index < Math.min(behind, turns.length); index++) {
    const at = turns[index]?.from as number
    const before = times[index - 1]
    const own = times[index] as TurnTimes
    const end = before?.isEndPinned ? before.end : null
    const start = own.isPinned ? own.start : null
    if (end !== null && (own.start === null || end <= own.start)) pins.push({ at, time: end })
    if (start !== null) pins.push({ at, time: start })
  }
  return pins
}
