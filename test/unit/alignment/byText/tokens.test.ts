import { describe, expect, it } from 'vitest'
import { likenesses } from '../../../../shared/alignment/byText/likeness'
import { tokensOf } from '../../../../shared/alignment/byText/tokens'

const keys = (text: string, language = 'en') => tokensOf(text.split(' '), language).map(({ key }) => key)

describe('two ways of writing the same become the same', () => {
  it.each([
    ['en', 'Twenty-one', '21'],
    ['en', 'nineteen eighty-four', '1984'],
    ['en', 'one hundred fifty percent', '150%'],
    ['en', 'two thousand', '2,000'],
    ['en', 'DON’T stop', "don't stop"],
    ['en', 'the U.S. Senate', 'the US senate'],
    ['fr', 'quatre-vingt-dix-sept élus', '97 ELUS'],
    ['fr', 'soixante et onze', '71'],
    ['fr', 'mille neuf cent', '1900'],
    ['de', 'einundzwanzig Straßen', '21 strassen'],
    ['de', 'neunzehnhundertneunundachtzig', '1989'],
    ['es', 'treinta y dos años', '32 anos'],
    ['es', 'veintitrés', '23'],
    ['cmn', '十二个', '12个'],
    ['cmn', '二〇一三年', '2013年'],
    ['cmn', '两百零五', '205'],
    ['cmn', '這個問題', '这个问题'],
    ['cmn', 'ＡＩ技术', 'AI技术'],
    ['ja', '二十三', '23'],
    ['el', 'ΛΌΓΟΣ', 'λογος'],
    ['ar', 'أحمدُ', 'احمد'],
  ])('%s: %s, %s', (language, one, other) => {
    expect(keys(one, language)).toEqual(keys(other, language))
    expect(keys(one, language).length).toBeGreaterThan(0)
  })
})

it('knows where in its word each character stands', () => {
  expect(tokensOf(['总结', 'well'], 'cmn')).toEqual([
    { key: '总', word: 0, from: 0, to: 0.5 },
    { key: '结', word: 0, from: 0.5, to: 1 },
    { key: 'well', word: 1, from: 0, to: 1 },
  ])
})

it('tells how alike words are by their edits', () => {
  const likeness = (a: string, b: string) => likenesses([a, b])(0, 1)
  expect(likeness('budget', 'bucket')).toBeCloseTo(4 / 6, 9)
  expect(likeness('committee', 'committees')).toBeCloseTo(0.9, 9)
  expect(likeness('table', 'water')).toBe(0)
  expect(likeness('a', 'i')).toBe(0)
})
