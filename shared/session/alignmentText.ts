import type { AlignmentPiece, AlignmentText } from '../alignment/alignment'
import type { Range, Transcript } from '../transcript/transcript'

/** What of a transcript is spoken. Labels, times, events, notes and page furniture are left out; an inaudible mark is a stretch of
 *  unknown speech. Offsets are those of `text`. */
export function alignmentText(text: string, transcript: Pick<Transcript, 'turns' | 'marks'>): AlignmentText {
  const pieces: AlignmentPiece[] = []
  const marks = [...transcript.marks].sort((a, b) => a.from - b.from)
  let next = 0
  for (const turn of transcript.turns) {
    const add = (range: Range, kind: AlignmentPiece['kind']) => {
      const spoken = trimmed(text, range)
      if (spoken)
        pieces.push({
          ...spoken,
          text: text.slice(spoken.from, spoken.to),
          turn: turn.index,
          speaker: turn.speaker,
          kind,
        })
    }
    for (const { pieces: ranges } of turn.paragraphs) {
      for (const { from, to } of ranges) {
        let at = from
        while (next < marks.length && (marks[next] as Range).from < from) {
          const mark = marks[next++] as (typeof marks)[number]
          if (mark.kind === 'inaudible' && mark.turn === turn.index) add(mark, 'unknown')
          at = Math.max(at, Math.min(to, mark.to))
        }
        for (; next < marks.length && (marks[next] as Range).from < to; next++) {
          const mark = marks[next] as (typeof marks)[number]
          add({ from: at, to: mark.from }, 'speech')
          if (mark.kind === 'inaudible') add(mark, 'unknown')
          at = Math.max(at, mark.to)
        }
        add({ from: at, to }, 'speech')
      }
    }
    for (; next < marks.length && (marks[next] as Range).from < turn.to; next++) {
      const mark = marks[next] as (typeof marks)[number]
      if (mark.kind === 'inaudible' && mark.turn === turn.index) add(mark, 'unknown')
    }
  }
  return { turns: transcript.turns.length, pieces }
}

function trimmed(text: string, { from, to }: Range): Range | null {
  let [start, end] = [from, Math.max(from, to)]
  while (start < end && /\s/u.test(text[start] as string)) start++
  while (end > start && /\s/u.test(text[end - 1] as string)) end--
  return start < end ? { from: start, to: end } : null
}
