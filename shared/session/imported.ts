import { invertedEffects, isolateHistory } from '@codemirror/commands'
import type { TransactionSpec } from '@codemirror/state'
import { type ChangeDesc, type EditorState, type Extension, StateEffect, StateField } from '@codemirror/state'
import type { HeardWord } from '../alignment/byText/heardWords'
import type { Suggestion } from '../alignment/byText/suggestions'
import { entryBytes, stepBytes } from './boundedHistory'

/** What a recogniser heard in the session's recording. */
export interface Imported {
  readonly heard: readonly HeardWord[]
  /** What it heard at inaudible marks that are still there; UTF-16 offsets in the document, in order. */
  readonly suggestions: readonly Suggestion[]
}

const none: Imported = { heard: [], suggestions: [] }

export const setImportedEffect = StateEffect.define<Imported>({
  map: (imported, changes) => moved(imported, changes),
})

export const importedField: StateField<Imported> = StateField.define<Imported>({
  create: () => none,
  update(imported, transaction) {
    let result = transaction.docChanged ? moved(imported, transaction.changes) : imported
    for (const effect of transaction.effects) if (effect.is(setImportedEffect)) result = effect.value
    return result
  },
})

function moved(imported: Imported, changes: ChangeDesc): Imported {
  if (imported.suggestions.length === 0) return imported
  return { ...imported, suggestions: mapSuggestions(imported.suggestions, changes) }
}

/** Suggestions as they are after a change of the text. A mark that was typed over needs none any more. */
export function mapSuggestions(
  suggestions: readonly Suggestion[],
  changes: ChangeDesc,
): readonly Suggestion[] {
  return suggestions.flatMap((suggestion) => {
    const { from, to } = suggestion
    if (changes.touchesRange(from + 1, to - 1)) return []
    return [{ ...suggestion, from: changes.mapPos(from, 1), to: changes.mapPos(to, -1) }]
  })
}

/** A session's beginning with what was heard at its marks in an earlier one. The words themselves are in the file that they came from. */
export function withSuggestions(suggestions: readonly Suggestion[]): Extension {
  return importedField.init(() => ({ heard: [], suggestions }))
}

/** What was imported as part of a session, with its share in the undo history. */
export const importedExtension: Extension = [
  importedField,
  invertedEffects.of((transaction) => {
    const before = transaction.startState.field(importedField)
    const isSet = transaction.effects.some((effect) => effect.is(setImportedEffect))
    const isLost =
      transaction.docChanged &&
      transaction.state.field(importedField).suggestions.length < before.suggestions.length
    return isSet || isLost ? [setImportedEffect.of(before)] : []
  }),
  stepBytes.of(({ startState, state }) => {
    const [before, after] = [startState.field(importedField), state.field(importedField)]
    const heard = before.heard === after.heard ? 0 : before.heard.length
    return before.suggestions.length === after.suggestions.length && heard === 0
      ? 0
      : (before.suggestions.length + heard) * entryBytes
  }),
]

export function importedOf(session: EditorState): Imported {
  return session.field(importedField)
}

/** What was heard at the mark from `from` to `to`; `null` where nothing was. */
export function suggestionAt(session: EditorState, from: number, to: number): Suggestion | null {
  return (
    importedOf(session).suggestions.find((suggestion) => suggestion.from === from && suggestion.to === to) ??
    null
  )
}

/** Writes what was heard in place of a mark. One undo step.
 *  @returns `null` where nothing was heard there */
export function acceptSuggestion(session: EditorState, from: number, to: number): TransactionSpec | null {
  const suggestion = suggestionAt(session, from, to)
  if (!suggestion) return null
  const insert = fitted(
    suggestion.text,
    session.sliceDoc(Math.max(0, from - 2), from),
    session.sliceDoc(to, to + 2),
  )
  return {
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    userEvent: 'input.accept',
    annotations: isolateHistory.of('full'),
  }
}

// A recogniser ends its segments with a full stop; in the middle of a sentence it is none. Words keep a space where their script has one.
function fitted(text: string, before: string, after: string): string {
  const next = after.trimStart()[0] ?? ''
  const isGoingOn = /[\p{Ll}\p{Lo}\d,.;:!?，。；：！？、]/u.test(next)
  const words = isGoingOn ? text.replace(/[\p{P}\s]+$/u, '') : text
  const needsSpace = (left: string, right: string) =>
    /[\p{L}\p{N}\p{Pe}\p{Pf}.,;:!?]$/u.test(left) &&
    /^[\p{L}\p{N}]/u.test(right) &&
    !unspaced.test(left.slice(-1) + right[0])
  return `${needsSpace(before, words) ? ' ' : ''}${words}${needsSpace(words, after) ? ' ' : ''}`
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}、。，！？；：]/u
