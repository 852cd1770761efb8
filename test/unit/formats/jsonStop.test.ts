import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonStop } from '../../../shared/formats/recognisers/jsonStop'

it.each([
  ['{"a": |b}', 'a bare word'],
  ['{"a": 1|', 'an end too early'],
  ['{"a": |"x', 'a string that does not end'],
  ['[1, 2|}', 'the wrong bracket'],
  ['[1,|]', 'a comma before the end'],
  ['{|1: 2}', 'a key that is no string'],
  ['{"a" |2}', 'a colon that is missing'],
  ['[1] |[2]', 'a second value'],
  ['[|01]', 'a number that begins with nought'],
  ['["a\\u00e9\\n", |"b\\x"]', 'an escape that there is not'],
])('%s: %s', (marked) => {
  const text = marked.replace('|', '')
  expect(() => JSON.parse(text)).toThrow()
  expect(jsonStop(text)).toBe(marked.indexOf('|'))
})

it('finds nothing wrong before the end of what is JSON', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(jsonStop(text)).toBe(text.trimEnd().length)
    }),
  )
})
