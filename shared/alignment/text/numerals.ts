const english = {
  ones: 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  ),
  tens: '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' '),
}
const german = {
  ones: 'null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn'.split(
    ' ',
  ),
  tens: '- - zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig'.split(' '),
}
const french = {
  ones: 'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf'.split(
    ' ',
  ),
  tens: '- - vingt trente quarante cinquante soixante'.split(' '),
}
const spanish = {
  ones: 'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve'.split(
    ' ',
  ),
  tens: '- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa'.split(' '),
  hundreds:
    '- ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos'.split(
      ' ',
    ),
}
const chinese = [...'零一二三四五六七八九']

type Speller = (number: number) => string

const spellers: Readonly<Record<string, Speller>> = {
  en: (number) => {
    // Years are said in pairs.
    if (number > 1099 && number < 2100 && number % 1000 > 9 && number % 100 > 9)
      return `${below100(Math.floor(number / 100))} ${below100(number % 100)}`
    return grouped(number, ['thousand', 'million', 'billion'], (group) => {
      const rest = group % 100
      const words = group >= 100 ? [`${english.ones[Math.floor(group / 100)]} hundred`] : []
      if (rest > 0 || group === 0) words.push(below100(rest))
      return words.join(' ')
    })
    function below100(value: number): string {
      if (value < 20) return english.ones[value] as string
      const ten = english.tens[Math.floor(value / 10)]
      return value % 10 === 0 ? (ten as string) : `${ten} ${english.ones[value % 10]}`
    }
  },
  de: (number) => {
    if (number > 1099 && number < 2000)
      return `${below1000(Math.floor(number / 100))}hundert${number % 100 === 0 ? '' : below1000(number % 100)}`
    const [thousands, rest] = [Math.floor(number / 1000), number % 1000]
    if (thousands >= 1000) return String(number)
    return `${thousands > 0 ? `${below1000(thousands)}tausend` : ''}${rest > 0 || number === 0 ? final(rest) : ''}`
    function below1000(value: number): string {
      const [hundreds, below] = [Math.floor(value / 100), value % 100]
      const head = hundreds > 0 ? `${german.ones[hundreds]}hundert` : ''
      if (below === 0 && hundreds > 0) return head
      if (below < 20) return head + german.ones[below]
      const ten = german.tens[Math.floor(below / 10)]
      return `${head}${below % 10 === 0 ? '' : `${german.ones[below % 10]}und`}${ten}`
    }
    function final(value: number): string {
      return value % 100 === 1 ? `${below1000(value)}s` : below1000(value)
    }
  },
  fr: (number) =>
    grouped(number, ['mille', 'million', 'milliard'], (group, unit) => {
      if (group === 1 && unit === 'mille') return ''
      const [hundreds, below] = [Math.floor(group / 100), group % 100]
      const words = hundreds > 1 ? [french.ones[hundreds], 'cent'] : hundreds === 1 ? ['cent'] : []
      if (below > 0 || group === 0) words.push(below100(below))
      return words.join(' ')
      function below100(value: number): string {
        if (value < 20) return french.ones[value] as string
        const base = value >= 80 ? 80 : value >= 70 ? 60 : value - (value % 10)
        const ten = base === 80 ? 'quatre vingt' : (french.tens[base / 10] as string)
        const rest = value - base
        if (rest === 0) return ten
        const joint = (rest === 1 || rest === 11) && base !== 80 ? ' et ' : ' '
        return `${ten}${joint}${french.ones[rest]}`
      }
    }),
  es: (number) =>
    grouped(number, ['mil', 'millón', 'mil millones'], (group, unit) => {
      if (group === 1 && unit === 'mil') return ''
      if (group === 100) return 'cien'
      const [hundreds, below] = [Math.floor(group / 100), group % 100]
      const words = hundreds > 0 ? [spanish.hundreds[hundreds]] : []
      if (below > 0 || group === 0)
        words.push(
          below < 30
            ? spanish.ones[below]
            : `${spanish.tens[Math.floor(below / 10)]}${below % 10 === 0 ? '' : ` y ${spanish.ones[below % 10]}`}`,
        )
      return words.join(' ')
    }),
  zh: (number) => {
    if (number === 0) return '零'
    const big = Math.floor(number / 1e8)
    const myriads = Math.floor((number % 1e8) / 1e4)
    const rest = number % 1e4
    let written = big > 0 ? `${below10000(big)}亿` : ''
    if (myriads > 0) written += `${written !== '' && myriads < 1000 ? '零' : ''}${below10000(myriads)}万`
    if (rest > 0) written += `${written !== '' && rest < 1000 ? '零' : ''}${below10000(rest)}`
    return written.replace(/^一十/u, '十')
    function below10000(value: number): string {
      let result = ''
      let isZeroOpen = false
      for (const [place, unit] of [
        [1000, '千'],
        [100, '百'],
        [10, '十'],
        [1, ''],
      ] as const) {
        const digit = Math.floor(value / place) % 10
        if (digit === 0) isZeroOpen = result !== ''
        else {
          result += `${isZeroOpen ? '零' : ''}${chinese[digit]}${unit}`
          isZeroOpen = false
        }
      }
      return result
    }
  },
}

function grouped(
  number: number,
  units: readonly string[],
  below1000: (group: number, unit: string) => string,
): string {
  if (number === 0) return below1000(0, '')
  const words: string[] = []
  for (let power = units.length; power >= 0; power--) {
    const group = Math.floor(number / 1000 ** power) % 1000
    const unit = power === 0 ? '' : (units[power - 1] as string)
    if (group > 0) words.push(below1000(group, unit), unit)
  }
  return words.filter((word) => word !== '').join(' ')
}

const families: Readonly<Record<string, string>> = { cmn: 'zh', yue: 'zh', ja: 'zh' }

/** A whole number as it is said, words apart by spaces (Chinese without); digits where the language is not known here.
 *  @param language ISO 639 code or an espeak-ng voice
 *  @param isSingly a Chinese year: digit by digit */
export function spellNumber(digits: string, language: string, isSingly = false): string {
  const family = language.split('-')[0] as string
  const code = families[family] ?? family
  if (code === 'zh' && (isSingly || digits.length > 12))
    return [...digits].map((digit) => chinese[Number(digit)]).join('')
  const speller = spellers[code]
  // Longer ones are numbers of something, read in ways of their own.
  return speller && digits.length <= 12 ? speller(Number(digits)) : digits
}
