import { expect, it } from 'vitest'
import { losesText } from '../../../shared/alignment/rounds'

const units = (placed: number, leftOut: number) => [
  ...Array.from({ length: placed }, () => ({})),
  ...Array.from({ length: leftOut }, () => null),
]

it('a round loses text when it leaves out more than one unit in a hundred more than the one before', () => {
  expect(losesText(units(200, 0), units(196, 4))).toBe(true)
  expect(losesText(units(200, 0), units(198, 2))).toBe(false)
  expect(losesText(units(196, 4), units(200, 0))).toBe(false)
  expect(losesText(units(190, 10), units(189, 11))).toBe(false)
})
