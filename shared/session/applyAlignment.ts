import { isolateHistory } from '@codemirror/commands'
import { type ChangeDesc, type EditorState, Transaction, type TransactionSpec } from '@codemirror/state'
import type { Alignment } from '../alignment/alignment'
import { spokenParts } from '../recording/spokenParts'
import type { Transcript } from '../transcript/transcript'
import { type AnchorOrigin, setAnchorsEffect } from './anchors'
import { anchorsOfStarts } from './boundaries'
import { type Imported, setImportedEffect } from './imported'
import { MovedWords } from './movedWords'
import { recordingFactsOf, transcriptOf } from './queries'
import { setTimings, type WordTiming, type WordTimings, wordTimingsOf } from './words'

/** The part of a session that was aligned anew. */
export interface AlignedPart {
  /** Turns of the transcript that was aligned: the first, and one behind the last. */
  readonly turns: readonly [number, number]
  /** Seconds. */
  readonly start: number
  readonly end: number
}

export interface ApplyOptions {
  /** Missing: all of it was. */
  readonly part?: AlignedPart
  /** It belongs to the gesture before it: undo takes both back at once. */
  readonly isContinued?: boolean
  /** Of the boundaries; `aligned` unless they are a recogniser's own. */
  readonly origin?: AnchorOrigin
  /** The recogniser's words that were used, and what they suggest. */
  readonly imported?: Imported
  /** The turns' boundaries stay as they are. */
  readonly isWordsOnly?: boolean
}

/** Lays an alignment on a session as one undo step: the turns that were placed get aligned boundaries, the words their times, and what is in
 *  doubt is noted; pins stay, and what was not placed flows between. Sound without text in which the recording's own analysis hears nobody
 *  speak is none that wants a text, unless a recogniser heard words there.
 *  @param aligned the transcript that was aligned @param since the changes of the text since then
 *  @returns `null` where the aligner refused */
export function applyAlignment(
  session: EditorState,
  alignment: Alignment,
  aligned: Transcript,
  since: ChangeDesc,
  { part, isContinued = false, isWordsOnly = false, origin = 'aligned', imported }: ApplyOptions = {},
): TransactionSpec | null {
  if (alignment.refused !== undefined) return null
  const present = new Map(transcriptOf(session).turns.map(({ from, index }) => [from, index]))
  const turnNow = (turn: number) => {
    const from = aligned.turns[turn]?.from
    return from === undefined ? undefined : present.get(since.mapPos(from, 1))
  }
  const starts = new Map<number, { readonly time: number; readonly confidence: number }>()
  for (const { turn, start, confidence, placement } of alignment.turns) {
    const index = turnNow(turn)
    if (start !== null && placement !== 'notPlaced' && index !== undefined)
      starts.set(index, { time: start, confidence })
  }
  const speech = origin === 'imported' ? [] : (recordingFactsOf(session)?.speech ?? [])
  const speechWithoutText = spokenParts(alignment.speechWithoutText, speech)
  const timings = timingsOf(
    { ...alignment, speechWithoutText },
    part ?? { start: 0, end: alignment.duration },
  )
  const anchors = part
    ? anchorsOfStarts(
        session,
        starts,
        [turnNow(part.turns[0]) ?? 0, turnNow(part.turns[1]) ?? present.size],
        origin,
      )
    : anchorsOfStarts(session, starts, undefined, origin)
  return {
    effects: [
      ...(isWordsOnly ? [] : [setAnchorsEffect.of(anchors)]),
      part ? setTimings(merged(session, timings, aligned, since, part)) : setTimings(timings, since),
      ...(imported ? [setImportedEffect.of(importedNow(imported, since))] : []),
    ],
    userEvent: 'align',
    annotations: isContinued ? Transaction.addToHistory.of(false) : isolateHistory.of('full'),
  }
}

// A mark that was typed over meanwhile needs no suggestion.
function importedNow({ heard, suggestions }: Imported, since: ChangeDesc): Imported {
  return {
    heard,
    suggestions: suggestions.flatMap((suggestion) => {
      const [from, to] = [since.mapPos(suggestion.from, 1), since.mapPos(suggestion.to, -1)]
      return to - from === suggestion.to - suggestion.from ? [{ ...suggestion, from, to }] : []
    }),
  }
}

/** What an alignment tells of words and sentences, in positions of the text that was aligned. Unknown speech lies between what is said
 *  before and after it. */
function timingsOf(
  { words, unknown, sentences, speechWithoutText, doubtfulBelow }: Alignment,
  { start, end }: Pick<AlignedPart, 'start' | 'end'>,
): WordTimings {
  const all = [...words, ...unknown.map((entry) => ({ ...entry, isUnknown: true }))].sort(
    (a, b) => a.from - b.from,
  )
  const result: WordTiming[] = []
  let next = 0
  for (const [index, entry] of all.entries()) {
    const before = result.at(-1)
    let [from, to] = [entry.start, entry.end]
    if ('isUnknown' in entry && (from === null || to === null)) {
      next = Math.max(next, index + 1)
      while (next < all.length && all[next]?.start === null) next++
      from = before?.end ?? start
      to = Math.max(from, all[next]?.start ?? end)
    }
    if (from !== null && to !== null && from >= (before?.start ?? 0))
      result.push({ from: entry.from, to: entry.to, start: from, end: to, confidence: entry.confidence })
  }
  return {
    words: result,
    doubts: sentences
      .filter((sentence) => sentence.start === null || sentence.confidence < doubtfulBelow)
      .map(({ from, to, start: begin, end: finish, confidence }) => ({
        from,
        to,
        start: begin,
        end: finish,
        confidence,
      })),
    untold: speechWithoutText.map(([from, to]) => ({
      position: placeOf(result, from),
      start: from,
      end: to,
    })),
    doubtfulBelow,
  }
}

// Behind the last word that ends before the middle of what follows it.
function placeOf(words: readonly WordTiming[], time: number): number {
  let low = 0
  let high = words.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((words[middle] as WordTiming).start <= time) low = middle + 1
    else high = middle
  }
  return words[low - 1]?.to ?? words[0]?.from ?? 0
}

function merged(
  session: EditorState,
  timings: WordTimings,
  aligned: Transcript,
  since: ChangeDesc,
  { turns, start, end }: AlignedPart,
): WordTimings {
  const now = new MovedWords(timings.words, since, (from, to) => session.sliceDoc(from, to))
  const known = wordTimingsOf(session)
  const from = now.now(aligned.turns[turns[0]]?.from ?? 0, 1)
  const to = now.now(aligned.turns[turns[1] - 1]?.to ?? 0, -1)
  const before = <T extends { readonly to: number }>(entries: readonly T[]) =>
    entries.filter((entry) => entry.to <= from)
  const behind = <T extends { readonly from: number }>(entries: readonly T[]) =>
    entries.filter((entry) => entry.from >= to)
  const words: WordTiming[] = []
  for (const word of [...before(known.words), ...now.all(), ...behind(known.words)])
    if (word.start >= (words.at(-1)?.start ?? 0)) words.push(word)
  return {
    words,
    doubts: [
      ...before(known.doubts),
      ...timings.doubts.flatMap((doubt) => {
        const place = { from: now.now(doubt.from, 1), to: now.now(doubt.to, -1) }
        return place.to > place.from ? [{ ...doubt, ...place }] : []
      }),
      ...behind(known.doubts),
    ],
    untold: [
      ...known.untold.filter((entry) => entry.end <= start),
      ...timings.untold.map((entry) => ({ ...entry, position: now.now(entry.position, -1) })),
      ...known.untold.filter((entry) => entry.start >= end),
    ],
    doubtfulBelow: Math.max(known.doubtfulBelow, timings.doubtfulBelow),
  }
}
