import type { Learned } from './realign'
import type { Features } from './sound/features'
import type { Reading } from './voice/voice'

/** A stretch of a transcript. Offsets are UTF-16 units of the whole text; `text` is exactly what stands between them. */
export interface AlignmentPiece {
  readonly from: number
  readonly to: number
  readonly text: string
  /** Index of its turn. */
  readonly turn: number
  /** Index of who speaks, `null` where nobody is named. */
  readonly speaker: number | null
  /** `unknown`: something is said here that nobody could write down (an inaudible mark). */
  readonly kind: 'speech' | 'unknown'
  /** ISO 639 code or an espeak-ng voice; otherwise it is chosen from the text. */
  readonly language?: string
}

/** What is spoken, in the order of the text. */
export interface AlignmentText {
  readonly turns: number
  readonly pieces: readonly AlignmentPiece[]
}

/** The text behind `at` is not said before `time` (seconds), the text before it not after. */
export interface Pin {
  readonly at: number
  readonly time: number
}

export type Placement = 'placed' | 'doubtful' | 'notPlaced'

/** A stretch of text with its time in seconds; `null` where it was not placed. */
export interface AlignedRange {
  readonly from: number
  readonly to: number
  readonly start: number | null
  readonly end: number | null
  /** 0–1: the chance that the start is right. */
  readonly confidence: number
}

export interface AlignedTurn {
  readonly turn: number
  readonly start: number | null
  readonly end: number | null
  readonly confidence: number
  readonly placement: Placement
}

/** `foreignText`: the text does not belong to this recording. `noText`, `noSpeech`: there is nothing to align. */
export type AlignmentRefusal = 'foreignText' | 'noText' | 'noSpeech'

export interface Alignment {
  /** ISO 639 code of most of the text. */
  readonly language: string
  /** Of the recording, seconds. */
  readonly duration: number
  readonly turns: readonly AlignedTurn[]
  readonly sentences: readonly AlignedRange[]
  readonly words: readonly AlignedRange[]
  /** The stretches of unknown speech (inaudible marks). */
  readonly unknown: readonly AlignedRange[]
  /** Seconds `[from, to]` in which somebody seems to speak what is not in the text. */
  readonly speechWithoutText: readonly (readonly [number, number])[]
  /** Sentences with less confidence are doubtful. */
  readonly doubtfulBelow: number
  /** Nothing was placed, for this reason. */
  readonly refused?: AlignmentRefusal
}

/** What espeak-ng tells about a piece of audio. */
export interface SpeechEvent {
  readonly type: string
  /** Code points before the word, plus one. */
  readonly text_position: number
  readonly word_length: number
  /** Milliseconds. */
  readonly audio_position: number
  readonly id?: string | number
}

/** The part of espeak-ng's worker that is used. */
export interface SpeechEngine {
  /** @returns 0 where there is such a voice */
  set_voice(name: string): number
  set_rate(wordsPerMinute: number): unknown
  /** @param pitch 0–99, 50 is the voice's own */
  set_pitch(pitch: number): unknown
  synthesize(
    text: string,
    piece: (audio: Int16Array | null, events: readonly SpeechEvent[] | null) => unknown,
  ): unknown
}

/** The part of an `AbortSignal` that is used. */
export interface CancelSignal {
  readonly aborted: boolean
  throwIfAborted(): void
}

export interface AlignOptions {
  /** Loads the synthesiser anew. */
  readonly openVoice: () => Promise<SpeechEngine>
  /** All of the text, read in another thread (`readAloud.ts`): `openVoice` is asked only where that failed. */
  readonly readings?: Promise<readonly Reading[]>
  readonly pins?: readonly Pin[]
  readonly language?: string
  /** It is known that the text is said in the recording, as between two pins: it is never refused as another recording's. */
  readonly isKnownToBelong?: boolean
  /** Told right before the end what `realign` needs. */
  readonly onLearned?: (learned: Learned) => void
  /** Share done, 0–1. */
  readonly onProgress?: (share: number) => void
  /** Aborting rejects with the signal's reason. */
  readonly signal?: CancelSignal
}

/** `align` in `align.ts`. Rejects only when cancelled or when the voice cannot be loaded. */
export type Align = (text: AlignmentText, features: Features, options: AlignOptions) => Promise<Alignment>
