import { invertedEffects } from '@codemirror/commands'
import {
  type ChangeSet,
  EditorState,
  type Extension,
  StateEffect,
  StateField,
  Transaction,
} from '@codemirror/state'
import type { Suggestion } from '../alignment/byText/suggestions'
import type { Speech } from '../recording/speechActivity'
import { parseTranscript } from '../transcript/parseTranscript'
import type { Transcript } from '../transcript/transcript'
import { updateTranscript } from '../transcript/updateTranscript'
import { type Anchor, anchorsExtension, setAnchorsEffect, withAnchors } from './anchors'
import { boundedHistory } from './boundedHistory'
import { importedExtension, withSuggestions } from './imported'
import { importWrittenTimes } from './importWrittenTimes'
import { languageExtension, languageField, setLanguageEffect } from './language'
import { type ReviewDone, reviewDoneField, reviewExtension, setReviewDoneEffect } from './review'
import { carryWeights } from './turnWeights'
import { type WordTimings, withTimings, wordsExtension } from './words'

/** The editable state: text, anchors, what was reviewed, one undo history. Immutable; transactions yield the next one. */
export type Session = EditorState

/** What is known of the recording. */
export interface RecordingFacts {
  /** Seconds. */
  readonly duration: number
  readonly speech: Speech
}

export const setRecordingFactsEffect = StateEffect.define<RecordingFacts>()

export const recordingFactsField: StateField<RecordingFacts | null> =
  StateField.define<RecordingFacts | null>({
    create: () => null,
    update(facts, transaction) {
      for (const effect of transaction.effects) if (effect.is(setRecordingFactsEffect)) return effect.value
      return facts
    },
  })

/** Words that mean "inaudible" in brackets, besides those known. */
export const setInaudibleWordsEffect = StateEffect.define<readonly string[]>()

const inaudibleWordsField = StateField.define<readonly string[]>({
  create: () => [],
  update(words, transaction) {
    for (const effect of transaction.effects) if (effect.is(setInaudibleWordsEffect)) return effect.value
    return words
  },
})

/** What the text says, kept true to it with every change. */
export const transcriptField: StateField<Transcript> = StateField.define<Transcript>({
  create: (state) =>
    parseTranscript(state.doc.toString(), { inaudibleWords: state.field(inaudibleWordsField) }),
  update(transcript, transaction) {
    const { changes, newDoc, startState } = transaction
    const options = { inaudibleWords: transaction.state.field(inaudibleWordsField) }
    if (options.inaudibleWords !== startState.field(inaudibleWordsField))
      return parseTranscript(newDoc.toString(), options)
    if (!transaction.docChanged) return transcript
    const updated = updateTranscript(transcript, changes, startState.doc, newDoc, options)
    carryWeights(transcript, updated, changes)
    return updated
  },
})

/** The file holds another text than the session was created with: changes count from that one. The value leads from it to the text after
 *  the transaction; `null` where they are the same. */
export const newGroundEffect = StateEffect.define<ChangeSet | null>()

/** All text changes since the session was created or got new ground, as one. */
export const changesField: StateField<ChangeSet | null> = StateField.define<ChangeSet | null>({
  create: () => null,
  update(changes, transaction) {
    for (const effect of transaction.effects) if (effect.is(newGroundEffect)) return effect.value
    if (!transaction.docChanged) return changes
    return changes ? changes.compose(transaction.changes) : transaction.changes
  },
})

const setVersionEffect = StateEffect.define<number>()

/** Marks a transaction whose anchors are not the user's work (estimates, alignment in the background). */
export const derivedEffect = StateEffect.define<null>()

/** Rises with every change that a save would keep; undo brings the earlier number back. */
export const versionField: StateField<{ readonly now: number; readonly highest: number }> = StateField.define(
  {
    create: () => ({ now: 0, highest: 0 }),
    update(version, transaction) {
      let restored: number | null = null
      for (const effect of transaction.effects) if (effect.is(setVersionEffect)) restored = effect.value
      if (restored !== null) return { now: restored, highest: version.highest }
      const isDerived = transaction.effects.some((effect) => effect.is(derivedEffect))
      const isChange =
        transaction.docChanged ||
        (!isDerived &&
          transaction.effects.some(
            (effect) =>
              effect.is(setAnchorsEffect) || effect.is(setReviewDoneEffect) || effect.is(setLanguageEffect),
          ))
      return isChange ? { now: version.highest + 1, highest: version.highest + 1 } : version
    },
  },
)

const versionHistory = invertedEffects.of((transaction) => {
  const before = transaction.startState.field(versionField).now
  return transaction.state.field(versionField).now === before ? [] : [setVersionEffect.of(before)]
})

export interface SessionInput {
  /** Line ends as `\n` only. */
  readonly doc: string
  readonly anchors?: readonly Anchor[]
  readonly reviewDone?: readonly ReviewDone[]
  readonly timings?: WordTimings
  /** What was heard at inaudible marks. */
  readonly suggestions?: readonly Suggestion[]
  /** ISO 639 code or espeak-ng voice. */
  readonly language?: string | null
  readonly recording?: RecordingFacts
  readonly inaudibleWords?: readonly string[]
  /** What `doc` says, with these words, where that was found out before. */
  readonly transcript?: Transcript
  /** Bytes that the undo history may take; see `boundedHistory`. */
  readonly historyBytes?: number
  readonly extensions?: Extension
}

/** A session over a text. Times that the text itself carries become anchors unless anchors are given. */
export function createSession(input: SessionInput): Session {
  const state = EditorState.create({
    doc: input.doc,
    extensions: [
      inaudibleWordsField.init(() => input.inaudibleWords ?? []),
      input.transcript ? transcriptField.init(() => input.transcript as Transcript) : transcriptField,
      recordingFactsField.init(() => input.recording ?? null),
      input.anchors ? withAnchors(input.anchors) : [],
      input.reviewDone ? reviewDoneField.init(() => input.reviewDone as readonly ReviewDone[]) : [],
      input.timings ? withTimings(input.timings) : [],
      input.suggestions ? withSuggestions(input.suggestions) : [],
      languageField.init(() => input.language ?? null),
      anchorsExtension,
      languageExtension,
      reviewExtension,
      wordsExtension,
      importedExtension,
      changesField,
      versionField,
      versionHistory,
      boundedHistory(input.historyBytes),
      EditorState.allowMultipleSelections.of(false),
      input.extensions ?? [],
    ],
  })
  if (input.anchors && input.anchors.length > 0) return state
  const imported = importWrittenTimes(state.field(transcriptField))
  if (imported.length === 0) return state
  return state.update({
    effects: [setAnchorsEffect.of(imported), derivedEffect.of(null)],
    annotations: Transaction.addToHistory.of(false),
  }).state
}
