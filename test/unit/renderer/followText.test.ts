import { beforeEach, expect, it } from 'vitest'
import { dispatch, followText, sessionStore } from '../../../renderer/state/session'
import { createSession, type Session } from '../../../shared/session/session'

const stateNow = () => sessionStore.getState().state as Session

beforeEach(() => sessionStore.setState({ state: createSession({ doc: 'ANA: one two' }) }))

it('knows where a place that was typed since the file was opened has gone', () => {
  dispatch({ changes: { from: 12, insert: ' three four' } })
  const { text, end } = followText(stateNow())
  dispatch({ changes: { from: 5, insert: 'zero ' } })
  dispatch({ selection: { anchor: 0 } })
  dispatch({ changes: { from: 5, to: 8 } })
  // The start of "four".
  expect(text.changes?.mapPos(19)).toBe(21)
  end()
  dispatch({ changes: { from: 0, insert: 'x' } })
  expect(text.changes?.mapPos(19)).toBe(21)
})

it('says when another text takes its place, once, also one that reads the same', () => {
  let lost = 0
  const { text } = followText(stateNow(), () => lost++)
  dispatch({ changes: { from: 0, insert: 'x' } })
  expect(lost).toBe(0)
  sessionStore.setState({ state: createSession({ doc: stateNow().doc.toString() }) })
  sessionStore.setState({ state: null })
  expect([lost, text.changes]).toEqual([1, null])
})
