import { indexLines } from './backIndex'
import { certificate, closing, pageNumber, remarkOfFurniture, swornWitness } from './furnitureWords'
import { shapeAtStart } from './labelForms'
import type { Line } from './lines'
import { ofWriting } from './writing'

/** Repetitions from which a line is a running header or footer. */
const enough = 3
/** Lines that a header or footer may have. */
const deepest = 7

/** Which lines are page furniture: page numbers that stand alone, headers and footers that repeat from page to page, headings of
 *  depositions and Markdown, an index, the closing words of a document. */
export function pageFurniture(lines: readonly Line[], betweenPages: readonly number[]): Set<number> {
  const content = (index: number) => (lines[index] as Line).writing.text
  const isGap = (index: number) => lines[index]?.isBlank ?? true
  const isAlone = (index: number) => isGap(index - 1) || isGap(index + 1)
  const furniture = new Set<number>()
  const pages = new Set<number>(betweenPages)
  for (const [index, { isBlank, isPageStart, writing }] of lines.entries()) {
    if (isBlank) continue
    if (isRemark(writing)) furniture.add(index)
    const number = pageNumberOf(writing)
    if (number === 'marked' || (number === 'bare' && (isAlone(index) || isPageStart))) pages.add(index)
  }

  for (const [index, { isBlank, writing }] of lines.entries()) {
    if (isBlank || !opensTestimony(writing)) continue
    const above = lines[index - 1]
    if (above && !above.isBlank && isNameWithComma(above.writing)) furniture.add(index - 1)
    for (let at = index; at < index + longestTestimony && !isGap(at); at++) {
      furniture.add(at)
      if (/[.:]$/u.test(content(at))) break
    }
  }

  const repeated = repeatedLines(lines)
  for (const indices of repeated.values()) {
    const isCounting = countsPages(indices.map(content))
    if (
      isCounting &&
      indices.every((index) => !isSpeechLike(content(index)) && !isNumberedRole(content(index)))
    )
      for (const index of indices)
        if (isGap(index - 1) || isGap(index + 1) || repeats(index + 1)) pages.add(index)
  }
  // A reporting firm's telephone or address at the foot of each page.
  for (const indices of repeated.values())
    if (indices.every((index) => isOfFirm((lines[index] as Line).writing)))
      for (const index of indices) pages.add(index)
  function repeats(index: number): boolean {
    return !isGap(index) && repeated.has(keyOf((lines[index] as Line).writing) ?? '')
  }

  // What stands at the same place beside several page numbers belongs to the header or footer, even with a colon in it.
  const beside = new Map<string, number[]>()
  for (const page of pages) {
    for (const direction of [-1, 1]) {
      let gaps = 0
      for (let step = 1; step <= deepest; step++) {
        const at = page + direction * step
        if (at < 0 || at >= lines.length) break
        if (isGap(at)) {
          if (++gaps > 1) break
          continue
        }
        if (pages.has(at)) continue
        if (!repeats(at) || (gaps > 0 && isSpeechLike(content(at)))) break
        const place = `${direction}:${keyOf((lines[at] as Line).writing)}`
        const list = beside.get(place)
        if (list) list.push(at)
        else beside.set(place, [at])
      }
    }
  }
  for (const [place, indices] of beside) {
    const all = repeated.get(place.slice(place.indexOf(':') + 1)) ?? []
    if (indices.length >= 2 && indices.length >= all.length * 0.6)
      for (const index of all) furniture.add(index)
  }
  for (const page of pages) furniture.add(page)
  for (const indices of repeated.values()) {
    if (isSpeechLike(content(indices[0] as number))) continue
    const atStart = indices.filter((index) => isAtPageStart(lines, index)).length
    const isRunning =
      atStart >= indices.length * 0.6 ||
      (indices.length >= enough &&
        isSpread(indices, lines.length) &&
        indices.every(isAlone) &&
        content(indices[0] as number).length >= 16 &&
        indices.filter(isNameOverText).length < indices.length / 2)
    if (isRunning) for (const index of indices) furniture.add(index)
  }
  // `Ray Hale – Chief Officer` over what he says.
  function isNameOverText(index: number): boolean {
    const { writing } = lines[index] as Line
    return (
      isGap(index - 1) && !isGap(index + 1) && shapeAtStart(writing)?.form === 'line' && hasSmall(writing)
    )
  }
  for (const index of indexLines(lines)) furniture.add(index)
  const signed = lines.findIndex(
    ({ writing }, index) => index > lines.length / 2 && isCertificate(writing) && isGap(index - 1),
  )
  const behind = signed < 0 ? [] : lines.slice(signed)
  if (
    behind.some(({ writing }) => certifies(writing)) &&
    !behind.some(({ writing }) => shapeAtStart(writing)?.form === 'question')
  )
    for (const [order, { isBlank }] of behind.entries()) if (!isBlank) furniture.add(signed + order)
  let last = lines.length - 1
  for (let closed = 0; closed < 3; closed++) {
    while (last > 0 && isGap(last)) last--
    if (last <= 0 || !isClosing((lines[last] as Line).writing)) break
    furniture.add(last--)
  }
  return furniture
}

/** Lines that it takes to present a witness. */
const longestTestimony = 4
const opensTestimony = ofWriting((text) => text.length <= 200 && swornWitness.test(text))
const isNameWithComma = ofWriting((text) => /^\p{Lu}[\p{Lu}'’. -]{3,40},$/u.test(text.slice(0, 50)))
const isRemark = ofWriting((text) => text.length <= 200 && remarkOfFurniture.test(text))
const pageNumberOf = ofWriting((text) =>
  text.length > 120 || !pageNumber.test(squeezed(text)) || squeezed(text).length > 40
    ? 'none'
    : /\p{L}|^[-–—|[(].*[-–—|\])]$/u.test(text)
      ? 'marked'
      : 'bare',
)
const hasSmall = ofWriting((text) => /\p{Ll}/u.test(text))
const isOfFirm = ofWriting(
  (text) => text.length <= 120 && /\(?\d{3}[). -]{1,2}\d{3}-\d{4}|\bwww\.\S|\bhttps?:\/\//u.test(text),
)
const isCertificate = ofWriting((text) => text.length <= 80 && certificate.test(text))
const certifies = ofWriting((text) => /\bcertify\b/iu.test(text.slice(0, 200)))
const squeezed = (text: string) => text.replace(/\s+/gu, ' ')
const isClosing = ofWriting((text) => closing.test(text))

// What a running line has in common with itself on other pages; `null` for what is none.
const keyOf = ofWriting((text) => {
  if (text.length > 120) return null
  const key = text.replace(/\d+|\s{2,}|\t/gu, (found) => (/\d/u.test(found) ? '#' : ' ')).toLowerCase()
  return /\p{L}/u.test(key) ? key : null
})

// Lines that stand more than once in the text, numbers aside.
function repeatedLines(lines: readonly Line[]): Map<string, number[]> {
  const repeated = new Map<string, number[]>()
  for (const [index, line] of lines.entries()) {
    const key = line.isBlank ? null : keyOf(line.writing)
    if (key === null) continue
    const list = repeated.get(key)
    if (list) list.push(index)
    else repeated.set(key, [index])
  }
  for (const [key, indices] of repeated) if (indices.length < 2) repeated.delete(key)
  return repeated
}

// The last number grows by one from each to the next.
function countsPages(written: readonly string[]): boolean {
  const numbers = written.map((line) => Number(/(\d{1,4})\D*$/u.exec(line)?.[1] ?? Number.NaN))
  if (numbers.some(Number.isNaN)) return false
  let steps = 0
  for (let at = 1; at < numbers.length; at++) if (numbers[at] === (numbers[at - 1] as number) + 1) steps++
  return steps >= (numbers.length - 1) * 0.8
}

function isNumberedRole(written: string): boolean {
  return /^(?:speaker|participant|interviewee|interviewer|respondent|witness|caller|voice|[\p{L}])\s*#?\d+\b/iu.test(
    written,
  )
}

// Speech repeats itself too ("Thank you."), and so do labels and remarks; headers have no sentence end, colon or bracket.
function isSpeechLike(written: string): boolean {
  return /[.?!。？！:：;；,，]$|^[[(（【>]|^[QA]\b|[:：]/u.test(written)
}

function isAtPageStart(lines: readonly Line[], index: number): boolean {
  if (lines[index]?.isPageStart) return true
  for (const direction of [-1, 1]) {
    let written = 0
    for (let at = index + direction; at >= 0 && at < lines.length && written < 2; at += direction) {
      const line = lines[at] as Line
      if (line.isPageStart) return true
      if (!line.isBlank) written++
    }
  }
  return false
}

function isSpread(indices: readonly number[], count: number): boolean {
  const first = indices[0] as number
  const last = indices.at(-1) as number
  return (last - first) / indices.length > 8 && last - first > count * 0.3
}
