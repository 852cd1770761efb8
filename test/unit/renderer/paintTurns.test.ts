import { expect, it } from 'vitest'
import type { Colours } from '../../../renderer/waveform/colours'
import { paintTurns, type Scene } from '../../../renderer/waveform/paintTurns'
import type { TurnTimes } from '../../../shared/session/queries'

/** Lines over the whole height, how much of a pixel's width each covers, and handles, of turns of a length in a view of 1000 s and pixels. */
function painted(length: number, more: Partial<Scene> = {}, pinned: readonly number[] = []) {
  const lines: number[] = []
  let handles = 0
  let [x, top, bottom] = [0, 0, 0]
  const context = {
    globalAlpha: 1,
    lineWidth: 1,
    moveTo: (to: number, y: number) => {
      ;[x, top] = [to, y]
    },
    lineTo: (to: number, y: number) => {
      if (to === x) bottom = y
    },
    stroke: () => {
      if (bottom - top > 100) lines.push(context.lineWidth * context.globalAlpha)
      ;[top, bottom] = [0, 0]
    },
    arc: () => {
      handles++
    },
  }
  const ignoring = new Proxy(context, {
    get: (target, key) => Reflect.get(target, key) ?? (() => undefined),
  })
  const times = Array.from(
    { length: Math.floor(1000 / length) },
    (_, index): TurnTimes => ({
      start: index * length,
      end: (index + 1) * length,
      origin: 'aligned',
      confidence: 1,
      isPinned: pinned.includes(index),
      isEndPinned: false,
      isParted: false,
    }),
  )
  const scene = {
    view: { start: 0, pixelsPerSecond: 1, width: 1000 },
    height: 200,
    colours: { speakers: [], panel: '#fff' } as unknown as Colours,
    transcript: null,
    times,
    review: [],
    selectedTurn: null,
    currentTurn: null,
    selection: null,
    loop: null,
    playhead: -100,
    duration: 1000,
    hovered: null,
    ...more,
  }
  paintTurns(ignoring as unknown as CanvasRenderingContext2D, scene, [0, 1000])
  return { ink: lines.reduce((sum, width) => sum + width, 0), lines: lines.length, handles }
}

it('gives boundaries that have room a full line and a handle each', () => {
  expect(painted(50)).toEqual({ ink: 40, lines: 20, handles: 20 })
})

it.each([10, 4, 2, 0.5])(
  'leaves most of the wave in sight where a boundary stands every %d pixels',
  (length) => {
    const { ink, handles } = painted(length)
    expect(ink).toBeLessThan(100)
    expect(handles).toBe(0)
  },
)

it('shows among crowded boundaries those that are pinned, and the one under the pointer', () => {
  const hovered = { turn: 200, edge: 'both', time: 400 } as const
  expect(painted(2, {}, [30, 31, 90]).handles).toBe(3)
  expect(painted(2, { hovered }).handles).toBe(1)
})
