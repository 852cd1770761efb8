import { invertedEffects } from '@codemirror/commands'
import { type ChangeDesc, type EditorState, type Extension, StateEffect, StateField } from '@codemirror/state'

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

export interface WordTimings {
  /** In the order of the text and of the times. */
  readonly words: readonly WordTiming[]
  /** What has less confidence is doubtful. */
  readonly doubtfulBelow: number
}

const none: WordTimings = { words: [], doubtfulBelow: 0 }

export const setWordsEffect = StateEffect.define<WordTimings>({
  map: (timings, changes) => moved(timings, changes),
})

export const wordsField: StateField<WordTimings> = StateField.define<WordTimings>({
  create: () => none,
  update(timings, transaction) {
    let result = transaction.docChanged ? moved(timings, transaction.changes) : timings
    for (const effect of transaction.effects) if (effect.is(setWordsEffect)) result = effect.value
    return result
  },
})

// A corrected word keeps its stretch and what is typed at its edge shares it; a word that is gone leaves its stretch empty.
function moved(timings: WordTimings, changes: ChangeDesc): WordTimings {
  if (timings.words.length === 0) return timings
  let first = Number.POSITIVE_INFINITY
  changes.iterChangedRanges((from) => {
    first = Math.min(first, from)
  })
  const words: WordTiming[] = []
  for (const word of timings.words) {
    if (word.to < first) {
      words.push(word)
      continue
    }
    const from = Math.max(words.at(-1)?.to ?? 0, changes.mapPos(word.from, -1))
    const to = changes.mapPos(word.to, 1)
    if (to > from) words.push({ ...word, from, to })
  }
  return { ...timings, words }
}

/** Words with their place in the undo history where they are set as a whole. */
export const wordsExtension: Extension = [
  wordsField,
  invertedEffects.of((transaction) =>
    transaction.effects.some((effect) => effect.is(setWordsEffect))
      ? [setWordsEffect.of(transaction.startState.field(wordsField))]
      : [],
  ),
]

export function wordTimingsOf(session: EditorState): WordTimings {
  return session.field(wordsField)
}

function lastWith(words: readonly WordTiming[], test: (word: WordTiming) => boolean): WordTiming | null {
  let low = 0
  let high = words.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (test(words[middle] as WordTiming)) low = middle + 1
    else high = middle
  }
  return words[low - 1] ?? null
}

/** The word that is said at `time` (seconds); `null` between words. */
export function wordAtTime(session: EditorState, time: number): WordTiming | null {
  const word = lastWith(wordTimingsOf(session).words, ({ start }) => start <= time)
  return word && time < word.end ? word : null
}

/** The word that `position` stands in, at its start or its end; `null` where no time is known. */
export function wordAtPosition(session: EditorState, position: number): WordTiming | null {
  const word = lastWith(wordTimingsOf(session).words, ({ from }) => from <= position)
  return word && position <= word.to ? word : null
}
