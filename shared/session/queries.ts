import { ChangeSet, type EditorState } from '@codemirror/state'
import { estimateStarts, shareAtTime, timeAtShare } from '../alignment/estimate'
import { syllables } from '../alignment/text/syllables'
import { lastWhere } from '../lastWhere'
import type { Speech } from '../recording/speechActivity'
import { turnBefore } from '../transcript/patchTranscript'
import type { Transcript, Turn } from '../transcript/transcript'
import { type Anchor, type AnchorOrigin, anchorsOf } from './anchors'
import {
  changesField,
  type RecordingFacts,
  recordingFactsField,
  transcriptField,
  versionField,
} from './session'
import { weightOf } from './turnWeights'
import { hasWordTimings, wordAtPosition, wordAtTime } from './words'

/** When a turn is said. */
export interface TurnTimes {
  /** Seconds; `null` only while neither the recording's length nor any time is known. */
  readonly start: number | null
  readonly end: number | null
  readonly origin: AnchorOrigin | null
  /** 0–1. */
  readonly confidence: number
  readonly isPinned: boolean
  readonly isEndPinned: boolean
  /** Its end is its own: a gap or an overlap follows. */
  readonly isParted: boolean
}

/** A text edit, with the time it belongs to. */
export interface Correction {
  /** In the edited document. */
  readonly from: number
  readonly to: number
  readonly before: string
  readonly after: string
  /** Seconds. */
  readonly time: number | null
}

export function transcriptOf(session: EditorState): Transcript {
  return session.field(transcriptField)
}

export function recordingFactsOf(session: EditorState): RecordingFacts | null {
  return session.field(recordingFactsField)
}

export function versionOf(session: EditorState): number {
  return session.field(versionField).now
}

/** Changes from the text that the session was created with to the present one. */
export function changesSinceOpened(session: EditorState): ChangeSet {
  return session.field(changesField) ?? ChangeSet.empty(session.doc.length)
}

/** The weight of each turn in the estimate, syllables. */
export function turnWeight(session: EditorState, turn: Turn): number {
  return Math.max(weightOf(session, transcriptOf(session), turn), 0.5)
}

interface OwnAnchors {
  readonly start: Anchor | null
  readonly end: Anchor | null
}

const anchorsByTranscript = new WeakMap<
  Transcript,
  { readonly anchors: readonly Anchor[]; readonly own: readonly OwnAnchors[] }
>()

/** The anchor that gives each turn its start, and the one that gives it an end of its own. */
export function anchorsOfTurns(session: EditorState): readonly OwnAnchors[] {
  const transcript = transcriptOf(session)
  const anchors = anchorsOf(session)
  const known = anchorsByTranscript.get(transcript)
  if (known?.anchors === anchors) return known.own
  const own = matchAnchors(transcript, anchors, known?.own)
  anchorsByTranscript.set(transcript, { anchors, own })
  return own
}

// Of ten thousand turns an edit of a boundary changes a few: the others keep their entries, here and in `computeTimes`.
function matchAnchors(
  { turns }: Transcript,
  anchors: readonly Anchor[],
  earlier: readonly OwnAnchors[] | undefined,
): readonly OwnAnchors[] {
  let at = 0
  return turns.map((turn, index) => {
    const limit = turns[index + 1]?.from ?? Number.POSITIVE_INFINITY
    while (at < anchors.length && (anchors[at] as Anchor).position < turn.from) at++
    let start: Anchor | null = null
    let end: Anchor | null = null
    for (; at < anchors.length && (anchors[at] as Anchor).position < limit; at++) {
      const anchor = anchors[at] as Anchor
      if (anchor.edge === 'start') start ??= anchor
      else end = anchor
    }
    // An end that stands exactly where the next turn begins.
    for (let next = at; next < anchors.length && (anchors[next] as Anchor).position === limit; next++) {
      if ((anchors[next] as Anchor).edge === 'end') end = anchors[next] as Anchor
    }
    // A start deep inside belonged to a label that is gone.
    if (start && start.position > turn.from + 40 && start.position > (turn.label?.to ?? 0) + 40) start = null
    const before = earlier?.[index]
    return before?.start === start && before.end === end ? before : { start, end }
  })
}

const timesCache = new WeakMap<EditorState, readonly TurnTimes[]>()
const timesByParts = new WeakMap<
  Transcript,
  { anchors: readonly Anchor[]; facts: RecordingFacts | null; times: readonly TurnTimes[] }
>()

/** When each turn is said. A turn without an anchor is placed between its neighbours by its length. */
export function turnTimesOf(session: EditorState): readonly TurnTimes[] {
  const cached = timesCache.get(session)
  if (cached) return cached
  const transcript = transcriptOf(session)
  const anchors = anchorsOf(session)
  const facts = recordingFactsOf(session)
  const earlier = timesByParts.get(transcript)
  const times =
    earlier && earlier.anchors === anchors && earlier.facts === facts
      ? earlier.times
      : computeTimes(session, facts, earlier?.times)
  timesByParts.set(transcript, { anchors, facts, times })
  timesCache.set(session, times)
  return times
}

function computeTimes(
  session: EditorState,
  facts: RecordingFacts | null,
  earlier: readonly TurnTimes[] | undefined,
): readonly TurnTimes[] {
  const { turns } = transcriptOf(session)
  const own = anchorsOfTurns(session)
  const starts = own.map(({ start }) => start?.time ?? null)
  const duration = facts?.duration ?? null
  fillGaps(session, starts, duration, facts?.speech ?? [])
  return own.map(({ start, end }, index) => {
    const begin = starts[index] ?? null
    const next = starts[index + 1] ?? (index === turns.length - 1 ? duration : null)
    const times = {
      start: begin,
      end: end ? end.time : next === null || begin === null ? next : Math.max(begin, next),
      origin: start?.origin ?? (begin === null ? null : 'estimated'),
      confidence: start?.confidence ?? 0,
      isPinned: start?.origin === 'pinned',
      isEndPinned: end?.origin === 'pinned',
      isParted: end !== null,
    }
    const before = earlier?.[index]
    return before && areSame(before, times) ? before : times
  })
}

function areSame(a: TurnTimes, b: TurnTimes): boolean {
  return (
    a.start === b.start &&
    a.end === b.end &&
    a.origin === b.origin &&
    a.confidence === b.confidence &&
    a.isPinned === b.isPinned &&
    a.isEndPinned === b.isEndPinned &&
    a.isParted === b.isParted
  )
}

// Fills runs of turns without a time from the times around them.
function fillGaps(
  session: EditorState,
  starts: (number | null)[],
  duration: number | null,
  speech: Speech,
): void {
  const { turns } = transcriptOf(session)
  for (let first = 0; first < starts.length; first++) {
    if (starts[first] !== null) continue
    let last = first
    while (last + 1 < starts.length && starts[last + 1] === null) last++
    const before = starts[first - 1] ?? null
    const from = before ?? 0
    const to = starts[last + 1] ?? duration
    if (to === null) return
    // The turn before shares the stretch: the run begins where that turn ends.
    const lead = before === null ? 0 : 1
    const weights = turns.slice(first - lead, last + 1).map((turn) => turnWeight(session, turn))
    const placed = estimateStarts(weights, from, Math.max(from, to), speech)
    for (let index = first; index <= last; index++) starts[index] = placed[index - first + lead] as number
    first = last
  }
}

/** The turn that `position` stands in or behind; `null` before the first one. */
export function turnAtPosition(session: EditorState, position: number): number | null {
  return turnBefore(transcriptOf(session), position)?.index ?? null
}

/** The turn that is said at `time` (seconds); `null` in a gap and outside all turns. */
export function turnAtTime(session: EditorState, time: number): number | null {
  const times = turnTimesOf(session)
  const index = lastWhere(times, ({ start }) => start !== null && start <= time)
  if (index < 0) return null
  const end = times[index]?.end
  return end === null || end === undefined || time < end ? index : null
}

/** When the word at `position` is said, by the length of what stands before it in its turn; seconds. */
export function timeAtPosition(session: EditorState, position: number): number | null {
  const index = turnAtPosition(session, position)
  if (index === null) return null
  const word = wordAtPosition(session, position)
  if (word) return position < word.to ? word.start : word.end
  const times = turnTimesOf(session)[index]
  const turn = transcriptOf(session).turns[index]
  if (!times || !turn || times.start === null) return null
  if (times.end === null) return times.start
  let before = 0
  const total = weightOf(session, transcriptOf(session), turn)
  for (const { pieces } of turn.paragraphs) {
    for (const { from, to } of pieces) {
      if (position > from) before += syllables(session.sliceDoc(from, Math.min(position, to)))
    }
  }
  const share = total > 0 ? Math.min(1, before / total) : 0
  const speech = recordingFactsOf(session)?.speech ?? []
  return timeAtShare(share, times.start, times.end, speech)
}

/** Where the text stands that is said at `time` (seconds) in a turn: its word, or where words have no times, about there by the length of
 *  the text; the turn's start where nothing tells. */
export function positionAtTime(session: EditorState, index: number, time: number): number | null {
  const turn = transcriptOf(session).turns[index]
  if (!turn) return null
  const word = wordAtTime(session, time)
  if (word) return word.from
  const { start = null, end = null } = turnTimesOf(session)[index] ?? {}
  if (start === null || end === null || hasWordTimings(session)) return turn.from
  const pieces = turn.paragraphs.flatMap((paragraph) => paragraph.pieces)
  const length = pieces.reduce((sum, { from, to }) => sum + to - from, 0)
  let left = length * shareAtTime(time, start, end, recordingFactsOf(session)?.speech ?? [])
  for (const { from, to } of pieces) {
    if (left < to - from) return from + Math.floor(left)
    left -= to - from
  }
  return pieces.at(-1)?.to ?? turn.from
}

const correctionsCache = new WeakMap<EditorState, readonly Correction[]>()

/** Text edits since the file was opened, in order. Neighbouring edits that touch are one. */
export function correctionsOf(session: EditorState, opened: string): readonly Correction[] {
  const cached = correctionsCache.get(session)
  if (cached) return cached
  const corrections: Correction[] = []
  changesSinceOpened(session).iterChanges((fromA, toA, fromB, toB, inserted) => {
    const before = opened.slice(fromA, toA)
    const after = inserted.toString()
    if (before !== after)
      corrections.push({ from: fromB, to: toB, before, after, time: timeAtPosition(session, fromB) })
  })
  correctionsCache.set(session, corrections)
  return corrections
}
