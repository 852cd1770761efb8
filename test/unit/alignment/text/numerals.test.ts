import { expect, it } from 'vitest'
import { spellNumber } from '../../../../shared/alignment/text/numerals'

it('spells numbers as they are said', () => {
  const spelled = (language: string, ...numbers: number[]) =>
    numbers.map((number) => spellNumber(String(number), language))
  expect(spelled('en', 0, 13, 80, 101, 1001, 2005, 2013, 1234567)).toEqual([
    'zero',
    'thirteen',
    'eighty',
    'one hundred one',
    'one thousand one',
    'two thousand five',
    'twenty thirteen',
    'one million two hundred thirty four thousand five hundred sixty seven',
  ])
  expect(spelled('fr', 81, 91, 121)).toEqual(['quatre vingt un', 'quatre vingt onze', 'cent vingt et un'])
  expect(spelled('zh', 10, 105, 20050, 120000)).toEqual(['十', '一百零五', '二万零五十', '十二万'])
  expect(spelled('ru', 12)).toEqual(['12'])
})
