import type { EditorState } from '@codemirror/state'
import { z } from 'zod'
import { type Anchor, anchorsOf } from './anchors'
import { type ReviewDone, reviewDoneField } from './review'

/** The format's number. */
export const journalVersion = 1

const position = z.number().int().min(0)
const anchorShape = z.object({
  position,
  edge: z.enum(['start', 'end']),
  time: z.number().min(0).finite(),
  origin: z.enum(['pinned', 'aligned', 'estimated', 'imported']),
  confidence: z.number().min(0).max(1),
})
const reviewedShape = z.object({
  kind: z.enum(['inaudible', 'crosstalk', 'unknownSpeaker', 'torn', 'alike']),
  position,
})
const kept = {
  anchors: z.array(anchorShape).optional(),
  reviewed: z.array(reviewedShape).optional(),
}
const headShape = z.object({
  format: z.literal('earmark-journal'),
  version: z.literal(journalVersion),
  /** SHA-256 of the transcript file that the session was made from or last saved as. */
  source: z.string(),
  text: z.string(),
  ...kept,
})
const recordShape = z.object({
  /** From, to, what stands there instead; UTF-16 offsets in the text before. */
  change: z.tuple([position, position, z.string()]).optional(),
  ...kept,
})

/** What a journal leads to. */
export interface Recovered {
  readonly source: string
  readonly text: string
  readonly anchors: readonly Anchor[]
  readonly reviewDone: readonly ReviewDone[]
  /** Records that were read, without the head. */
  readonly records: number
  /** The last record was cut short or damaged; everything before it is here. */
  readonly isTorn: boolean
}

/** Begins a journal: everything that a session knows now, as one line. */
export function journalHead(session: EditorState, source: string): string {
  return line({
    format: 'earmark-journal',
    version: journalVersion,
    source,
    text: session.doc.toString(),
    anchors: anchorsOf(session),
    reviewed: session.field(reviewDoneField),
  })
}

/** What changed from one state of a session to another, as one line; `null` when nothing did. */
export function journalRecord(before: EditorState, after: EditorState): string | null {
  const change = before.doc.eq(after.doc) ? undefined : span(before.doc.toString(), after.doc.toString())
  const anchors = anchorsOf(before) === anchorsOf(after) ? undefined : anchorsOf(after)
  const [doneBefore, doneAfter] = [before.field(reviewDoneField), after.field(reviewDoneField)]
  const reviewed = doneBefore === doneAfter ? undefined : doneAfter
  return change || anchors || reviewed ? line({ change, anchors, reviewed }) : null
}

/** Reads a journal as far as it is whole. A line that was cut short or damaged ends it: what follows builds on what is missing.
 *  @returns `null` when not even the head can be read */
export function readJournal(journal: string): Recovered | null {
  const lines = journal.split('\n')
  const head = headShape.safeParse(parse(lines[0] ?? ''))
  if (!head.success) return null
  let { text, anchors = [], reviewed = [] } = head.data
  let records = 0
  const state = (isTorn: boolean): Recovered => ({
    source: head.data.source,
    text,
    anchors: anchors.filter((anchor) => anchor.position <= text.length),
    reviewDone: reviewed.filter((entry) => entry.position <= text.length),
    records,
    isTorn,
  })
  for (const entry of lines.slice(1)) {
    if (entry === '') continue
    const record = recordShape.safeParse(parse(entry))
    if (!record.success) return state(true)
    const { change } = record.data
    if (change) {
      const [from, to, insert] = change
      if (from > to || to > text.length) return state(true)
      text = text.slice(0, from) + insert + text.slice(to)
    }
    anchors = record.data.anchors ?? anchors
    reviewed = record.data.reviewed ?? reviewed
    records++
  }
  return state(false)
}

function line(value: unknown): string {
  const json = JSON.stringify(value)
  return `${checksum(json)} ${json}\n`
}

function parse(entry: string): unknown {
  const json = entry.slice(9)
  if (entry[8] !== ' ' || checksum(json) !== entry.slice(0, 8)) return undefined
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** FNV-1a over UTF-16 units, eight hexadecimal digits. It tells torn from whole, no more. */
function checksum(text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}

// One stretch from the first difference to the last: a record is small where typing happened in one place.
function span(before: string, after: string): [number, number, string] {
  const most = Math.min(before.length, after.length)
  let from = 0
  while (from < most && before.charCodeAt(from) === after.charCodeAt(from)) from++
  let end = 0
  while (
    end < most - from &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end++
  return [from, before.length - end, after.slice(from, after.length - end)]
}
