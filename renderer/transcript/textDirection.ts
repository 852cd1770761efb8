import { RangeSetBuilder } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'

const ownDirection = Decoration.line({ attributes: { dir: 'auto' } })

/** Scripts that are written from right to left, and the marks that say so. */
const rightToLeft = /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc]/u

/** Characters at a line's start that are looked at: its first letter decides. */
const lookedAt = 400

function directions(view: EditorView): DecorationSet {
  const { doc } = view.state
  const builder = new RangeSetBuilder<Decoration>()
  let last = -1
  for (const { from, to } of view.visibleRanges) {
    for (let line = doc.lineAt(from); ; line = doc.line(line.number + 1)) {
      const start = doc.sliceString(line.from, Math.min(line.to, line.from + lookedAt))
      if (line.from > last && rightToLeft.test(start)) builder.add(line.from, line.from, ownDirection)
      last = Math.max(last, line.from)
      if (line.to >= to || line.number === doc.lines) break
    }
  }
  return builder.finish()
}

/** Each line runs in the direction of its first letter (Unicode Bidirectional Algorithm, rules P2 and P3). */
export const textDirection = [
  EditorView.perLineTextDirection.of(true),
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet

      constructor(view: EditorView) {
        this.decorations = directions(view)
      }

      update(update: ViewUpdate) {
        if (update.docChanged || update.viewportChanged) this.decorations = directions(update.view)
      }
    },
    { decorations: (plugin) => plugin.decorations },
  ),
]
