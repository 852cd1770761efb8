import type { EditorState, TransactionSpec } from '@codemirror/state'
import type { Transcript, Turn } from '../transcript/transcript'
import { type TurnTimes, timeAtPosition, transcriptOf, turnTimesOf } from './queries'
import { type ReviewDone, type ReviewKind, reviewDoneField, setReviewDoneEffect } from './review'
import { type WordTimings, wordAtPosition, wordTimingsOf } from './words'

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
  readonly isDone: boolean
}

/** Least length of a passage that is looped, seconds. */
const shortest = 1

interface Parts {
  readonly done: readonly ReviewDone[]
  readonly times: readonly TurnTimes[]
  readonly timings: WordTimings
}

const cache = new WeakMap<Transcript, Parts & { readonly items: readonly ReviewItem[] }>()

class Passage implements ReviewItem {
  private stretch: ReturnType<typeof stretchOf> | null = null

  constructor(
    private readonly session: EditorState,
    readonly kind: ReviewKind,
    readonly from: number,
    readonly to: number,
    readonly turn: number | null,
    readonly index: number | null,
    readonly id: string,
    readonly isDone: boolean,
  ) {}

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
    timings: wordTimingsOf(session),
  }
  const cached = cache.get(transcript)
  if (
    cached &&
    cached.done === parts.done &&
    cached.times === parts.times &&
    cached.timings === parts.timings
  )
    return cached.items
  const done = new Set(parts.done.map(({ kind, position }) => `${kind}:${position}`))
  const items: ReviewItem[] = []
  const add = (
    kind: ReviewKind,
    from: number,
    to: number,
    turn: number | null,
    index: number | null = null,
  ) => {
    const id = `${kind}:${from}`
    items.push(new Passage(session, kind, from, to, turn, index, id, done.has(id)))
  }
  for (const mark of transcript.marks) {
    if (mark.kind === 'inaudible' || mark.kind === 'crosstalk') add(mark.kind, mark.from, mark.to, mark.turn)
  }
  for (const turn of transcript.turns) {
    if (turn.label && turn.speaker === null) add('unknownSpeaker', turn.label.from, turn.label.to, turn.index)
  }
  for (const [index, torn] of transcript.torn.entries()) add('torn', torn.from, torn.to, torn.turn, index)
  for (const [index, { second }] of transcript.alike.entries()) {
    const turn = transcript.turns.find(({ speaker }) => speaker === second)
    if (turn?.label) add('alike', turn.label.from, turn.label.to, turn.index, index)
  }
  const { words, doubtfulBelow } = parts.timings
  if (words.length > 0) {
    for (const [index, { origin, confidence }] of parts.times.entries()) {
      const turn = transcript.turns[index] as Turn
      const kind =
        origin === 'estimated'
          ? 'notPlaced'
          : origin === 'aligned' && confidence < doubtfulBelow
            ? 'doubtfulTime'
            : null
      if (kind) add(kind, turn.from, turn.label?.to ?? turn.from, index)
    }
  }
  items.sort((a, b) => a.from - b.from)
  cache.set(transcript, { ...parts, items })
  return items
}

// An inaudible mark stands for unknown speech: it is given what lies around its place in the turn.
function stretchOf(session: EditorState, kind: ReviewKind, from: number, to: number, turn: number | null) {
  if (kind === 'alike' || turn === null) return { start: null, end: null }
  const times = turnTimesOf(session)[turn]
  if (!times || times.start === null || times.end === null) return { start: null, end: null }
  if (kind === 'unknownSpeaker' || kind === 'doubtfulTime' || kind === 'notPlaced')
    return { start: times.start, end: Math.min(times.end, times.start + 6) }
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
