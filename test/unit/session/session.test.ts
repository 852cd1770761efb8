import { redo, redoDepth, undo, undoDepth } from '@codemirror/commands'
import type { Transaction, TransactionSpec } from '@codemirror/state'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anchorsOf } from '../../../shared/session/anchors'
import {
  moveBoundary,
  partBoundary,
  reflowFrom,
  setRecordingFacts,
  unpinBoundary,
} from '../../../shared/session/boundaries'
import {
  changeSpeaker,
  joinTorn,
  mergeTurnWithPrevious,
  renameSpeaker,
  splitTurn,
} from '../../../shared/session/labelEdits'
import {
  correctionsOf,
  timeAtPosition,
  transcriptOf,
  turnAtTime,
  turnTimesOf,
  versionOf,
} from '../../../shared/session/queries'
import { reviewItemsOf, setReviewDone } from '../../../shared/session/reviewItems'
import { createSession, type Session, setInaudibleWordsEffect } from '../../../shared/session/session'
import { removeTimestamps, timestampTurns } from '../../../shared/session/timestamps'
import { weightOf } from '../../../shared/session/turnWeights'
import { parseInPieces } from '../../../shared/transcript/parseTranscript'
import { plain } from '../../support/plain'
import { opened, savedBytes, utf8 } from '../../support/text'

const doc = `ANA LIMA: Good evening, and welcome to all of you.

BO REYES: Thank you. I have one question about the [inaudible] and the bridge.

>> Is there a bus on Sundays?

ANA LIMA: There is, every half hour until ten.

BO REYES: Good. Then I am content.
`

const facts = {
  duration: 60,
  speech: [
    [1, 14],
    [16, 30],
    [31, 40],
    [42, 58],
  ] as const,
}

function start(text = doc): Session {
  const session = createSession({ doc: text })
  return session.update(setRecordingFacts(session, facts)).state
}

function apply(session: Session, spec: TransactionSpec | null): Session {
  expect(spec).not.toBeNull()
  return session.update(spec as TransactionSpec).state
}

function travel(command: typeof undo, session: Session): Session {
  let next = session
  command({ state: session, dispatch: (transaction: Transaction) => (next = transaction.state) })
  return next
}

const starts = (session: Session) => turnTimesOf(session).map((times) => times.start as number)
const rounded = (session: Session) => starts(session).map((time) => Math.round(time * 100) / 100)

function expectOrder(session: Session): void {
  const anchors = anchorsOf(session)
  for (let index = 1; index < anchors.length; index++) {
    expect(anchors[index]?.position).toBeGreaterThanOrEqual(anchors[index - 1]?.position as number)
  }
  const times = starts(session)
  for (let index = 1; index < times.length; index++)
    expect(times[index]).toBeGreaterThanOrEqual((times[index - 1] as number) - 1e-9)
}

describe('times', () => {
  it('estimates every turn from the length of the text over the speech', () => {
    const session = start()
    expect(turnTimesOf(session).every((times) => times.origin === 'estimated')).toBe(true)
    expect(starts(session)[0]).toBe(1)
    expectOrder(session)
    expect(turnTimesOf(session).at(-1)?.end).toBe(60)
  })

  it('has none without a recording and without times in the text', () => {
    expect(turnTimesOf(createSession({ doc })).every((times) => times.start === null)).toBe(true)
  })

  it('takes the times that the text carries', () => {
    const session = createSession({ doc: '[00:00:05] ANA: one\n[00:00:09] BO: two\n' })
    expect(starts(session)).toEqual([5, 9])
    expect(turnTimesOf(session)[1]?.origin).toBe('imported')
  })

  it('counts times of day from the first one', () => {
    const session = createSession({ doc: '[16:30:00] ANA: one\n[16:31:10] BO: two\n' })
    expect(starts(session)).toEqual([0, 70])
  })

  it('finds the turn of a time and the time of a place', () => {
    const session = apply(start(), moveBoundary(start(), 2, 32))
    expect(turnAtTime(session, 32.5)).toBe(2)
    expect(turnAtTime(session, 0.2)).toBeNull()
    const turn = transcriptOf(session).turns[2]
    const first = timeAtPosition(session, turn?.paragraphs[0]?.pieces[0]?.from as number)
    expect(first).toBeCloseTo(32, 0)
  })
})

describe('boundaries', () => {
  it('pins the one that is moved and lets the others flow', () => {
    const before = start()
    const session = apply(before, moveBoundary(before, 2, 31))
    expect(starts(session)[2]).toBe(31)
    expect(turnTimesOf(session)[2]?.isPinned).toBe(true)
    expect(turnTimesOf(session)[1]?.end).toBe(31)
    expect(turnTimesOf(session)[1]?.isPinned).toBe(false)
    expectOrder(session)
  })

  it('is one undo step, exactly', () => {
    const before = start()
    const session = apply(before, moveBoundary(before, 2, 31))
    const back = travel(undo, session)
    expect(anchorsOf(back)).toEqual(anchorsOf(before))
    expect(versionOf(back)).toBe(versionOf(before))
    expect(anchorsOf(travel(redo, back))).toEqual(anchorsOf(session))
  })

  it('stays between the neighbouring pins', () => {
    let session = start()
    session = apply(session, moveBoundary(session, 1, 20))
    session = apply(session, moveBoundary(session, 3, 40))
    session = apply(session, moveBoundary(session, 2, 55))
    expect(starts(session)[2]).toBeLessThan(40)
    session = apply(session, moveBoundary(session, 2, 3))
    expect(starts(session)[2]).toBeGreaterThan(20)
    expectOrder(session)
  })

  it('parts into a gap and joins again', () => {
    let session = start()
    session = apply(session, partBoundary(session, 2, { previousEnd: 28, start: 30 }))
    expect(turnTimesOf(session)[1]).toMatchObject({ end: 28, isParted: true, isEndPinned: true })
    expect(starts(session)[2]).toBe(30)
    expect(turnAtTime(session, 29)).toBeNull()
    session = apply(session, moveBoundary(session, 2, 33))
    expect(turnTimesOf(session)[1]).toMatchObject({ end: 33, isParted: false })
  })

  it('moves an end by itself', () => {
    const before = start()
    const session = apply(before, moveBoundary(before, 1, 22, { edge: 'end' }))
    expect(turnTimesOf(session)[1]).toMatchObject({ end: 22, isParted: true })
    expect(starts(session)[2]).toBe(starts(before)[2])
  })

  it('flows again when the pin is taken off', () => {
    const before = start()
    const moved = apply(before, moveBoundary(before, 2, 50))
    const session = apply(moved, unpinBoundary(moved, 2))
    expect(rounded(session)).toEqual(rounded(before))
    expect(unpinBoundary(session, 2)).toBeNull()
  })

  it('re-flows what follows up to the next pin', () => {
    let session = start()
    session = apply(session, moveBoundary(session, 4, 50))
    session = apply(session, reflowFrom(session, 1))
    expect(starts(session)[4]).toBe(50)
    expectOrder(session)
  })

  it('never lets the automatic ones cross a pin, whatever is pinned', () => {
    const move = fc.record({ turn: fc.nat(4), time: fc.double({ min: -5, max: 70, noNaN: true }) })
    fc.assert(
      fc.property(fc.array(move, { maxLength: 12 }), (moves) => {
        let session = start()
        for (const { turn, time } of moves) session = apply(session, moveBoundary(session, turn, time))
        expectOrder(session)
        const times = turnTimesOf(session)
        for (const [index, { start: own, isPinned }] of times.entries()) {
          if (!isPinned) continue
          for (const other of times.slice(0, index)) expect(other.start).toBeLessThanOrEqual(own as number)
          for (const other of times.slice(index + 1))
            expect(other.start).toBeGreaterThanOrEqual(own as number)
        }
      }),
    )
  })
})

describe('text edits', () => {
  const edit = fc.record({
    at: fc.nat(),
    length: fc.nat(30),
    insert: fc.constantFrom('', 'x', 'word ', '\n', '\n\nBO REYES: Yes.\n\n', '[inaudible]', '：'),
    /** Somebody looks at the turns before the next edit. */
    isSeen: fc.boolean(),
  })
  const weightsOf = (session: Session) => {
    const transcript = transcriptOf(session)
    return transcript.turns.map((turn) => weightOf(session, transcript, turn))
  }

  it('keep anchors in order, and undoing everything restores text and anchors exactly', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), fc.nat(4), (edits, pin) => {
        const before = apply(start(), moveBoundary(start(), pin, 30))
        let session = before
        for (const { at, length, insert } of edits) {
          const from = at % (session.doc.length + 1)
          const to = Math.min(session.doc.length, from + length)
          session = session.update({ changes: { from, to, insert } }).state
          const anchors = anchorsOf(session)
          for (let index = 1; index < anchors.length; index++) {
            expect(anchors[index]?.position).toBeGreaterThanOrEqual(anchors[index - 1]?.position as number)
          }
        }
        const after = session
        while (undoDepth(session) > undoDepth(before)) session = travel(undo, session)
        while (undoDepth(session) > 0 && session.doc.toString() !== doc) session = travel(undo, session)
        expect(session.doc.toString()).toBe(before.doc.toString())
        expect(anchorsOf(session)).toEqual(anchorsOf(before))
        expect(plain(transcriptOf(session))).toEqual(plain(transcriptOf(before)))
        while (redoDepth(session) > 0) session = travel(redo, session)
        expect(session.doc.toString()).toBe(after.doc.toString())
        expect(anchorsOf(session)).toEqual(anchorsOf(after))
      }),
      { numRuns: 60 },
    )
  })

  it('keep the structure that a full parse gives', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), (edits) => {
        let session = start(
          `${doc}\nCHO WANG: ${'A long line of speech that goes on and on without any end in sight '.repeat(12)}\n`,
        )
        for (const { at, length, insert, isSeen } of edits) {
          const from = at % (session.doc.length + 1)
          session = session.update({
            changes: { from, to: Math.min(session.doc.length, from + length), insert },
          }).state
          if (isSeen) expect(weightsOf(session)).toHaveLength(transcriptOf(session).turns.length)
        }
        const anew = createSession({ doc: session.doc.toString() })
        expect(plain(transcriptOf(session))).toEqual(transcriptOf(anew))
        expect(weightsOf(session)).toEqual(weightsOf(anew))
      }),
      { numRuns: 60 },
    )
  })

  it('leave a pin on a label that is retyped', () => {
    let session = apply(start(), moveBoundary(start(), 1, 20))
    const label = transcriptOf(session).turns[1]?.label
    session = session.update({
      changes: { from: label?.from as number, to: label?.to as number, insert: 'BOB REYES' },
    }).state
    expect(turnTimesOf(session)[1]).toMatchObject({ start: 20, isPinned: true })
  })

  it('are listed as corrections with their time', () => {
    let session = start()
    const mark = transcriptOf(session).marks[0]
    session = session.update({
      changes: { from: mark?.from as number, to: mark?.to as number, insert: 'mill' },
    }).state
    const corrections = correctionsOf(session, doc)
    expect(corrections).toMatchObject([{ before: '[inaudible]', after: 'mill' }])
    expect(corrections[0]?.time).toBeGreaterThan(1)
    expect(correctionsOf(travel(undo, session), doc)).toEqual([])
  })
})

describe('turns', () => {
  it('are split with a label in the style of the file', () => {
    const before = start()
    const at = doc.indexOf(' I have one')
    const session = apply(before, splitTurn(before, at, 'CHO WANG'))
    expect(session.doc.toString()).toContain('BO REYES: Thank you.\n\nCHO WANG: I have one question')
    expect(transcriptOf(session).turns).toHaveLength(6)
    expectOrder(session)
    const [, second, third] = starts(session)
    expect(third).toBeGreaterThan(second as number)
    expect(travel(undo, session).doc.toString()).toBe(doc)
  })

  it('are merged with the one before', () => {
    const before = start()
    const session = apply(before, mergeTurnWithPrevious(before, 2))
    expect(session.doc.toString()).toContain('and the bridge.\n\nIs there a bus')
    expect(transcriptOf(session).turns).toHaveLength(4)
    expectOrder(session)
    const back = travel(undo, session)
    expect(anchorsOf(back)).toEqual(anchorsOf(before))
  })

  it('get a name in place of an arrow, and lose it again', () => {
    const before = start()
    const named = apply(before, changeSpeaker(before, 2, 'CHO WANG'))
    expect(named.doc.toString()).toContain('\n\nCHO WANG: Is there a bus')
    const unnamed = apply(named, changeSpeaker(named, 2, '>>'))
    expect(unnamed.doc.toString()).toBe(doc)
  })

  it('are renamed everywhere in one step', () => {
    const before = start()
    const session = apply(before, renameSpeaker(before, 0, 'ANA LIMA SANTOS'))
    expect(session.doc.toString()).toBe(doc.replaceAll('ANA LIMA:', 'ANA LIMA SANTOS:'))
    expect(travel(undo, session).doc.toString()).toBe(doc)
  })

  it.each([
    ['**Ana:** hello\n\n**Bo:** hi\n\n**Ana:** bye\n', '**Ann:** hello\n\n**Bo:** hi\n\n**Ann:** bye\n'],
    ['ANA：你好。\nBO：好。\nANA：再见。\n', 'Ann：你好。\nBO：好。\nAnn：再见。\n'],
    ['ANA :\u00a0oui\nBO :\u00a0non\nANA :\u00a0si\n', 'Ann :\u00a0oui\nBO :\u00a0non\nAnn :\u00a0si\n'],
    ['[00:01] ANA:\thello\n[00:02] BO:\thi\n', '[00:01] Ann:\thello\n[00:02] BO:\thi\n'],
  ])('keep the style of their label when renamed: %j', (text, expected) => {
    const session = createSession({ doc: text })
    expect(apply(session, renameSpeaker(session, 0, 'Ann')).doc.toString()).toBe(expected)
  })

  it('are joined where a page break tore them', () => {
    const session = createSession({
      doc: 'ANA LIMA: The lamps on the bridge are old, and the\n\ncables run below.\n\nBO REYES: Yes.\n\nANA LIMA: So.\n',
    })
    expect(transcriptOf(session).torn).toHaveLength(1)
    expect(apply(session, joinTorn(session, 0)).doc.toString()).toContain('and the cables run below.')
  })
})

it('a session over a text that was read in pieces is that over the same text', () => {
  const pieces = parseInPieces(doc)
  let step = pieces.next()
  let count = 1
  for (; !step.done; count++) step = pieces.next()
  expect(count).toBeGreaterThan(3)
  const session = createSession({ doc, transcript: step.value })
  expect(transcriptOf(session)).toBe(step.value)
  expect(plain(transcriptOf(session))).toEqual(plain(transcriptOf(createSession({ doc }))))
  const change = { changes: { from: doc.indexOf('evening'), insert: 'late ' } }
  const [edited, other] = [session, createSession({ doc })].map((each) => each.update(change).state) as [
    Session,
    Session,
  ]
  expect(plain(transcriptOf(edited))).toEqual(plain(transcriptOf(other)))
})

describe('review', () => {
  it('lists what is doubtful, with times to loop', () => {
    const items = reviewItemsOf(start())
    expect(items.map(({ kind }) => kind)).toEqual(['inaudible', 'unknownSpeaker'])
    const times = turnTimesOf(start())[1]
    expect(items[0]?.start).toBeGreaterThanOrEqual(times?.start as number)
    expect(items[0]?.end).toBeLessThanOrEqual(times?.end as number)
  })

  it('remembers what is kept as it is, through edits and undo', () => {
    const before = start()
    const done = apply(before, setReviewDone(before, reviewItemsOf(before)[0]?.id as string, true))
    const edited = done.update({ changes: { from: 0, insert: 'x' } }).state
    expect(reviewItemsOf(edited)[0]?.isDone).toBe(true)
    expect(reviewItemsOf(travel(undo, travel(undo, edited)))[0]?.isDone).toBe(false)
  })
})

describe('timestamps', () => {
  const options = { template: '[HH:MM:SS]', offset: 0, only: 'all' } as const

  it('are written before every label and taken out again', () => {
    const before = apply(start(), moveBoundary(start(), 1, 20))
    const stamped = apply(before, timestampTurns(before, options))
    expect(stamped.doc.toString()).toContain('[00:00:20] BO REYES: Thank you.')
    expect(transcriptOf(stamped).turns.map(({ time }) => time?.seconds)).toEqual(
      starts(before).map(Math.floor),
    )
    expect(starts(stamped)).toEqual(starts(before))
    expect(apply(stamped, removeTimestamps(stamped)).doc.toString()).toBe(doc)
    expect(travel(undo, stamped).doc.toString()).toBe(doc)
  })

  it('are brought up to date where they are', () => {
    const before = start()
    const stamped = apply(before, timestampTurns(before, options))
    const moved = apply(stamped, moveBoundary(stamped, 1, 25))
    const again = apply(moved, timestampTurns(moved, { ...options, template: '(hh:mm:ss.t)', offset: 3600 }))
    expect(again.doc.toString()).toContain('(01:00:25.0) BO REYES:')
    expect(again.doc.toString()).not.toContain('[00')
  })

  it('can be written only at changes of speaker', () => {
    const session = start('ANA LIMA: one\n\nANA LIMA: two\n\nBO REYES: three\n\nANA LIMA: four\n')
    const stamped = apply(session, timestampTurns(session, { ...options, only: 'changes' }))
    expect(transcriptOf(stamped).turns.map(({ time }) => time !== null)).toEqual([true, false, true, true])
  })
})

it('saves a corrected session over its file and changes nothing else', () => {
  const file = opened(utf8(doc.replaceAll('\n', '\r\n')))
  let session = createSession({ doc: file.doc })
  const mark = transcriptOf(session).marks[0]
  session = session.update({
    changes: { from: mark?.from as number, to: mark?.to as number, insert: 'mill' },
  }).state
  expect(new TextDecoder().decode(savedBytes(file, session))).toBe(
    doc.replaceAll('\n', '\r\n').replace('[inaudible]', 'mill'),
  )
})

it('follows the words that the user adds at once, without anything to save or to undo', () => {
  const session = createSession({ doc: 'ANA: It was [garbled] there.\n\nBO: Yes.\n' })
  expect(transcriptOf(session).marks).toEqual([])
  const now = session.update({ effects: setInaudibleWordsEffect.of(['garbled']) }).state
  expect(transcriptOf(now).marks).toMatchObject([{ kind: 'inaudible', text: '[garbled]', turn: 0 }])
  expect([versionOf(now), undoDepth(now)]).toEqual([versionOf(session), 0])
  const edited = now.update({ changes: { from: 0, insert: '\n' } }).state
  expect(transcriptOf(edited).marks).toHaveLength(1)
  const back = edited.update({ effects: setInaudibleWordsEffect.of([]) }).state
  expect(transcriptOf(back).marks).toEqual([])
})
