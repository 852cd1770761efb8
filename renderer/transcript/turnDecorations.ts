import { RangeSetBuilder, StateEffect, StateField } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from '@codemirror/view'
import { transcriptOf } from '../../shared/session/queries'
import { turnsWithin } from '../../shared/transcript/patchTranscript'
import type { Mark, Range, Transcript, Turn } from '../../shared/transcript/transcript'
import { speakerCount } from '../ui/speakerColours'

/** Tells the editor which turn sounds now, or that none does. */
export const setCurrentTurn = StateEffect.define<number | null>()

export const currentTurnField = StateField.define<number | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setCurrentTurn)) return effect.value
    return value
  },
})

/** What a click on "join" calls. */
export type JoinTorn = (torn: number) => void

class JoinWidget extends WidgetType {
  constructor(
    private readonly torn: number,
    private readonly title: string,
    private readonly join: JoinTorn,
  ) {
    super()
  }

  override eq(other: JoinWidget): boolean {
    return other.torn === this.torn && other.title === this.title
  }

  override toDOM(): HTMLElement {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'transcript-join'
    button.tabIndex = -1
    button.textContent = this.title
    button.addEventListener('mousedown', (event) => {
      event.preventDefault()
      this.join(this.torn)
    })
    return button
  }
}

interface Entry extends Range {
  readonly decoration: Decoration
}

const labelStyles = Array.from({ length: speakerCount }, (_, index) =>
  Decoration.mark({ class: `transcript-label speaker-${index}`, bidiIsolate: null }),
)
const unknownLabel = Decoration.mark({ class: 'transcript-label speaker-unknown', bidiIsolate: null })
const writtenTime = Decoration.mark({ class: 'transcript-time' })
const markStyles: Record<Mark['kind'], Decoration> = {
  inaudible: Decoration.mark({ class: 'transcript-mark is-inaudible' }),
  crosstalk: Decoration.mark({ class: 'transcript-mark is-crosstalk' }),
  event: Decoration.mark({ class: 'transcript-mark is-event' }),
  note: Decoration.mark({ class: 'transcript-mark is-note' }),
  interruption: Decoration.mark({ class: 'transcript-mark is-interruption' }),
}
const nowLine = Decoration.line({ class: 'is-now' })
const startLine = Decoration.line({ class: 'is-turn-start' })
const furnitureLine = Decoration.line({ class: 'is-furniture' })

/** Index of the first entry that ends after `position`; the entries are in order. */
function firstAfter(entries: readonly Range[], position: number): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((entries[middle] as Range).to <= position) low = middle + 1
    else high = middle
  }
  return low
}

function* within<T extends Range>(entries: readonly T[], from: number, to: number): Generator<[T, number]> {
  for (let index = firstAfter(entries, from - 1); index < entries.length; index++) {
    const entry = entries[index] as T
    if (entry.from > to) return
    yield [entry, index]
  }
}

function labelDecoration(turn: Turn): Decoration {
  return turn.speaker === null ? unknownLabel : (labelStyles[turn.speaker % speakerCount] as Decoration)
}

/** Decorates the lines in view; nothing of the text is replaced. */
function decorate(
  view: EditorView,
  transcript: Transcript,
  joinTitle: string,
  join: JoinTorn,
): DecorationSet {
  const { doc } = view.state
  const current = view.state.field(currentTurnField)
  const lines: Entry[] = []
  const inline: Entry[] = []
  const seen = new Set<number>()
  const addLines = (range: Range, decoration: Decoration, from: number, to: number) => {
    let line = doc.lineAt(Math.max(range.from, from))
    for (;;) {
      const key = line.from * 4 + (decoration === nowLine ? 1 : decoration === furnitureLine ? 2 : 0)
      if (!seen.has(key)) {
        seen.add(key)
        lines.push({ from: line.from, to: line.from, decoration })
      }
      if (line.to >= Math.min(range.to, to) || line.number === doc.lines) return
      line = doc.line(line.number + 1)
    }
  }
  for (const { from, to } of view.visibleRanges) {
    for (const turn of turnsWithin(transcript, from, to)) {
      if (turn.index === current) addLines(turn, nowLine, from, to)
      if (turn.from >= from) addLines({ from: turn.from, to: turn.from }, startLine, from, to)
      if (turn.label)
        inline.push({ from: turn.label.from, to: turn.label.to, decoration: labelDecoration(turn) })
      if (turn.time) inline.push({ from: turn.time.from, to: turn.time.to, decoration: writtenTime })
    }
    for (const [mark] of within(transcript.marks, from, to))
      inline.push({ from: mark.from, to: mark.to, decoration: markStyles[mark.kind] })
    for (const [range] of within(transcript.furniture, from, to)) addLines(range, furnitureLine, from, to)
    for (const [torn, index] of within(transcript.torn, from, to)) {
      const widget = Decoration.widget({ widget: new JoinWidget(index, joinTitle, join), side: 1 })
      inline.push({ from: torn.from, to: torn.from, decoration: widget })
    }
  }
  const order = (a: Entry, b: Entry) =>
    a.from - b.from || a.decoration.startSide - b.decoration.startSide || a.to - b.to
  const builder = new RangeSetBuilder<Decoration>()
  let last: Entry | null = null
  for (const entry of [...lines, ...inline].sort(order)) {
    if (last && last.from === entry.from && last.to === entry.to && last.decoration === entry.decoration)
      continue
    if (
      entry.to > doc.length ||
      (entry.from === entry.to && entry.decoration.spec.class && !lines.includes(entry))
    )
      continue
    builder.add(entry.from, entry.to, entry.decoration)
    last = entry
  }
  return builder.finish()
}

/** Labels in their speaker's colour, marks, times, furniture, the turn that sounds, offers to join torn paragraphs.
 *  @param joinTitle asked at every painting, so that it follows the interface language */
export function turnDecorations(joinTitle: () => string, join: JoinTorn) {
  return [
    currentTurnField,
    ViewPlugin.fromClass(
      class {
        decorations: DecorationSet
        private title = joinTitle()

        constructor(view: EditorView) {
          this.decorations = decorate(view, transcriptOf(view.state), this.title, join)
        }

        update(update: ViewUpdate) {
          const title = joinTitle()
          const isStale =
            update.docChanged ||
            update.viewportChanged ||
            title !== this.title ||
            transcriptOf(update.state) !== transcriptOf(update.startState) ||
            update.state.field(currentTurnField) !== update.startState.field(currentTurnField)
          this.title = title
          if (isStale) this.decorations = decorate(update.view, transcriptOf(update.state), title, join)
        }
      },
      { decorations: (plugin) => plugin.decorations },
    ),
  ]
}
