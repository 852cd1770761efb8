import { redo, undo } from '@codemirror/commands'
import { ChangeSet, type EditorState, type TransactionSpec } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import type { Alignment } from '../../../shared/alignment/alignment'
import { applyAlignment } from '../../../shared/session/applyAlignment'
import { moveBoundary, setRecordingFacts } from '../../../shared/session/boundaries'
import {
  changesSinceOpened,
  timeAtPosition,
  transcriptOf,
  turnTimesOf,
} from '../../../shared/session/queries'
import { reviewItemsOf, setReviewDone } from '../../../shared/session/reviewItems'
import { createSession } from '../../../shared/session/session'
import { wordAtPosition, wordAtTime, wordTimingsOf } from '../../../shared/session/words'

const doc = 'ANA: One two.\n\nBO: Three four.\n\nANA: Five.\n\nBO: Six.\n'

function opened(): EditorState {
  const session = createSession({ doc })
  return session.update(setRecordingFacts(session, { duration: 40, speech: [[0, 40]] })).state
}

function apply(session: EditorState, spec: TransactionSpec | null): EditorState {
  if (!spec) throw new Error('nothing to do')
  return session.update(spec).state
}

const range = (word: string, start: number, end: number) => ({
  from: doc.indexOf(word),
  to: doc.indexOf(word) + word.length,
  start,
  end,
  confidence: 0.9,
})

function alignment(starts: readonly (number | null)[], confidence = 0.9): Alignment {
  return {
    language: 'en',
    duration: 40,
    turns: starts.map((start, turn) => ({
      turn,
      start,
      end: start,
      confidence: start === null ? 0 : confidence,
      placement: start === null ? 'notPlaced' : confidence < 0.7 ? 'doubtful' : 'placed',
    })),
    sentences: [],
    words: [range('One', 1, 1.5), range('two', 1.6, 2), range('Three', 12, 12.5)],
    unknown: [],
    speechWithoutText: [],
    doubtfulBelow: 0.7,
  }
}

const none = ChangeSet.empty(doc.length)
const startsOf = (session: EditorState) => turnTimesOf(session).map(({ start }) => start)

describe('an alignment', () => {
  it('places the turns it found, and those it did not find flow between them', () => {
    const session = opened()
    const next = apply(
      session,
      applyAlignment(session, alignment([1, 12, null, 30]), transcriptOf(session), none),
    )
    const times = turnTimesOf(next)
    expect(times.map(({ origin }) => origin)).toEqual(['aligned', 'aligned', 'estimated', 'aligned'])
    expect([times[0]?.start, times[1]?.start, times[3]?.start]).toEqual([1, 12, 30])
    expect(times[2]?.start).toBeGreaterThan(12)
    expect(times[2]?.start).toBeLessThan(30)
  })

  it('keeps pins, and what would cross one is left to the estimate', () => {
    const pinned = apply(opened(), moveBoundary(opened(), 1, 20))
    const next = apply(
      pinned,
      applyAlignment(pinned, alignment([25, 12, 18, 30]), transcriptOf(pinned), none),
    )
    const times = turnTimesOf(next)
    expect(times[1]).toMatchObject({ start: 20, isPinned: true })
    expect(times[0]).toMatchObject({ origin: 'estimated' })
    expect(times[2]).toMatchObject({ origin: 'estimated' })
    for (const [index, { start }] of times.entries())
      expect(start).toBeGreaterThanOrEqual(times[index - 1]?.start ?? 0)
  })

  it('is one undo step, words included', () => {
    let session = opened()
    const before = startsOf(session)
    session = apply(session, applyAlignment(session, alignment([1, 12, 20, 30]), transcriptOf(session), none))
    const after = startsOf(session)
    const dispatch = (transaction: { state: EditorState }) => {
      session = transaction.state
    }
    undo({ state: session, dispatch })
    expect([startsOf(session), wordTimingsOf(session).words]).toEqual([before, []])
    redo({ state: session, dispatch })
    expect([startsOf(session), wordTimingsOf(session).words.length]).toEqual([after, 3])
  })

  it('fits a text that was edited meanwhile', () => {
    const asked = opened()
    const edited = asked.update({ changes: { from: 0, insert: 'TITLE\n\n' } }).state
    const since = changesSinceOpened(asked).desc.invertedDesc.composeDesc(changesSinceOpened(edited).desc)
    const next = apply(edited, applyAlignment(edited, alignment([1, 12, 20, 30]), transcriptOf(asked), since))
    expect(startsOf(next)).toEqual([1, 12, 20, 30])
    expect(timeAtPosition(next, next.doc.toString().indexOf('Three'))).toBe(12)
  })

  it('asks for a second listen where it was unsure or found nothing, and where the text has nothing', () => {
    const session = opened()
    const sentence = (words: string, start: number | null, confidence: number) => ({
      ...range(words, start ?? 0, (start ?? 0) + 2),
      ...(start === null ? { start, end: null } : {}),
      confidence,
    })
    const unsure = apply(
      session,
      applyAlignment(
        session,
        {
          ...alignment([1, 12, null, 30]),
          sentences: [
            sentence('One two.', 1, 0.9),
            sentence('Three four.', 12, 0.4),
            sentence('Five.', null, 0),
            sentence('Six.', 30, 0.9),
          ],
          speechWithoutText: [[15, 19]],
        },
        transcriptOf(session),
        none,
      ),
    )
    const items = reviewItemsOf(unsure)
    expect(items.map(({ kind, turn, start }) => [kind, turn, start])).toEqual([
      ['textAndSound', 1, 12],
      ['untold', 1, 15],
      ['notPlaced', 2, turnTimesOf(unsure)[2]?.start],
    ])
    expect(items[0]).toMatchObject({ from: doc.indexOf('Three'), confidence: 0.4, end: 14 })
    const done = apply(unsure, setReviewDone(unsure, items[1]?.id as string, true))
    expect(reviewItemsOf(done).map(({ isDone }) => isDone)).toEqual([false, true, false])
  })

  it('that was refused changes nothing', () => {
    const session = opened()
    const refused: Alignment = { ...alignment([null, null, null, null]), refused: 'foreignText' }
    expect(applyAlignment(session, refused, transcriptOf(session), none)).toBeNull()
  })
})

describe('word timings', () => {
  const session = () =>
    apply(opened(), applyAlignment(opened(), alignment([1, 12, 20, 30]), transcriptOf(opened()), none))

  it('are found by time and by place', () => {
    expect(wordAtTime(session(), 1.7)).toMatchObject({ start: 1.6 })
    expect(wordAtTime(session(), 1.55)).toBeNull()
    expect(wordAtPosition(session(), doc.indexOf('two') + 1)).toMatchObject({ start: 1.6 })
    expect(wordAtPosition(session(), doc.indexOf('Five'))).toBeNull()
  })

  it('stay with a corrected word, and a word that is gone takes its time along', () => {
    const from = doc.indexOf('two')
    const corrected = session().update({ changes: { from, to: from + 3, insert: 'twelve' } }).state
    expect(wordAtPosition(corrected, from + 5)).toMatchObject({ from, to: from + 6, start: 1.6, end: 2 })
    const removed = session().update({ changes: { from: from - 1, to: from + 3 } }).state
    expect(wordTimingsOf(removed).words.map(({ start }) => start)).toEqual([1, 12])
  })
})
