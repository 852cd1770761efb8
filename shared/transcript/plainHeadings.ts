import type { Candidate } from './labelForms'
import { caseless, isNameLike, nameKey } from './labelNames'
import { utterance } from './labelWords'
import type { Line } from './lines'
import { ofWriting } from './writing'

/** Lines that a heading has at most. */
const mostLines = 3
/** Share of paragraphs that end like a sentence, from which one that does not is striking. */
const punctuated = 0.85

const isClosed = ofWriting((text) => /[.?!…。？！؟।۔)\]）】](?:["'”’»」』]{0,2})$/u.test(text.slice(-4)))
const endsOpen = ofWriting((text) => /[,;:，、；：–—-]$/u.test(text.slice(-1)))
const hasCapital = ofWriting((text) => /^[\p{Lu}\p{N}§*_"“«‹„]/u.test(text.slice(0, 2)))

const isHeadingShape = ofWriting((text) => {
  if (text.length < 4 || text.length > 110 || !/\p{L}{2}/u.test(text)) return false
  if (
    /[.?!,;:…。？！，、；：؟।۔"”»)\]–—-]$/u.test(text) ||
    /^(?![(（][一二三四五六七八九十\d]{1,3}[)）])[[(（【>•·–—-]|^\p{Ll}/u.test(text)
  )
    return false
  if (/https?:|@/u.test(text)) return false
  return !utterance.test(text)
})

const numbering =
  /^(?:(?:agenda )?item|agendum|point|punkt|punto|ponto|пункт|top|tagesordnungspunkt|section|part|number|no\.?|n[.º°]|第|§|議案|日程)\s?[\p{N}一二三四五六七八九十]|^(?:\p{N}{1,3}|[IVXLC]{1,6}|[A-Z])[.)º°]\s|^\p{N}{1,3}(?:\.\p{N}{1,2})+\.?\s|^[（(]?[一二三四五六七八九十]{1,3}[)）、.．]/iu

// Where lines are not set apart, only what has a number or capitals all through.
const isMarkedTitle = ofWriting(
  (text) => numbering.test(text) || (/\S\s+\S/u.test(text) && isTitleCase(text)),
)

function isTitleCase(text: string): boolean {
  if (caseless.test(text)) return false
  if (isNameLike(text)) return true
  const words = text.split(/[\s/–—-]+/u).filter((word) => /\p{L}/u.test(word))
  return (
    words.length >= 2 &&
    words.every((word, index) => (index > 0 && word.length <= 3) || /^\P{L}*\p{Lu}/u.test(word))
  )
}

/** Headings between turns that are written in small letters: paragraphs that do not end like a sentence, between one that does and a
 *  label, in a text where nearly all paragraphs do. Nobody says them.
 *  @param labelled lines with labels; @param passed lines that are neither speech nor labels: furniture, remarks */
export function plainHeadings(
  lines: readonly Line[],
  labels: readonly Candidate[],
  labelled: ReadonlySet<number>,
  passed: (index: number) => boolean,
): readonly number[] {
  if (labels.length < 2) return []
  const alone = new Set(labels.filter(({ isAlone }) => isAlone).map(({ line }) => line))
  // Whoever is called to speak by a name that labels turns is no heading.
  const named = new Set(labels.map(({ name }) => nameKey(name)))
  const isGap = (index: number) => lines[index]?.isBlank ?? true
  const isCandidate = (index: number) => {
    const line = lines[index]
    return (
      line !== undefined &&
      !line.isBlank &&
      !labelled.has(index) &&
      isHeadingShape(line.writing) &&
      !named.has(nameKey(line.writing.text))
    )
  }
  const found: number[] = []
  const paragraphs: Line[] = []
  // The last line that somebody says, and the headings behind it.
  let said: Line | null = null
  let open: number[] = []
  for (let index = labels[0]?.line ?? 0; index < lines.length; index++) {
    const line = lines[index] as Line
    if (line.isBlank || passed(index)) continue
    if (labelled.has(index)) {
      if (said && open.length > 0 && isClosed(said.writing)) found.push(...open)
      open = []
      if (alone.has(index)) {
        said = null
        continue
      }
    } else if (said && isCandidate(index)) {
      let last = index
      while (isCandidate(last + 1) && !passed(last + 1)) last++
      const isApart = isGap(index - 1) && isGap(last + 1) && last - index < mostLines
      const isTight = last === index && isMarkedTitle(line.writing) && labelled.has(index + 1)
      if ((isApart && (hasCapital(line.writing) || isCaseless(line.writing))) || isTight) {
        for (let at = index; at <= last; at++) open.push(at)
        index = last
        continue
      }
      open = []
    } else open = []
    said = line
    if ((isGap(index + 1) || labelled.has(index + 1)) && (labelled.has(index) || isLong(line.writing)))
      paragraphs.push(line)
  }
  // How lines end is asked only where it decides something: a full stop then changes nothing for the rest of the text.
  if (found.length === 0) return found
  const closed = paragraphs.filter(({ writing }) => isClosed(writing) || endsOpen(writing)).length
  return closed >= paragraphs.length * punctuated ? found : []
}

// Shorter lines tell nothing about how paragraphs end: they may be headings, lists, or a word of thanks.
const isLong = ofWriting((text) => text.length > 40)
const isCaseless = ofWriting((text) => caseless.test(text.slice(0, 12)))
