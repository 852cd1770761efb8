import { ChangeSet, type EditorState, type TransactionSpec } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import {
  editedTurns,
  movedPins,
  pinsOf,
  stretchAround,
  stretchOf,
} from '../../../shared/session/alignedStretch'
import { applyAlignment } from '../../../shared/session/applyAlignment'
import {
  moveBoundary,
  partBoundary,
  setRecordingFacts,
  unpinBoundary,
} from '../../../shared/session/boundaries'
import { transcriptOf } from '../../../shared/session/queries'
import { createSession } from '../../../shared/session/session'
import { setTimings } from '../../../shared/session/words'

const count = 12
const doc = Array.from(
  { length: count },
  (_, index) => `${index % 2 ? 'BO' : 'ANA'}: Turn number ${index}.`,
).join('\n\n')

function apply(session: EditorState, spec: TransactionSpec | null): EditorState {
  if (!spec) throw new Error('nothing to do')
  return session.update(spec).state
}

/** Turns of ten seconds, aligned; those of `unsure` in doubt. */
function aligned(unsure: readonly number[] = []): EditorState {
  let session = createSession({ doc })
  session = apply(session, setRecordingFacts(session, { duration: count * 10, speech: [] }))
  const turns = Array.from({ length: count }, (_, turn) => ({
    turn,
    start: turn * 10,
    end: turn * 10 + 9,
    confidence: unsure.includes(turn) ? 0.2 : 0.99,
    placement: unsure.includes(turn) ? ('doubtful' as const) : ('placed' as const),
  }))
  const alignment = {
    language: 'en',
    duration: count * 10,
    turns,
    sentences: [],
    words: [{ from: 5, to: 9, start: 0, end: 1, confidence: 0.99 }],
    unknown: [],
    speechWithoutText: [],
    doubtfulBelow: 0.9,
  }
  return apply(
    session,
    applyAlignment(session, alignment, transcriptOf(session), ChangeSet.empty(doc.length)),
  )
}

describe('the stretch that is aligned again', () => {
  it('reaches to boundaries that are sure and half a minute away', () => {
    const session = apply(aligned(), moveBoundary(aligned(), 6, 62))
    expect(movedPins(aligned(), session)).toEqual([6, 6])
    expect(stretchAround(session, [6, 6], [60, 62])).toMatchObject({ turns: [3, 10], start: 30, end: 100 })
    const unsure = aligned([3, 10])
    expect(stretchAround(unsure, [6, 6], [60, 62])).toMatchObject({ turns: [2, 11], start: 20, end: 110 })
  })

  it('ends at the next pin on either side, and holds the one that was moved', () => {
    let session = apply(aligned(), moveBoundary(aligned(), 5, 50))
    session = apply(session, moveBoundary(session, 8, 80))
    const moved = apply(session, moveBoundary(session, 6, 63))
    const stretch = stretchAround(moved, [6, 6], [60, 63])
    expect(stretch).toMatchObject({ turns: [5, 8], start: 50, end: 80 })
    expect(stretch?.pins).toEqual([{ at: transcriptOf(moved).turns[6]?.from, time: 63 }])
    expect(new Set(stretch?.text.pieces.map(({ turn }) => turn))).toEqual(new Set([5, 6, 7]))
  })

  it('is found when a pin is taken off, and there is none where nothing was pinned', () => {
    const pinned = apply(aligned(), moveBoundary(aligned(), 6, 63))
    expect(movedPins(pinned, apply(pinned, unpinBoundary(pinned, 6)))).toEqual([6, 6])
    const edited = pinned.update({ changes: { from: 5, insert: 'x' } }).state
    expect(movedPins(pinned, edited)).toBeNull()
  })

  it('begins with the recording and ends with it', () => {
    expect(stretchOf(aligned(), [0, count])).toMatchObject({ start: 0, end: 120 })
    expect(stretchOf(aligned(), [4, 4])).toBeNull()
  })
})

describe('turns that were edited', () => {
  // An alignment of the text before the edits has words in it.
  const wordTimings = {
    words: [{ from: 5, to: 9, start: 0, end: 1, confidence: 1 }],
    doubts: [],
    untold: [],
    doubtfulBelow: 0.9,
  }
  const timed = () => aligned().update({ effects: setTimings(wordTimings) }).state

  it('are those since their words were timed, neighbours together', () => {
    expect(editedTurns(timed())).toEqual([])
    const at = (turn: number) => (transcriptOf(timed()).turns[turn]?.to ?? 0) - 1
    const edited = timed().update({
      changes: [
        { from: at(2), insert: '!' },
        { from: at(3), to: at(3) + 1 },
        { from: at(7), insert: ' more' },
      ],
    }).state
    expect(editedTurns(edited)).toEqual([
      [2, 4],
      [7, 8],
    ])
  })

  it('are those that were typed at the end too', () => {
    const session = timed()
    const edited = session.update({ changes: { from: session.doc.length, insert: '\n\nANA: Good.' } }).state
    expect(editedTurns(edited)).toEqual([[count - 1, count + 1]])
  })
})

describe('pins', () => {
  it('keep a gap between two turns free', () => {
    const session = apply(aligned(), partBoundary(aligned(), 4, { previousEnd: 37, start: 41 }))
    const at = transcriptOf(session).turns[4]?.from
    expect(pinsOf(session)).toEqual([
      { at, time: 37 },
      { at, time: 41 },
    ])
  })
})
