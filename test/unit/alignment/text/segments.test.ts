import { describe, expect, it } from 'vitest'
import { habitsOf, sentencesOf, unitsOf, wordsOf } from '../../../../shared/alignment/text/segments'
import { alignmentText } from '../../../../shared/session/alignmentText'
import { parseTranscript } from '../../../../shared/transcript/parseTranscript'

const cut = (text: string, ranges: readonly { from: number; to: number }[]) =>
  ranges.map(({ from, to }) => text.slice(from, to))

describe('text without marks', () => {
  const words =
    'we met at the old harbour and then my uncle said that nobody had ever seen the ferry come in so late'
  const bare = Array.from({ length: 60 }, () => words).join(' ')
  const pieces = (text: string) => cut(text, sentencesOf(text))

  it('is cut between words into pieces of a few seconds, all of about one length', () => {
    const list = pieces(bare)
    expect(list.join(' ')).toBe(bare)
    for (const { length } of list) {
      expect(length).toBeGreaterThan(70)
      expect(length).toBeLessThan(250)
    }
  })

  it('is cut so where a short paragraph of such a text has no marks either, and elsewhere not', () => {
    const short = `${words} ${words} as that`
    expect(sentencesOf(short)).toHaveLength(1)
    expect(sentencesOf(short, habitsOf(bare)).length).toBeGreaterThan(1)
    const marked = `${Array.from({ length: 60 }, () => `${words}.`).join(' ')} ${short}`
    expect(sentencesOf(short, habitsOf(marked))).toHaveLength(1)
  })

  it('is cut between words in Chinese and Thai, by how long characters take to say', () => {
    const chinese = '我们需要就这些事情讨论出一个最佳方案'.repeat(30)
    const list = pieces(chinese)
    expect(list.join('')).toBe(chinese)
    for (const { length } of list) expect(length).toBeLessThan(65)
    for (const piece of list) expect(chinese).toContain(piece)
    const words = new Set(['การ', 'ประชุม', 'ครั้ง', 'นี้', 'จัด', 'ขึ้น'])
    for (const piece of pieces('การประชุมครั้งนี้จัดขึ้น'.repeat(40)))
      expect([...words].some((word) => piece.startsWith(word))).toBe(true)
  })

  it('keeps its sentences where one of many has no comma', () => {
    const long = `${words.slice(0, 90)}, ${words.slice(0, 90)}, ${words.slice(0, 60)}.`
    expect(pieces(`${long} ${long}`)).toEqual([long, long])
  })
})

describe('segments', () => {
  it('cuts sentences at their marks but not behind an abbreviation or in a number', () => {
    const text = 'Dr. Reed has 3.5 of them. Really? “Yes.” No'
    expect(cut(text, sentencesOf(text))).toEqual(['Dr. Reed has 3.5 of them.', 'Really?', '“Yes.”', 'No'])
    const chinese = '今天开会。大家好！开始吧'
    expect(cut(chinese, sentencesOf(chinese))).toEqual(['今天开会。', '大家好！', '开始吧'])
  })

  it('tells an initial from a letter that ends a sentence', () => {
    const cutAll = (text: string) => cut(text, sentencesOf(text))
    for (const whole of [
      'It was J. Brown who asked.',
      'Ask Mary S. Reed about it.',
      'In the U. S. House we met.',
    ])
      expect(cutAll(whole)).toEqual([whole])
    expect(cutAll('We take plan B. then we go home.')).toEqual(['We take plan B.', 'then we go home.'])
    expect(cutAll('It has U S B. Plug it in.')).toEqual(['It has U S B.', 'Plug it in.'])
    expect(cutAll('The letter K. A box with a lid.')).toEqual(['The letter K.', 'A box with a lid.'])
    expect(cutAll('The letter K. Reed has a lid.')).toEqual(['The letter K. Reed has a lid.'])
  })

  it('tells the stop of an abbreviation or of an ordinal number from one that ends a sentence', () => {
    const cutAll = (text: string) => cut(text, sentencesOf(text))
    for (const whole of [
      'The doctor comes at 5 p.m. on Mondays.',
      'He signed it on 5 Jan. 2023 at home.',
      'Er kam am 3. Mai mit dem Zug.',
      'Es war in der 2. Klasse so.',
      'Das war z. B. in den Bergen so, d. h. nach § 5 Abs. 2 erlaubt.',
      'Es kostete 5 Mio. Euro.',
      'König Heinrich VIII. hatte sechs Frauen.',
      'Dne 5. května jsme přišli.',
      'En EE. UU. la ley es distinta.',
      'Es, т. е. недавно, заплатил 1200 руб. за него.',
    ])
      expect(cutAll(whole)).toEqual([whole])
    expect(cutAll('He left at 5 p.m. The rest stayed.')).toHaveLength(2)
    expect(cutAll('Drücken Sie die 5. Danach warten Sie.')).toHaveLength(2)
    expect(cutAll('Pour quitter, appuyez sur 8. poste.')).toHaveLength(2)
    expect(cutAll('Hmm. so be it.')).toHaveLength(2)
  })

  it('takes a letter behind another letter by itself for no initial', () => {
    const text = 'Use 7 for Q and 9 for Z. Enter the name.'
    expect(cut(text, sentencesOf(text))).toEqual(['Use 7 for Q and 9 for Z.', 'Enter the name.'])
    const name = 'You and I know A. Smith well.'
    expect(cut(name, sentencesOf(name))).toEqual([name])
  })

  it('takes a letter for no initial where the text names letters with the word before it', () => {
    const text = 'Το γράμμα B. Ορυχείο.'
    expect(sentencesOf(text)).toHaveLength(1)
    const habits = habitsOf(`${text}\nΤο γράμμα o.\nΤο γράμμα X.\nΤο γράμμα m. Μία γάτα.`)
    expect(cut(text, sentencesOf(text, habits))).toEqual(['Το γράμμα B.', 'Ορυχείο.'])
    const names = habitsOf('It was by J. Brown.\nThat is by S. Reed.\nAnother by K. Low.\nMary S. Reed, too.')
    const name = 'A book by J. Brown.'
    expect(cut(name, sentencesOf(name, names))).toEqual([name])
  })

  it('finds words without their punctuation, Chinese ones too', () => {
    expect(cut('“Well,” he’s 120 – ok?', wordsOf('“Well,” he’s 120 – ok?', 'en'))).toEqual([
      'Well',
      'he’s',
      '120',
      'ok',
    ])
    const words = cut('我们今天开会。', wordsOf('我们今天开会。', 'cmn'))
    expect(words.join('')).toBe('我们今天开会')
    expect(words).toContain('今天')
  })

  it('cuts a sentence at a pin', () => {
    const piece = { from: 10, to: 21, text: 'One two six', turn: 0, speaker: null, kind: 'speech' } as const
    const { units } = unitsOf({ turns: 1, pieces: [piece] }, [{ at: 14, time: 3 }], 'en')
    expect(units.map(({ text, sentence }) => [text, sentence])).toEqual([
      ['One ', 0],
      ['two six', 0],
    ])
  })

  it('leaves labels, times and events out and keeps what is inaudible', () => {
    const text = 'ANA: Good [laughs] day. [inaudible] And then?\n\nBEN: Yes.\n\nANA: Fine.\n'
    const { pieces } = alignmentText(text, parseTranscript(text))
    expect(pieces.map((piece) => [piece.kind, piece.text, piece.turn])).toEqual([
      ['speech', 'Good', 0],
      ['speech', 'day.', 0],
      ['unknown', '[inaudible]', 0],
      ['speech', 'And then?', 0],
      ['speech', 'Yes.', 1],
      ['speech', 'Fine.', 2],
    ])
    for (const piece of pieces) expect(text.slice(piece.from, piece.to)).toBe(piece.text)
  })
})
