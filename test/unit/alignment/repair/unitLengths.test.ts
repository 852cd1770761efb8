import { expect, test } from 'vitest'
import { alikeLengths } from '../../../../shared/alignment/repair/unitLengths'

/** A clip whose words have these sounds. */
const clip = (...words: readonly number[][]) => ({
  words: words.map((phones) => ({ from: 0, to: 1, isAfterMark: false, phones })),
})
const unit = (length: number) => ({ start: 100, end: 100 + length })
const letter = (sound: number) => clip([1, 2], [3, 4], [sound])

test('units that differ by their last word have the median of their lengths, one without a place too', () => {
  const clips = [5, 6, 7, 8, 9].map(letter)
  const lengths = alikeLengths([unit(40), unit(44), null, unit(45), unit(150)], clips)
  expect(lengths.of(clips[2])).toBe(45)
  expect(lengths.of(letter(20))).toBe(45)
})

test('those that begin otherwise, are shorter or longer, or a word by itself do not', () => {
  const lengths = alikeLengths([unit(40), unit(44), unit(42), unit(45)], [5, 6, 7, 8].map(letter))
  for (const other of [
    clip([1, 2], [3, 5], [5]),
    clip([1, 2], [5]),
    clip([1, 2], [3, 4], [5], [6]),
    clip([5]),
  ])
    expect(lengths.of(other)).toBeNull()
  expect(lengths.of(undefined)).toBeNull()
  const single = [1, 1, 1, 1].map((sound) => clip([sound]))
  expect(
    alikeLengths(
      single.map(() => unit(40)),
      single,
    ).of(single[0]),
  ).toBeNull()
})

test('a few, or such of all lengths, say nothing', () => {
  const clips = [5, 6, 7, 8].map(letter)
  expect(alikeLengths([unit(40), unit(44), unit(42), null], clips).of(clips[0])).toBeNull()
  expect(alikeLengths([unit(10), unit(25), unit(60), unit(150)], clips).of(clips[0])).toBeNull()
})
