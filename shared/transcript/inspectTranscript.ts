import { spokenText } from './paragraphs'
import type { MarkKind, Transcript } from './transcript'

/** What `inspect --json` prints of a transcript. Offsets are UTF-16 units of the decoded text. */
export interface Inspection {
  readonly speakers: readonly {
    readonly name: string
    readonly labels: readonly string[]
    readonly turns: number
  }[]
  readonly turns: readonly InspectedTurn[]
  readonly marks: readonly {
    readonly kind: Exclude<MarkKind, 'interruption'>
    readonly text: string
    readonly from: number
    readonly to: number
    readonly turn: number | null
  }[]
}

export interface InspectedTurn {
  readonly index: number
  /** As written; `null` in a text without labels. */
  readonly label: string | null
  readonly speaker: string | null
  readonly text: string
  readonly from: number
  readonly to: number
  /** Seconds. */
  readonly start: number | null
  readonly end: number | null
}

/** Describes a transcript for programs. Starts are the times written in the text; a turn ends where the next one starts. */
export function inspectTranscript(text: string, transcript: Transcript): Inspection {
  return {
    speakers: transcript.speakers.map(({ name, labels, turns }) => ({
      name,
      labels: labels.map((label) => label.text),
      turns,
    })),
    turns: transcript.turns.map((turn, position) => ({
      index: turn.index,
      label: turn.label?.text ?? null,
      speaker: turn.speaker === null ? null : (transcript.speakers[turn.speaker]?.name ?? null),
      text: spokenText(text, turn),
      from: turn.from,
      to: turn.to,
      start: turn.time?.seconds ?? turn.cue?.start ?? null,
      end: turn.cue?.end ?? transcript.turns[position + 1]?.time?.seconds ?? null,
    })),
    // An interruption is punctuation that the editor shows, no remark of the typist's.
    marks: transcript.marks.flatMap(({ kind, text: written, from, to, turn }) =>
      kind === 'interruption' ? [] : [{ kind, text: written, from, to, turn }],
    ),
  }
}
