import { expect, it } from 'vitest'
import { heardWords } from '../../../../shared/alignment/byText/heardWords'

const times = (parts: Parameters<typeof heardWords>[0]) =>
  heardWords(parts).map(({ text, start, end, isTimed }) => [text, start, end, isTimed])

it('punctuation joins the word before it', () => {
  expect(
    times([
      { text: '“', start: 0, end: 0 },
      { text: ' Yes', start: 0, end: 1 },
      { text: ', ', start: 1, end: 1 },
      { text: 'sir.', start: 1, end: 2 },
    ]),
  ).toEqual([
    ['Yes,', 0, 1, true],
    ['sir.', 1, 2, true],
  ])
})

it('the words of a longer stretch share its time by their syllables; only the first one’s start was given', () => {
  expect(times([{ text: 'no committee 我们', start: 10, end: 16 }])).toEqual([
    ['no', 10, 11, true],
    ['committee', 11, 14, false],
    ['我们', 14, 16, false],
  ])
})

it('words without times take what lies between their neighbours, or what their syllables take', () => {
  const word = (text: string, start: number | null = null, end: number | null = null) => ({
    text,
    start,
    end,
  })
  expect(times([word('a', 0, 1), word('be'), word('see'), word('d', 2, 3)])).toEqual([
    ['a', 0, 1, true],
    ['be', 1, 1.44, false],
    ['see', 1.44, 1.88, false],
    ['d', 2, 3, true],
  ])
  // Where the next one comes later than that, they are not drawn out over a pause.
  const [, late] = times([word('a', 0, 1), word('be'), word('d', 60, 61)])
  expect(late?.slice(1, 3)).toEqual([1, 1.44])
  // Without an end: as long as it takes, or up to the next one.
  expect(times([word('see', 5), word('a', 5.1, 6)])[0]).toEqual(['see', 5, 5.1, true])
  expect(times([word('see', 5), word('a', 9, 10)])[0]).toEqual(['see', 5, 5.22, true])
})

it('words come in the order of their times, and none ends before it starts', () => {
  expect(
    times([
      { text: 'b', start: 3, end: 2 },
      { text: 'a', start: 1, end: 2 },
    ]),
  ).toEqual([
    ['a', 1, 2, true],
    ['b', 3, 3, true],
  ])
})
