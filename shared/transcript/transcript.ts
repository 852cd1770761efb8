import type { CueTimes } from './cueLines'

/** A stretch of text, `from` inclusive, `to` exclusive, in UTF-16 units of the text that was parsed. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** A text of which parts can be had. */
export interface Sliceable {
  slice(from: number, to: number): string
}

/** A speaker label as it stands in the text. */
export interface Label extends Range {
  /** As written, without times and without the punctuation or markup that closes it (`>>` stays `>>`). */
  readonly text: string
  /** The name it gives, `null` for a label that names nobody (`>>`). */
  readonly name: string | null
}

/** A time written in the text beside a label, e.g. `[00:12:34]`. */
export interface WrittenTime extends Range {
  /** Seconds. */
  readonly seconds: number
  /** The turn whose start it gives. */
  readonly turn: number
}

/** One speaker's stretch: label, then one or more paragraphs, until the next label. In subtitles, what stands before the first label are
 *  turns of one cue each. */
export interface Turn extends Range {
  readonly index: number
  /** `null` where a text without any labels is taken as one turn, and in subtitles without. */
  readonly label: Label | null
  /** Index into `Transcript.speakers`; `null` where nobody is named. */
  readonly speaker: number | null
  /** The time written before or in the label. */
  readonly time: WrittenTime | null
  /** Of a turn that begins with a subtitle: when it is shown, and up to when those that belong to the turn are. */
  readonly cue: CueTimes | null
  /** What is said: stretches without label, times, page furniture and marks that stand on a line of their own. A
   *  paragraph that is hard-wrapped is one stretch; furniture inside it splits it into several. */
  readonly paragraphs: readonly Paragraph[]
}

export interface Paragraph {
  /** The stretches that make it up, in order; joined by a space, or by nothing between Chinese or Japanese. */
  readonly pieces: readonly Range[]
}

export interface Speaker {
  /** The name shown: the fullest spelling in use. */
  readonly name: string
  /** Every spelling of the label, as written, most frequent first. */
  readonly labels: readonly { readonly text: string; readonly turns: number }[]
  /** Number of turns. */
  readonly turns: number
}

export type MarkKind = 'inaudible' | 'crosstalk' | 'event' | 'note' | 'interruption'

/** A bracketed remark in the text. */
export interface Mark extends Range {
  readonly kind: MarkKind
  readonly text: string
  /** The turn it stands in, `null` outside any turn. */
  readonly turn: number | null
  /** It stands on a line of its own, so it is not part of what is said. */
  readonly isOwnLine: boolean
}

/** A paragraph that a page break tore in mid-sentence. Joining replaces `from`–`to` by `joint`. */
export interface TornParagraph extends Range {
  readonly turn: number
  /** A space, or nothing between Chinese or Japanese characters. */
  readonly joint: string
}

/** Two speakers whose names look like one person's. Indices into `Transcript.speakers`. */
export interface AlikeSpeakers {
  readonly first: number
  readonly second: number
}

/** What was derived from a text. Immutable; all arrays are in the order of the text. */
export interface Transcript {
  readonly turns: readonly Turn[]
  readonly speakers: readonly Speaker[]
  readonly marks: readonly Mark[]
  readonly torn: readonly TornParagraph[]
  readonly alike: readonly AlikeSpeakers[]
  /** Lines that are not speech: front matter, headers and footers that repeat, page numbers. */
  readonly furniture: readonly Range[]
}
