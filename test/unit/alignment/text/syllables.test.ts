import { expect, it } from 'vitest'
import { syllables } from '../../../../shared/alignment/text/syllables'

it('counts syllables: vowels that stand together, characters, digits as they are read out', () => {
  expect(syllables('The committee will come to order.')).toBe(10)
  expect(syllables('我们今天开会')).toBe(6)
  expect(syllables('회의')).toBe(2)
  expect(syllables('12')).toBe(4)
  expect(syllables('hm')).toBe(1)
  expect(syllables('…')).toBe(0)
})
