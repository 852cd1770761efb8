import type { EditorState, TransactionSpec } from '@codemirror/state'
import type { Transcript, Turn } from '../transcript/transcript'
import { alignmentText } from './alignmentText'
import { importedField, importedOf } from './imported'
import { type TurnTimes, timeAtPosition, transcriptOf, turnAtPosition, turnTimesOf } from './queries'
import { type ReviewDone, type ReviewKind, reviewDoneField, setReviewDoneEffect } from './review'
import { type Doubt, doubtfulOf, hasWordTimings, wordAtPosition, wordsField } from './words'

/** A doubtful passage: something that wants a second listen or a decision. */
export interface ReviewItem {
  /** Names the item within one state of the session. */
  readonly id: string
  readonly kind: ReviewKind
  readonly from: number
  readonly to: number
  readonly turn: number | null
  /** Index into `Transcript.torn` or `Transcript.alike`, for those kinds. */
  readonly index: number | null
  /** Where it is heard, seconds; `null` while no time is known. Worked out when it is asked for. */
  readonly start: number | null
  readonly end: number | null
  /** 0–1, where the recording was searched for the text. */
  readonly confidence: number | null
  /** What a recogniser heard there, for an inaudible mark. */
  readonly suggestion: string | null
  readonly isDone: boolean
}

/** Least length of a passage that is looped, seconds. */
const shortest = 1

interface Parts {
  readonly done: readonly ReviewDone[]
  readonly times: readonly TurnTimes[]
  readonly words: unknown
  readonly imported: unknown
}

const cache = new WeakMap<Transcript, Parts & { readonly items: readonly ReviewItem[] }>()

/** What is known of a passage by itself. */
interface Known {
  readonly index?: number | null
  readonly confidence?: number | null
  readonly start?: number | null
  readonly end?: number | null
  readonly suggestion?: string | null
}

class Passage implements ReviewItem {
  private stretch: { readonly start: number | null; readonly end: number | null } | null = null
  readonly index: number | null
  readonly confidence: number | null
  readonly suggestion: string | null

  constructor(
    private readonly session: EditorState,
    readonly kind: ReviewKind,
    readonly from: number,
    readonly to: number,
    readonly turn: number | null,
    readonly id: string,
    readonly isDone: boolean,
    { index = null, confidence = null, suggestion = null, start, end }: Known,
  ) {
    this.index = index
    this.confidence = confidence
    this.suggestion = suggestion
    if (start !== undefined && end !== undefined) this.stretch = { start, end }
  }

  get start(): number | null {
    return this.heard().start
  }

  get end(): number | null {
    return this.heard().end
  }

  private heard() {
    this.stretch ??= stretchOf(this.session, this.kind, this.from, this.to, this.turn)
    return this.stretch
  }
}

/** All doubtful passages in the order of the text. */
export function reviewItemsOf(session: EditorState): readonly ReviewItem[] {
  const transcript = transcriptOf(session)
  const parts: Parts = {
    done: session.field(reviewDoneField),
    times: turnTimesOf(session),
    words: session.field(wordsField),
    imported: session.field(importedField),
  }
  const cached = cache.get(transcript)
  const isSame = (name: keyof Parts) => cached?.[name] === parts[name]
  if (cached && isSame('done') && isSame('times') && isSame('words') && isSame('imported'))
    return cached.items
  const done = new Set(parts.done.map(({ kind, position }) => `${kind}:${position}`))
  const items: ReviewItem[] = []
  const add = (kind: ReviewKind, from: number, to: number, turn: number | null, known: Known = {}) => {
    const id = `${kind}:${from}`
    items.push(new Passage(session, kind, from, to, turn, id, done.has(id), known))
  }
  const suggestions = new Map(importedOf(session).suggestions.map(({ from, text }) => [from, text]))
  for (const { kind, from, to, turn } of transcript.marks) {
    if (kind === 'inaudible') add(kind, from, to, turn, { suggestion: suggestions.get(from) ?? null })
    if (kind === 'crosstalk') add(kind, from, to, turn)
  }
  for (const turn of transcript.turns) {
    if (turn.speaker === null && turn.label) add('unknownSpeaker', turn.label.from, turn.label.to, turn.index)
  }
  for (const [index, torn] of transcript.torn.entries()) add('torn', torn.from, torn.to, torn.turn, { index })
  for (const [index, { second }] of transcript.alike.entries()) {
    const turn = transcript.turns.find(({ speaker }) => speaker === second)
    if (turn?.label) add('alike', turn.label.from, turn.label.to, turn.index, { index })
  }
  const { doubts, untold } = doubtfulOf(session)
  for (const { from, to, turn, start, end, confidence } of passagesOf(session, doubts)) {
    if (start === null) add('notPlaced', from, to, turn, { confidence })
    else add('textAndSound', from, to, turn, { start, end, confidence })
  }
  for (const { position, start, end } of untold)
    add('untold', position, position, turnAtPosition(session, position), { start, end })
  items.sort((a, b) => a.from - b.from || a.to - b.to)
  cache.set(transcript, { ...parts, items })
  return items
}

/** The recording was searched for all that the text says is said. Where it was not, nothing is known of whether the two agree. */
export function isCompared(session: EditorState): boolean {
  if (!hasWordTimings(session)) return false
  const { turns, marks } = transcriptOf(session)
  const times = turnTimesOf(session)
  const isKnown = (index: number) => (times[index]?.origin ?? 'estimated') !== 'estimated'
  // A turn of events alone has no place of its own.
  const unknown = turns.filter(({ index }) => !isKnown(index))
  const text = unknown.length === 0 ? '' : session.doc.toString()
  const saysSomething = (turn: Turn) =>
    alignmentText(text, { turns: [turn], marks }).pieces.some(({ kind }) => kind === 'speech')
  return !unknown.some(saysSomething)
}

// What was not found in one stretch of a turn is one passage.
function passagesOf(session: EditorState, doubts: readonly Doubt[]) {
  const passages: (Doubt & { readonly turn: number | null })[] = []
  for (const doubt of doubts) {
    const turn = turnAtPosition(session, doubt.from)
    const last = passages.at(-1)
    const isMore =
      doubt.start === null &&
      last?.start === null &&
      last.turn === turn &&
      session.sliceDoc(last.to, doubt.from).trim() === ''
    if (isMore) passages[passages.length - 1] = { ...last, to: doubt.to }
    else passages.push({ ...doubt, turn })
  }
  return passages
}

// An inaudible mark stands for unknown speech: it is given what lies around its place in the turn.
function stretchOf(session: EditorState, kind: ReviewKind, from: number, to: number, turn: number | null) {
  if (kind === 'alike' || turn === null) return { start: null, end: null }
  const times = turnTimesOf(session)[turn]
  if (!times || times.start === null || times.end === null) return { start: null, end: null }
  if (kind === 'unknownSpeaker') return { start: times.start, end: Math.min(times.end, times.start + 6) }
  if (kind === 'notPlaced') {
    const begin = timeAtPosition(session, from) ?? times.start
    return { start: begin, end: Math.max(begin, Math.min(times.end, begin + 6)) }
  }
  const heard = wordAtPosition(session, from)
  if (heard && heard.to >= to) return { start: heard.start, end: Math.max(heard.end, heard.start + shortest) }
  const begin = timeAtPosition(session, from) ?? times.start
  const finish = timeAtPosition(session, to) ?? begin
  const middle = (begin + finish) / 2
  const half = Math.max(shortest, (finish - begin) / 2)
  return {
    start: Math.max(times.start, middle - half),
    end: Math.max(times.start, Math.min(times.end, middle + half)),
  }
}

/** Says that an item is kept as it is, or takes that back. One undo step. */
export function setReviewDone(session: EditorState, id: string, isDone: boolean): TransactionSpec | null {
  const item = reviewItemsOf(session).find((entry) => entry.id === id)
  if (!item || item.isDone === isDone) return null
  const others = session.field(reviewDoneField).filter(({ kind, position }) => `${kind}:${position}` !== id)
  const entry = { kind: item.kind, position: item.from }
  return { effects: setReviewDoneEffect.of(isDone ? [...others, entry] : others), userEvent: 'review' }
}
