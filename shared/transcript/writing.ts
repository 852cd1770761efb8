import type { FoundMark } from './marks'

/** What is written on one line, with what was found out about it. It is kept as long as the line is not edited, so that reading a text
 *  anew after an edit looks only at the lines that were edited. */
export class Writing {
  /** By the slots of `ofWriting`. */
  readonly found: unknown[] = []
  /** What `marksOf` found; it depends on the user's words too. */
  marks: { readonly userWords: readonly string[]; readonly marks: readonly FoundMark[] } | null = null

  constructor(
    /** From the line's content to its end: without indentation, line number, gaps at the end. */
    readonly text: string,
    /** The same with what stands before it on the line. */
    readonly indented: string,
  ) {}
}

const questions: ((writing: Writing) => unknown)[] = []

/** A question about a line that nothing but what is written on it decides; it is answered once for each writing.
 *  @param find never gives `undefined` */
export function ofWriting<T>(find: (text: string, indented: string) => T): (writing: Writing) => T {
  const slot = questions.length
  const ask = ({ found, text, indented }: Writing) => {
    const known = found[slot] as T | undefined
    if (known !== undefined) return known
    const answer = find(text, indented)
    found[slot] = answer
    return answer
  }
  questions.push(ask)
  return ask
}

/** Whether every question that was asked about one writing has the same answer for another. */
export function isAnsweredAlike(known: Writing, other: Writing): boolean {
  return known.found.every((answer, slot) => answer === undefined || isSame(answer, questions[slot]?.(other)))
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [own, others] = [Object.entries(a), b as Readonly<Record<string, unknown>>]
  return own.length === Object.keys(b).length && own.every(([key, value]) => isSame(value, others[key]))
}

/** Remembers what a function gives for short texts that recur, as names do.
 *  @param limit of texts that are remembered at a time */
export function remembered<T>(find: (text: string) => T, limit = 20_000): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const answer = find(text)
    if (known.size >= limit) known.clear()
    known.set(text, answer)
    return answer
  }
}
