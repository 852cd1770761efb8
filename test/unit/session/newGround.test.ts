import { undo } from '@codemirror/commands'
import { ChangeSet, Transaction } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { anchorsOf, setAnchorsEffect } from '../../../shared/session/anchors'
import { createSession, newGroundEffect, type Session } from '../../../shared/session/session'
import { opened, savedBytes, utf8 } from '../../support/text'

const pin = { position: 9, edge: 'start', time: 1.5, origin: 'pinned', confidence: 1 } as const

/** Another program wrote a line before everything, in a file of other line ends. */
const theirs = opened(utf8('A line.\r\nANA: one\r\nBO: two\r\n'))

const reloaded = (session: Session, toHistory: boolean) =>
  session.update({
    changes: { from: 0, insert: 'A line.\n' },
    effects: newGroundEffect.of(null),
    annotations: Transaction.addToHistory.of(toHistory),
  }).state

describe('a session that another program gave new ground', () => {
  const session = createSession({ doc: 'ANA: one\nBO: two\n' }).update({
    effects: setAnchorsEffect.of([pin]),
  }).state

  it('keeps its times, and saves as the new file’s bytes', () => {
    const after = reloaded(session, false)
    expect(anchorsOf(after)).toEqual([{ ...pin, position: 17 }])
    expect(savedBytes(theirs, after)).toEqual(theirs.bytes)
  })

  it('saves later edits into the new file’s bytes', () => {
    const after = reloaded(session, false).update({ changes: { from: 13, to: 16, insert: 'uno' } }).state
    expect(savedBytes(theirs, after)).toEqual(utf8('A line.\r\nANA: uno\r\nBO: two\r\n'))
  })

  it('takes it back by undo, where it was the user’s choice', () => {
    let state = reloaded(session, true)
    undo({ state, dispatch: (transaction) => (state = transaction.state) })
    expect(state.doc.toString()).toBe('ANA: one\nBO: two\n')
    expect(savedBytes(theirs, state)).toEqual(utf8('ANA: one\r\nBO: two\r\n'))
  })

  it('counts what was typed since from the text that was written', () => {
    const typed = session.update({ changes: { from: 5, to: 8, insert: 'ONE' } }).state
    const grounded = typed.update({
      effects: newGroundEffect.of(ChangeSet.of({ from: 5, to: 8, insert: 'ONE' }, session.doc.length)),
    }).state
    const written = opened(utf8('ANA: one\r\nBO: two\r\n'))
    expect(savedBytes(written, grounded)).toEqual(utf8('ANA: ONE\r\nBO: two\r\n'))
  })
})
