import { expect, test } from 'vitest'
import type { Features } from '../../../../shared/alignment/sound/features'
import { isLoud, loudFrames, soundsBetween, trackOf } from '../../../../shared/alignment/sound/track'

/** Loudness −10 but for the frames given, in which it is −2. */
function featuresOf(frames: number, loudAt: readonly (readonly [number, number])[]): Features {
  const loud = new Int16Array(frames).fill(-10 * 512)
  for (const [from, to] of loudAt) loud.fill(-2 * 512, from, to)
  return { frames, cepstra: new Int16Array(frames * 13), loud } as unknown as Features
}
const track = trackOf(
  featuresOf(100, [
    [10, 20],
    [24, 30],
    [60, 61],
  ]),
)

test('what is less than a third of the way from the quietest to the loudest frames is silence', () => {
  expect(track.quiet).toBe(-10)
  expect(track.high).toBe(-2)
  expect(track.silentBelow).toBeCloseTo(-7.6, 9)
  expect([9, 10, 19, 20].map((frame) => isLoud(track, frame))).toEqual([false, true, true, false])
})

test('loud frames are counted within the recording only', () => {
  expect(loudFrames(track, 0, 100)).toBe(17)
  expect(loudFrames(track, 15, 25)).toBe(6)
  expect(loudFrames(track, -50, 11)).toBe(1)
  expect(loudFrames(track, 60, 500)).toBe(1)
  expect(loudFrames(track, 30, 10)).toBe(0)
})

test('sounds are parted by silences that are long enough, and cut where the stretch is', () => {
  expect(soundsBetween(track, 0, 100, 4)).toEqual([
    { start: 10, end: 20 },
    { start: 24, end: 30 },
    { start: 60, end: 61 },
  ])
  expect(soundsBetween(track, 15, 28, 5)).toEqual([{ start: 15, end: 28 }])
  expect(soundsBetween(track, -20, 500, 31)).toEqual([{ start: 10, end: 61 }])
})
