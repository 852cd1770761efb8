import { expect, it } from 'vitest'
import { spokenParts } from '../../../shared/recording/spokenParts'

it('keeps a stretch in which somebody speaks, pauses and the sound right beside it included', () => {
  const speech = [
    [10, 12],
    [13.5, 16],
  ] as const
  expect(spokenParts([[9.5, 17]], speech)).toEqual([[9.5, 17]])
})

it('leaves out a stretch that is music or applause', () => {
  // A second of the music was taken for speech.
  const speech = [
    [0, 10],
    [20, 21],
    [40, 50],
  ] as const
  expect(
    spokenParts(
      [
        [11, 19],
        [19.5, 39],
      ],
      speech,
    ),
  ).toEqual([])
})

it('begins behind the music before somebody speaks, and ends before that behind', () => {
  const speech = [
    [0, 10],
    [30, 34],
    [36.5, 40],
    [60, 70],
  ] as const
  expect(spokenParts([[10, 60]], speech)).toEqual([[30, 40]])
})

it('finds its stretches among many', () => {
  const speech = Array.from({ length: 100 }, (_, index) => [index * 10, index * 10 + 4] as const)
  expect(
    spokenParts(
      [
        [5, 9],
        [505, 509],
        [510, 514],
        [990, 995],
      ],
      speech,
    ),
  ).toEqual([
    [510, 514],
    [990, 995],
  ])
})

it('keeps a short one that is speech', () => {
  expect(spokenParts([[10, 10.8]], [[9, 10.7]])).toEqual([[10, 10.8]])
})

it('keeps all where no speech is known', () => {
  expect(spokenParts([[1, 9]], [])).toEqual([[1, 9]])
})
