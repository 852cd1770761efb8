import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anchorsOf, setAnchorsEffect } from '../../../shared/session/anchors'
import { journalHead, journalRecord, readJournal } from '../../../shared/session/journal'
import { reviewDoneField, reviewKinds, setReviewDoneEffect } from '../../../shared/session/review'
import { createSession, type Session } from '../../../shared/session/session'

const opened = createSession({ doc: 'ANA: one\nBO: two\n' })
const pinned = { position: 9, edge: 'start', time: 1.5, origin: 'pinned', confidence: 1 } as const
const edited = opened.update({ changes: { from: 5, to: 8, insert: '“first”' } }).state
const timed = edited.update({ effects: setAnchorsEffect.of([{ ...pinned, position: 13 }]) }).state
const journal = journalHead(opened, 'abc') + journalRecord(opened, edited) + journalRecord(edited, timed)

const withTimes = createSession({
  doc: 'ANA: one\nand a half\nBO: two\n\nANA: three\nBO: four',
  anchors: [0, 20, 29, 40].map((position, index) => ({ ...pinned, position, time: index })),
  reviewDone: [
    { kind: 'torn', position: 9 },
    { kind: 'inaudible', position: 33 },
  ],
})

describe('the journal', () => {
  it('leads to the text, the times and the file it belongs to', () => {
    expect(readJournal(journal)).toEqual({
      source: 'abc',
      text: timed.doc.toString(),
      anchors: anchorsOf(timed),
      reviewDone: [],
      records: 2,
      isTorn: false,
    })
  })

  it('writes nothing when nothing changed', () => {
    expect(journalRecord(timed, timed)).toBeNull()
  })

  it('cut anywhere in its last record, leads to what was before it', () => {
    const whole = journalHead(opened, 'abc') + journalRecord(opened, edited)
    for (let at = whole.length + 1; at < journal.length - 1; at++) {
      expect(readJournal(journal.slice(0, at))).toMatchObject({
        text: edited.doc.toString(),
        records: 1,
        isTorn: true,
      })
    }
  })

  it('with a damaged record ends before it', () => {
    const damaged = journal.replace('“first”', '“wurst”')
    expect(readJournal(damaged)).toMatchObject({ text: opened.doc.toString(), records: 0, isTorn: true })
  })

  it('without a whole head is none', () => {
    expect(readJournal('')).toBeNull()
    expect(readJournal(journal.slice(0, 60))).toBeNull()
  })

  it('tells nothing of times that only moved with the text', () => {
    const moved = timed.update({ changes: { from: 2, insert: 'word' } }).state
    const record = journalRecord(timed, moved)
    expect(record).not.toContain('anchors')
    expect(readJournal(journal + record)?.anchors).toEqual(anchorsOf(moved))
  })

  it('keeps what was decided about every kind of doubtful passage', () => {
    const done = reviewKinds.map((kind) => ({ kind, position: 3 }))
    const decided = timed.update({ effects: setReviewDoneEffect.of(done) }).state
    expect(readJournal(journal + journalRecord(timed, decided))).toMatchObject({
      reviewDone: done,
      isTorn: false,
    })
  })

  it('follows any sequence of edits', () => {
    const written = fc.string({ unit: fc.constantFrom('a', ' ', '\n', 'é', '好', '\u{1f600}'), maxLength: 8 })
    const edit = fc.tuple(fc.nat(), fc.nat(12), written)
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 20 }), (edits) => {
        let state: Session = withTimes
        let written = journalHead(state, 'abc')
        for (const [at, length, insert] of edits) {
          const from = at % (state.doc.length + 1)
          const to = Math.min(state.doc.length, from + length)
          const next = state.update({ changes: { from, to, insert } }).state
          written += journalRecord(state, next) ?? ''
          state = next
        }
        expect(readJournal(written)).toMatchObject({
          text: state.doc.toString(),
          anchors: anchorsOf(state),
          reviewDone: state.field(reviewDoneField),
          isTorn: false,
        })
      }),
      { numRuns: 100 },
    )
  })
})
