/** Frequent little words that tell languages of one script apart. */
const littleWords: Readonly<Record<string, string>> = {
  en: 'a an the and of to is that it you for was with this have are not be what they from your please',
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
  hr: 'i u je se na da za su od koji nije to što kao ali ili sam bio samo kako',
  sk: 'a je sa v na že to s z do som ale ako čo pre by tak si sú bol aj tiež',
  sl: 'in je v na da se za so ki pa tudi ne ali kot sem bil po bi ni kar',
  et: 'ja on ei see et oli ta kui ka mis siis aga nii või ma kes oma seda veel',
  lv: 'un ir ar no uz ka par kas tas bet arī nav lai pie viņš vai es kā bija',
  lt: 'ir yra kad į su iš tai bet kaip ne jis per nuo ar apie kas aš buvo labai',
  sq: 'dhe në të e është një për me që nga nuk si do por ka u ai kjo janë',
  is: 'og að er í á það sem ekki við til en um var hann ég með fyrir eru',
  eu: 'eta da ez bat du hau dira zen ere baina egin oso izan den dute zuen',
  gl: 'o de que e a non un unha os as en para con por máis como pero foi ao súa',
  cy: 'y yr a yn i o ar mae ei wedi ac am gan bod fod hyn nid roedd oedd',
  ga: 'na agus ar go ní i tá le bhí sé ag leis mar atá seo',
  af: 'die en van is het nie dit in dat vir ek om ons met sy wat was hulle maar',
  sw: 'na ya wa kwa ni katika za la kuwa hii hiyo cha lakini si watu kama alikuwa',
  ms: 'yang dan di ini itu dengan untuk tidak dari dalam akan pada saya ada adalah mereka kerana boleh',
  mt: 'li u ta f il ma huwa hija din kien biex minn dan għal kull għandu ikun',
  az: 'və bir bu da üçün ilə olan o ki də var nə çox daha mən idi amma',
  uz: 'va bir bu uchun bilan u ham edi esa kerak lekin men bo bor deb',
  eo: 'la de kaj en estas ne mi al ke por kun sed pri vi ĝi tiu el ni',
  lb: 'an de d ass den net e mat vun datt fir op ech hunn et eng och sinn wat',
  ht: 'li pa nan yon ki se pou te ak mwen yo sa la nou gen ou men kote',
  vi: 'và là của có không được cho một người trong này với các những đã tôi ở thì',
}

/** Letters that few other languages have; each occurrence counts as half a little word, for every language that has it. */
const letters: Readonly<Record<string, string>> = {
  fr: 'œéêèëàâîïôûùç',
  de: 'äöüß',
  it: 'àèéìòù',
  es: 'ñ¿¡áéíóú',
  pt: 'ãõçáéêóí',
  sv: 'åäö',
  da: 'åæø',
  nb: 'åæø',
  fi: 'äö',
  pl: 'łżśźćąęń',
  cs: 'řěůčšžýáí',
  sk: 'ľĺŕôäčšžýáí',
  sl: 'čšž',
  hr: 'čšžćđ',
  hu: 'őűöüáéíó',
  ro: 'șțşţăâî',
  tr: 'ğşıçöü',
  az: 'əğşıçöü',
  ca: 'çàèòóí·',
  vi: 'đơưạảấầẩậắằặẻẽẹếềểệỉĩịỏọốồổộớờởợủũụứừửữựỳỵỷỹ',
  et: 'õäöü',
  lv: 'āčēģīķļņšūž',
  lt: 'ąčęėįšųūž',
  is: 'þðæöáéíóúý',
  mt: 'ħġżċ',
  sq: 'ëç',
  gl: 'ñáéíóú',
  cy: 'ŵŷ',
  ga: 'áéíóú',
  eo: 'ĉĝĥĵŝŭ',
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
  ['pa', /\p{Script=Gurmukhi}/gu],
  ['gu', /\p{Script=Gujarati}/gu],
  ['or', /\p{Script=Oriya}/gu],
  ['kn', /\p{Script=Kannada}/gu],
  ['ml', /\p{Script=Malayalam}/gu],
  ['si', /\p{Script=Sinhala}/gu],
  ['my', /\p{Script=Myanmar}/gu],
  ['am', /\p{Script=Ethiopic}/gu],
  ['ta', /\p{Script=Tamil}/gu],
  ['te', /\p{Script=Telugu}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['ka', /\p{Script=Georgian}/gu],
  ['hy', /\p{Script=Armenian}/gu],
  ['latin', /\p{Script=Latin}/gu],
]

/** The languages that can be told from a text. */
export const knownLanguages: readonly string[] = [
  ...Object.keys(littleWords),
  ...scripts.map(([script]) => script).filter((script) => script.length === 2),
  ...[
    'ja',
    'cmn',
    'yue',
    'ru',
    'uk',
    'be',
    'bg',
    'mk',
    'sr',
    'kk',
    'ky',
    'tt',
    'as',
    'ar',
    'fa',
    'ur',
    'mr',
    'ne',
  ],
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
  if (best === 'cyrillic') return cyrillic(text, usual)
  if (best === 'hi') return devanagari(text, usual)
  if (best === 'arabic') return arabic(text, usual)
  if (best === 'bn') return /[ৰৱ]/u.test(text) ? 'as' : usual === 'as' ? 'as' : 'bn'
  if (best !== 'latin') return best
  const words = text.match(/[\p{L}\p{M}]+/gu)?.length ?? 0
  let [found, top] = [usual ?? 'en', 0]
  for (const [language, hits] of littleWordsIn(text)) {
    // The language of the rest wins ties, and passages of a few words.
    const score = hits + (language === usual ? 1.5 + 0.02 * words : 0)
    if (score > top) [found, top] = [language, score]
  }
  return found
}

/** How many little words of each language a text in Latin letters has; a letter of its own counts as half a word. */
export function littleWordsIn(text: string): ReadonlyMap<string, number> {
  const words = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []
  const special = text.toLowerCase().match(/\P{ASCII}/gu) ?? []
  return new Map(
    wordSets.map(([language, set]) => {
      let hits = 0
      for (const word of words) if (set.has(word)) hits++
      for (const letter of special) if (letters[language]?.includes(letter)) hits += 0.5
      return [language, hits]
    }),
  )
}

// A passage that does not say otherwise is in the language of the rest.
function devanagari(text: string, usual: string | null): string {
  const has = (words: string) => new RegExp(`(?:^|\\s)(?:${words})(?=[\\s।,.?!]|$)`, 'u').test(text)
  if (/[ळ]/u.test(text) || has('आहे|आणि|नाही|आहेत|करा|केले|साठी')) return 'mr'
  if (/हरू|लाई(?=\s)/u.test(text) || has('छ|छैन|छन्|गर्न|भएको|गर्नुहोस्')) return 'ne'
  if (has('है|हैं|नहीं|और|करें|का|की|के|में|से')) return 'hi'
  return usual === 'mr' || usual === 'ne' ? usual : 'hi'
}

function arabic(text: string, usual: string | null): string {
  if (/[ٹڈڑںے]/u.test(text)) return 'ur'
  // Arabic has other letters for y and k.
  if (/[پچژگیک]/u.test(text)) return usual === 'ur' ? 'ur' : 'fa'
  if (/[ةىيكإ]|(?:^|\s)ال\p{L}/u.test(text)) return 'ar'
  return usual === 'fa' || usual === 'ur' ? usual : 'ar'
}

// Letters that other languages do without; where a text is too short to have them, the rest decides.
function cyrillic(text: string, usual: string | null): string {
  if (/[җ]/iu.test(text)) return 'tt'
  if (/[әғқұһ]/iu.test(text)) return usual === 'tt' ? 'tt' : 'kk'
  if (/[ңөү]/iu.test(text)) return usual === 'kk' || usual === 'tt' ? usual : 'ky'
  const isLocal = usual === 'kk' || usual === 'be'
  if (/і/iu.test(text) && isLocal && !/[їєґ]/iu.test(text)) return usual
  if (/[їєґ]/iu.test(text) || (/і/iu.test(text) && !/[ыў]/iu.test(text))) return 'uk'
  if (/[ўі]/iu.test(text)) return 'be'
  if (/[ѓќѕ]/iu.test(text)) return 'mk'
  if (/[ђћ]/iu.test(text)) return 'sr'
  if (/[јљњџ]/iu.test(text)) return usual === 'mk' ? 'mk' : 'sr'
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  const bulgarian = words.filter((word) =>
    /^(?:на|се|да|от|за|са|е|че|със|но|или|един|това)$|(?:ът|ата|ите|ият)$/u.test(word),
  ).length
  const russian = words.filter((word) =>
    /^(?:и|не|что|он|это|как|я|вы|для|по|мы|из)$|(?:ть|ой|ей|ий|ого|ем)$/u.test(word),
  ).length
  const isRest = usual !== null && usual !== 'ru' && russian < 2
  if (/[ыэё]/iu.test(text)) return isRest && ['be', 'kk', 'ky', 'tt'].includes(usual) ? usual : 'ru'
  if (/(?<=\p{L})ъ(?=[бвгджзклмнпрстфхцчш])/iu.test(text) || bulgarian > russian + 1)
    return isRest && usual === 'mk' ? 'mk' : 'bg'
  return isRest && ['bg', 'uk', 'be', 'mk', 'sr', 'kk', 'ky', 'tt'].includes(usual) ? usual : 'ru'
}

/** The espeak-ng voice that reads a language; Galician has none of its own. */
export function voiceOf(language: string): string {
  const voices: Readonly<Record<string, string>> = {
    en: 'en-us',
    gl: 'pt',
    es: 'es-419',
    pt: 'pt-br',
    no: 'nb',
    zh: 'cmn',
  }
  return voices[language] ?? language
}

/** Languages that espeak-ng speaks and people do (`espeak-ng --voices`), as ISO 639 codes, with the regional voices that differ much. */
export const voices: readonly string[] = (
  'af am an ar as az ba be bg bn bpy bs ca chr cmn cs cv cy da de el en en-gb en-us eo es es-419 et eu fa fi fo ' +
  'fr fr-be fr-ch ga gd gn grc gu hak haw he hi hr ht hu hy hyw ia id io is it ja ka kaa kk kl kn ko kok ku ky la ' +
  'lb lt ltg lv mi mk ml mr ms mt my nb nci ne nl nog om or pa pap pl pt pt-br qu quc ro ru sd shn si sk sl smj ' +
  'sq sr sv sw ta te th ti tk tn tr tt ug uk ur uz vi yue'
).split(' ')
