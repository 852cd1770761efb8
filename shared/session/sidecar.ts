import type { EditorState } from '@codemirror/state'
import { z } from 'zod'
import type { Suggestion } from '../alignment/byText/suggestions'
import { err, ok, type Result } from '../result'
import { type Anchor, anchorsOf, sortAnchors } from './anchors'
import { importedOf } from './imported'
import { chosenLanguageOf } from './language'
import { isReviewKind, type ReviewDone, reviewDoneField } from './review'
import { joinedTimings, readTurnTimings, turnTimings, turnTimingsShape } from './timingsFile'
import { doubtfulBelowOf, type WordTimings } from './words'

/** The format's number; files with a higher one are from a later version and are left alone. */
export const sidecarVersion = 1

/** Characters kept around a position to find it again. */
const contextLength = 32

const position = z.number().int().min(0)
const placeShape = z.object({
  position,
  /** The text right before and behind the position when it was written. */
  before: z.string().max(200),
  after: z.string().max(200),
})

const sidecarShape = z.object({
  format: z.literal('earmark'),
  version: z.number().int().min(1),
  transcript: z.object({ name: z.string().max(1000), length: position, hash: z.string().max(200) }),
  recording: z
    .object({
      name: z.string().max(1000),
      /** Relative to the transcript, `/` between folders. */
      path: z.string().max(4000).optional(),
      key: z.string().max(500),
      duration: z.number().min(0).finite(),
    })
    .nullable(),
  anchors: z
    .array(
      placeShape.extend({
        edge: z.enum(['start', 'end']),
        time: z.number().min(0).finite(),
        origin: z.enum(['pinned', 'aligned', 'estimated', 'imported']),
        confidence: z.number().min(0).max(1),
      }),
    )
    .max(2_000_000),
  reviewed: z.array(placeShape.extend({ kind: z.string().max(40) })).max(1_000_000),
  /** In which the recording is spoken, where that was chosen. */
  language: z.string().max(40).optional(),
  words: z
    .object({
      doubtfulBelow: z.number().min(0).max(1),
      turns: z.array(placeShape.extend(turnTimingsShape.shape)).max(1_000_000),
    })
    .optional(),
  /** What a recogniser heard at inaudible marks. */
  suggestions: z
    .array(
      placeShape.extend({
        mark: z.string().min(1).max(1000),
        text: z.string().max(100_000),
        start: z.number().min(0).finite(),
        end: z.number().min(0).finite(),
      }),
    )
    .max(1_000_000)
    .optional(),
})

/** What `NAME.earmark.json` holds; described in `docs/sidecar.md`. */
export type Sidecar = z.infer<typeof sidecarShape>

export type SidecarProblem =
  | { readonly kind: 'notSidecar'; readonly detail: string }
  | { readonly kind: 'newerSidecar'; readonly version: number }

/** An anchor whose place in the text was not found again. */
export interface LostAnchor {
  readonly time: number
  readonly isPinned: boolean
  /** The text that stood there. */
  readonly context: string
}

export interface SidecarAbout {
  readonly transcript: { readonly name: string; readonly hash: string }
  readonly recording: { readonly name: string; readonly key: string; readonly duration: number } | null
}

/** Serialises what a session knows besides its text. */
export function writeSidecar(session: EditorState, about: SidecarAbout): string {
  const around = (at: number) => ({
    position: at,
    before: session.sliceDoc(Math.max(0, at - contextLength), at),
    after: session.sliceDoc(at, Math.min(session.doc.length, at + contextLength)),
  })
  const language = chosenLanguageOf(session)
  const timed = turnTimings(session)
  const { suggestions } = importedOf(session)
  const sidecar: Sidecar = {
    format: 'earmark',
    version: sidecarVersion,
    transcript: { ...about.transcript, length: session.doc.length },
    recording: about.recording,
    anchors: anchorsOf(session).map(({ position: at, edge, time, origin, confidence }) => ({
      ...around(at),
      edge,
      time: Math.round(Math.max(0, time) * 1e6) / 1e6,
      origin,
      confidence,
    })),
    reviewed: session.field(reviewDoneField).map(({ kind, position: at }) => ({ ...around(at), kind })),
    ...(language === null ? {} : { language }),
    ...(timed.length === 0
      ? {}
      : {
          words: {
            doubtfulBelow: doubtfulBelowOf(session),
            turns: timed.map(({ from, ...timings }) => ({ ...around(from), ...timings })),
          },
        }),
    ...(suggestions.length === 0
      ? {}
      : {
          suggestions: suggestions.map(({ from, to, text, start, end }) => ({
            ...around(from),
            mark: session.sliceDoc(from, to),
            text,
            start,
            end,
          })),
        }),
  }
  return `${JSON.stringify(sidecar, null, 1)}\n`
}

/** Reading a sidecar's text back gives the session's boundaries and what was reviewed, at their places: what is about to be written is what is
 *  meant. */
export function isSidecarOf(session: EditorState, text: string): boolean {
  const read = readSidecar(text)
  if (!read.ok) return false
  const { anchors, reviewDone } = placesIn(session.doc.toString(), read.value)
  const [own, done] = [anchorsOf(session), session.field(reviewDoneField)]
  return (
    anchors.length === own.length &&
    own.every(({ position: at, edge, time, origin }, index) => {
      const kept = anchors[index] as Anchor
      const isNear = Math.abs(kept.time - Math.max(0, time)) < 1e-5
      return kept.position === at && kept.edge === edge && kept.origin === origin && isNear
    }) &&
    reviewDone.length === done.length &&
    done.every(({ kind, position: at }, index) => {
      const kept = reviewDone[index] as ReviewDone
      return kept.kind === kind && kept.position === at
    })
  )
}

/** Reads a sidecar file's text. */
export function readSidecar(text: string): Result<Sidecar, SidecarProblem> {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/u, ''))
  } catch (reason) {
    return err({ kind: 'notSidecar', detail: reason instanceof Error ? reason.message : String(reason) })
  }
  const head = z.object({ format: z.literal('earmark'), version: z.number() }).safeParse(value)
  if (head.success && head.data.version > sidecarVersion)
    return err({ kind: 'newerSidecar', version: head.data.version })
  const parsed = sidecarShape.safeParse(value)
  if (parsed.success) return ok(parsed.data)
  const issue = parsed.error.issues[0]
  return err({ kind: 'notSidecar', detail: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` })
}

/** Lays a sidecar over a text. Positions whose surroundings are as they were are taken as they are; the others are looked for by
 *  what stood around them, in order, and reported when they are not found. */
export function applySidecar(
  doc: string,
  sidecar: Sidecar,
): {
  readonly anchors: readonly Anchor[]
  readonly reviewDone: readonly ReviewDone[]
  readonly timings: WordTimings
  readonly suggestions: readonly Suggestion[]
  readonly lost: readonly LostAnchor[]
} {
  return {
    ...placesIn(doc, sidecar),
    timings: timingsIn(doc, sidecar),
    suggestions: suggestionsIn(doc, sidecar),
  }
}

function placesIn(doc: string, sidecar: Sidecar) {
  const find = finder(doc)
  const lost: LostAnchor[] = []
  const anchors = sidecar.anchors.flatMap(({ edge, time, origin, confidence, ...place }): Anchor[] => {
    const at = find(place)
    if (at !== null) return [{ position: at, edge, time, origin, confidence }]
    // An estimate is made again from the text; only a time that means something is missed.
    if (origin !== 'estimated')
      lost.push({
        time,
        isPinned: origin === 'pinned',
        context: place.before.slice(-12) + place.after.slice(0, 20),
      })
    return []
  })
  const reviewDone = sidecar.reviewed.flatMap(({ kind, ...place }): ReviewDone[] => {
    const at = find(place)
    return at === null || !isReviewKind(kind) ? [] : [{ kind, position: at }]
  })
  return { anchors: sortAnchors(anchors), reviewDone, lost }
}

// A mark that stands as it stood.
function suggestionsIn(doc: string, { suggestions = [] }: Sidecar): Suggestion[] {
  const find = finder(doc)
  return suggestions.flatMap(({ mark, text, start, end, ...place }) => {
    const from = find(place)
    return from !== null && doc.startsWith(mark, from)
      ? [{ from, to: from + mark.length, text, start, end: Math.max(start, end) }]
      : []
  })
}

// Words of turns whose text is as it was, in order.
function timingsIn(doc: string, { words: kept }: Sidecar): WordTimings {
  const find = finder(doc)
  const parts = (kept?.turns ?? []).flatMap(({ position: at, before, after, ...timings }) => {
    const found = find({ position: at, before, after })
    return found === null ? [] : [readTurnTimings(timings, doc.slice(found, found + timings.length), found)]
  })
  return joinedTimings(parts, kept?.doubtfulBelow ?? 0)
}

interface Place {
  readonly position: number
  readonly before: string
  readonly after: string
}

/** Finds places one after the other; how far the last one had moved is where the next is looked for first. */
function finder(doc: string): (place: Place) => number | null {
  let shift = 0
  return (place) => {
    const { before, after, position: at } = place
    for (const candidate of [at + shift, at]) {
      if (candidate < 0 || candidate > doc.length) continue
      if (fits(doc, candidate, before, after)) {
        shift = candidate - at
        return candidate
      }
    }
    const found = nearestFit(doc, place, at + shift)
    if (found !== null) shift = found - at
    return found
  }
}

function fits(doc: string, at: number, before: string, after: string): boolean {
  return doc.startsWith(after, at) && doc.slice(Math.max(0, at - before.length), at) === before
}

// Both sides in full first, then what follows, then what precedes; the shorter the context, the nearer it must be.
function nearestFit(doc: string, { before, after }: Place, expected: number): number | null {
  for (const share of [1, 0.5]) {
    const tail = before.slice(before.length - Math.floor(before.length * share))
    const head = after.slice(0, Math.floor(after.length * share))
    const both = nearestOccurrence(doc, tail + head, expected - tail.length)
    if (both !== null && tail.length + head.length >= 6) return both + tail.length
  }
  if (after.length >= 8) {
    const at = nearestOccurrence(doc, after, expected)
    if (at !== null) return at
  }
  const head = after.slice(0, 14)
  if (head.trim().length >= 6) {
    const at = nearestOccurrence(doc, head, expected)
    if (at !== null && Math.abs(at - expected) < 4000) return at
  }
  if (before.trim().length >= 12) {
    const at = nearestOccurrence(doc, before, expected - before.length)
    if (at !== null && Math.abs(at + before.length - expected) < 4000) return at + before.length
  }
  return null
}

function nearestOccurrence(doc: string, wanted: string, expected: number): number | null {
  if (wanted === '') return null
  const behind = doc.indexOf(wanted, Math.max(0, expected))
  const ahead = expected > 0 ? doc.lastIndexOf(wanted, expected) : -1
  if (behind < 0) return ahead < 0 ? null : ahead
  if (ahead < 0) return behind
  return expected - ahead <= behind - expected ? ahead : behind
}
