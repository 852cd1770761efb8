import { expect, test } from 'vitest'
import { randomNumbers } from '../../../../electron/dev/speech'
import { type Levels, levelsOf, normalisedScore } from '../../../../shared/alignment/search/calibrate'
import { secondsGain, strict, tolerant } from '../../../../shared/alignment/search/costs'

/** Normally distributed numbers. */
function around(middle: number, deviation: number, count: number, seed: number): number[] {
  const random = randomNumbers(seed)
  const normal = () => Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, -6)
  return Array.from({ length: count }, () => middle + deviation * normal())
}

test('right text is told from the wrong text among it, of which samples are known', () => {
  const wrong = around(-2, 0.4, 200, 3)
  const levels = levelsOf([...around(-0.3, 0.2, 160, 1), ...around(-2, 0.4, 40, 2)], wrong) as Levels
  expect(levels.right).toBeCloseTo(-0.3, 1)
  expect(levels.rightDeviation).toBeCloseTo(0.2, 1)
  expect(levels.wrong).toBeCloseTo(-2, 1)
  expect(levels.wrongDeviation).toBeCloseTo(0.4, 1)
  expect(levels.share).toBeGreaterThan(0.7)
  expect(levels.share).toBeLessThan(0.9)
})

test('filler lies as many deviations below right text as above wrong text', () => {
  const levels = levelsOf(around(-0.3, 0.1, 100, 1), around(-2, 0.5, 100, 2)) as Levels
  const { right, rightDeviation, wrong, wrongDeviation, filler } = levels
  expect((right - filler) / rightDeviation).toBeCloseTo((filler - wrong) / wrongDeviation, 6)
  expect(filler).toBeGreaterThan(-1)
})

test('of one score nothing is told', () => {
  expect(levelsOf([-1], [-2, -3])).toBeNull()
  expect(levelsOf([-1, -1], [-2])).toBeNull()
})

test('scores are normalised from filler to right text', () => {
  const levels = { filler: -1.5, right: -0.5 }
  expect([-1.5, -0.5, -2.5].map((score) => normalisedScore(score, levels))).toEqual([0, 1, -1])
})

test('the costs of a tolerant search grow with what right text gains, and are fewer frames’ where it looks at fewer', () => {
  const levels = { filler: -1.5, right: -0.5 } as Levels
  expect(secondsGain(levels, 2)).toBe(50)
  const [every, second] = [tolerant(levels, 1, 10), tolerant(levels, 2, 10)]
  expect(every).toMatchObject({ filler: -1.5, skipUnit: 250, skipTurn: 250, beam: 1000 })
  expect(every.fillerIn).toBeCloseTo(220, 9)
  expect(every.pauseIn).toBeCloseTo(30, 9)
  expect(second).toMatchObject({ skipUnit: 125, beam: 500, longestHalf: 12, dropHalf: 1.2 })
})

test('in a strict search leaving text out costs more than any path can gain', () => {
  expect(strict(2).skipUnit).toBeGreaterThan(1e5)
  expect(strict(2).skipTurn).toBeGreaterThan(1e5)
  expect(strict(2).filler).toBeLessThan(-4)
})
