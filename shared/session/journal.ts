import { ChangeSet, type EditorState, type StateEffect, Text } from '@codemirror/state'
import { z } from 'zod'
import type { Suggestion } from '../alignment/byText/suggestions'
import { type Anchor, anchorsOf, mapAnchors, onlyMoved, setAnchorsEffect } from './anchors'
import { importedOf, mapSuggestions, setImportedEffect } from './imported'
import { chosenLanguageOf, setLanguageEffect } from './language'
import { mapReviewDone, type ReviewDone, reviewDoneField, reviewKinds, setReviewDoneEffect } from './review'
import { allTimings, allTimingsShape, readAllTimings } from './timingsFile'
import { foundTimingsOf, setTimings, type WordTimings } from './words'

/** The format's number. */
export const journalVersion = 1

/** Characters that a record's change may take away or put in before the words are written again: where two edits far apart became one
 *  change, or undo brought a passage back, following the change would share the times of all that lies between. */
const mostFollowed = 200

const position = z.number().int().min(0)
const seconds = z.number().min(0).finite()
const anchorShape = z.object({
  position,
  edge: z.enum(['start', 'end']),
  time: seconds,
  origin: z.enum(['pinned', 'aligned', 'estimated', 'imported']),
  confidence: z.number().min(0).max(1),
})
const kept = {
  anchors: z.array(anchorShape).optional(),
  reviewed: z.array(z.object({ kind: z.enum(reviewKinds), position })).optional(),
  words: allTimingsShape.optional(),
  suggestions: z
    .array(z.object({ from: position, to: position, text: z.string(), start: seconds, end: seconds }))
    .optional(),
  language: z.string().max(40).nullable().optional(),
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
  /** As they were found, and the change since; `null`, here and below: the journal, of an earlier version of the app, says nothing of it. */
  readonly words: { readonly timings: WordTimings; readonly changes: ChangeSet | null } | null
  readonly suggestions: readonly Suggestion[] | null
  readonly language: { readonly chosen: string | null } | null
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
    words: allTimings(session),
    suggestions: importedOf(session).suggestions,
    language: chosenLanguageOf(session),
  })
}

/** What changed from one state of a session to another, as one line; `null` when nothing did. What only moved with the text is not written
 *  again. */
export function journalRecord(before: EditorState, after: EditorState): string | null {
  const change = before.doc.eq(after.doc) ? undefined : span(before.doc, after.doc)
  const moved = change && changeSet(change, before.doc.length)
  const differing = <T extends object>(
    of: (session: EditorState) => readonly T[],
    map: (entries: readonly T[], changes: ChangeSet) => readonly T[],
  ) => {
    const now = of(after)
    return isSame(moved ? map(of(before), moved) : of(before), now) ? undefined : now
  }
  const anchors = moved && onlyMoved(before, after, moved) ? undefined : differing(anchorsOf, mapAnchors)
  const reviewed = differing((session) => session.field(reviewDoneField), mapReviewDone)
  const suggestions = differing((session) => importedOf(session).suggestions, mapSuggestions)
  const found = foundTimingsOf(after)
  const isWide = change !== undefined && change[1] - change[0] + change[2].length > mostFollowed
  const isFound = foundTimingsOf(before) !== found || (isWide && found.words.length > 0)
  const words = isFound ? allTimings(after) : undefined
  const language = chosenLanguageOf(after)
  const chosen = chosenLanguageOf(before) === language ? undefined : language
  return change || anchors || reviewed || words || suggestions || chosen !== undefined
    ? line({ change, anchors, reviewed, words, suggestions, language: chosen })
    : null
}

/** Reads a journal as far as it is whole. A line that was cut short or damaged ends it: what follows builds on what is missing.
 *  @returns `null` when not even the head can be read */
export function readJournal(journal: string): Recovered | null {
  const lines = journal.split('\n')
  const head = headShape.safeParse(parse(lines[0] ?? ''))
  if (!head.success) return null
  let { text, language } = head.data
  let { anchors = [], reviewed = [], suggestions } = within(head.data, text)
  let words: Recovered['words'] = head.data.words
    ? { timings: readAllTimings(head.data.words, text), changes: null }
    : null
  let records = 0
  const state = (isTorn: boolean): Recovered => ({
    source: head.data.source,
    text,
    anchors,
    reviewDone: reviewed,
    words,
    suggestions: suggestions ?? null,
    language: language === undefined ? null : { chosen: language },
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
      anchors = [...mapAnchors(anchors, moved)]
      reviewed = [...mapReviewDone(reviewed, moved)]
      suggestions = suggestions && [...mapSuggestions(suggestions, moved)]
      words = words && { ...words, changes: words.changes ? words.changes.compose(moved) : moved }
      text = text.slice(0, from) + insert + text.slice(to)
    }
    const known = within(record.data, text)
    anchors = known.anchors ?? anchors
    reviewed = known.reviewed ?? reviewed
    suggestions = known.suggestions ?? suggestions
    if (record.data.language !== undefined) language = record.data.language
    if (record.data.words) words = { timings: readAllTimings(record.data.words, text), changes: null }
    records++
  }
  return state(false)
}

// What lies outside of the text is no place in it.
function within(record: Partial<z.infer<typeof recordShape>>, { length }: string) {
  return {
    anchors: record.anchors?.filter((anchor) => anchor.position <= length),
    reviewed: record.reviewed?.filter((entry) => entry.position <= length),
    suggestions: record.suggestions?.filter(({ from, to }) => from < to && to <= length),
  }
}

/** Brings a session that has the recovered text to all else that the journal leads to. */
export function recoveredEffects(session: EditorState, recovered: Recovered): StateEffect<unknown>[] {
  const { anchors, reviewDone, words, suggestions, language } = recovered
  return [
    setAnchorsEffect.of(anchors),
    setReviewDoneEffect.of(reviewDone),
    ...(words ? [setTimings(words.timings, words.changes)] : []),
    ...(suggestions ? [setImportedEffect.of({ heard: importedOf(session).heard, suggestions })] : []),
    ...(language && language.chosen !== chosenLanguageOf(session)
      ? [setLanguageEffect.of(language.chosen)]
      : []),
  ]
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
  return `${sealed(JSON.stringify(value))}\n`
}

/** A record with the checksum that tells whether it is whole. */
export function sealed(json: string): string {
  return `${checksum(json)} ${json}`
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
function span(before: Text, after: Text): Change {
  const most = Math.min(before.length, after.length)
  const start = common(before, after, 1)
  const tail = Math.min(common(before, after, -1), most - start)
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

// Characters that two texts have in common at one end, up to the line that differs. What an edit does not touch are the same branches.
function common(a: Text, b: Text, direction: 1 | -1): number {
  if (!a.children || !b.children) return commonLines(a, b, direction)
  const most = Math.min(a.children.length, b.children.length)
  const at = direction === 1 ? 0 : -1
  let length = 0
  for (let step = 0; step < most; step++) {
    const one = a.children.at(at + step * direction) as Text
    const other = b.children.at(at + step * direction) as Text
    if (one !== other) return length + common(one, other, direction)
    // And the line break between this branch and the next.
    length += one.length + 1
  }
  return Math.min(length, a.length, b.length)
}

// Lines that were not edited are the same strings.
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
