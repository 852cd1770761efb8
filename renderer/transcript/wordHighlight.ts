import { StateEffect, StateField } from '@codemirror/state'
import { Decoration, EditorView } from '@codemirror/view'
import { type WordTiming, wordAtPosition } from '../../shared/session/words'

const setSpokenWord = StateEffect.define<WordTiming | null>()
const style = Decoration.mark({ class: 'is-spoken-word' })

const spokenWordField = StateField.define<WordTiming | null>({
  create: () => null,
  update(word, transaction) {
    for (const effect of transaction.effects) if (effect.is(setSpokenWord)) return effect.value
    return transaction.docChanged ? null : word
  },
  provide: (field) =>
    EditorView.decorations.from(field, (word) =>
      word ? Decoration.set(style.range(word.from, word.to)) : Decoration.none,
    ),
})

/** Scrolls no further than it takes to see a position with some lines around it. */
export function intoView(position: number): StateEffect<unknown> {
  return EditorView.scrollIntoView(position, { y: 'nearest', yMargin: 96 })
}

/** Marks the word that sounds; nothing happens while it stays the same. @param isScrolling keeps it in view */
export function showSpokenWord(view: EditorView, word: WordTiming | null, isScrolling: boolean): void {
  const shown = view.state.field(spokenWordField, false)
  if (shown === undefined || shown?.from === word?.from) return
  const effects: StateEffect<unknown>[] = [setSpokenWord.of(word)]
  if (word && isScrolling) effects.push(intoView(word.from))
  view.dispatch({ effects })
}

/** The word that sounds is marked; a click with Ctrl or Command plays from the word under it.
 *  @param play from a time in seconds */
export function wordHighlight(play: (time: number) => void) {
  return [
    spokenWordField,
    EditorView.domEventHandlers({
      mousedown: (event, view) => {
        if (!event.ctrlKey && !event.metaKey) return false
        const position = view.posAtCoords({ x: event.clientX, y: event.clientY })
        const word = position === null ? null : wordAtPosition(view.state, position)
        if (!word) return false
        play(word.start)
        return true
      },
    }),
  ]
}
