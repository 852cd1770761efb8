import { expect, test } from 'vitest'
import {
  soundingFrames,
  soundRows,
  spokenFrames,
  textRows,
} from '../../../../shared/alignment/search/warpRows'
import { cepstrumCount, cepstrumScale } from '../../../../shared/alignment/sound/spectrum'
import type { Track } from '../../../../shared/alignment/sound/track'
import type { Clip } from '../../../../shared/alignment/voice/clips'

/** A clip whose frames have these loudnesses, the first sound at `start`; each cepstrum is the number of its frame. */
const clipOf = (loud: readonly number[], start = 0): Clip => ({
  frames: loud.length,
  phones: 1,
  words: [],
  events: [
    { phone: 0, frame: 0 },
    { phone: 1, frame: start },
  ],
  cepstra: Int16Array.from(
    { length: loud.length * cepstrumCount },
    (_, i) => cepstrumScale * Math.floor(i / cepstrumCount),
  ),
  loud: Float32Array.from(loud),
})
const trackOf = (loud: readonly number[]): Track => {
  const { frames, cepstra, loud: own } = clipOf(loud)
  return { frames, cepstra, loud: own, quiet: -9, high: 0, silentBelow: -6 }
}

test('frames of clips are told by which they are, without silences and what comes before the first sound', () => {
  const {
    count,
    clipOf: clips,
    frameOf,
    rowsOf,
  } = spokenFrames([clipOf([0, -9, 0, 0]), clipOf([0, 0, -7, 0], 1)], -6)
  expect(count).toBe(5)
  expect([...clips]).toEqual([0, 0, 0, 1, 1])
  expect([...frameOf]).toEqual([0, 2, 3, 1, 3])
  expect(rowsOf.map((rows) => [...rows])).toEqual([
    [0, -1, 1, 2],
    [-1, 3, -1, 4],
  ])
})

test('of a soft clip the loudest frames are no silence', () => {
  expect([...spokenFrames([clipOf([-12, -10.5, -10, -10.9])], -6).frameOf]).toEqual([1, 2, 3])
})

test('frames beside a sound belong to it', () => {
  const loud = Array<number>(30).fill(-9)
  loud[10] = 0
  loud[29] = 0
  expect([...soundingFrames(trackOf(loud), 0, 30)]).toEqual([7, 8, 9, 10, 11, 12, 13, 26, 27, 28, 29])
  expect([...soundingFrames(trackOf(loud), 9, 12)]).toEqual([9, 10, 11])
})

test('rows are means of frames, centred and less far apart the more they differ', () => {
  const clip = clipOf(Array<number>(12).fill(0))
  const text = textRows([clip], spokenFrames([clip], -6), 3, cepstrumCount)
  expect([text.count, text.size]).toEqual([4, cepstrumCount])
  const column = [0, 1, 2, 3].map((row) => text.values[row * cepstrumCount + 4] as number)
  expect(column.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 5)
  // Means are 1, 4, 7, 10: their deviation is 3.35.
  expect((column[1] as number) - (column[0] as number)).toBeCloseTo(3 / Math.sqrt(Math.sqrt(11.25)), 3)
  // The first one, loudness, counts for less.
  expect(
    ((text.values[cepstrumCount] as number) - (text.values[0] as number)) /
      ((column[1] as number) - (column[0] as number)),
  ).toBeCloseTo(0.7, 5)
  const sound = soundRows(trackOf(Array<number>(12).fill(0)), [...Array(12).keys()], 3, cepstrumCount)
  expect(sound).toEqual(text)
})
