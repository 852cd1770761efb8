import { expect, it } from 'vitest'
import { givenLanguage } from '../../../electron/cli/givenLanguage'

it.each([
  ['fr', 'fr'],
  ['EN-US', 'en-us'],
  ['pt_BR', 'pt-br'],
  ['en-AU', 'en'],
  ['fra', 'fr'],
  ['jpn', 'ja'],
  ['zh', 'cmn'],
  ['zh-Hans-CN', 'cmn'],
  ['zho', 'cmn'],
  ['yue', 'yue'],
  ['no', 'nb'],
  ['gl', 'gl'],
  ['French', 'fr'],
  ['cantonese', 'yue'],
  ['Chinese', 'cmn'],
])('%s is %s', (given, code) => {
  expect(givenLanguage(given)).toBe(code)
})
