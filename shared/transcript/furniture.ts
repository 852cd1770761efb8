import type { Line } from './lines'
import { ofWriting } from './writing'

const pageNumber =
  /^[-–—[(|\s]*(?:page|pg\.?|p\.|página|pág\.?|seite|s\.|pagina|стр\.?|страница|第|صفحة|עמוד)?\s*\d{1,4}\s*(?:页|頁|ページ|쪽)?\s*(?:(?:of|de|von|sur|di|из|\/|／)\s*\d{1,4}|共\s*\d{1,4}\s*[页頁])?[-–—\])|\s]*$/iu

/** Depositions announce who asks: nobody says it. */
const announcement =
  /^BY (?:MR|MS|MRS|MISS|DR)\.? [\p{Lu}'’. -]{2,40}:$|^(?:(?:FURTHER )?(?:DIRECT|CROSS|REDIRECT|RECROSS)[ -])?EXAMINATION(?: \(CONTINUED\))?$|^(?:MORNING|AFTERNOON|EVENING) SESSION$|^\{time\}\s+\d{4}$|^P ?R ?O ?C ?E ?E ?D ?I ?N ?G ?S$/u

/** A heading in Markdown, or a line of ornaments. */
const ornament = /^#{1,6}\s+\S|^(?:[-–—_=*~·•#]\s?){3,}$/u

/** What closes a document, on its last line. */
const closing =
  /^(?:the )?(?:end|ende|fin|fine|конец|完|终|終|以上|-\s?30\s?-)\.?$|^end of (?:transcript|transcription|recording|interview|tape|document)\.?$/iu

/** Repetitions from which a line is a running header or footer. */
const enough = 3

const isOrnament = ofWriting((text) => text.length <= 40 && (announcement.test(text) || ornament.test(text)))
const pageNumberOf = ofWriting((text) =>
  text.length > 40 || !pageNumber.test(text) ? 'none' : /\p{L}/u.test(text) ? 'worded' : 'bare',
)
const isClosing = ofWriting((text) => closing.test(text))

// What a running line has in common with itself on other pages; `null` for what is none.
const runningKey = ofWriting((text) => {
  if (text.length > 120) return null
  const key = text.replace(/\d+/gu, '#').replace(/\s+/gu, ' ').toLowerCase()
  return !/\p{L}/u.test(key) || isSpeechLike(text) ? null : key
})

/** Which lines are page furniture: page numbers that stand alone, and headers and footers that repeat from page to page. */
export function pageFurniture(lines: readonly Line[]): ReadonlySet<number> {
  const furniture = new Set<number>()
  const textOf = (index: number) => (lines[index] as Line).writing.text
  const isAlone = (index: number) =>
    (lines[index - 1]?.isBlank ?? true) || (lines[index + 1]?.isBlank ?? true)
  for (const [index, line] of lines.entries()) {
    if (line.isBlank) continue
    const number = pageNumberOf(line.writing)
    if (
      isOrnament(line.writing) ||
      number === 'worded' ||
      (number === 'bare' && (isAlone(index) || line.isPageStart))
    )
      furniture.add(index)
  }
  const last = lines.findLastIndex((line) => !line.isBlank)
  if (last > 0 && isClosing((lines[last] as Line).writing)) furniture.add(last)
  const repeated = new Map<string, number[]>()
  for (const [index, line] of lines.entries()) {
    if (line.isBlank || furniture.has(index)) continue
    const key = runningKey(line.writing)
    if (key === null) continue
    const list = repeated.get(key)
    if (list) list.push(index)
    else repeated.set(key, [index])
  }
  for (const indices of repeated.values()) {
    if (indices.length < 2) continue
    const atBreak = indices.filter((index) => isAtPageBreak(lines, furniture, index)).length
    const distinct = new Set(indices.map(textOf))
    const countsPages = distinct.size > 1 && distinct.size >= indices.length * 0.8
    const isRunning =
      (atBreak >= indices.length * 0.6 && indices.length >= 2) ||
      (indices.length >= enough && countsPages && indices.filter(isAlone).length >= indices.length * 0.6) ||
      (indices.length >= enough &&
        isSpread(indices, lines.length) &&
        indices.every(isAlone) &&
        textOf(indices[0] as number).length >= 16)
    if (isRunning) for (const index of indices) furniture.add(index)
  }
  return furniture
}

// Speech repeats itself too ("Thank you."), and so do labels and remarks; headers have no sentence end, colon or bracket.
function isSpeechLike(written: string): boolean {
  return (
    /[.?!。？！:：;；,，]$|^[[(（【>]|^[QA]\b|[:：]\s*$/u.test(written) ||
    /^\p{Lu}[\p{L} .'’-]{0,30}[:：]\s/u.test(written)
  )
}

function isAtPageBreak(lines: readonly Line[], pageNumbers: ReadonlySet<number>, index: number): boolean {
  if (lines[index]?.isPageStart) return true
  for (const direction of [-1, 1]) {
    let written = 0
    for (let at = index + direction; at >= 0 && at < lines.length && written < 2; at += direction) {
      const line = lines[at] as Line
      if (line.isPageStart || pageNumbers.has(at)) return true
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
