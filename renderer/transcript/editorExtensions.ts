import { defaultKeymap } from '@codemirror/commands'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import {
  Compartment,
  EditorState,
  type Extension,
  type StateEffect,
  type Transaction,
} from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { settledField } from '../state/settled'
import { contentSecurityNonce } from '../ui/contentSecurityNonce'
import { doubtDecorations } from './doubtDecorations'
import { searchPhrases } from './searchPhrases'
import { textDirection } from './textDirection'
import { type TimeKind, timeGutter } from './timeGutter'
import { type JoinTorn, turnDecorations } from './turnDecorations'
import { wordHighlight } from './wordHighlight'

export interface EditorHooks {
  readonly joinTitle: () => string
  readonly join: JoinTorn
  /** What a time in the gutter is worth, in words; empty where that needs none. */
  readonly timeTitle: (kind: TimeKind) => string
  /** A click on the gutter. */
  readonly goTo: (turn: number) => void
  /** The caret moved, by key or click. */
  readonly selectionMoved: (state: EditorState) => void
  /** A word was asked for; seconds. */
  readonly playFrom: (time: number) => void
  /** The user reads elsewhere: scrolls by hand. */
  readonly scrolledByHand: () => void
  /** The user puts the caret somewhere, or types there. */
  readonly workedAt: (position: number) => void
}

const language = new Compartment()

// Where a command goes is not where the user went.
function isByHand(transaction: Transaction): boolean {
  const isMove = transaction.isUserEvent('select') && !transaction.isUserEvent('select.command')
  return isMove || transaction.isUserEvent('input') || transaction.isUserEvent('delete')
}

/** Puts the editor's own words (search panel, screen reader) into the interface language. */
export function languageOf(tag: 'en' | 'zh'): StateEffect<unknown> {
  return language.reconfigure(EditorState.phrases.of(searchPhrases[tag]))
}

/** What the view adds to a session's state. The undo history and the keys of commands are not here: they belong to the
 *  session and to the window. */
export function editorExtensions(hooks: EditorHooks): Extension {
  return [
    EditorView.cspNonce.of(contentSecurityNonce()),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      'aria-label': 'Transcript',
      spellcheck: 'false',
      autocorrect: 'off',
      autocapitalize: 'off',
    }),
    EditorState.allowMultipleSelections.of(false),
    language.of([]),
    search({ top: true }),
    highlightSelectionMatches({ minSelectionLength: 2 }),
    textDirection,
    turnDecorations(hooks.joinTitle, hooks.join),
    settledField,
    timeGutter(hooks.goTo, hooks.timeTitle),
    doubtDecorations(),
    wordHighlight(hooks.playFrom),
    keymap.of([...searchKeymap.filter(({ key }) => key !== 'Mod-f'), ...defaultKeymap]),
    EditorView.updateListener.of((update) => {
      if (update.selectionSet && update.transactions.some((entry) => entry.isUserEvent('select')))
        hooks.selectionMoved(update.state)
      if (update.transactions.some(isByHand)) hooks.workedAt(update.state.selection.main.head)
    }),
    EditorView.domEventHandlers({
      wheel: () => hooks.scrolledByHand(),
    }),
  ]
}
