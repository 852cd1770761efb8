import { invertedEffects } from '@codemirror/commands'
import { type ChangeDesc, type EditorState, type Extension, StateEffect, StateField } from '@codemirror/state'
import { setAnchorsEffect } from './anchors'
import { MovedWords } from './movedWords'

/** When a word is said, or the stretch that an inaudible mark stands for. */
export interface WordTiming {
  /** UTF-16 offsets in the document. */
  readonly from: number
  readonly to: number
  /** Seconds. */
  readonly start: number
  readonly end: number
  /** 0–1. */
  readonly confidence: number
}

/** A sentence whose place is in doubt, or that was not found in the recording: then it has no times. */
export interface Doubt {
  readonly from: number
  readonly to: number
  readonly start: number | null
  readonly end: number | null
  readonly confidence: number
}

/** Somebody speaks, and the text has nothing for it. */
export interface Untold {
  /** Where the text for it would stand. */
  readonly position: number
  /** Seconds. */
  readonly start: number
  readonly end: number
}

/** What is known of words and sentences, beyond the turns' anchors. */
export interface WordTimings {
  /** In the order of the text and of the times. */
  readonly words: readonly WordTiming[]
  readonly doubts: readonly Doubt[]
  readonly untold: readonly Untold[]
  /** What has less confidence is doubtful. */
  readonly doubtfulBelow: number
}

/** Positions are those of the text before `changes`: an edit costs no more than to note it. */
interface Kept {
  readonly timings: WordTimings
  readonly changes: ChangeDesc | null
}

export const noTimings: WordTimings = { words: [], doubts: [], untold: [], doubtfulBelow: 0 }

const setKeptEffect = StateEffect.define<Kept>({ map: moved })

/** Replaces all that is known.
 *  @param changes from the text whose positions the timings have to the document after the transaction; missing: the same text */
export function setTimings(timings: WordTimings, changes: ChangeDesc | null = null): StateEffect<unknown> {
  return setKeptEffect.of({ timings, changes: changes?.empty ? null : changes })
}

export const wordsField: StateField<Kept> = StateField.define<Kept>({
  create: () => ({ timings: noTimings, changes: null }),
  update(kept, transaction) {
    let result = transaction.docChanged ? moved(kept, transaction.changes.desc) : kept
    for (const effect of transaction.effects) if (effect.is(setKeptEffect)) result = effect.value
    return result
  },
})

function isNothing({ timings }: Kept): boolean {
  return timings.words.length + timings.doubts.length + timings.untold.length === 0
}

function moved(kept: Kept, changes: ChangeDesc): Kept {
  if (isNothing(kept)) return kept
  return { ...kept, changes: kept.changes ? kept.changes.composeDesc(changes) : changes }
}

/** Words with their place in the undo history: each step brings back what was known before it, exactly. */
export const wordsExtension: Extension = [
  wordsField,
  invertedEffects.of((transaction) => {
    const before = transaction.startState.field(wordsField)
    const isSet = transaction.effects.some((effect) => effect.is(setKeptEffect))
    const isTouched =
      transaction.docChanged || transaction.effects.some((effect) => effect.is(setAnchorsEffect))
    return isSet || (isTouched && !isNothing(before)) ? [setKeptEffect.of(before)] : []
  }),
]

/** A session's beginning with what is known of its words. */
export function withTimings(timings: WordTimings): Extension {
  return wordsField.init(() => ({ timings, changes: null }))
}

const movedCache = new WeakMap<Kept, MovedWords>()
const presentCache = new WeakMap<Kept, WordTimings>()

function movedWords(session: EditorState): MovedWords {
  const kept = session.field(wordsField)
  let words = movedCache.get(kept)
  if (!words) {
    words = new MovedWords(kept.timings.words, kept.changes, (from, to) => session.sliceDoc(from, to))
    movedCache.set(kept, words)
  }
  return words
}

/** All that is known, in positions of the present text. Goes through all words after an edit: not for what runs with every key. */
export function wordTimingsOf(session: EditorState): WordTimings {
  const kept = session.field(wordsField)
  if (!kept.changes) return kept.timings
  let present = presentCache.get(kept)
  if (!present) {
    present = { ...kept.timings, words: movedWords(session).all(), ...doubtfulOf(session) }
    presentCache.set(kept, present)
  }
  return present
}

const doubtfulCache = new WeakMap<Kept, Pick<WordTimings, 'doubts' | 'untold'>>()

/** What is in doubt, in positions of the present text. */
export function doubtfulOf(session: EditorState): Pick<WordTimings, 'doubts' | 'untold'> {
  const kept = session.field(wordsField)
  if (!kept.changes) return kept.timings
  let present = doubtfulCache.get(kept)
  if (!present) {
    const words = movedWords(session)
    present = {
      doubts: kept.timings.doubts.flatMap((doubt) => {
        const [from, to] = [words.now(doubt.from, 1), words.now(doubt.to, -1)]
        return to > from ? [{ ...doubt, from, to }] : []
      }),
      untold: kept.timings.untold.map((entry) => ({ ...entry, position: words.now(entry.position, -1) })),
    }
    doubtfulCache.set(kept, present)
  }
  return present
}

/** The text between `from` and `to` was edited since its words were timed. */
export function isEditedSince(session: EditorState, from: number, to: number): boolean {
  let isEdited = false
  session.field(wordsField).changes?.iterChangedRanges((_fromA, _toA, fromB, toB) => {
    isEdited ||= fromB <= to && toB >= from
  })
  return isEdited
}

/** What has less confidence than this is doubtful; 0 where nothing is known. */
export function doubtfulBelowOf(session: EditorState): number {
  return session.field(wordsField).timings.doubtfulBelow
}

/** Words have times here. */
export function hasWordTimings(session: EditorState): boolean {
  return session.field(wordsField).timings.words.length > 0
}

/** The word that is said at `time` (seconds); `null` between words. */
export function wordAtTime(session: EditorState, time: number): WordTiming | null {
  return movedWords(session).at(time)
}

/** The word that `position` stands in, at its start or its end; `null` where no time is known. */
export function wordAtPosition(session: EditorState, position: number): WordTiming | null {
  return movedWords(session).over(position)
}
