import type { TransactionSpec } from '@codemirror/state'
import type { EditorView } from '@codemirror/view'
import { beforeEach, expect, it } from 'vitest'
import { isSettled, settle, settledField, settledOf } from '../../../renderer/state/settled'
import { anchorsOf, setAnchorsEffect } from '../../../shared/session/anchors'
import { turnTimesOf } from '../../../shared/session/queries'
import { createSession, type Session } from '../../../shared/session/session'

let state: Session
// What `settle` needs of a view.
const view = {
  get state() {
    return state
  },
  dispatch: (spec: TransactionSpec) => {
    state = state.update(spec).state
  },
}

beforeEach(() => {
  state = createSession({
    doc: 'ANNA: Good evening to all of you.\n\nBO: Thank you. I shall be brief.',
    recording: { duration: 20, speech: [] },
    extensions: settledField,
  })
})

const starts = (session: Session) => turnTimesOf(session).map(({ start }) => start)

it('shows what was before a key until it settles', () => {
  const before = state
  view.dispatch({ changes: { from: 20, insert: 'and good morning and good night ' } })
  expect([isSettled(state), settledOf(state)]).toEqual([false, before])
  settle(view as unknown as EditorView)
  expect([isSettled(state), settledOf(state)]).toEqual([true, state])
  expect(starts(settledOf(state))).not.toEqual(starts(before))
})

it('shows at once what makes another turn of it, and boundaries that were set meanwhile', () => {
  view.dispatch({ changes: { from: state.doc.length, insert: '\n\nANNA: Good.' } })
  expect([isSettled(state), starts(settledOf(state)).length]).toEqual([true, 3])
  view.dispatch({ changes: { from: 20, insert: 'x' } })
  const pinned = { position: 0, edge: 'start', time: 2, origin: 'pinned', confidence: 1 } as const
  view.dispatch({ effects: setAnchorsEffect.of([pinned]) })
  expect(anchorsOf(settledOf(state))).toEqual([pinned])
  expect(isSettled(state)).toBe(true)
})
