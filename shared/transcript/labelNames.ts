import { ambiguousWords, eastAsianRole, fromTheFloor, notNamePhrase, notNames, roles } from './labelWords'
import { remembered } from './writing'

const marks = /[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu

/** What is the same for every spelling of a name: case, dots, gaps and invisible marks aside. */
export const nameKey = remembered((name) =>
  name
    .normalize('NFKC')
    .replace(marks, '')
    .replace(/[.*_]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase(),
)

const particles = new Set(
  'de la le les du des del della di da dos das do von van der den ter ten zu zum zur of the and & y e und et i bin ibn al el bint ben o für pro for on in at'.split(
    ' ',
  ),
)

export const caseless =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Thai}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Georgian}\p{Script=Ethiopic}\p{Script=Thaana}\p{Script=Syriac}]/u
const unspacedScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u

const honorific =
  /^(?:el|la|los|las|o|a|os|as|il|der|die|de) (?:señora?|señores|sra?|sr\.ª|srta|signora?|herr|frau|heer|mevrouw)\.? |^mevrouw /iu

export const isCapitals = remembered((full) => {
  const name = full.replace(honorific, '')
  const letters = name.match(/\p{L}/gu) ?? []
  const upper = letters.filter((letter) => letter !== letter.toLowerCase()).length
  return letters.length >= 2 && upper / letters.length >= 0.75 && !caseless.test(name)
})

/** Every word begins with a capital, small words of names aside. */
export const isNameLike = remembered((full) => {
  const name = full.replace(honorific, '')
  const words = name.split(/[\s,]+/u).filter(Boolean)
  if (words.length === 0 || words.length > 7 || name.length > 60) return false
  return words.every(
    (word, index) => /^[\p{Lu}\d#("“]/u.test(word) || (index > 0 && particles.has(word.toLowerCase())),
  )
})

/** A clause in Chinese or Japanese that leads up to a quotation or a list, no name. */
export function isClause(name: string): boolean {
  if (name.length <= 2 && eastAsianRole.test(name)) return false
  return (
    /(?:[是说说道問问為为有即称稱曰想讲講写寫知]|如下|认为|認為|表示|指出|强调|例如|比如|包括|问题|問題|方面|部分|内容|原因|结论|而言|来说|的话|とは|は|が|を|に|で|と)$/u.test(
      name,
    ) ||
    /^[第]?[一二三四五六七八九十\d]+[、.．是点項项个]?$/u.test(name) ||
    (/^(?:第[一二三四五六七八九十\d]+|首先|其次|最后|所以|因此|但是|不过|例如|比如|另外|此外|我|你|您|他|她|它|这|那|這|有|在|如果|因为)/u.test(
      name,
    ) &&
      !eastAsianRole.test(name))
  )
}

/** Longest label of a script that has no capitals: in Chinese and Japanese a word, elsewhere some words. */
export function isShortName(name: string, han: number): boolean {
  return unspacedScript.test(name) ? name.length <= han : name.length <= 40 && name.split(/\s+/u).length <= 6
}

const verbs =
  /^(?:is|was|were|has|have|had|hasn|wasn|would|could|should|shall|does|did|don|didn|isn|aren|been|being|this|that|these|those|there|here|what|which|when|why|how|our|your|their|its|we|you|they|it|us|them|thank|thanks|please|let|lets|because|about|into|with|from|next|also|just|now|then|today|tonight|going|said|says|asked|replied|answered|wrote|told|added|dit|sagte|dijo|disse|сказал|сказала|want|need|got|get|est|sont|était|nous|vous|avons|cette|voici|ist|sind|wir|nicht|dass|haben|hier|son|está|están|somos|nosotros|tenemos|siguiente|são|temos|sono|abbiamo|questo|что|это|мы|вы|есть)$/iu
const littleWords =
  /^(?:i|an|to|in|on|at|as|be|so|do|if|or|not|no|by|are|am|can|may|will|my|me|he|she|his|her|one|two|three|all|but|que|qui|es|en|и|в|на)$/iu

// `MY QUESTION`, `ONE MORE THING`.
const listOpening =
  /^(?:my|our|your|one|two|three|four|five|several|another|first|last|final|second|third|only|other|main|quick|big|real|same|the|an?) (?:\p{L}+ )?(?:things?|points?|questions?|items?|issues?|concerns?|problems?|reasons?|answers?|topics?|motions?|notes?|facts?|ideas?|examples?|comments?|order of business)$/iu

/** It reads as the beginning of a sentence: `THE NEXT ITEM IS 5`, `I HAVE THREE THINGS`. No person or office is called so. */
export const isSentenceStart = remembered((name): boolean => {
  if (caseless.test(name)) return false
  if (listOpening.test(name)) return true
  const words = name
    .replace(/\([^()]*\)/gu, ' ')
    .split(/[\s,]+/u)
    .filter(Boolean)
  if (words.length < 2) return false
  if (
    words.some(
      (word) =>
        /^\p{L}+['’](?:re|m|ve|ll|d|t)$/iu.test(word) ||
        /^(?:i|it|that|there|here|what|let|he|she|who)['’]s$/iu.test(word),
    )
  )
    return true
  const telling = words.filter((word) => verbs.test(word)).length
  const little = words.filter((word) => littleWords.test(word)).length
  if (telling >= 2 || (telling === 1 && (words.length >= 3 || verbs.test(words[0] as string)))) return true
  return words.length >= 4 && little >= words.length / 2
})

export const isNoName = remembered((name): boolean => {
  // "I:" is an interviewer, not a sentence that begins with "I".
  if (/^\p{Lu}$/u.test(name)) return false
  const key = nameKey(name)
  return (
    notNames.has(key) ||
    notNamePhrase.test(key) ||
    isSentenceStart(name) ||
    /^q ?\d+[a-z]?$/u.test(key) ||
    !isNameShape(name)
  )
})

/** A word that names nobody in a heading or a list, and somebody where it recurs before speech: `RE:`, `QUESTION:`. */
export function isAmbiguous(name: string): boolean {
  return ambiguousWords.has(nameKey(name))
}

export const isRoleName = remembered((name): boolean => {
  return roles.test(name.replace(/\s+/gu, ' ')) || eastAsianRole.test(name) || fromTheFloor.test(name)
})

export function isTitled(name: string): boolean {
  return /^(?:श्री|श्रीमती|सुश्री|कुमारी|डॉ\.?|माननीय|जनाब|جناب|محترمہ|محترم|السيدة?|الأستاذة?|الدكتورة?|آقای|خانم|นาย|นางสาว|นาง)(?=[\s\p{Script=Thai}])|^(?:mr|mrs|ms|miss|dr|m|mm|mme|mmes|mlle|hon|sir|dame|lord|lady|rev|sen|rep|gen|general|admiral|colonel|captain|senator|representative|chair|chairman|judge|justice|secretary|vice|under|deputy|the|señor|señora|sr|sra|on|onorevole|deputato|frau|herr|abg|pan|pani|poseł)\b/iu.test(
    name,
  )
}

/** The initials by which a name may be called after it was given in full: `op` for Mrs. Olga Petrova, `i` for Interviewer. */
export const initialsOf = remembered((name): string | null => {
  const words = nameKey(name)
    .replace(/^(?:mr|mrs|ms|miss|dr|prof|professor|sir|rev|hon) /u, '')
    .split(/[\s-]+/u)
    .filter((word) => /^\p{L}/u.test(word) && !particles.has(word))
  if (words.length === 0 || words.length > 4 || (words[0] as string).length < 3) return null
  return words.map((word) => word[0]).join('')
})

const abbreviation =
  /^(?:mr|mrs|ms|mme|mlle|mag|dr|dra|prof|hon|rev|sen|rep|gov|gen|adm|col|capt|cllr|sr|sra|srta|sig|herr|frau|st|jr|lt|sgt|messrs|msgr|fr|pres|supt|dep|insp|atty|asst|sup|supv|supr|comm|commr|cmr|coun|cncl|ald|alder|del|sec|chmn|chm|leg|asm|assemb|dir|mgr|maj|cpl|det|ofc|trustee|parl|abg|dipl|ing|kand|hr|fr|shri|smt|adv|asoc)$/iu

const office =
  /\b(?:hosts?|byline|co-host|anchor|correspondent|reporter|journalist|editor|author|chief|officer|c[efoit]o|ceo|cfo|coo|cto|evp|svp|vp|director|president|minister|secretary|governor|mayor|analyst|professor|senator|congress\p{L}*|representative|delegate|members?|chair\p{L}*|counsel|attorney|lawyer|manager|engineer|commissioner|spokes\p{L}*|treasurer|clerk|planner|consultant|researcher|interviewer|moderator|expert|specialist|coordinator|founder|partner|resident|student|teacher|ambassador|judge|sheriff|general|captain|superintendent|on behalf|pour l[ae]|au nom d|für die|im namen|per la|a nome|em nome|en nombre|rapporteur\p{L}*|ministre|ministro|ministra|secrétaire|secretario|secretaria|député\p{L}*|diputad\p{L}*|président\p{L}*|\p{L}*minister\p{L}*|\p{L}*sekretär\p{L}*|(?:bundes|regierungs|stadt|gemeinde|stände|national)r[aä]t\p{L}*|abgeordnete\p{L}*|berichterstatter\p{L}*|relatore|министр|депутат|заместитель|руководитель|[dr]-[a-z]{2})\b/iu

/** It holds a word for what somebody does. */
export function isOffice(written: string): boolean {
  return office.test(written)
}

// `THE MINISTER OF STATE IN THE MINISTRY OF ROADS`, `The Parliamentary Under-Secretary of State for Business, Energy and Industry`
const longOffice =
  /^(?:the |le |la |el |il )?(?:(?:deputy|prime|vice|first|acting|chief|senior|assistant|hon|parliamentary|cabinet|lord) )*(?:(?:under-?)?secretary|minister|attorney|leader|chairm[ae]n|chairperson|ministre|ministro|ministra|secrétaire|president)\b/iu

function isLongOffice(name: string): boolean {
  return (
    longOffice.test(name) &&
    name
      .replace(/^the /iu, '')
      .split(/[\s,]+/u)
      .every((word) => /^\p{Lu}/u.test(word) || particles.has(word))
  )
}

/** It could be a name or a role by its looks: short, no sentence inside. What stands in brackets is left out of account. */
export function isNameShape(written: string): boolean {
  // Hebrew abbreviations have a quotation mark inside, nicknames stand between two.
  const plain = plainName(written)
    .replace(/(?<=\p{Script=Hebrew})["״](?=\p{Script=Hebrew})/gu, '')
    .replace(/ ["“]\p{Lu}[\p{L}. ]{1,14}["”] /u, ' ')
  if (plain === '' || plain.length > 120 || !/\p{L}/u.test(plain)) return false
  if (/[!?"“”„«»<>=@\\{}…|]|https?$|www\.|•/iu.test(plain)) return false
  const named = plain.replace(/\s*[(（[][^()（）[\]]*(?:\([^()]*\)[^()]*)?[)）\]]/gu, '').trim() || plain
  if (named.length > 90 || /\d{4}/u.test(named)) return false
  // A full stop inside ends a sentence, unless it is an abbreviation's; after a comma a clause goes on, unless it is an office.
  for (const [, word] of named.matchAll(/(\p{L}{2,})\.\s+\p{L}/gu))
    if (!abbreviation.test(word as string)) return false
  if (/(?<!\p{L})\p{L}\.\s+\p{Ll}{2}|\p{L}[.)]\s?[–—-]+\s/u.test(named)) return false
  const clause = /,\s*(\p{Ll}{2,}\s\p{Ll}.*)$/u.exec(named)
  if (clause && !office.test(clause[1] as string)) return false
  const words = named.split(/\s+/u)
  const beforeComma = named.split(/,\s/u)[0] as string
  return (
    words.length <= (isLongOffice(named) ? 20 : 8) ||
    (words.length <= 14 && beforeComma !== named && isNameLike(beforeComma))
  )
}

/** Without invisible marks, gaps as single spaces. */
export function plainName(written: string): string {
  return written
    .replace(marks, '')
    .replace(/[\s\u3000]+/gu, ' ')
    .trim()
}

// `NAME, Title` is called by its name; `Smith, John` and `John Smith, Jr.` are whole names.
function withoutOffice(name: string): string {
  // `Hale, Tom, minister of transport`
  const turned = /^(\p{Lu}[\p{L}'’-]+, \p{Lu}[\p{L}. -]{1,30}), \p{Ll}/u.exec(name)?.[1]
  if (turned) return turned
  const match = /^([^,]{2,60}),\s+(.{2,90})$/u.exec(name)
  if (!match) return name
  const [, before, after] = match as unknown as [string, string, string]
  if (/^(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d|esq)\.?$/iu.test(after)) return name
  return office.test(after) || /^\p{Ll}/u.test(after) || after.split(/\s+/u).length >= 3
    ? before.trim()
    : name
}

/** The name in a label: without markup, invisible marks, what follows in brackets, and an office behind a comma or a dash. */
export function nameOf(label: string): { name: string; initials: string | null } {
  const plain = plainName(label)
    .replace(/^(?:[>»\s]|&gt;|[-–—•](?=\p{L}))+/u, '')
    .replace(/^[*_]+|[*_]+$/gu, '')
    .trim()
  let name = plain
  let initials: string | null = null
  // `NAME (Party) to the Minister of X` asks a question in writing.
  const asking = /^([^()]{2,50}?)(?:\s*\([^()]{1,40}\))?\s+to (?:the\b|Hon\b).{3,80}$/u.exec(name)
  if (asking) name = asking[1] as string
  const behind = /^([^,()]{2,60}?)\s*\([^()]{1,40}\),\s/u.exec(name)
  if (behind) name = behind[1] as string
  for (let tail = bracketed(name); tail; tail = bracketed(name)) {
    name = tail.before
    if (/^\p{Lu}{1,5}$/u.test(tail.inside.replace(/\./gu, ''))) initials = tail.inside
  }
  name = withoutOffice(name.replace(/(?<=[\p{L}\d])\s(?:--?|–|—)\s[^()（）]*$/u, ''))
  return { name, initials }
}

// What stands in brackets at the end of a name: party, constituency, role, initials.
function bracketed(name: string): { before: string; inside: string } | null {
  const match =
    /^(.+?)\s*(?:[（(]([^()（）]{1,80}(?:\([^()]{1,60}\)[^()]{0,20})?)[)）]|\[([^[\]]{1,60})\])$/u.exec(name)
  return match && { before: (match[1] as string).trim(), inside: (match[2] ?? match[3] ?? '').trim() }
}
