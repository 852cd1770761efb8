import type { Line } from './lines'
import { ofWriting } from './writing'

const isTitle = ofWriting((text) => text.length >= 5 && text.length <= 120 && isTitleShape(text))
const endsSentence = ofWriting((text) => /[.?!)\]”"]$/u.test(text.slice(-1)))

/** Headings between the turns: lines in capitals or in bold that stand by themselves, or in the middle of the page, in a text that is
 *  not in capitals altogether. Nobody says them. */
export function headings(lines: readonly Line[], labelled: ReadonlySet<number>): readonly number[] {
  if (labelled.size === 0 || isInCapitals(lines)) return []
  const usual = usualIndent(lines)
  const isHeading = (index: number) => {
    const line = lines[index]
    return line !== undefined && !line.isBlank && !labelled.has(index) && isTitle(line.writing)
  }
  const isGap = (index: number) => lines[index]?.isBlank ?? true
  const found: number[] = []
  for (let index = 0; index < lines.length; index++) {
    if (!isHeading(index)) continue
    let last = index
    while (isHeading(last + 1)) last++
    const above = lines[index - 1]
    const isApart = !above || above.isBlank || (lines[index] as Line).indent >= usual + 8
    const isOpening = isApart || endsSentence(above.writing)
    if (isOpening && (labelled.has(last + 1) || (isGap(last + 1) && isApart)))
      for (let at = index; at <= last; at++) found.push(at)
    index = last
  }
  return found
}

function isTitleShape(written: string): boolean {
  if (/[.?!,;:…"”—–-]$/u.test(written) || /^[[(（>]/u.test(written)) return false
  const isBold = /^(?:\*\*|__)/u.test(written)
  if (!isBold && /\p{Ll}{4}/u.test(written)) return false
  if (/^(\*\*|__)[^*_]+\1$/u.test(written)) return !/[.?!:：。？！]\W*$/u.test(written)
  const upper = written.match(/\p{Lu}/gu)?.length ?? 0
  const lower = written.match(/\p{Ll}/gu)?.length ?? 0
  return upper >= 5 && lower <= upper * 0.15 && (/\p{L}\P{L}+\p{L}/u.test(written) || upper >= 8)
}

const caseOf = ofWriting((text) => {
  const upper = text.slice(0, 400).match(/\p{Lu}/gu)?.length ?? 0
  const lower = text.slice(0, 400).match(/\p{Ll}/gu)?.length ?? 0
  return lower > upper ? 'small' : upper >= 20 && lower < upper * 0.2 ? 'capitals' : 'neither'
})

// Most of the longer lines have hardly a small letter.
function isInCapitals(lines: readonly Line[]): boolean {
  let capitals = 0
  let small = 0
  for (const { writing } of lines.slice(0, 2000)) {
    const letters = caseOf(writing)
    if (letters === 'small') small++
    else if (letters === 'capitals') capitals++
  }
  return capitals > small
}

function usualIndent(lines: readonly Line[]): number {
  const indents = lines.filter(({ isBlank }) => !isBlank).map(({ indent }) => indent)
  return indents.sort((a, b) => a - b)[Math.floor(indents.length / 2)] ?? 0
}
