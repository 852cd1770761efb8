import { isolateHistory } from '@codemirror/commands'
import type { ChangeDesc, EditorState, TransactionSpec } from '@codemirror/state'
import type { Alignment } from '../alignment/alignment'
import type { Transcript } from '../transcript/transcript'
import { setAnchorsEffect } from './anchors'
import { anchorsOfStarts } from './boundaries'
import { transcriptOf } from './queries'
import { setWordsEffect, type WordTiming } from './words'

/** Lays an alignment on a session as one undo step: the turns that were placed get aligned boundaries, the words their times; pins stay, and
 *  what was not placed flows between.
 *  @param aligned the transcript that was aligned @param since the changes of the text since then
 *  @returns `null` where the aligner refused */
export function applyAlignment(
  session: EditorState,
  { turns, words, unknown, doubtfulBelow, refused }: Alignment,
  aligned: Transcript,
  since: ChangeDesc,
): TransactionSpec | null {
  if (refused !== undefined) return null
  const present = new Map(transcriptOf(session).turns.map(({ from, index }) => [from, index]))
  const starts = new Map<number, { readonly time: number; readonly confidence: number }>()
  for (const { turn, start, confidence, placement } of turns) {
    const from = aligned.turns[turn]?.from
    if (start === null || placement === 'notPlaced' || from === undefined) continue
    const index = present.get(since.mapPos(from, 1))
    if (index !== undefined) starts.set(index, { time: start, confidence })
  }
  const timings: WordTiming[] = []
  for (const { from, to, start, end, confidence } of [...words, ...unknown].sort((a, b) => a.from - b.from)) {
    const place = { from: since.mapPos(from, 1), to: since.mapPos(to, -1) }
    if (start !== null && end !== null && place.to > place.from && start >= (timings.at(-1)?.start ?? 0))
      timings.push({ ...place, start, end, confidence })
  }
  return {
    effects: [
      setAnchorsEffect.of(anchorsOfStarts(session, starts)),
      setWordsEffect.of({ words: timings, doubtfulBelow }),
    ],
    userEvent: 'align',
    annotations: isolateHistory.of('full'),
  }
}
