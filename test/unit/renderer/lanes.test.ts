import { describe, expect, it } from 'vitest'
import { isHeard } from '../../../renderer/state/channels'
import { colourMap } from '../../../renderer/waveform/colours'
import { layLanes } from '../../../renderer/waveform/laneLayout'
import { drawColumns } from '../../../renderer/waveform/paintColumns'

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

describe('the columns of a wave', () => {
  const shades = {
    wave: Uint32Array.from({ length: 256 }, (_, at) => at),
    waveOn: Uint32Array.from({ length: 256 }, (_, at) => 1000 + at),
  }
  const drawn = (
    height: number,
    values: readonly number[],
    how: { readonly gain?: number; readonly played?: number; readonly strength?: number } = {},
  ) => {
    const width = values.length / 2
    const rowLength = width + 3
    const pixels = new Uint32Array(rowLength * height)
    const all = { gain: 1, played: 0, strength: 1, ...how }
    drawColumns(pixels, { width, height, rowLength }, Float32Array.from(values), all, shades)
    return Array.from({ length: width }, (_, column) =>
      Array.from({ length: height }, (_, row) => pixels[row * rowLength + column]),
    )
  }

  it('reach from the lowest to the highest sample, smoothed at their ends', () => {
    expect(drawn(8, [-1, 1, -0.5, 0.25, 0, 0.625])).toEqual([
      [255, 255, 255, 255, 255, 255, 255, 255],
      [0, 0, 0, 255, 255, 255, 0, 0],
      [0, 128, 255, 255, 0, 0, 0, 0],
    ])
  })

  it('are a pixel high where it is silent, and never leave their strip', () => {
    expect(drawn(4, [0, 0, -3, 5, 0.9, 1, -1, -1])).toEqual([
      [0, 0, 255, 0],
      [255, 255, 255, 255],
      [255, 0, 0, 0],
      [0, 0, 0, 255],
    ])
  })

  it('are stretched, darker before the playhead, paler where nobody hears them', () => {
    expect(drawn(4, [-0.25, 0.25, -0.25, 0.25], { gain: 4, played: 1, strength: 0.5 })).toEqual([
      [1128, 1128, 1128, 1128],
      [128, 128, 128, 128],
    ])
  })
})
