import { expect, it } from 'vitest'
import { mean, median, standardDeviation } from '../../../shared/alignment/statistics'

it('means, medians and deviations', () => {
  expect(mean([1, 2, 6])).toBe(3)
  expect(mean([])).toBeNaN()
  expect(median([9, 1, 5])).toBe(5)
  expect(median([9, 1, 5, 7])).toBe(7)
  expect(median([])).toBeUndefined()
  expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBe(2)
  expect(standardDeviation([])).toBeNaN()
})
