/** A turn that a marked transcript asks for. */
export interface MarkedTurn {
  /** Offset of the label in the text. */
  readonly from: number
  /** What is marked as its label: the label with its punctuation, times and numbers. */
  readonly label: string
  readonly speaker: string | null
  /** What is said, as it stands in the text; `¶` where a paragraph ends. */
  readonly said: string
}

export interface MarkedTranscript {
  readonly name: string
  readonly text: string
  readonly turns: readonly MarkedTurn[]
  /** Offsets of remarks on lines of their own. */
  readonly remarks: readonly number[]
}

/** Reads transcripts that say what must be recognised in them. `=== name` begins one; `@L{NAME:|speaker}` is a label (without a speaker
 *  it names nobody), `@T{…}` a time, `@M{…}` a remark on its own line, `@S{…}` front matter or page furniture; the rest is said. */
export function readMarked(file: string): MarkedTranscript[] {
  return file
    .split(/^=== /mu)
    .slice(1)
    .map((block) => {
      const end = block.indexOf('\n')
      return { name: block.slice(0, end), ...unmark(block.slice(end + 1)) }
    })
}

function unmark(marked: string): Omit<MarkedTranscript, 'name'> {
  let text = ''
  const turns: { from: number; label: string; speaker: string | null; said: string }[] = []
  const remarks: number[] = []
  const say = (words: string) => {
    text += words.replaceAll('¶', '')
    const turn = turns.at(-1)
    if (turn) turn.said += words
  }
  let last = 0
  for (const match of marked.matchAll(/@([LSMT])\{([^}]*)\}/gu)) {
    say(marked.slice(last, match.index))
    last = match.index + match[0].length
    const [label = '', speaker] = (match[2] as string).split('|')
    if (match[1] === 'L') turns.push({ from: text.length, label, speaker: speaker ?? null, said: '' })
    if (match[1] === 'M') remarks.push(text.length)
    text += match[1] === 'L' ? label : match[2]
  }
  say(marked.slice(last))
  return { text, turns, remarks }
}
