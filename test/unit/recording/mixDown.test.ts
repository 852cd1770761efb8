import { expect, it } from 'vitest'
import { MixDown } from '../../../shared/recording/mixDown'
import { PeakCollector } from '../../../shared/recording/peaks'

it.each([1, 2, 3, 6])('mixes %i channels by their mean, also when the next piece is shorter', (count) => {
  const mixDown = new MixDown()
  for (const length of [40, 7]) {
    const channels = Array.from({ length: count }, (_, channel) => new Float32Array(length).fill(channel / 8))
    const mixed = mixDown.mix(channels)
    expect(mixed).toHaveLength(length)
    for (const sample of mixed) expect(sample).toBeCloseTo((count - 1) / 16, 6)
  }
})

it('gives the same slices however the samples are cut into pieces, at a rate that is no multiple of 100', () => {
  const samples = Float32Array.from({ length: 50_000 }, (_, index) => Math.sin(index * index * 0.001))
  const whole = new PeakCollector(11025)
  whole.add([samples])
  whole.finish()
  const pieces = new PeakCollector(11025)
  for (let at = 0; at < samples.length; at += 777) pieces.add([samples.subarray(at, at + 777)])
  pieces.finish()
  const expected = whole.take()
  expect(expected.length / 2).toBe(Math.ceil((50_000 / 11025) * 100))
  expect(pieces.take()).toEqual(expected)
  expect(pieces.duration).toBeCloseTo(50_000 / 11025, 9)
})
