import type { Line } from './lines'
import { ofWriting } from './writing'

/** Lines that a remark takes at most. */
const mostLines = 5

const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']', '（': '）', '［': '］', '〔': '〕' }

// The bracket that the line opens with and does not close.
const opens = ofWriting((text) => {
  const closing = pairs[text[0] ?? '']
  return closing !== undefined && text.length <= 160 && !text.includes(closing) ? closing : ''
})
const closes = ofWriting((text) => /^[^()[\]（）［］〔〕]*([)\]）］〕])[.*]?$/u.exec(text)?.[1] ?? '')
const hasBracket = ofWriting((text) => /[()[\]（）［］〔〕]/u.test(text))

/** Remarks in brackets that were broken over several lines and have them to themselves: for their first lines, the last ones. */
export function wrappedRemarks(
  lines: readonly Line[],
  furniture: ReadonlySet<number>,
): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as Line
    const closing = line.isBlank || furniture.has(index) ? '' : opens(line.writing)
    if (closing === '') continue
    for (let at = index + 1; at < Math.min(lines.length, index + mostLines); at++) {
      const below = lines[at] as Line
      if (below.isBlank) break
      if (closes(below.writing) === closing) {
        found.set(index, at)
        index = at
        break
      }
      if (hasBracket(below.writing)) break
    }
  }
  return found
}
