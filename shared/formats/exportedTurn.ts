/** A turn as exports write it. */
export interface ExportedTurn {
  readonly speaker: string | null
  /** Seconds; `null` where no time is known. */
  readonly start: number | null
  readonly end: number | null
  /** Paragraphs by a newline. */
  readonly text: string
}

/** Text that changes nothing outside itself: control characters and halves of characters are replaced, and what it opens of the bidirectional
 *  controls (Unicode Annex 9, 2.1 to 2.4) is closed at its end. Newlines and tabs stay. */
export function contained(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced
  const clean = text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\p{Cs}]/gu, '\ufffd')
  const open: string[] = []
  for (const [control] of clean.matchAll(/[\u202a-\u202e\u2066-\u2069]/gu)) {
    if (control === '\u202c') {
      if (open.at(-1) === '\u202c') open.pop()
    } else if (control === '\u2069') {
      // The end of an isolate ends the embeddings inside it.
      const at = open.lastIndexOf('\u2069')
      if (at >= 0) open.length = at
    } else open.push(control >= '\u2066' ? '\u2069' : '\u202c')
  }
  return clean + open.reverse().join('')
}
