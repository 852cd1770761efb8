/** Frequent little words that tell languages of one script apart. */
const littleWords: Readonly<Record<string, string>> = {
  en: 'the and of to is that it you for was with this have are not be what they from your please',
  fr: 'le la les de des et est que vous une pas pour dans qui au du sur ce nous votre un avec ou',
  de: 'der die das und ist nicht ich sie wir ein eine zu mit den auf für es dem auch von sich',
  it: 'il che di è la per un una non sono del gli con della le si nel alla anche o ha da stato',
  es: 'el que de la los las y en por para un una no es se con del lo su está pero como más',
  pt: 'o que de não e os as um uma para com é do da em por se mais como você está isso foi',
  nl: 'de het een en van is dat niet ik je op te voor met zijn maar ook we er aan naar',
  sv: 'och att det är som en på för av jag inte med den till har vi om ett men var kan',
  da: 'og det at er en som på for af jeg ikke med den til har vi om et men var kan hvad',
  nb: 'og det å er en som på for av jeg ikke med den til har vi om et men var kan hva',
  fi: 'ja on ei se että oli hän mutta kun niin myös tai ovat joka minä nyt mitä olen sitten',
  pl: 'i w nie na się z to że jest do jak ale za co po od tak o przez są był',
  cs: 'a je se v na že to s z do jsem ale jako co pro by tak si jsou byl také',
  hu: 'a az és hogy nem is egy ez van meg volt de ha mint csak el még azt lesz nagyon',
  ro: 'și de la în nu că este cu un o pe pentru din care mai sunt ce să au fost',
  tr: 've bir bu da de için ne çok mi ama var daha gibi ben o değil olan kadar sonra',
  ca: 'el que de la els les i en per amb un una no és del al com més però ho està',
  id: 'yang dan di ini itu dengan untuk tidak dari dalam akan pada saya ada juga ke kami',
  vi: 'và là của có không được cho một người trong này với các những đã tôi ở thì',
}

const wordSets = Object.entries(littleWords).map(
  ([language, words]) => [language, new Set(words.split(' '))] as const,
)

const scripts: readonly (readonly [string, RegExp])[] = [
  ['kana', /[\u3040-\u30ff]/gu],
  ['han', /\p{Script=Han}/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['cyrillic', /\p{Script=Cyrillic}/gu],
  ['arabic', /\p{Script=Arabic}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['bn', /\p{Script=Bengali}/gu],
  ['ta', /\p{Script=Tamil}/gu],
  ['te', /\p{Script=Telugu}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['ka', /\p{Script=Georgian}/gu],
  ['hy', /\p{Script=Armenian}/gu],
  ['latin', /\p{Script=Latin}/gu],
]

/** The language a text is written in (ISO 639; `yue` for written Cantonese), by its script and its little words.
 *  @param usual taken where the text is too short to tell */
export function languageOf(text: string, usual: string | null = null): string {
  const counts = new Map(scripts.map(([script, pattern]) => [script, text.match(pattern)?.length ?? 0]))
  const count = (script: string) => counts.get(script) ?? 0
  // A character of Han or Hangul says about as much as three letters.
  const weight = (script: string) => count(script) * (['kana', 'han', 'ko'].includes(script) ? 3 : 1)
  const best = [...counts.keys()].reduce((a, b) => (weight(b) > weight(a) ? b : a))
  if (weight(best) === 0) return usual ?? 'en'
  if (best === 'kana' || best === 'han') {
    if (count('kana') > 0.1 * count('han')) return 'ja'
    const cantonese = text.match(/[嘅係喺唔咗啲嘢冇佢哋嚟嗰咁噉]/gu)?.length ?? 0
    return cantonese > 0.02 * count('han') ? 'yue' : 'cmn'
  }
  if (best === 'cyrillic') {
    if (/[іїєґ]/iu.test(text)) return /ў/iu.test(text) ? 'be' : 'uk'
    return /[ђјљњћџ]/iu.test(text) ? 'sr' : 'ru'
  }
  if (best === 'arabic') return /[ٹڈڑںے]/u.test(text) ? 'ur' : /[پچژگ]/u.test(text) ? 'fa' : 'ar'
  if (best !== 'latin') return best
  const words = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []
  let [found, top] = [usual ?? 'en', 0]
  for (const [language, set] of wordSets) {
    let hits = 0
    for (const word of words) if (set.has(word)) hits++
    // The language of the rest wins ties, and passages of a few words.
    const score = hits + (language === usual ? 1.5 + 0.02 * words.length : 0)
    if (score > top) [found, top] = [language, score]
  }
  return found
}

/** The espeak-ng voice that reads a language. */
export function voiceOf(language: string): string {
  const voices: Readonly<Record<string, string>> = {
    en: 'en-us',
    fr: 'fr-fr',
    es: 'es-419',
    pt: 'pt-br',
    no: 'nb',
    zh: 'cmn',
  }
  return voices[language] ?? language
}
