import { undo } from '@codemirror/commands'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anchorsOf, setAnchorsEffect } from '../../../shared/session/anchors'
import { importedOf, setImportedEffect, suggestionAt } from '../../../shared/session/imported'
import {
  journalHead,
  journalRecord,
  readJournal,
  recoveredEffects,
  sealed,
} from '../../../shared/session/journal'
import { chosenLanguageOf, setLanguageEffect } from '../../../shared/session/language'
import { reviewDoneField, reviewKinds, setReviewDoneEffect } from '../../../shared/session/review'
import { createSession, type Session } from '../../../shared/session/session'
import { setTimings, type WordTimings, wordTimingsOf } from '../../../shared/session/words'

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

/** More lines than one branch of the text holds, and than one branch of branches. */
const manyLines = createSession({ doc: 'ANA: one\n\nBO: two\n'.repeat(1000) })

const spoken = createSession({
  doc: `ANA: ${Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ')}\n`,
})
const spokenTimings: WordTimings = {
  words: [...spoken.doc.toString().matchAll(/word\d+/gu)].map(({ index, 0: word }, order) => ({
    from: index,
    to: index + word.length,
    start: order,
    end: order + 0.5,
    confidence: order % 2 === 0 ? 0.9 : 0.4,
  })),
  doubts: [{ from: 5, to: 20, start: 0, end: 2, confidence: 0.3 }],
  untold: [{ position: 12, start: 70, end: 75 }],
  doubtfulBelow: 0.5,
}

/** What is known of the words, to the millisecond, which is what is kept. */
const told = (session: Session) => {
  const { words, doubts, untold, doubtfulBelow } = wordTimingsOf(session)
  const inTime = words.map(({ from, to, start, end, confidence }) => [
    session.sliceDoc(from, to),
    ...[start, end, confidence].map((value) => value.toFixed(3)),
  ])
  return { words: inTime, doubts, untold, doubtfulBelow }
}

/** The session that the window makes of a journal. */
function recoveredFrom(journal: string): Session {
  const recovered = readJournal(journal)
  if (!recovered || recovered.isTorn) throw new Error('the journal is not whole')
  const session = createSession({ doc: recovered.text })
  return session.update({ effects: recoveredEffects(session, recovered) }).state
}

describe('the journal', () => {
  it('leads to the text, the times and the file it belongs to', () => {
    expect(readJournal(journal)).toMatchObject({
      source: 'abc',
      text: timed.doc.toString(),
      anchors: anchorsOf(timed),
      reviewDone: [],
      suggestions: [],
      language: { chosen: null },
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

  it('keeps the words that were found, also where they were edited since', () => {
    const found = spoken.update({ effects: setTimings(spokenTimings) }).state
    const corrected = found.update({ changes: { from: 5, to: 8, insert: 'once' } }).state
    const records = [
      journalHead(spoken, 'abc'),
      journalRecord(spoken, found),
      journalRecord(found, corrected),
    ]
    expect(records[2]).not.toContain('words')
    expect(told(recoveredFrom(records.join('')))).toEqual(told(corrected))
    expect(told(recoveredFrom(journalHead(corrected, 'abc')))).toEqual(told(corrected))
  })

  it('keeps the time of what lies between two edits that came at once, and of what undo brought back', () => {
    const found = spoken.update({ effects: setTimings(spokenTimings) }).state
    const last = found.doc.length - 1
    const both = found.update({
      changes: [
        { from: 5, insert: 'so ' },
        { from: last, insert: ' then' },
      ],
    }).state
    const head = journalHead(found, 'abc')
    expect(told(recoveredFrom(head + journalRecord(found, both)))).toEqual(told(both))
    const gone = found.update({ changes: { from: 5, to: last }, userEvent: 'delete' }).state
    let back: Session = gone
    undo({ state: gone, dispatch: (transaction) => (back = transaction.state) })
    const records = [head, journalRecord(found, gone), journalRecord(gone, back)]
    expect(told(back)).toEqual(told(found))
    expect(told(recoveredFrom(records.join('')))).toEqual(told(found))
  })

  it('keeps what was heard at the marks, and the language that was chosen', () => {
    const start = createSession({ doc: 'ANA: we would [inaudible] the department\n' })
    const heard = { heard: [], suggestions: [{ from: 14, to: 25, text: 'like to thank', start: 2, end: 3 }] }
    const imported = start.update({
      effects: [setImportedEffect.of(heard), setLanguageEffect.of('pt')],
    }).state
    const edited = imported.update({ changes: { from: 5, insert: 'really ' } }).state
    const records = [
      journalHead(start, 'abc'),
      journalRecord(start, imported),
      journalRecord(imported, edited),
    ]
    expect(records[2]).not.toContain('suggestions')
    const session = recoveredFrom(records.join(''))
    expect(importedOf(session).suggestions).toEqual(importedOf(edited).suggestions)
    expect(suggestionAt(session, 21, 32)?.text).toBe('like to thank')
    expect(chosenLanguageOf(session)).toBe('pt')
    expect(chosenLanguageOf(recoveredFrom(journalHead(imported, 'abc')))).toBe('pt')
  })

  it('of an earlier version of the app, without words, is read', () => {
    const {
      words: _words,
      suggestions: _suggestions,
      language: _language,
      ...head
    } = JSON.parse(journalHead(opened, 'abc').slice(9))
    const old = `${sealed(JSON.stringify(head))}\n${journalRecord(opened, edited)}`
    const recovered = readJournal(old)
    expect(recovered).toMatchObject({
      text: edited.doc.toString(),
      words: null,
      suggestions: null,
      language: null,
    })
    // What the sidecar told stays as it is then.
    const session = createSession({ doc: edited.doc.toString(), timings: spokenTimings, language: 'pt' })
    const restored = session.update({ effects: recovered ? recoveredEffects(session, recovered) : [] }).state
    expect([wordTimingsOf(restored), chosenLanguageOf(restored)]).toEqual([spokenTimings, 'pt'])
  })

  it('writes what differs between states far apart, and no more', () => {
    const ends = manyLines.update({ changes: { from: manyLines.doc.length, insert: 'CY: three' } }).state
    const both = ends.update({ changes: { from: 5, to: 8, insert: 'o' } }).state
    expect(JSON.parse(journalRecord(manyLines, ends)?.slice(9) ?? '').change).toEqual([
      18_000,
      18_000,
      'CY: three',
    ])
    expect(JSON.parse(journalRecord(ends, both)?.slice(9) ?? '').change).toEqual([6, 8, ''])
    expect(JSON.parse(journalRecord(both, ends)?.slice(9) ?? '').change).toEqual([6, 6, 'ne'])
    expect(JSON.parse(journalRecord(manyLines, both)?.slice(9) ?? '').change.slice(0, 2)).toEqual([6, 18_000])
  })

  it('follows any sequence of edits', () => {
    const written = fc.string({ unit: fc.constantFrom('a', ' ', '\n', 'é', '好', '\u{1f600}'), maxLength: 8 })
    const edit = fc.tuple(fc.nat(), fc.nat(12), written)
    fc.assert(
      fc.property(
        fc.constantFrom(withTimes, manyLines),
        fc.array(edit, { maxLength: 20 }),
        (start, edits) => {
          let state: Session = start
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
        },
      ),
      { numRuns: 100 },
    )
  })
})
