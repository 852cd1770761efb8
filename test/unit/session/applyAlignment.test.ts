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
import { isCompared, reviewItemsOf, setReviewDone } from '../../../shared/session/reviewItems'
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

  it('asks for no text where the recording has music, but where a recogniser heard words', () => {
    const start = opened()
    const facts = { duration: 40, speech: [[0, 13] as const, [28, 40] as const] }
    const session = start.update(setRecordingFacts(start, facts)).state
    const found = {
      ...alignment([1, 12, 20, 30]),
      speechWithoutText: [[14, 26] as const, [27, 29.5] as const],
    }
    const untold = (options = {}) =>
      wordTimingsOf(
        apply(session, applyAlignment(session, found, transcriptOf(session), none, options)),
      ).untold.map(({ start, end }) => [start, end])
    expect(untold()).toEqual([[27, 29.5]])
    expect(untold({ origin: 'imported' })).toHaveLength(2)
  })

  it('compares the text with the recording only where it was aligned', () => {
    const session = opened()
    expect(isCompared(session)).toBe(false)
    const part = { turns: [0, 2] as const, start: 0, end: 20 }
    const lay = (starts: readonly (number | null)[], options = {}) =>
      apply(session, applyAlignment(session, alignment(starts), transcriptOf(session), none, options))
    expect(isCompared(lay([1, 12, null, null], { part }))).toBe(false)
    expect(isCompared(lay([1, 12, 20, 30]))).toBe(true)
  })

  it('has nothing to find in a turn of remarks alone', () => {
    const silent = createSession({ doc: doc.replace('Five.', '[Applause.]') })
    const next = apply(
      silent,
      applyAlignment(silent, alignment([1, 12, null, 30]), transcriptOf(silent), none),
    )
    expect(turnTimesOf(next)[2]?.origin ?? 'estimated').toBe('estimated')
    expect(isCompared(next)).toBe(true)
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

  it('lists speech before the first words before these', () => {
    const session = opened()
    const found = {
      ...alignment([1, 12, 20, 30]),
      sentences: [{ ...range('One two.', 1, 3), confidence: 0.4 }],
      speechWithoutText: [[0.1, 0.8]] as const,
    }
    const next = apply(session, applyAlignment(session, found, transcriptOf(session), none))
    expect(reviewItemsOf(next).map(({ kind }) => kind)).toEqual(['untold', 'textAndSound'])
  })

  it('of a part leaves the rest alone, and undo takes it back with the gesture that it belongs to', () => {
    const whole = apply(
      opened(),
      applyAlignment(opened(), alignment([1, 12, 20, 30]), transcriptOf(opened()), none),
    )
    let session = apply(whole, moveBoundary(whole, 1, 15))
    const part = { turns: [1, 3], start: 15, end: 30 } as const
    const found = {
      ...alignment([null, 15, 24, null]),
      words: [range('Three', 15.2, 15.7), range('Five', 24, 25)],
    }
    const spec = applyAlignment(session, found, transcriptOf(session), none, { part, isContinued: true })
    session = apply(session, spec)
    expect(startsOf(session)).toEqual([1, 15, 24, 30])
    expect(wordTimingsOf(session).words.map(({ start }) => start)).toEqual([1, 1.6, 15.2, 24])
    const dispatch = (transaction: { state: EditorState }) => {
      session = transaction.state
    }
    undo({ state: session, dispatch })
    expect([startsOf(session), wordTimingsOf(session)]).toEqual([startsOf(whole), wordTimingsOf(whole)])
    redo({ state: session, dispatch })
    expect(startsOf(session)).toEqual([1, 15, 24, 30])
    expect(wordTimingsOf(session).words.map(({ start }) => start)).toEqual([1, 1.6, 15.2, 24])
  })

  it('of an edited turn gives its words times and moves no boundary', () => {
    const whole = apply(
      opened(),
      applyAlignment(opened(), alignment([1, 12, 20, 30]), transcriptOf(opened()), none),
    )
    const at = doc.indexOf('four')
    const edited = whole.update({
      changes: { from: at, to: at + 4, insert: 'more' },
      userEvent: 'input',
    }).state
    const found = {
      ...alignment([null, 13, null, null]),
      words: [range('Three', 12.2, 12.4), range('four', 13, 14)],
    }
    const options = {
      part: { turns: [1, 2], start: 12, end: 20 },
      isContinued: true,
      isWordsOnly: true,
    } as const
    let session = apply(edited, applyAlignment(edited, found, transcriptOf(edited), none, options))
    expect(startsOf(session)).toEqual([1, 12, 20, 30])
    expect(wordAtPosition(session, at + 1)).toMatchObject({ start: 13, end: 14 })
    undo({
      state: session,
      dispatch: (transaction) => {
        session = transaction.state
      },
    })
    expect([session.doc.toString(), wordTimingsOf(session)]).toEqual([doc, wordTimingsOf(whole)])
  })

  it('lays an inaudible mark between what is said before and behind it, and what was not written down behind the word before', () => {
    const marked = 'ANA: One [inaudible] two.'
    const session = createSession({ doc: marked })
    const place = (text: string) => ({ from: marked.indexOf(text), to: marked.indexOf(text) + text.length })
    const found: Alignment = {
      ...alignment([1]),
      words: [
        { ...place('One'), start: 1, end: 1.5, confidence: 0.9 },
        { ...place('two'), start: 4, end: 4.5, confidence: 0.9 },
      ],
      unknown: [{ ...place('[inaudible]'), start: null, end: null, confidence: 0 }],
      speechWithoutText: [[2, 3.9]],
    }
    const none = ChangeSet.empty(marked.length)
    const next = apply(session, applyAlignment(session, found, transcriptOf(session), none))
    expect(wordAtPosition(next, marked.indexOf('inaud'))).toMatchObject({ start: 1.5, end: 4 })
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
