import { expect, it } from 'vitest'
import type { FoundWord } from '../../../../shared/alignment/byText/foundWord'
import { suggestionsFor } from '../../../../shared/alignment/byText/suggestions'

const mark = { from: 100, to: 111, text: '[inaudible]', turn: 0, speaker: null, kind: 'unknown' as const }
const heardOf = (count: number) =>
  Array.from({ length: count }, (_, k) => ({ text: `w${k}`, start: k, end: k + 1, isTimed: true }))

/** Words before the mark and behind it, each with the heard word that it was laid on. */
const suggest = (
  before: readonly (number | null)[],
  behind: readonly (number | null)[],
  heard = heardOf(200),
) => {
  const word = (from: number, on: number | null) =>
    ({ from, to: from + 1, heard: on === null ? null : [on, on] }) as unknown as FoundWord
  return suggestionsFor(
    { turns: 1, pieces: [mark] },
    [...before.map((on, k) => word(k, on)), ...behind.map((on, k) => word(200 + k, on))],
    heard,
  ).map(({ text, start, end }) => [text, start, end])
}

it('what was heard between the words on either side of a mark is offered for it', () => {
  expect(suggest([0, 1], [5, 6])).toEqual([['w2 w3 w4', 2, 5]])
  expect(suggest([0, 1], [2, 3])).toEqual([])
})

it('words beside it that were not heard as written are not offered too', () => {
  expect(suggest([0, 1, null], [null, 7])).toEqual([['w3 w4 w5', 3, 6]])
  expect(suggest([1, null, null, null], [20])).toEqual([[expect.stringMatching(/^w5 .* w19$/u), 5, 20]])
})

it('nothing is offered where none of the words near it was heard', () => {
  expect(suggest([1, null, null, null, null], [20])).toEqual([])
  expect(suggest([1], [null, null, null, null, 20])).toEqual([])
})

it('at the edge of a text all before or behind is offered, but not more than a mark stands for', () => {
  expect(suggest([], [2])).toEqual([['w0 w1', 0, 2]])
  expect(suggest([3], [], heardOf(6))).toEqual([['w4 w5', 4, 6]])
  expect(suggest([0], [81])).toHaveLength(1)
  expect(suggest([0], [82])).toEqual([])
})
