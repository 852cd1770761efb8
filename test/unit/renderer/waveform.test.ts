import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { previewTimes } from '../../../renderer/waveform/dragBoundary'
import {
  firstVisible,
  handleAt,
  rulerStep,
  silenceEdges,
  snapped,
  timeOf,
  xOf,
} from '../../../renderer/waveform/geometry'
import type { TurnTimes } from '../../../shared/session/queries'

const view = { start: 100, pixelsPerSecond: 50, width: 1000 }
const turn = (start: number, end: number, more: Partial<TurnTimes> = {}): TurnTimes => ({
  start,
  end,
  origin: 'estimated',
  confidence: 0.3,
  isPinned: false,
  isEndPinned: false,
  isParted: false,
  ...more,
})
const times = [turn(90, 105), turn(105, 110), turn(110, 112, { isParted: true }), turn(113, 130)]

it('times and places are each other’s inverse', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 36_000, noNaN: true }), (time) => {
      expect(timeOf(view, xOf(view, time))).toBeCloseTo(time, 6)
    }),
  )
})

it('the ruler leaves room for its labels at every zoom', () => {
  for (let zoom = 0.01; zoom <= 100_000; zoom *= 1.3)
    expect(rulerStep(zoom) * zoom).toBeGreaterThanOrEqual(90)
})

it('the first visible turn is found', () => {
  expect(firstVisible(times, 0)).toBe(0)
  expect(firstVisible(times, 104)).toBe(0)
  expect(firstVisible(times, 111)).toBe(2)
  expect(firstVisible([], 5)).toBe(0)
})

describe('a handle', () => {
  it('is one between two turns', () => {
    expect(handleAt(view, times, xOf(view, 105) + 5)).toEqual({ turn: 1, edge: 'both', time: 105 })
  })

  it('is two where a gap parts them', () => {
    expect(handleAt(view, times, xOf(view, 112))).toEqual({ turn: 2, edge: 'end', time: 112 })
    expect(handleAt(view, times, xOf(view, 113))).toEqual({ turn: 3, edge: 'start', time: 113 })
  })

  it('is not grasped from afar', () => {
    expect(handleAt(view, times, xOf(view, 105) + 7)).toBeNull()
  })
})

it('a boundary snaps within eight pixels, to the nearest place', () => {
  expect(snapped(view, 105, [105.1, 105.05, 90])).toEqual({ time: 105.05, isSnapped: true })
  expect(snapped(view, 105, [105.2])).toEqual({ time: 105, isSnapped: false })
})

it('silence begins and ends where speech ends and begins', () => {
  expect(
    silenceEdges(
      [
        [0, 2],
        [3, 5],
        [8, 9],
      ],
      5.1,
      0.5,
    ),
  ).toEqual([3, 5])
  expect(silenceEdges([], 5, 1)).toEqual([])
})

describe('a drag', () => {
  const handle = { turn: 1, edge: 'both', time: 105 } as const

  it('moves the end before and the start behind', () => {
    const preview = previewTimes(times, { handle, time: 107, isParting: false })
    expect([preview[0]?.end, preview[1]?.start]).toEqual([107, 107])
  })

  it('parts them, by direction', () => {
    const right = previewTimes(times, { handle, time: 107, isParting: true })
    expect([right[0]?.end, right[1]?.start]).toEqual([105, 107])
    const left = previewTimes(times, { handle, time: 103, isParting: true })
    expect([left[0]?.end, left[1]?.start]).toEqual([103, 105])
  })
})
