import { ChangeSet, type EditorState, Text } from '@codemirror/state'
import { z } from 'zod'
import { type Anchor, anchorsOf, mapAnchors } from './anchors'
import { mapReviewDone, type ReviewDone, reviewDoneField, reviewKinds } from './review'

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
  kind: z.enum(reviewKinds),
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

type Change = [from: number, to: number, insert: string]

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

/** What changed from one state of a session to another, as one line; `null` when nothing did. Times and reviewed passages that only moved
 *  with the text are not written again. */
export function journalRecord(before: EditorState, after: EditorState): string | null {
  const change = before.doc.eq(after.doc) ? undefined : span(before.doc, after.doc)
  const moved = change && changeSet(change, before.doc.length)
  const [anchorsBefore, anchorsAfter] = [anchorsOf(before), anchorsOf(after)]
  const anchors = isSame(moved ? mapAnchors(anchorsBefore, moved) : anchorsBefore, anchorsAfter)
    ? undefined
    : anchorsAfter
  const [doneBefore, doneAfter] = [before.field(reviewDoneField), after.field(reviewDoneField)]
  const reviewed = isSame(moved ? mapReviewDone(doneBefore, moved) : doneBefore, doneAfter)
    ? undefined
    : doneAfter
  return change || anchors || reviewed ? line({ change, anchors, reviewed }) : null
}

/** Reads a journal as far as it is whole. A line that was cut short or damaged ends it: what follows builds on what is missing.
 *  @returns `null` when not even the head can be read */
export function readJournal(journal: string): Recovered | null {
  const lines = journal.split('\n')
  const head = headShape.safeParse(parse(lines[0] ?? ''))
  if (!head.success) return null
  let { text } = head.data
  let anchors: readonly Anchor[] = head.data.anchors ?? []
  let reviewed: readonly ReviewDone[] = head.data.reviewed ?? []
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
      const moved = changeSet(change, text.length)
      anchors = mapAnchors(anchors, moved)
      reviewed = mapReviewDone(reviewed, moved)
      text = text.slice(0, from) + insert + text.slice(to)
    }
    anchors = record.data.anchors ?? anchors
    reviewed = record.data.reviewed ?? reviewed
    records++
  }
  return state(false)
}

function changeSet([from, to, insert]: Change, length: number): ChangeSet {
  return ChangeSet.of({ from, to, insert: Text.of(insert.split('\n')) }, length)
}

function isSame<T extends object>(a: readonly T[], b: readonly T[]): boolean {
  return a === b || (a.length === b.length && a.every((entry, index) => hasSameValues(entry, b[index] as T)))
}

function hasSameValues<T extends object>(a: T, b: T): boolean {
  return a === b || (Object.keys(a) as (keyof T)[]).every((key) => a[key] === b[key])
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

// One stretch from the first difference to the last: a record is small where typing happened in one place. Lines are compared first:
// those that were not edited are the same strings.
function span(before: Text, after: Text): Change {
  const most = Math.min(before.length, after.length)
  const start = commonLines(before, after, 1)
  const tail = Math.min(commonLines(before, after, -1), most - start)
  const [old, now] = [before, after].map((text) => text.sliceString(start, text.length - tail)) as [
    string,
    string,
  ]
  const shorter = Math.min(old.length, now.length)
  let from = 0
  while (from < shorter && old.charCodeAt(from) === now.charCodeAt(from)) from++
  let end = 0
  while (
    end < shorter - from &&
    old.charCodeAt(old.length - 1 - end) === now.charCodeAt(now.length - 1 - end)
  )
    end++
  return [start + from, before.length - tail - end, now.slice(from, now.length - end)]
}

// Characters of the lines that two texts have in common at one end.
function commonLines(a: Text, b: Text, direction: 1 | -1): number {
  const [one, other] = [a.iter(direction), b.iter(direction)]
  let length = 0
  for (;;) {
    one.next()
    other.next()
    if (one.done || other.done || one.value !== other.value) return length
    length += one.value.length
  }
}
