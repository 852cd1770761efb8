import { isolateHistory } from '@codemirror/commands'
import { type EditorState, Transaction, type TransactionSpec } from '@codemirror/state'
import { startsInPieces } from '../alignment/estimate'
import { type Pieces, whole } from '../pieces'
import { type Anchor, type AnchorOrigin, anchorsOf, setAnchorsEffect, sortAnchors } from './anchors'
import { anchorsOfTurns, recordingFactsOf, transcriptOf, turnTimesOf, turnWeight } from './queries'
import { derivedEffect, type RecordingFacts, setRecordingFactsEffect } from './session'

/** Turns keep at least this much, seconds, so that a boundary can be grasped again. */
const shortestTurn = 0.02

/** Seconds that a boundary moves without its changing what is estimated further than so many turns away, the shortest first. */
const moves = [
  { upTo: 1, reach: 12 },
  { upTo: 20, reach: 120 },
] as const

/** Turns after which others may come in. */
const turnsOfPiece = 100

export type Edge = 'start' | 'end' | 'both'

function gesture(anchors: readonly Anchor[]): TransactionSpec {
  return {
    effects: setAnchorsEffect.of(sortAnchors(anchors)),
    userEvent: 'boundary',
    annotations: isolateHistory.of('full'),
  }
}

interface Place {
  start: Anchor | null
  end: Anchor | null
}

function placesOf(session: EditorState): Place[] {
  return anchorsOfTurns(session).map(({ start, end }) => ({ start, end }))
}

function anchorsFrom(places: readonly Place[]): Anchor[] {
  const anchors: Anchor[] = []
  for (const { start, end } of places) {
    if (start) anchors.push(start)
    if (end) anchors.push(end)
  }
  return anchors
}

function pinned(position: number, edge: 'start' | 'end', time: number): Anchor {
  return { position, edge, time, origin: 'pinned', confidence: 1 }
}

function isFixed(anchor: Anchor | null | undefined): anchor is Anchor {
  return anchor !== null && anchor !== undefined && anchor.origin !== 'estimated'
}

/** How far the start of `turn` may go: to the pins before and behind it, or the recording's ends; seconds. */
export function boundaryLimits(
  session: EditorState,
  turn: number,
): { readonly earliest: number; readonly latest: number } {
  const places = anchorsOfTurns(session)
  const duration = recordingFactsOf(session)?.duration ?? Number.POSITIVE_INFINITY
  const pinAt = (index: number) => {
    const start = places[index]?.start
    return start?.origin === 'pinned' ? start.time : undefined
  }
  let [first, last] = [turn - 1, turn + 1]
  while (first >= 0 && pinAt(first) === undefined) first--
  while (last < places.length && pinAt(last) === undefined) last++
  const [before, after] = [pinAt(first), pinAt(last)]
  const earliest = before === undefined ? 0 : before + shortestTurn
  const latest = after === undefined ? Math.max(duration, earliest) : after - shortestTurn
  if (latest >= earliest) return { earliest, latest }
  // Two pins closer than that leave their middle.
  const middle = ((before ?? after ?? 0) + (after ?? before ?? 0)) / 2
  return { earliest: middle, latest: middle }
}

/** Moves the start of `turn` to `time` (seconds) and pins it. `both` (one handle) takes the end of the turn before along; `start`
 *  leaves that end where it is; `end` moves the end of `turn`. Kept between the neighbouring pins; what is not pinned flows. */
export function moveBoundary(
  session: EditorState,
  turn: number,
  time: number,
  options: { readonly edge?: Edge } = {},
): TransactionSpec | null {
  const { turns } = transcriptOf(session)
  const entry = turns[turn]
  if (!entry || !Number.isFinite(time)) return null
  const edge = options.edge ?? 'both'
  const places = placesOf(session)
  const own = places[turn] as Place
  if (edge === 'end') {
    const times = turnTimesOf(session)[turn]
    const duration = recordingFactsOf(session)?.duration ?? Number.POSITIVE_INFINITY
    const end = Math.min(duration, Math.max(time, (times?.start ?? 0) + shortestTurn))
    own.end = pinned(entry.to, 'end', end)
    return gesture(anchorsFrom(places))
  }
  const { earliest, latest } = boundaryLimits(session, turn)
  const start = Math.min(latest, Math.max(earliest, time))
  const before = places[turn - 1]
  const previous = turns[turn - 1]
  if (before && previous && edge === 'both') before.end = null
  if (before && previous && edge === 'start' && !before.end) {
    const end = turnTimesOf(session)[turn - 1]?.end
    if (end !== null && end !== undefined) before.end = pinned(previous.to, 'end', end)
  }
  own.start = pinned(own.start?.position ?? entry.from, 'start', start)
  if (own.end && own.end.time < start + shortestTurn) own.end = null
  return gesture(flowBetween(session, places, turn - 1, turn + 1, { around: turn }))
}

/** Parts a boundary: the turn before ends at `previousEnd`, `turn` starts at `start` (seconds); a gap or an overlap. */
export function partBoundary(
  session: EditorState,
  turn: number,
  { previousEnd, start }: { readonly previousEnd: number; readonly start: number },
): TransactionSpec | null {
  const { turns } = transcriptOf(session)
  const entry = turns[turn]
  const previous = turns[turn - 1]
  if (!entry || !previous) return null
  const places = placesOf(session)
  const { earliest, latest } = boundaryLimits(session, turn)
  const own = places[turn] as Place
  const before = places[turn - 1] as Place
  const floor = (before.start?.time ?? turnTimesOf(session)[turn - 1]?.start ?? 0) + shortestTurn
  const ceiling = recordingFactsOf(session)?.duration ?? Number.POSITIVE_INFINITY
  own.start = pinned(own.start?.position ?? entry.from, 'start', Math.min(latest, Math.max(earliest, start)))
  before.end = pinned(previous.to, 'end', Math.min(ceiling, Math.max(floor, previousEnd)))
  return gesture(flowBetween(session, places, turn - 1, turn + 1, { around: turn }))
}

/** Takes the pin off the start (and the end of its own) of `turn`; it flows again. */
export function unpinBoundary(session: EditorState, turn: number): TransactionSpec | null {
  const places = placesOf(session)
  const own = places[turn]
  const before = places[turn - 1]
  if (!own || (own.start?.origin !== 'pinned' && own.end?.origin !== 'pinned')) return null
  own.start = null
  own.end = null
  if (before?.end) before.end = null
  return gesture(flowBetween(session, places, turn, turn, { around: turn }))
}

/** Estimates anew from behind `turn` up to the next pin, whatever was there but pins. */
export function reflowFrom(session: EditorState, turn: number): TransactionSpec | null {
  const places = placesOf(session)
  let last = turn + 1
  while (last < places.length && places[last]?.start?.origin !== 'pinned') {
    places[last] = { start: null, end: null }
    last++
  }
  if (last === turn + 1) return null
  return gesture(flowBetween(session, places, turn, last, { around: turn + 1 }))
}

/** Tells the session about its recording. Not undoable, not the user's work; estimates follow, everything else stays. */
export function setRecordingFacts(session: EditorState, facts: RecordingFacts): TransactionSpec {
  return whole(recordingFactsInPieces(session, facts))
}

/** The same in pieces of some milliseconds, for ten thousand turns take a tenth of a second. */
export function* recordingFactsInPieces(
  session: EditorState,
  facts: RecordingFacts,
): Pieces<TransactionSpec> {
  const next = session.update({ effects: setRecordingFactsEffect.of(facts) }).state
  const anchors = yield* flowAll(next)
  return {
    effects: [setRecordingFactsEffect.of(facts), setAnchorsEffect.of(anchors), derivedEffect.of(null)],
    annotations: Transaction.addToHistory.of(false),
  }
}

/** The anchors of a session whose turns start at `starts` (seconds, by turn) where that crosses no pin; the other starts that are no pins are
 *  estimated between them.
 *  @param part the turns that this is about, first and one behind the last; the others keep what they have but estimates */
export function anchorsOfStarts(
  session: EditorState,
  starts: ReadonlyMap<number, { readonly time: number; readonly confidence: number }>,
  part: readonly [number, number] = [0, Number.POSITIVE_INFINITY],
  origin: AnchorOrigin = 'aligned',
): readonly Anchor[] {
  const { turns } = transcriptOf(session)
  const places = placesOf(session)
  const stays = ({ start }: Place, index: number) =>
    start?.origin === 'pinned' || (isFixed(start) && (index < part[0] || index >= part[1]))
  const latest: number[] = []
  let next = recordingFactsOf(session)?.duration ?? Number.POSITIVE_INFINITY
  for (let index = places.length - 1; index >= 0; index--) {
    const place = places[index] as Place
    latest[index] = next
    if (stays(place, index)) next = Math.min(next, place.start?.time ?? next)
  }
  let earliest = 0
  for (const [index, place] of places.entries()) {
    if (stays(place, index)) {
      earliest = Math.max(earliest, place.start?.time ?? 0)
      continue
    }
    place.start = null
    if (index < part[0] || index >= part[1]) continue
    if (place.end?.origin !== 'pinned') place.end = null
    const start = starts.get(index)
    if (!start || start.time < earliest || start.time > (latest[index] as number)) continue
    earliest = start.time
    place.start = {
      position: (turns[index] as { from: number }).from,
      edge: 'start',
      time: start.time,
      origin,
      confidence: start.confidence,
    }
  }
  return sortAnchors(whole(fill(session, places, 0, places.length - 1)))
}

function* flowAll(session: EditorState): Pieces<readonly Anchor[]> {
  const places = placesOf(session)
  for (const place of places) if (place.start && !isFixed(place.start)) place.start = null
  const all = sortAnchors(yield* fill(session, places, 0, places.length - 1))
  return sameAnchors(all, anchorsOf(session)) ? anchorsOf(session) : all
}

function sameAnchors(a: readonly Anchor[], b: readonly Anchor[]): boolean {
  return (
    a.length === b.length &&
    a.every((anchor, index) => {
      const other = b[index] as Anchor
      return (
        anchor.position === other.position &&
        anchor.edge === other.edge &&
        anchor.time === other.time &&
        anchor.origin === other.origin
      )
    })
  )
}

// Drops the estimates between the fixed anchors around `around` and fills the stretch again. Where a boundary moved only a little, estimates
// far away from it stay.
function flowBetween(
  session: EditorState,
  places: Place[],
  before: number,
  after: number,
  { around }: { around: number },
): Anchor[] {
  const earlier = turnTimesOf(session)[around]?.start ?? null
  const moved = Math.abs((places[around]?.start?.time ?? Number.POSITIVE_INFINITY) - (earlier ?? 0))
  const reach =
    (earlier === null ? undefined : moves.find(({ upTo }) => moved <= upTo)?.reach) ??
    Number.POSITIVE_INFINITY
  const holds = (index: number) =>
    isFixed(places[index]?.start) || (Math.abs(index - around) > reach && Boolean(places[index]?.start))
  let first = Math.min(before, places.length - 1)
  while (first >= 0 && !holds(first)) first--
  let last = Math.max(after, 0)
  while (last < places.length && !holds(last)) last++
  for (let index = Math.max(0, first + 1); index < Math.min(last, places.length); index++) {
    const place = places[index] as Place
    if (index !== around && place.start && !isFixed(place.start)) place.start = null
    if (index === around && place.start?.origin === 'estimated') place.start = null
  }
  return whole(fill(session, places, Math.max(0, first), Math.min(last, places.length - 1)))
}

// Gives every turn from `first` to `last` that has no start an estimated one.
function* fill(session: EditorState, places: Place[], first: number, last: number): Pieces<Anchor[]> {
  const { turns } = transcriptOf(session)
  const facts = recordingFactsOf(session)
  const speech = facts?.speech ?? []
  for (let index = first; index <= last; index++) {
    if (places[index]?.start) continue
    let end = index
    while (end + 1 < places.length && !places[end + 1]?.start) end++
    const before = places[index - 1]
    const next = places[end + 1]?.start?.time
    const from = before?.start?.time ?? Math.min(speech[0]?.[0] ?? 0, next ?? Number.POSITIVE_INFINITY)
    const to =
      next ??
      (speech.length > 0 && index === 0 ? (speech.at(-1) as readonly [number, number])[1] : facts?.duration)
    if (to === undefined) return anchorsFrom(places)
    const lead = before?.start ? 1 : 0
    const weights: number[] = []
    for (const turn of turns.slice(index - lead, end + 1)) {
      weights.push(turnWeight(session, turn))
      if (weights.length % turnsOfPiece === 0) yield
    }
    const starts = yield* startsInPieces(weights, from, Math.max(from, to), speech)
    for (let turn = index; turn <= end; turn++) {
      const place = places[turn] as Place
      const time = starts[turn - index + lead] as number
      place.start = {
        position: (turns[turn] as { from: number }).from,
        edge: 'start',
        time,
        origin: 'estimated',
        confidence: 0.3,
      }
    }
    index = end
  }
  return anchorsFrom(places)
}
