import { describe, expect, it } from 'vitest'
import { languageOf, voiceOf, voices } from '../../../../shared/alignment/text/language'

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

it('each language is read by a voice that there is', () => {
  expect(['en', 'gl', 'es', 'zh', 'fr'].map(voiceOf)).toEqual(['en-us', 'pt', 'es-419', 'cmn', 'fr'])
  for (const language of ['en', 'gl', 'es', 'pt', 'no', 'zh', 'it', 'yue'])
    expect(voices, language).toContain(voiceOf(language))
})
