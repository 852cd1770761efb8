import { describe, expect, it } from 'vitest'
import { knownLanguages, voiceOf } from '../../../../shared/alignment/text/language'
import { readableText } from '../../../../shared/alignment/text/readable'
import { openEspeak } from '../../../../shared/alignment/voice/openEspeak'
import { Voice } from '../../../../shared/alignment/voice/voice'

describe('the text that the voice reads', () => {
  it('leaves plain text as it is', () => {
    const text = 'The 3rd of May, 7:30 – 50 % of members.'
    expect(readableText(text, 'en').text).toBe(text)
  })

  it('has kana for kanji, words apart, and says particles as they are said', () => {
    expect(readableText('今日は会議です。', 'ja').text.replace(/ /gu, '')).toBe('コンニチわカイギです。')
  })

  it('spells words of another script in Latin letters', () => {
    expect(readableText('Dr. Иванов of Σάμος', 'en').text).toBe('Dr. Ivanov of Samos')
    expect(readableText('Он сказал NATO', 'ru').text).toBe('Он сказал NATO')
  })

  it('does not name signs that nobody says', () => {
    expect(readableText('see https://example.org, <b> on 3/4', 'en').text).toBe(
      'see  example.org,  b  on 3 4',
    )
  })

  it('knows where each of its characters comes from', () => {
    const original = '𝒳 は 5% щука'
    for (const language of ['ja', 'en']) {
      const { text, origin } = readableText(original, language)
      expect(origin).toHaveLength([...text].length)
      for (const [index, at] of origin.entries()) expect(at).toBeGreaterThanOrEqual(origin[index - 1] ?? 0)
      expect(origin.at(-1)).toBe(original.length - 1)
    }
  })
})

it('the voice has sounds for the words of Japanese, Thai, Korean and of other scripts', async () => {
  const voice = new Voice(await openEspeak(), 6800)
  for (const [language, text, words] of [
    ['ja', '今日は天気がいいです。', 5],
    ['ko', '오늘 회의는 3시에 120명이 참석했습니다.', 5],
    ['en', 'Mr. Иванов and 東京 agree.', 4],
    ['cmn', '今天下午三点开会。', 3],
  ] as const) {
    const reading = voice.read({ text, language })
    expect(reading.words.length, text).toBeGreaterThanOrEqual(words)
    // "Chinese letter" takes over half a second for each of them.
    expect(reading.frames / [...text].length, text).toBeLessThan(30)
  }
})

it('no sound is lost that comes before the voice tells of a first word, as in Korean', async () => {
  const voice = new Voice(await openEspeak(), 6800)
  const { words } = voice.read({ language: 'ko', text: '목록에서 번호를 보세요.' })
  expect(words.map(({ from }) => from)).toContain(0)
})

it('a sign that is said belongs to the number that it touches', async () => {
  const voice = new Voice(await openEspeak(), 6800)
  const soundsOf = (text: string, word: string) =>
    voice
      .read({ text, language: 'en' })
      .words.find(({ from, to }) => text.slice(from, to) === word)
      ?.phones.join('')
  expect(soundsOf('They paid $12 each.', 'paid')).toBe(soundsOf('They paid twelve each.', 'paid'))
  expect(soundsOf('It was -5 outside.', '5')).toContain('faɪv')
  expect(soundsOf('It was -5 outside.', '5')?.length).toBeGreaterThan(6)
  expect(soundsOf('About 50% of them.', '50')).toContain('sɛnt')
})

it('there is a voice for every language that is told from a text', async () => {
  const engine = await openEspeak()
  const missing = knownLanguages.filter((language) => engine.set_voice(voiceOf(language)) !== 0)
  expect(missing).toEqual([])
  expect(knownLanguages.length).toBeGreaterThan(60)
})

it('French is read in French, whatever was read before', async () => {
  const voice = new Voice(await openEspeak(), 6800)
  voice.read({ text: 'Press four.', language: 'en' })
  const { words } = voice.read({ text: 'Appuyez sur 4.', language: 'fr' })
  expect(words.at(-1)?.phones.join('')).toBe('katʁ')
})
