import type { Line } from './lines'
import { ofWriting } from './writing'

/** Entries that make an index, and the share of them that must come behind the one before in the alphabet. */
const fewestEntries = 10
const risingShare = 0.9
/** Lines between two entries: a letter as a heading, blank ones. */
const longestGap = 3

// `accept 4:12, 5:13` or `Budget, 3, 17–19`: words, then nothing but pages, or pages with lines.
const entry =
  /^(["“«]?[\p{L}\p{N}][^:]{0,60}?)[\s.,]+(?:\[\d+\]\s*)?\d{1,4}(?::\d{1,2})?(?:\s*[-–]\s*\d{1,4}(?::\d{1,2})?)?(?:[\s,;]+\d{1,4}(?::\d{1,2})?(?:\s*[-–]\s*\d{1,4}(?::\d{1,2})?)?)*\.?$/u

const wordOfEntry = ofWriting((text): string =>
  text.length > 200 || !/\d\.?$/u.test(text.slice(-2)) ? '' : (entry.exec(text)?.[1] ?? '').toLowerCase(),
)

/** The lines of an index: words with the pages on which they stand, in the order of the alphabet. */
export function indexLines(lines: readonly Line[]): readonly number[] {
  const found: number[] = []
  let run: number[] = []
  let rising = 0
  const close = () => {
    if (run.length >= fewestEntries && rising >= (run.length - 1) * risingShare)
      for (let at = run[0] as number; at <= (run.at(-1) as number); at++)
        if (!lines[at]?.isBlank) found.push(at)
    run = []
    rising = 0
  }
  const wordAt = (index: number) => wordOfEntry((lines[index] as Line).writing)
  for (const [index, { isBlank, writing }] of lines.entries()) {
    const word = isBlank ? '' : wordOfEntry(writing)
    if (word === '') continue
    const last = run.at(-1)
    if (last !== undefined && index - last > longestGap) close()
    const before = run.at(-1)
    if (before !== undefined && compare(wordAt(before), word) <= 0) rising++
    run.push(index)
  }
  close()
  return found
}

const { compare } = new Intl.Collator('en', { sensitivity: 'base', ignorePunctuation: true })
