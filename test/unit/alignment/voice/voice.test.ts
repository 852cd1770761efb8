import { describe, expect, it } from 'vitest'
import type { SpeechEngine, SpeechEvent } from '../../../../shared/alignment/alignment'
import { bandCount } from '../../../../shared/alignment/sound/spectrum'
import { keyOf, phrasesOf, Voice } from '../../../../shared/alignment/voice/voice'

/** An engine that says a second and a half in two pieces and tells the events given; it has English, French and Korean voices. */
function engineOf(events: readonly Partial<SpeechEvent>[], samples = 11025) {
  const asked: string[] = []
  let voice = ''
  const engine: SpeechEngine = {
    set_voice: (name) => {
      asked.push(name)
      if (!['en-us', 'fr', 'ko'].includes(name)) return 1
      voice = name
      return 0
    },
    set_rate: () => undefined,
    set_pitch: () => undefined,
    synthesize: (_, piece) => {
      asked.push(`says in ${voice}`)
      piece(new Int16Array(samples).fill(1000), events as readonly SpeechEvent[])
      piece(new Int16Array(22050).fill(1000), [])
      piece(null, null)
    },
  }
  return { engine, asked }
}
const word = (position: number) => ({ type: 'word', text_position: position, audio_position: 0 })
const phone = (id: string, milliseconds: number) => ({
  type: 'phoneme',
  id,
  text_position: 0,
  audio_position: milliseconds,
})

describe('the voice', () => {
  it('tells the sounds of each word, and when each sound begins', () => {
    const { engine } = engineOf([
      word(1),
      phone('j', 20),
      phone('ˈE', 60),
      phone('', 120),
      word(6),
      phone('s3', 200),
    ])
    const reading = new Voice(engine, 6800).read({ text: 'Yes, sir', language: 'en' })
    expect(reading.words).toEqual([
      { from: 0, to: 3, isAfterMark: false, phones: ['j', 'E'] },
      { from: 5, to: 8, isAfterMark: true, phones: ['s'] },
    ])
    expect(reading.events).toEqual([
      { phone: 'j', frame: 1 },
      { phone: 'E', frame: 5 },
      { phone: '', frame: 11 },
      { phone: 's', frame: 19 },
    ])
    expect(reading.frames).toBeGreaterThan(144)
    expect(reading.frames).toBeLessThan(150)
    expect(reading.mel).toHaveLength(reading.frames * bandCount)
  })

  it('gives the sounds of several words that are read for one to that one, signs to the word that they touch', () => {
    const { engine } = engineOf([word(1), phone('a', 0), word(3), phone('b', 50), word(4), phone('c', 90)])
    const { words } = new Voice(engine, 6800).read({ text: 'a $12', language: 'ko' })
    expect(words.map(({ from, to, phones }) => [from, to, phones])).toEqual([
      [0, 1, ['a']],
      [3, 5, ['b', 'c']],
    ])
  })

  it('gives sounds that come before any word to the first one', () => {
    const { engine } = engineOf([phone('h', 0), phone('a', 30)])
    const { words } = new Voice(engine, 6800).read({ text: '회의', language: 'ko' })
    expect(words.map(({ phones }) => phones)).toEqual([['h', 'a']])
  })

  it('is changed where the language changes, and is an English one where there is none of a language', () => {
    const { engine, asked } = engineOf([])
    const voice = new Voice(engine, 6800)
    for (const language of ['fr', 'fr', 'tlh', 'en']) voice.read({ text: 'a', language })
    expect(asked).toEqual([
      ...['fr', 'says in fr', 'says in fr'],
      ...['tlh', 'en-us', 'says in en-us'],
      ...['en-us', 'says in en-us'],
    ])
  })

  it('has room for any length of speech', () => {
    const long = 22050 * 29.5
    const reading = new Voice(engineOf([], long).engine, 6800).read({ text: 'a', language: 'en' })
    expect(reading.frames).toBeGreaterThan(3040)
    for (const frame of [100, 2900, 3040]) expect(reading.mel[frame * bandCount]).toBe(reading.mel[bandCount])
  })
})

it('reads what is said several times once for each language', () => {
  const unit = (text: string, language: string) =>
    ({ text, language }) as Parameters<typeof phrasesOf>[0][number]
  const phrases = phrasesOf([unit('no', 'en'), unit('yes', 'en'), unit('no', 'it'), unit('no', 'en')])
  expect(phrases.map(keyOf)).toEqual(['en no', 'en yes', 'it no'])
})
