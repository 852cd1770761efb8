export type RangeAnswer =
  | { readonly kind: 'whole' }
  /** `start` and `end` inclusive, bytes. */
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  | { readonly kind: 'unsatisfiable' }

/** Reads a Range header (RFC 9110, 14.2) for a file of `size` bytes: `a-b`, `a-`, `-n`. Several ranges, other units and what is no
 *  range at all are answered with the whole file, as the RFC allows. */
export function readRange(header: string | null, size: number): RangeAnswer {
  const match = /^\s*bytes\s*=\s*(\d{0,16})\s*-\s*(\d{0,16})\s*$/iu.exec(header ?? '')
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
