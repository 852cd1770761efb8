import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { inPieces, takingTurns } from '../../../renderer/state/inPieces'
import type { Pieces } from '../../../shared/pieces'

// Each piece takes three milliseconds of the clock.
function* counting(count: number, isDone: number[]): Pieces<string> {
  for (let piece = 0; piece < count; piece++) {
    vi.setSystemTime(Date.now() + 3)
    isDone.push(piece)
    yield
  }
  return 'all'
}

describe('work in pieces', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.spyOn(performance, 'now').mockImplementation(() => Date.now())
  })
  afterEach(() => {
    vi.restoreAllMocks()
    vi.useRealTimers()
  })

  it('that fits into one task is done at once', () => {
    const on = { done: vi.fn(), givenUp: vi.fn() }
    inPieces(counting(2, []), () => false, on)
    expect(on.done).toHaveBeenCalledExactlyOnceWith('all')
  })

  it('that does not goes on in further tasks', () => {
    const pieces: number[] = []
    const on = { done: vi.fn(), givenUp: vi.fn() }
    inPieces(counting(10, pieces), () => true, on)
    expect(pieces).toHaveLength(3)
    expect(on.done).not.toHaveBeenCalled()
    vi.runAllTimers()
    expect(pieces).toHaveLength(10)
    expect(on.done).toHaveBeenCalledExactlyOnceWith('all')
  })

  it('ends when it is not wanted any more', () => {
    const pieces: number[] = []
    const on = { done: vi.fn(), givenUp: vi.fn() }
    inPieces(counting(10, pieces), () => pieces.length < 6, on)
    vi.runAllTimers()
    expect(pieces).toHaveLength(6)
    expect(on.done).not.toHaveBeenCalled()
    expect(on.givenUp).toHaveBeenCalledOnce()
  })

  it('lets others come in, and gives what came of it or what went wrong', async () => {
    const pieces: number[] = []
    const result = takingTurns(counting(40, pieces))
    // Fifty milliseconds at once, the rest later.
    expect(pieces).toHaveLength(17)
    await vi.runAllTimersAsync()
    expect(await result).toBe('all')
    expect(pieces).toHaveLength(40)
    const broken = takingTurns(
      (function* (): Pieces<string> {
        yield
        throw new Error('broken')
      })(),
    )
    await expect(broken).rejects.toThrow('broken')
  })
})
