import { invertedEffects } from '@codemirror/commands'
import { type ChangeDesc, type EditorState, type Extension, StateEffect, StateField } from '@codemirror/state'
import { setAnchorsEffect } from './anchors'
import { entryBytes, stepBytes } from './boundedHistory'
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

/** Positions are those of the text before `changes` and then `steps`: an edit costs no more than to note it, and what the undo history keeps of
 *  it is as small as the edit, however many came before. */
interface Kept {
  readonly timings: WordTimings
  readonly changes: ChangeDesc | null
  /** Edits since, the newest; the others hang on it. */
  readonly steps: Step | null
}

interface Step {
  readonly before: Step | null
  readonly change: ChangeDesc
  /** With those before. */
  readonly count: number
}

/** Steps after which they become part of `changes`: what is between two such places is composed again when undo goes there. */
const mostSteps = 64

export const noTimings: WordTimings = { words: [], doubts: [], untold: [], doubtfulBelow: 0 }

const setKeptEffect = StateEffect.define<Kept>({ map: moved })

/** Replaces all that is known.
 *  @param changes from the text whose positions the timings have to the document after the transaction; missing: the same text */
export function setTimings(timings: WordTimings, changes: ChangeDesc | null = null): StateEffect<unknown> {
  return setKeptEffect.of({ timings, changes: changes?.empty ? null : changes, steps: null })
}

export const wordsField: StateField<Kept> = StateField.define<Kept>({
  create: () => ({ timings: noTimings, changes: null, steps: null }),
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
  const { timings, steps } = kept
  const step: Step = { before: steps, change: changes, count: (steps?.count ?? 0) + 1 }
  const next: Kept = { ...kept, steps: step }
  return step.count < mostSteps ? next : { timings, changes: changesOf(next), steps: null }
}

/** What is worked out of a state is kept for the newest few only: the undo history holds on to every state's words. */
class Newest<T> {
  private entries: readonly { readonly of: Kept; readonly value: T }[] = []

  get(of: Kept, make: () => T): T {
    const known = this.entries.find((entry) => entry.of === of)
    if (known) return known.value
    const value = make()
    this.entries = [{ of, value }, ...this.entries].slice(0, 2)
    return value
  }

  peek(of: (kept: Kept) => boolean): T | null {
    return this.entries.find((entry) => of(entry.of))?.value ?? null
  }
}

const composedCache = new Newest<ChangeDesc | null>()

// All edits as one; from those of the state before where that is known.
function changesOf(kept: Kept): ChangeDesc | null {
  if (!kept.steps) return kept.changes
  return composedCache.get(kept, () => {
    const missing: ChangeDesc[] = []
    let changes = kept.changes
    for (let step = kept.steps; step; step = step.before) {
      const here = step
      const known = composedCache.peek(({ changes: base, steps }) => base === kept.changes && steps === here)
      if (known) {
        changes = known
        break
      }
      missing.push(step.change)
    }
    return missing.reduceRight<ChangeDesc | null>(
      (all, change) => (all ? all.composeDesc(change) : change),
      changes,
    )
  })
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
  stepBytes.of(({ startState, state }) => {
    const [before, after] = [startState.field(wordsField), state.field(wordsField)]
    if (before === after) return 0
    const { words, doubts, untold } = before.timings
    return before.timings === after.timings
      ? entryBytes * 4
      : (words.length + doubts.length + untold.length) * entryBytes
  }),
]

/** A session's beginning with what is known of its words. */
export function withTimings(timings: WordTimings): Extension {
  return wordsField.init(() => ({ timings, changes: null, steps: null }))
}

const movedCache = new Newest<MovedWords>()
const presentCache = new Newest<WordTimings>()

function movedWords(session: EditorState): MovedWords {
  const kept = session.field(wordsField)
  return movedCache.get(
    kept,
    () => new MovedWords(kept.timings.words, changesOf(kept), (from, to) => session.sliceDoc(from, to)),
  )
}

/** All that is known, in positions of the present text. Goes through all words after an edit: not for what runs with every key. */
export function wordTimingsOf(session: EditorState): WordTimings {
  const kept = session.field(wordsField)
  if (!changesOf(kept)) return kept.timings
  return presentCache.get(kept, () => ({
    ...kept.timings,
    words: movedWords(session).all(),
    ...doubtfulOf(session),
  }))
}

const doubtfulCache = new Newest<Pick<WordTimings, 'doubts' | 'untold'>>()

/** What is in doubt, in positions of the present text. */
export function doubtfulOf(session: EditorState): Pick<WordTimings, 'doubts' | 'untold'> {
  const kept = session.field(wordsField)
  if (!changesOf(kept)) return kept.timings
  return doubtfulCache.get(kept, () => {
    const words = movedWords(session)
    return {
      doubts: kept.timings.doubts.flatMap((doubt) => {
        const [from, to] = [words.now(doubt.from, 1), words.now(doubt.to, -1)]
        return to > from ? [{ ...doubt, from, to }] : []
      }),
      untold: kept.timings.untold.map((entry) => ({ ...entry, position: words.now(entry.position, -1) })),
    }
  })
}

/** What was edited since words were timed, in positions of the present text: `[from, to]`, in order. */
export function editedSince(session: EditorState): readonly (readonly [number, number])[] {
  const edited: [number, number][] = []
  changesOf(session.field(wordsField))?.iterChangedRanges((_fromA, _toA, from, to) => edited.push([from, to]))
  return edited
}

/** What has less confidence than this is doubtful; 0 where nothing is known. */
export function doubtfulBelowOf(session: EditorState): number {
  return session.field(wordsField).timings.doubtfulBelow
}

/** The words as they were found last, whatever was edited since: the same object as long as nothing else was found. */
export function foundTimingsOf(session: EditorState): WordTimings {
  return session.field(wordsField).timings
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
