/** How often each kind of line end occurs. */
export interface LineEnds {
  readonly lf: number
  readonly crlf: number
  readonly cr: number
}

export type LineEndKind = 'lf' | 'crlf' | 'cr' | 'mixed'

export function lineEndsOf(text: string): LineEnds {
  let lf = 0
  let crlf = 0
  let cr = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 10) lf++
    else if (unit === 13) {
      if (text.charCodeAt(at + 1) === 10) {
        crlf++
        at++
      } else cr++
    }
  }
  return { lf, crlf, cr }
}

/** `lf` for a text without line ends. */
export function lineEndKind({ lf, crlf, cr }: LineEnds): LineEndKind {
  const kinds = [lf, crlf, cr].filter((count) => count > 0).length
  if (kinds > 1) return 'mixed'
  if (crlf > 0) return 'crlf'
  return cr > 0 ? 'cr' : 'lf'
}

/** The line end that new lines get: the most frequent one. */
export function dominantLineEnd({ lf, crlf, cr }: LineEnds): '\n' | '\r\n' | '\r' {
  if (crlf > lf && crlf >= cr) return '\r\n'
  return cr > lf ? '\r' : '\n'
}
