import { expect, test } from 'vitest'
import {
  alikeLengths,
  type Lengths,
  lengthsOf,
  usualPace,
} from '../../../../shared/alignment/repair/unitLengths'
import type { Placed } from '../../../../shared/alignment/search/placing'

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

const scored = (length: number, score = 0) => ({ ...unit(length), score }) as Placed

test('the pace is the median of the units that sound like their text, else what voices usually take', () => {
  const placed = [scored(70), null, scored(80), scored(90), scored(10, -3), scored(10, -3), scored(10, -3)]
  const phones = placed.map(() => 10)
  expect(usualPace(placed, phones, -1)).toBe(8)
  expect(usualPace(placed, phones)).toBe(7)
  expect(usualPace([null], [10])).toBe(8)
})

test('how long units take is a line through the logarithms of sounds and lengths', () => {
  // Twice the sounds take 1.5 times as long; every other unit is a tenth longer or shorter.
  const phones = Array.from({ length: 40 }, (_, k) => 4 + k)
  const lengthOf = (count: number) => 60 * (count / 10) ** Math.log2(1.5)
  const placed = phones.map((count, k) => scored(lengthOf(count) * (k % 2 ? 1.1 : 1 / 1.1)))
  const lengths = lengthsOf(phones, placed, { filler: -1 }) as Lengths
  expect(lengths.usual(10)).toBeCloseTo(60, -1)
  expect(lengths.usual(40) / lengths.usual(20)).toBeCloseTo(1.5, 1)
  expect(lengths.deviation(20, lengths.usual(20))).toBeCloseTo(0, 9)
  // They differ by less, but a deviation is a fifth at least.
  expect(lengths.deviation(20, lengths.usual(20) * Math.exp(0.2))).toBeCloseTo(1, 9)
  expect(lengths.deviation(20, lengths.usual(20) * Math.exp(-0.4))).toBeCloseTo(-2, 9)
})

test('a dozen units that sound like their text are needed to tell', () => {
  const phones = Array<number>(14).fill(10)
  const placed = (right: number) => phones.map((_, k) => scored(80, k < right ? 0 : -3))
  expect(lengthsOf(phones, placed(11), { filler: -1 })).toBeNull()
  expect(lengthsOf(phones, placed(12), { filler: -1 })?.usual(10)).toBeCloseTo(80, 9)
})
