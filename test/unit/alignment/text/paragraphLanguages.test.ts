import { describe, expect, it } from 'vitest'
import { languagesOf } from '../../../../shared/alignment/text/paragraphLanguages'

const english = [
  'The harbour board has asked for a new lighthouse, and we have to answer that before the end of the month.',
  'It is not the first time that they have written to us, and this will not be the last of it.',
  'What are we to do with the old building? There is a family that would like to live in it.',
]
const french = [
  "La commission a reçu la lettre du port, et nous avons décidé de ne pas répondre avant la fin de l'année.",
  "C'est une question qui est posée pour la première fois dans cette assemblée, avec des chiffres sur le projet.",
  'Vous avez une minute pour présenter le rapport, et les autres membres qui le veulent vous répondent.',
]

describe('languagesOf', () => {
  it('tells paragraphs of a few words by those that can be told in the same text', () => {
    const mixed = [0, 1, 2].flatMap((k) => [english[k] as string, french[k] as string])
    const short = [
      'Old building, new harbour.',
      'La lettre répondue.',
      'Before writing.',
      'Première assemblée.',
    ]
    expect(languagesOf([...mixed, ...short], 'fr')).toEqual([
      ...['en', 'fr', 'en', 'fr', 'en', 'fr'],
      ...['en', 'fr', 'en', 'fr'],
    ])
  })

  it('takes no paragraph out of the language of the text for a word or a letter that others have too', () => {
    const short = ['No.', 'La conférence a été prolongée.', 'Un numéro.', 'À la une de la presse.']
    expect(languagesOf([...french, ...short], 'fr')).toEqual(Array(french.length + short.length).fill('fr'))
  })

  it('leaves other scripts alone and answers where nothing can be told', () => {
    expect(languagesOf([...english, '会议现在开始。', 'Заседание открыто.', '12', ''], 'en')).toEqual([
      ...['en', 'en', 'en'],
      ...['cmn', 'ru', 'en', 'en'],
    ])
    expect(languagesOf(['Ping.', 'Pong.'], 'de')).toEqual(['de', 'de'])
    expect(languagesOf([], 'en')).toEqual([])
  })

  it('keeps a long quotation in a third language', () => {
    const german =
      'Der Vorsitzende sagt, dass die Gemeinde nicht auf das Land warten wird, und wir haben das auch für uns geprüft.'
    expect(languagesOf([...english, ...english, german, 'Yes.'], 'en').at(-2)).toBe('de')
  })
})
