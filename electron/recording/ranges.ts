/** `start` and `end` inclusive, bytes. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

export type RangeAnswer =
  | { readonly kind: 'whole' }
  | ({ readonly kind: 'part' } & ByteRange)
  | { readonly kind: 'parts'; readonly parts: readonly ByteRange[] }
  | { readonly kind: 'unsatisfiable' }

/** Ranges in one request, and bytes in all of them: more is answered with the whole file. */
const mostRanges = 1024
const mostBytes = 16 * 1024 * 1024

/** Reads a Range header (RFC 9110, 14.2) for a file of `size` bytes: `a-b`, `a-`, `-n`, and lists of these. Other units, what is no range at all
 *  and more than anybody here asks for are answered with the whole file, as the RFC allows. */
export function readRange(header: string | null, size: number): RangeAnswer {
  const list = /^\s*bytes\s*=(.*)$/iu.exec(header ?? '')?.[1]
  if (list === undefined) return { kind: 'whole' }
  const answers = list.split(',', mostRanges + 1).map((range) => readOne(range, size))
  if (answers.length > mostRanges || answers.some(({ kind }) => kind === 'whole')) return { kind: 'whole' }
  const parts = answers.flatMap((answer) =>
    answer.kind === 'part' ? [{ start: answer.start, end: answer.end }] : [],
  )
  const [first] = parts
  if (!first) return { kind: 'unsatisfiable' }
  if (answers.length === 1) return { kind: 'part', ...first }
  const total = parts.reduce((sum, { start, end }) => sum + end - start + 1, 0)
  return total > mostBytes ? { kind: 'whole' } : { kind: 'parts', parts }
}

function readOne(range: string, size: number): Exclude<RangeAnswer, { kind: 'parts' }> {
  const match = /^\s*(\d{0,16})\s*-\s*(\d{0,16})\s*$/u.exec(range)
  if (!match || (match[1] === '' && match[2] === '')) return { kind: 'whole' }
  const [, first = '', last = ''] = match
  if (first === '') {
    const length = Number(last)
    if (length === 0 || size === 0) return { kind: 'unsatisfiable' }
    return { kind: 'part', start: Math.max(0, size - length), end: size - 1 }
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return { kind: 'whole' }
  return start >= size ? { kind: 'unsatisfiable' } : { kind: 'part', start, end }
}
