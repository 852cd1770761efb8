import { expect, it } from 'vitest'
import type { Colours } from '../../../renderer/waveform/colours'
import { paintDoubt } from '../../../renderer/waveform/paintDoubts'

/** The highest point, from the top, that is painted for a passage of a width; pixels. */
function highest(kind: 'inaudible' | 'untold', width: number): number {
  let top = Number.POSITIVE_INFINITY
  const see = (_x: number, y: number) => {
    top = Math.min(top, y)
  }
  const nothing = () => undefined
  const context = {
    fillRect: see,
    strokeRect: see,
    moveTo: see,
    lineTo: see,
    rect: nothing,
    save: nothing,
    restore: nothing,
    beginPath: nothing,
    clip: nothing,
    stroke: nothing,
    setLineDash: nothing,
  }
  const colours = { doubt: '#f00', mark: '#ff0', ink3: '#888' }
  paintDoubt(
    context as unknown as CanvasRenderingContext2D,
    { kind },
    { left: 10, width, top: 40, bottom: 200 },
    colours as Colours,
  )
  return top
}

it.each(['inaudible', 'untold'] as const)(
  '%s is a box where there is room for one, and else leaves the wave in sight',
  (kind) => {
    expect(highest(kind, 12)).toBeLessThan(45)
    expect(highest(kind, 3)).toBeGreaterThan(170)
  },
)
