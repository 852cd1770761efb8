import { expect, test } from 'vitest'
import { chainOf, kind, padding } from '../../../../shared/alignment/search/chain'

const word = (phones: readonly number[], isAfterMark = false) => ({ from: 0, to: 1, isAfterMark, phones })
const unit = (
  turn: number,
  words: readonly ReturnType<typeof word>[],
  voice = 0,
  isAfterUnknown = false,
) => ({
  words,
  turn,
  voice,
  isAfterUnknown,
})

test('a unit is two states a phone, in the models of its voice, with silences between words and filler around it', () => {
  const {
    kinds,
    models,
    word: words,
    boundary,
    states,
  } = chainOf([unit(0, [word([1, 2]), word([3]), word([1], true)], 1)], 10)
  expect([...kinds.subarray(padding)]).toEqual([
    ...[kind.filler, kind.quiet],
    ...[kind.sentence, kind.second, kind.inner, kind.second],
    ...[kind.link, kind.word, kind.second],
    ...[kind.pause, kind.word, kind.second],
    ...[kind.filler, kind.quiet],
  ])
  expect([...models.subarray(padding)]).toEqual([0, 0, 12, 13, 14, 15, 0, 16, 17, 0, 12, 13, 0, 0])
  expect([...words.subarray(padding)]).toEqual([-1, -1, 0, 0, 0, 0, -1, 1, 1, -1, 2, 2, -1, -1])
  expect([...boundary]).toEqual([padding, states - 2])
})

test('turns of several units can be left out at once, and it is known where something unknown is said', () => {
  const own = [word([1])]
  const { turnSkip, isFree, phones, owner, boundary } = chainOf(
    [
      unit(0, own),
      unit(1, own),
      unit(1, [...own, word([2, 3])], 0, true),
      unit(2, own),
      unit(3, own),
      unit(3, own),
    ],
    10,
  )
  expect([...turnSkip]).toEqual([-1, -1, -1, 1, -1, -1, 4])
  expect([...isFree]).toEqual([0, 0, 1, 0, 0, 0, 0])
  expect([...phones]).toEqual([1, 1, 3, 1, 1, 1])
  expect([0, 1, 5].map((k) => owner[(boundary[k] as number) + 2])).toEqual([0, 1, 5])
})
