import { expect, test } from 'vitest'
import { bytesPerBlock } from '../../../shared/recording/soundCharacter'
import { voiceChanges } from '../../../shared/recording/voiceChange'

/** Blocks of one pitch after the other, voiced but for those of pitch 0. */
function blocksOf(...parts: readonly (readonly [pitch: number, count: number])[]): Uint8Array {
  const bytes: number[] = []
  for (const [pitch, count] of parts)
    for (let block = 0; block < count; block++) bytes.push(pitch > 0 ? 230 : 60, 0, 0, pitch)
  expect(bytes.length % bytesPerBlock).toBe(0)
  return Uint8Array.from(bytes)
}

test('a leap of a quarter of an octave is another voice, less is less', () => {
  const stretches = [
    { start: 0, end: 50 },
    { start: 60, end: 100 },
    { start: 120, end: 160 },
  ]
  expect(voiceChanges(stretches, blocksOf([100, 55], [110, 55], [150, 60]))).toEqual([0, 0.5, 1])
})

test('what is far from the pause, behind another one, or unvoiced says nothing', () => {
  const stretches = [
    { start: 0, end: 40 },
    { start: 60, end: 100 },
    { start: 110, end: 220 },
    { start: 230, end: 240 },
  ]
  // The last stretch has four vowels only; the third ends at another pitch, more than four seconds behind its start.
  const blocks = blocksOf([180, 50], [100, 160], [200, 14], [0, 12], [200, 4])
  expect(voiceChanges(stretches, blocks)).toEqual([0, 1, 0, 0])
})
