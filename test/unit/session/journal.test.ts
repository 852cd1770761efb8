import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anchorsOf, setAnchorsEffect } from '../../../shared/session/anchors'
import { journalHead, journalRecord, readJournal } from '../../../shared/session/journal'
import { createSession, type Session } from '../../../shared/session/session'

const opened = createSession({ doc: 'ANA: one\nBO: two\n' })
const pinned = { position: 9, edge: 'start', time: 1.5, origin: 'pinned', confidence: 1 } as const
const edited = opened.update({ changes: { from: 5, to: 8, insert: '“first”' } }).state
const timed = edited.update({ effects: setAnchorsEffect.of([{ ...pinned, position: 13 }]) }).state
const journal = journalHead(opened, 'abc') + journalRecord(opened, edited) + journalRecord(edited, timed)

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

  it('follows any sequence of edits', () => {
    const edit = fc.tuple(fc.nat(), fc.nat(12), fc.string({ unit: 'binary', maxLength: 8 }))
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 20 }), (edits) => {
        let state: Session = opened
        let written = journalHead(state, 'abc')
        for (const [at, length, insert] of edits) {
          const from = at % (state.doc.length + 1)
          const to = Math.min(state.doc.length, from + length)
          const next = state.update({ changes: { from, to, insert: insert.replace(/\r/gu, '') } }).state
          written += journalRecord(state, next) ?? ''
          state = next
        }
        expect(readJournal(written)).toMatchObject({ text: state.doc.toString(), isTorn: false })
      }),
      { numRuns: 100 },
    )
  })
})
