import { describe, expect, it } from 'vitest'
import {
  FeatureCollector,
  featuresFromBytes,
  featuresToBytes,
} from '../../../../shared/alignment/sound/features'
import { languageOf } from '../../../../shared/alignment/text/language'
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

describe('language', () => {
  it.each([
    ['en', 'We have to do this for you, and that is what they want.'],
    ['fr', 'Nous ne sommes pas dans la salle, mais vous avez le droit de parler.'],
    ['de', 'Das ist nicht der Grund, aber wir haben es auch mit ihm besprochen.'],
    ['it', 'Questo non è il numero che la signora ha dato per la riunione.'],
    ['cmn', '我们今天讨论预算的问题。'],
    ['yue', '我哋今日唔係講呢啲嘢嘅。'],
    ['ja', '今日は会議を始めます。'],
    ['ko', '오늘 회의를 시작하겠습니다.'],
    ['ru', 'Сегодня мы начинаем заседание.'],
    ['uk', 'Сьогодні ми починаємо її засідання.'],
    ['ar', 'نبدأ اليوم الاجتماع'],
  ])('tells %s by its text', (language, text) => {
    expect(languageOf(text)).toBe(language)
  })
})

describe('features', () => {
  it('are the same in whatever pieces the samples come, and as bytes', () => {
    const samples = Float32Array.from(
      { length: 16000 },
      (_, i) => 0.3 * Math.sin(i * 0.07) * Math.sin(i * 0.0004),
    )
    const whole = new FeatureCollector(16000)
    whole.add([samples])
    const parts = new FeatureCollector(16000)
    for (let at = 0; at < samples.length; at += 777) {
      const part = samples.subarray(at, at + 777)
      parts.add([part, part])
    }
    const features = whole.finish()
    expect(features.frames).toBe(98)
    expect(parts.finish()).toEqual(features)
    expect(featuresFromBytes(featuresToBytes(features))).toEqual(features)
  })
})

it('the language is known by its letters and little words, for half a hundred languages', () => {
  for (const [language, text] of Object.entries({
    en: 'An orange, a lamp and an old dog.',
    bg: 'Заседанието на съвета се открива от председателя и е за бюджета.',
    ru: 'Заседание открывает председатель, он говорит, что это не так.',
    mk: 'Ќе зборуваме за буџетот на општината.',
    kk: 'Бүгін біз бюджет туралы айтамыз, құрметті қонақтар.',
    hr: 'Sjednica je otvorena i možemo prijeći na točku koja će biti važna.',
    sl: 'Seja se je začela in zdaj gremo na naslednjo točko, ki je pomembna.',
    sk: 'Zasadnutie je otvorené a môžeme prejsť ďalej, lebo čas beží.',
    lv: 'Sēde ir atklāta un mēs varam sākt ar pirmo jautājumu.',
    lt: 'Posėdis yra pradėtas ir dabar eisime prie pirmo klausimo.',
    et: 'Koosolek on avatud ja me võime alustada esimese küsimusega.',
    is: 'Fundurinn er settur og það er fyrsta málið sem við ræðum.',
    sq: 'Mbledhja është hapur dhe tani do të flasim për çështjen e parë.',
    sw: 'Mkutano umefunguliwa na sasa ni wakati wa kuzungumza kwa ajili ya watu.',
    af: 'Die vergadering is nou oop en ons gaan dit nie weer uitstel nie.',
    cy: 'Mae hi yn amser i ni fynd ymlaen ac nid oedd y bobl wedi dod.',
    az: 'İclas açıldı və bu gün büdcə haqqında danışacağıq.',
    mr: 'ही बैठक सुरू झाली आहे आणि आपण बोलू.',
    pa: 'ਅੱਜ ਦੀ ਮੀਟਿੰਗ',
    gu: 'આજની બેઠક',
    kn: 'ಇಂದಿನ ಸಭೆ',
    ml: 'ഇന്നത്തെ യോഗം',
    am: 'የዛሬው ስብሰባ',
  }))
    expect(languageOf(text), text).toBe(language)
})

it('a passage of another script than Latin is in the language of the rest where it does not say otherwise', () => {
  for (const [usual, text] of [
    ['mr', 'इराण, इस्लामिक रिपब्लिक'],
    ['ne', 'वर्ण वर्गमा अवैध क्रम'],
    ['fa', 'محدوده مقادیر'],
    ['ur', 'کمرہ اور میز'],
    ['kk', 'SSH файлдармен алмасу хаттамасы'],
    ['kk', 'Модульді жүктеу мүмкін емес'],
    ['ky', 'Сан-Марино Республикасы'],
    ['be', 'Працяг выканання'],
    ['be', 'Памылка ніжэй'],
    ['mk', 'Прозорец на апликација'],
  ] as const)
    expect(languageOf(text, usual), text).toBe(usual)
  expect(languageOf('فتح الملف في القائمة', 'fa')).toBe('ar')
  expect(languageOf('यह मेज़ की है', 'mr')).toBe('hi')
  expect(languageOf('Он сказал, что это не так', 'kk')).toBe('ru')
  expect(languageOf('Кошулган файлдардын тереңине')).toBe('ky')
  expect(languageOf('মই তোমাৰ ঘৰলৈ যাম')).toBe('as')
})

it('a short passage is taken for another language only where it says so', () => {
  expect(languageOf('La séance a été levée.', 'fr')).toBe('fr')
  expect(languageOf('Perché è così', 'it')).toBe('it')
  expect(languageOf('Thank you for that, and please have a seat.', 'fr')).toBe('en')
  expect(languageOf('Nous ne sommes pas encore dans la salle.', 'en')).toBe('fr')
})
