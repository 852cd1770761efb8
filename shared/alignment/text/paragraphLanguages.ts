import { languageOf, littleWordsIn } from './language'

/** Little words that tell a paragraph's language for sure: so many, and so many more than of the next language. */
const sureHits = 3
const sureLead = 2
/** Little words in all that a language needs beside the one of the text. */
const fewestHits = 6
/** Of a sequence of three letters: as if each had come up this often before. */
const smoothing = 0.3
/** A little word makes its language three times likelier. */
const hitWeight = Math.log(3)

/** The languages of paragraphs. Short ones in Latin letters ("No. Extension.") have too few little words to tell: they are held against the
 *  letters of those in the same text that can be told, and only languages that are sure of a place in the text are considered.
 *  @param main language of the whole text */
export function languagesOf(paragraphs: readonly string[], main: string): readonly string[] {
  const first = paragraphs.map((text) => languageOf(text, main))
  const hits = paragraphs.map((text) => (isLatin(text) ? littleWordsIn(text) : null))
  const isSure = hits.map((own) => {
    if (!own) return false
    const [best = 0, next = 0] = [...own.values()].sort((a, b) => b - a)
    return best >= sureHits && best - next >= sureLead
  })
  const found = new Map<string, { hits: number; texts: string[] }>()
  first.forEach((language, k) => {
    if (!isSure[k]) return
    const entry = found.get(language) ?? { hits: 0, texts: [] }
    entry.hits += hits[k]?.get(language) ?? 0
    entry.texts.push(paragraphs[k] as string)
    found.set(language, entry)
  })
  const most = [...found].sort((a, b) => b[1].hits - a[1].hits)[0]?.[0]
  // Two languages that share most little words cannot be told apart by these; one of them is a chance.
  const known = [...found].filter(([language, entry]) => language === most || entry.hits >= fewestHits)
  if (known.length === 0) return first
  const isKnown = (language: string) => known.some(([other]) => other === language)
  if (known.length === 1)
    return first.map((usual, k) => (hits[k] && !isKnown(usual) ? (most as string) : usual))
  const total = new Map<string, number>()
  const models = known.map(([language, { texts }]) => {
    const counts = new Map<string, number>()
    let sum = 0
    for (const text of texts)
      for (const part of partsOf(text)) {
        counts.set(part, (counts.get(part) ?? 0) + 1)
        total.set(part, (total.get(part) ?? 0) + 1)
        sum++
      }
    return { language, counts, sum }
  })
  const all = models.reduce((sum, model) => sum + model.sum, 0)
  return first.map((usual, k) => {
    const own = hits[k]
    const text = paragraphs[k] as string
    if (!own || (isSure[k] && isKnown(usual))) return usual
    let [best, top] = [usual, Number.NEGATIVE_INFINITY]
    for (const { language, counts, sum } of models) {
      let score = hitWeight * (own.get(language) ?? 0) + Math.log(sum / all)
      for (const part of partsOf(text))
        score += Math.log(((counts.get(part) ?? 0) + smoothing) / (sum + smoothing * total.size))
      if (score > top) [best, top] = [language, score]
    }
    return best
  })
}

function isLatin(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  return letters > 0 && (text.match(/\p{Script=Latin}/gu)?.length ?? 0) > letters / 2
}

// Its sequences of three letters, where words begin and end included.
function partsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []).flatMap((word) => {
    const letters = [...` ${word} `]
    return letters.slice(2).map((letter, k) => `${letters[k]}${letters[k + 1]}${letter}`)
  })
}
