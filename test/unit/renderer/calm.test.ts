import type { TransactionSpec } from '@codemirror/state'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { onCalmSession } from '../../../renderer/state/calm'
import { sessionStore } from '../../../renderer/state/session'
import { setReviewDoneEffect } from '../../../shared/session/review'
import { createSession } from '../../../shared/session/session'

const window = new EventTarget()
const then = vi.fn()
let end = () => {}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  vi.stubGlobal('window', window)
  then.mockClear()
  sessionStore.setState({ state: createSession({ doc: 'ANNA: Good evening.' }) })
  vi.advanceTimersByTime(10_000)
  end = onCalmSession(then)
})

afterEach(() => {
  end()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  sessionStore.setState({ state: null })
})

function change(spec: TransactionSpec): void {
  const { state } = sessionStore.getState()
  if (state) sessionStore.setState({ state: state.update(spec).state })
}

const type = () => change({ changes: { from: 19, insert: 'x' } })

it('tells at once of what is not text', () => {
  change({ effects: setReviewDoneEffect.of([{ kind: 'inaudible', position: 0 }]) })
  expect(then).toHaveBeenCalledTimes(1)
})

it('tells of one key soon, of many behind the last one', () => {
  type()
  expect(then).not.toHaveBeenCalled()
  vi.advanceTimersByTime(130)
  expect(then).toHaveBeenCalledTimes(1)
  for (let key = 0; key < 8; key++) {
    type()
    vi.advanceTimersByTime(100)
  }
  expect(then).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(260)
  expect(then).toHaveBeenCalledTimes(2)
})

it.each([100, 1])('waits no longer than that for keys that never end, one in %i ms', (pace) => {
  for (let elapsed = 0; elapsed < 3000; elapsed += pace) {
    type()
    vi.advanceTimersByTime(pace)
  }
  expect(then).toHaveBeenCalledTimes(1)
})

it('does not wait for who turns to something else, and is silent when it was ended', () => {
  type()
  window.dispatchEvent(new Event('pointerdown'))
  expect(then).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(5000)
  type()
  end()
  vi.advanceTimersByTime(5000)
  expect(then).toHaveBeenCalledTimes(1)
})
