import { describe, expect, it } from 'vitest'
import { isHeard } from '../../../renderer/state/channels'
import { layLanes } from '../../../renderer/waveform/laneLayout'
import { colourMap } from '../../../renderer/waveform/paintSpectrogram'

describe('the wave’s area', () => {
  it('is one lane, or one for each channel, and a spectrogram below, all inside of it', () => {
    expect(layLanes(200, 1, false)).toEqual({ lanes: [{ top: 0, height: 200 }], spectrogram: null })
    for (const count of [1, 2, 5, 16]) {
      const { lanes, spectrogram } = layLanes(230, count, true)
      expect(lanes).toHaveLength(count)
      const strips = [...lanes, spectrogram as { top: number; height: number }]
      for (const [index, { top, height }] of strips.entries()) {
        const before = strips[index - 1]
        expect(height).toBeGreaterThan(0)
        expect(top).toBeGreaterThanOrEqual(before ? before.top + before.height : 0)
      }
      const last = strips.at(-1) as { top: number; height: number }
      expect(last.top + last.height).toBeCloseTo(230)
    }
  })
})

it('solo goes before mute', () => {
  const heard = (muted: number[], soloed: number[]) =>
    [0, 1, 2].filter((channel) => isHeard({ muted, soloed }, channel))
  expect(heard([], [])).toEqual([0, 1, 2])
  expect(heard([1], [])).toEqual([0, 2])
  expect(heard([], [1])).toEqual([1])
  expect(heard([1], [1, 2])).toEqual([1, 2])
})

it('the colours of a spectrogram run from the first stop to the last', () => {
  const map = colourMap(['#102030', '#808080', '#ffffff'])
  expect(map).toHaveLength(256)
  expect(map[0]).toBe(0xff302010)
  expect(map[255]).toBe(0xffffffff)
  const red = [...map].map((colour) => colour & 255)
  expect(red.every((value, index) => index === 0 || value >= (red[index - 1] as number))).toBe(true)
})
