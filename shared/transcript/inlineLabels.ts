import { type Candidate, type LabelShape, placed, shapeAt, shapeAtStart } from './labelForms'
import {
  caseless,
  isAmbiguous,
  isCapitals,
  isClause,
  isNameLike,
  isNameShape,
  isNoName,
  isRoleName,
  isShortName,
  nameKey,
} from './labelNames'
import type { Line } from './lines'
import { ofWriting } from './writing'
import { clockPattern } from './writtenTimes'

const inlineChevron = /(?<=[\s.!?。！？…"”\])-]|^)(?<!<< ?[\p{L}-]{1,15} ?)(?:>|&gt;){2,3}(?=\s|\p{Lu})/uy

/** The `>>` inside a line. A whole transcript may be one line: what could be one is looked for by a plain search first. */
export const inlineChevrons = ofWriting((text): readonly LabelShape[] => {
  const shapes: LabelShape[] = []
  for (const sign of text.includes('&gt;') ? ['>', '&gt;'] : ['>>']) {
    for (let at = text.indexOf(sign, 1); at >= 0; at = text.indexOf(sign, at + 1)) {
      inlineChevron.lastIndex = at
      const shape = inlineChevron.test(text) ? shapeAt(text, at) : null
      if (shape?.form === 'chevron') shapes.push(shape)
    }
  }
  return shapes.sort((a, b) => a.from - b.from)
})

/** Lines that hold several turns are at least so long. */
const shortestRun = 40
/** Units of a name inside a line. */
const longestName = 60

const colons = /[:：]/gu
// Behind a sentence's end a name may begin; Chinese and Japanese set no space there.
const sentenceEnd = /[.?!…؟।"”»)\]–—-]\s+|[。！？…」』”）)\]]\s*/gu

const isNumber = /^[\d.)(]+\s*$/u
const timeBefore = new RegExp(`[[(（<]\\s*${clockPattern}\\s*[\\])）>]\\s*$`, 'u')

/** The names and a colon inside a long line, behind the end of a sentence. */
export const inlineNames = ofWriting((text): readonly LabelShape[] => {
  if (text.length < shortestRun) return []
  const shapes: LabelShape[] = []
  let last = 0
  for (const { index: at, 0: sign } of text.matchAll(colons)) {
    if (sign === ':' && !/[\s\u0590-\uffff]/u.test(text[at + 1] ?? ' ')) continue
    const window = text.slice(Math.max(last, at - longestName), at)
    for (const { index, 0: end } of window.matchAll(sentenceEnd)) {
      const start = at - window.length + index + end.length
      if (isNumber.test(text.slice(0, Math.min(start, 8)))) continue
      const name = text.slice(start, at).trimEnd()
      if (!isInlineName(name)) continue
      const time = timeBefore.exec(text.slice(Math.max(0, start - 20), start))?.[0] ?? ''
      const shape = shapeAt(text, start - time.length)
      if (shape?.form === 'colon' && !isNoName(shape.name)) shapes.push(shape)
      break
    }
    last = at + 1
  }
  return shapes
})

function isInlineName(name: string): boolean {
  if (name.length === 0 || !isNameShape(name) || isNoName(name)) return false
  return caseless.test(name)
    ? !isClause(name) && isShortName(name, 10) && name.split(/\s+/u).length <= 4
    : /^\p{Lu}/u.test(name) && (isNameLike(name) || isCapitals(name))
}

/** The labels, and those inside lines that are not passed over. Captions set `>>` in running text too; where they label turns at all, they
 *  do so everywhere. Names stand inside lines where somebody took the line ends out of the whole. */
export function withInlineLabels(
  lines: readonly Line[],
  isPassed: (index: number) => boolean,
  labels: Candidate[],
): Candidate[] {
  let known: Set<number> | null = null
  const taken = () => {
    known ??= new Set(labels.flatMap(({ label, from }) => [label.from, from]))
    return known
  }
  const inside = (shapesIn: (line: Line) => readonly LabelShape[]) => {
    const found: Candidate[] = []
    for (let index = 0; index < lines.length; index++) {
      const line = lines[index] as Line
      const shapes = line.isBlank || isPassed(index) ? [] : shapesIn(line)
      for (const shape of shapes) {
        const candidate = placed(shape, index, line.content.from)
        if (!taken().has(candidate.label.from) && !taken().has(candidate.from)) found.push(candidate)
      }
    }
    return found
  }
  const arrows = inside(({ writing }) => inlineChevrons(writing))
  if (labels.some(({ form }) => form === 'chevron') || arrows.length >= 2) return inOrder(labels, arrows)
  const names = inside(({ writing }) => inlineNames(writing))
  if (names.length < 2 || names.length <= labels.length * 2) return labels
  const starts = lineStarts(lines, names, taken())
  const counts = new Map<string, number>()
  for (const { name } of [...labels, ...starts, ...names])
    counts.set(nameKey(name), (counts.get(nameKey(name)) ?? 0) + 1)
  const isRecurring = ({ name }: Candidate) => (counts.get(nameKey(name)) ?? 0) > 1
  const recurring = new Set(names.filter(isRecurring).map(({ name }) => nameKey(name)))
  const areAll = names.every((name) => isRecurring(name) || isSomebody(name) || isAmbiguous(name.name))
  // Two who talk in turns come back; three turns are enough where nothing but names stands before colons.
  const isShort = counts.size >= 2 && areAll && labels.length + starts.length > 0
  if (recurring.size < (isShort ? 1 : 2)) return labels
  const said = names.filter((name) => isRecurring(name) || isSomebody(name))
  return inOrder(labels, [...starts.filter((name) => isRecurring(name) || isSomebody(name)), ...said])
}

function isSomebody({ name }: Candidate): boolean {
  if (isAmbiguous(name)) return false
  const isFull = /\S\s+\S/u.test(name) || /^\p{Script=Han}{2,4}$/u.test(name)
  return isCapitals(name) || isRoleName(name) || ((isNameLike(name) || caseless.test(name)) && isFull)
}

// Names that begin the lines with names in them.
function lineStarts(
  lines: readonly Line[],
  names: readonly Candidate[],
  taken: ReadonlySet<number>,
): Candidate[] {
  const starts: Candidate[] = []
  for (const index of new Set(names.map(({ line }) => line))) {
    const { writing, content } = lines[index] as Line
    const shape = shapeAtStart(writing)
    if (shape?.form !== 'colon' || !isInlineName(shape.written)) continue
    const candidate = placed(shape, index, content.from)
    if (!taken.has(candidate.label.from) && !taken.has(candidate.from)) starts.push(candidate)
  }
  return starts
}

function inOrder(labels: Candidate[], inline: readonly Candidate[]): Candidate[] {
  return inline.length === 0 ? labels : [...labels, ...inline].sort((a, b) => a.from - b.from)
}
