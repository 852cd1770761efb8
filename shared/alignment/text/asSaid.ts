import { spellNumber } from './numerals'

/** A stretch `[from, to)` of a text and what is said for it. */
interface Said {
  readonly from: number
  readonly to: number
  /** What is read, each part with the offset that it belongs to. */
  readonly parts: readonly (readonly [said: string, at: number])[]
}

interface Rule {
  readonly pattern: RegExp
  /** What a match is said like; a list of the parts, each for the group of the match to which its sounds belong; `null` where it is read well. */
  readonly say: (
    match: RegExpExecArray,
  ) => string | readonly (readonly [said: string, group: number])[] | null
}

/** Abbreviations that are said in full and that the voices spell or take for a word. */
const abbreviations: Readonly<Record<string, string>> = {
  en: '&=and|No.=number#|Nos.=numbers#|Jan.=January|Feb.=February|Aug.=August|Sept.=September|Oct.=October|Nov.=November|Dec.=December|approx.=approximately|e.g.=for example|i.e.=that is|vs.=versus|km/h=kilometres an hour',
  de: '&=und|Nr.=Nummer#|Abs.=Absatz#|bzw.=beziehungsweise|z. B.=zum Beispiel|z.B.=zum Beispiel|d. h.=das heißt|d.h.=das heißt|u. a.=unter anderem|u.a.=unter anderem|ca.=circa|Mio.=Millionen|Mrd.=Milliarden|Str.=Straße|usw.=und so weiter|km/h=Kilometer pro Stunde|m²=Quadratmeter',
  fr: '&=et|n°=numéro|M.=monsieur|MM.=messieurs|m²=mètres carrés|km/h=kilomètres à l’heure',
  es: '&=y|n.º=número|núm.=número#|EE. UU.=Estados Unidos|EE.UU.=Estados Unidos|Srta.=señorita|Uds.=ustedes|m²=metros cuadrados|km/h=kilómetros por hora',
  it: '&=e|n.=numero#|n°=numero|Sig.=signor|Sig.ra=signora|Dott.=dottor|ecc.=eccetera|m²=metri quadrati|km/h=chilometri all’ora',
  pt: '&=e|n.º=número|nº=número|Sr.=senhor|Sra.=senhora|m²=metros quadrados|km/h=quilômetros por hora',
  ru: '&=и|руб.=рублей|млн=миллионов|млрд=миллиардов|тыс.=тысяч|т. е.=то есть|т.е.=то есть|т. д.=так далее|т.д.=так далее|м²=квадратных метров|км/ч=километров в час|ул.=улица',
}

/** Languages in which a date that is written with strokes has its month before the day where both are possible. */
const monthFirst = new Set(['en', 'en-us'])

const numerals = [
  ['X', 10],
  ['IX', 9],
  ['V', 5],
  ['IV', 4],
  ['I', 1],
] as const

function romanValue(letters: string): number {
  const values = [...letters].map((letter) => numerals.find(([one]) => one === letter)?.[1] ?? 0)
  return values.reduce<number>((sum, value, k) => sum + (value < (values[k + 1] ?? 0) ? -value : value), 0)
}

function romanOf(value: number): string {
  let [result, left] = ['', value]
  for (const [letters, worth] of numerals) for (; left >= worth; left -= worth) result += letters
  return result
}

function dateIn(language: string, year: string, month: string, day: string): string | null {
  const [y, m, d] = [year, month, day].map(Number) as [number, number, number]
  if (m < 1 || m > 12 || d < 1 || d > 31) return null
  const family = language.split('-')[0] as string
  const locale = family === 'cmn' || family === 'yue' ? 'zh' : family
  // Others would be written as on the machine.
  if (Intl.DateTimeFormat.supportedLocalesOf(locale).length === 0) return null
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    calendar: 'gregory',
    numberingSystem: 'latn',
    timeZone: 'UTC',
  })
  return format.format(Date.UTC(y, m - 1, d)).replace(/ г\.$/u, '')
}

/** `<`, `>` and `&` would be taken for markup; a line end is a space. */
const silent: readonly Rule[] = [{ pattern: /https?:\/\/|[<>&\n]|(?<=\d)\/(?=\d)/giu, say: () => ' ' }]

/** The full stop of an address; the English voice says it by itself. */
const dots: Readonly<Record<string, string>> = {
  de: 'Punkt',
  fr: 'point',
  es: 'punto',
  it: 'punto',
  pt: 'ponto',
  nl: 'punt',
  pl: 'kropka',
  cs: 'tečka',
  sv: 'punkt',
  tr: 'nokta',
  ru: 'точка',
  uk: 'крапка',
  ar: 'نقطة',
  hi: 'डॉट',
  cmn: '点',
  yue: '点',
  ja: 'ドット',
  ko: '닷',
}

function addressRules(language: string): readonly Rule[] {
  const dot = dots[language.split('-')[0] as string]
  if (dot === undefined) return []
  return [
    {
      pattern: /(?:https?:\/\/)?[\w.+-]*(?:@|\bwww\.)[\w-]+(?:\.[\w-]+)*|https?:\/\/[\w.-]+/giu,
      say: ({ 0: address }) => address.replace(/^https?:\/\//iu, '').replaceAll('.', ` ${dot} `),
    },
  ]
}

const general = (language: string): readonly Rule[] => [
  {
    pattern: /(?<![\d.-])(\d{4})-(\d\d)-(\d\d)(?![\d-])/gu,
    say: ([, year, month, day]) => dateIn(language, year as string, month as string, day as string),
  },
  {
    pattern: /(?<![\d.])(\d\d?)\.(\d\d?)\.(\d{4})(?!\d)/gu,
    say: ([, day, month, year]) => dateIn(language, year as string, month as string, day as string),
  },
  {
    pattern: /(?<![\d/])(\d\d?)\/(\d\d?)\/(\d{4})(?![\d/])/gu,
    say: ([, one, other, year]) =>
      (monthFirst.has(language) ? dateIn(language, year as string, one as string, other as string) : null) ??
      dateIn(language, year as string, other as string, one as string),
  },
  // The number of a name or a chapter.
  {
    pattern: /(?<![\p{L}\p{N}.’'-])[IVX]{2,}(?=e?(?![\p{L}\p{N}]))/gu,
    say: ({ 0: letters }) => {
      // This voice reads them well.
      if (language === 'it') return null
      const value = romanValue(letters)
      return romanOf(value) === letters ? String(value) : null
    },
  },
  // "3:1" is a score, and not a time.
  { pattern: /(?<=(?<![\d:])\d{1,2}):(?=\d(?![\d:]))/gu, say: () => ' ' },
]

const english: readonly Rule[] = [
  // The sign of a currency is said behind its number.
  {
    pattern: /([$£€])(\d+(?:,\d{3})*)\.(\d\d)(?!\d| ?(?:m|b|tr)illion)/gu,
    say: ([, sign, whole, part]) => [[`${whole} ${sign} ${part}`, 0]],
  },
  {
    pattern: /([$£€])(\d+(?:,\d{3})*(?:\.\d+)?)(?:(\s?)(thousand|million|billion|trillion|m|bn|k)\b)?/gu,
    say: ([, sign, amount, , scale]) =>
      scale === undefined
        ? `${amount} ${sign}`
        : [
            [`${amount} `, 2],
            [`${{ m: 'million', bn: 'billion', k: 'thousand' }[scale] ?? scale} ${sign}`, 4],
          ],
  },
  // Years are said in pairs.
  {
    pattern: /(?<![\d.,$£€-])(1[5-9])(\d\d)(s?)(?![\d%]|[.,-]\d)/gu,
    say: ([, century, rest, plural]) =>
      rest === '00'
        ? `${century} hundred${plural}`
        : `${century} ${(rest as string).startsWith('0') ? `o ${Number(rest)}` : rest}${plural}`,
  },
  { pattern: /#(?=\d)/gu, say: () => 'number ' },
  {
    pattern: /(?<![\d-])(?:\d{3}[- .])?\d{3}[-.]\d{4}(?![\d-])/gu,
    say: ({ 0: digits }) => [...digits.replace(/\D/gu, '')].join(' '),
  },
]

const chineseUnits: Readonly<Record<string, string>> = {
  '¥': '元',
  '￥': '元',
  $: '美元',
  '€': '欧元',
  '£': '英镑',
}

function inChinese(number: string): string {
  const [whole = '', part] = number.replace(/,/gu, '').split('.')
  return `${spellNumber(whole, 'zh', whole.length > 1 && whole.startsWith('0'))}${part === undefined ? '' : `点${spellNumber(part, 'zh', true)}`}`
}

const chinese: readonly Rule[] = [
  {
    pattern: /(\d{4})-(\d\d?)-(\d\d?)/gu,
    say: ([, year, month, day]) =>
      `${spellNumber(year as string, 'zh', true)}年${inChinese(String(Number(month)))}月${inChinese(String(Number(day)))}日`,
  },
  { pattern: /(?<!\d)\d{4}(?=年(?!\p{L}*[前后以]))/gu, say: ({ 0: year }) => spellNumber(year, 'zh', true) },
  {
    pattern: /(?<!\d)(\d\d?)[:：](\d\d)(?!\d)/gu,
    say: ([, hour, minute]) =>
      `${inChinese(String(Number(hour)))}点${minute === '00' ? '整' : `${inChinese(String(Number(minute)))}分`}`,
  },
  { pattern: /(?<=\d)[:：](?=\d)/gu, say: () => '比' },
  { pattern: /(\d[\d,]*(?:\.\d+)?)[%％]/gu, say: ([, number]) => `百分之${inChinese(number as string)}` },
  {
    pattern: /(\d+)\/(\d+)/gu,
    say: ([, above, below]) => `${inChinese(below as string)}分之${inChinese(above as string)}`,
  },
  {
    pattern: /(?<![\d\p{L}])[-−](\d+(?:\.\d+)?)(?:℃|°C)|(?<=\p{Script=Han})[-−](\d+(?:\.\d+)?)(?:℃|°C)/gu,
    say: ([, one, other]) => `零下${inChinese((one ?? other) as string)}度`,
  },
  { pattern: /℃|°C?/gu, say: () => '度' },
  { pattern: /(?<=\d)\s?[-–~～]\s?(?=\d{1,4}(?!\d))/gu, say: () => '到' },
  { pattern: /(?<=\p{Script=Han})[-−](?=\d)/gu, say: () => '负' },
  {
    pattern: /([$¥￥€£])(\d[\d,]*(?:\.\d+)?)([万亿]?)/gu,
    say: ([, sign, number, scale]) => `${inChinese(number as string)}${scale}${chineseUnits[sign as string]}`,
  },
  // Telephone numbers and the like.
  {
    pattern: /(?<![\d.,])(?:\d{7,}|0\d+)(?![\d.,])/gu,
    say: ({ 0: digits }) => spellNumber(digits, 'zh', true),
  },
  { pattern: /\d+(?:,\d{3})*(?:\.\d+)?/gu, say: ({ 0: number }) => inChinese(number) },
]

const japanese: readonly Rule[] = [
  { pattern: /℃|°C?/gu, say: () => 'ド' },
  { pattern: /(?<=\d)月/gu, say: () => 'ガツ' },
  { pattern: /(?<=\d)人/gu, say: () => 'ニン' },
  { pattern: /(?<=\d)分/gu, say: () => 'フン' },
]

const korean: readonly Rule[] = [{ pattern: /℃|°C?/gu, say: () => '도' }]

/** Signs and units behind a number that the voices leave out, spell, or say in front of it. */
const signs: Readonly<Record<string, string>> = {
  it: '€=euro|$=dollari|£=sterline|km=chilometri|kg=chili',
  pt: 'R$=reais|€=euros|$=dólares|£=libras|km=quilômetros|kg=quilos',
  pl: '€=euro|$=dolarów|£=funtów|zł=złotych|km=kilometrów|kg=kilogramów',
  tr: '₺=lira|TL=lira|€=avro|$=dolar|£=sterlin|km=kilometre|kg=kilo',
  ja: '€=ユーロ|$=ドル|£=ポンド|¥=エン|￥=エン|円=エン|km=キロメートル|kg=キログラム|%=パーセント|％=パーセント',
  ko: '€=유로|$=달러|£=파운드|₩=원|km=킬로미터|kg=킬로그램|%=퍼센트',
  ar: '€=يورو|$=دولار|£=جنيه|%=بالمئة|٪=بالمئة|كم=كيلومتر|كغ=كيلوغرام|km=كيلومتر|kg=كيلوغرام',
  hi: '₹=रुपये|€=यूरो|$=डॉलर|£=पाउंड|किमी=किलोमीटर|km=किलोमीटर|kg=किलो',
}
const scales =
  'mila|milion[ei]|miliard[oi]|mln|mld|mil|milh(?:ão|ões)|bilh(?:ão|ões)|tys\\.|milion(?:y|ów)|miliard(?:y|ów)?|bin|milyon|milyar|万|億|兆|만|억|조|ألف|آلاف|مليون|ملايين|مليار|हज़ार|हजार|लाख|करोड़|अरब'
const amount = '\\p{Nd}(?:[\\p{Nd}.,\u066b\u066c]*\\p{Nd})?'

function signRules(language: string): readonly Rule[] {
  const list = signs[language.split('-')[0] as string]
  if (list === undefined) return []
  const gap = /^(?:ja|ko)/u.test(language) ? '' : ' '
  return list.split('|').flatMap((entry): Rule[] => {
    const [written = '', spoken = ''] = entry.split('=')
    const sign = written.replace('$', '\\$&')
    // Behind letters it is another sign: "R$", "US$".
    const start = /^\p{L}/u.test(written) ? '(?<![\\p{L}\\p{N}])' : '(?<![A-Za-z])'
    const end = /\p{Script=Latin}$/u.test(written)
      ? '(?!\\p{Script=Latin})'
      : /\p{L}$/u.test(written)
        ? '(?!\\p{L})'
        : ''
    const isUnit = /^[\p{L}%％٪]+$/u.test(written) && written !== 'TL' && written !== 'zł'
    const behind: Rule = {
      pattern: new RegExp(
        `(?<=\\p{Nd}(?:\\s?(?:${scales}))?)\\s?${sign}${written === '円' ? '' : end}`,
        'gu',
      ),
      say: () => `${gap}${spoken}`,
    }
    const before: Rule = {
      pattern: new RegExp(`${start}${sign}\\s?(${amount})(?:(\\s?)(${scales})(?![\\p{L}\\p{M}]))?`, 'gu'),
      say: ([, number, , scale]) =>
        scale === undefined
          ? `${number}${gap}${spoken}`
          : [
              [`${number}${gap}`, 1],
              [`${scale}${gap}${spoken}`, 3],
            ],
    }
    return isUnit ? [behind] : [before, behind]
  })
}

/** Between the hours and minutes of a clock, and behind them. */
const clocks: Readonly<Record<string, readonly [string, string]>> = {
  ja: ['ジ', 'フン'],
  ko: ['시', '분'],
}
/** The point of a number, where the voices pass over it. */
const points: Readonly<Record<string, string>> = { ja: 'テン', ko: '점' }
/** Languages in which long numbers that begin with 0 or + are said figure by figure. */
const byFigure = /^(?:it|pt|pl|tr|ja|ko|ar|hi)$/u

function numberRules(language: string): readonly Rule[] {
  const family = language.split('-')[0] as string
  const [clock, point] = [clocks[family], points[family]]
  return [
    ...(byFigure.test(family)
      ? [
          {
            pattern: /(?<![\p{Nd}.,+])(?:\+|(?=0))\p{Nd}(?:[\s-]?\p{Nd}){6,13}(?![\p{Nd}.,]\p{Nd}|\p{Nd})/gu,
            say: ({ 0: digits }: RegExpExecArray) => [...digits.replace(/[\s-]/gu, '')].join(' '),
          },
        ]
      : []),
    ...(clock
      ? [
          {
            pattern: /(?<![\d:])(\d\d?):(\d\d)(?![\d:])/gu,
            say: ([, hour, minute]: RegExpExecArray) =>
              `${Number(hour)}${clock[0]}${minute === '00' ? '' : `${Number(minute)}${clock[1]}`}`,
          },
        ]
      : []),
    ...(point ? [{ pattern: /(?<=\d)\.(?=\d)/gu, say: () => point }] : []),
  ]
}

function abbreviationRules(language: string): readonly Rule[] {
  const list = abbreviations[language.split('-')[0] as string]
  if (list === undefined) return []
  return list.split('|').map((entry) => {
    const [written = '', spoken = ''] = entry.split('=')
    const escaped = written.replace(/[./]/gu, '\\$&').replace(' ', '\\s')
    // Some are words of their own where no number follows.
    const isNumbered = spoken.endsWith('#')
    return {
      pattern: new RegExp(
        `(?<![\\p{L}\\p{N}.])${escaped}(?![\\p{L}\\p{N}])${isNumbered ? '(?=\\s?\\d)' : ''}`,
        'gu',
      ),
      say: () => (isNumbered ? spoken.slice(0, -1) : spoken),
    }
  })
}

const rules = new Map<string, readonly Rule[]>()

function rulesOf(language: string): readonly Rule[] {
  const known = rules.get(language)
  if (known) return known
  const own: Readonly<Record<string, readonly Rule[]>> = {
    en: english,
    cmn: chinese,
    yue: chinese,
    ja: japanese,
    ko: korean,
  }
  const family = language.split('-')[0] as string
  const isChinese = family === 'cmn' || family === 'yue'
  const made = [
    ...addressRules(language),
    ...(own[family] && isChinese ? [] : general(language)),
    ...numberRules(language),
    ...signRules(language),
    ...(own[family] ?? []),
    ...abbreviationRules(language),
    ...silent,
  ]
  rules.set(language, made)
  return made
}

/** Dates, amounts, years, Roman numerals and abbreviations as people say them, where the voices spell them or read them otherwise.
 *  @returns each piece of what is said, with the offset of the text that it belongs to; what is read as it stands is in it character by
 *  character */
export function asSaid(text: string, language: string): readonly (readonly [said: string, at: number])[] {
  const found: Said[] = []
  for (const { pattern, say } of rulesOf(language))
    for (const match of text.matchAll(pattern)) {
      const [from, to] = [match.index, match.index + match[0].length]
      if (found.some((other) => other.from < to && from < other.to)) continue
      const said = say(match)
      if (said === null) continue
      const parts =
        typeof said === 'string'
          ? [[said, from] as const]
          : said.map(
              ([part, group]) =>
                [part, group === 0 ? from : from + match[0].indexOf(match[group] as string)] as const,
            )
      found.push({ from, to, parts })
    }
  found.sort((one, other) => one.from - other.from)
  const result: (readonly [string, number])[] = []
  let at = 0
  for (const { from, to, parts } of [...found, { from: text.length, to: text.length, parts: [] }]) {
    for (const character of text.slice(at, from)) {
      result.push([character, at])
      at += character.length
    }
    result.push(...parts)
    at = to
  }
  return result
}
