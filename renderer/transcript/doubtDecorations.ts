import { RangeSetBuilder } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'
import { reviewItemsOf } from '../../shared/session/reviewItems'
import { isSettled } from '../state/settled'

const styles = {
  textAndSound: Decoration.mark({ class: 'is-doubtful-text' }),
  notPlaced: Decoration.mark({ class: 'is-not-placed' }),
} as const

/** Underlines what is in doubt within what is in view: dotted where text and sound differ, dashed where the text was not found. */
export function doubtDecorations() {
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      private items: unknown

      constructor(view: EditorView) {
        this.items = reviewItemsOf(view.state)
        this.decorations = decorate(view)
      }

      // Behind a key they move with the text, until it settles.
      update(update: ViewUpdate) {
        if (!isSettled(update.state)) {
          this.decorations = this.decorations.map(update.changes)
          return
        }
        const items = reviewItemsOf(update.state)
        if (items === this.items && !update.viewportChanged) return
        this.items = items
        this.decorations = decorate(update.view)
      }
    },
    { decorations: (plugin) => plugin.decorations },
  )
}

function decorate(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  const items = reviewItemsOf(view.state)
  let last = 0
  for (const { from, to } of view.visibleRanges) {
    for (let index = firstFrom(items, from); index < items.length; index++) {
      const item = items[index] as (typeof items)[number]
      if (item.from > to) break
      const style = item.kind === 'textAndSound' || item.kind === 'notPlaced' ? styles[item.kind] : null
      if (!style || item.isDone || item.to <= item.from || item.from < last) continue
      builder.add(item.from, item.to, style)
      last = item.from
    }
  }
  return builder.finish()
}

/** Characters that a passage may begin before the view and still reach into it. */
const longest = 2000

function firstFrom(items: readonly { readonly from: number }[], from: number): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((items[middle] as { from: number }).from < from - longest) low = middle + 1
    else high = middle
  }
  return low
}
