import { expect, test } from 'vitest'
import { soundOf } from '../../../../shared/alignment/sound/soundEdges'
import type { Track } from '../../../../shared/alignment/sound/track'

/** A recording that is loud in the frames given, with what loudness. */
function trackOf(frames: number, loudAt: readonly (readonly [number, number, number?])[]): Track {
  const loud = new Float32Array(frames).fill(-15)
  for (const [from, to, level = -3] of loudAt) loud.fill(level, from, to)
  return { frames, loud, silentBelow: -11, quiet: -15, high: -3, cepstra: new Int16Array(0) }
}
const unit = { start: 200, end: 300 }

test('a sound that goes on over the edges of its unit is all of it', () => {
  const track = trackOf(600, [[150, 370]])
  expect(soundOf(unit, 0, 600, track)).toEqual({ start: 150, end: 370 })
})

test('a closure of a few frames does not end it, a silence does', () => {
  expect(
    soundOf(
      unit,
      0,
      600,
      trackOf(600, [
        [200, 320],
        [324, 350],
        [358, 400],
      ]),
    ),
  ).toEqual({ start: 200, end: 350 })
})

test('what is 40 dB below the unit is silence, however quiet the recording', () => {
  expect(
    soundOf(
      unit,
      0,
      600,
      trackOf(600, [
        [200, 300, 0],
        [300, 340, -8],
        [340, 500, -10],
      ]),
    ),
  ).toEqual({
    start: 200,
    end: 340,
  })
})

test('a sound that runs into a neighbour or does not stop leaves the unit as it was', () => {
  const track = trackOf(900, [[100, 700]])
  expect(soundOf(unit, 120, 350, track)).toEqual(unit)
  expect(soundOf(unit, 0, 900, track)).toEqual({ start: 100, end: 300 })
})

test('a unit that was laid over the pause before it begins with its sound', () => {
  expect(soundOf(unit, 0, 600, trackOf(600, [[240, 300]]))).toEqual({ start: 230, end: 300 })
  expect(soundOf(unit, 0, 600, trackOf(600, [[208, 300]]))).toEqual(unit)
  expect(soundOf(unit, 0, 600, trackOf(600, []))).toEqual(unit)
})

test('the edges of the recording are kept', () => {
  expect(soundOf(unit, 0, 300, trackOf(300, [[195, 300]]))).toEqual({ start: 195, end: 300 })
})
