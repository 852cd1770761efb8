import { asSaid } from './asSaid'
import { kanaOf } from './kanji'
import { wordsOf } from './segments'

/** A text as espeak-ng reads it best. */
export interface ReadableText {
  readonly text: string
  /** For each code point of it, the offset in the original (UTF-16 units). */
  readonly origin: readonly number[]
}

const particles: Readonly<Record<string, string>> = { は: 'わ', を: 'お', へ: 'え' }

/** Letters of other scripts, which a voice would spell by their names ("Cyrillic em"). */
const latin: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'а:a б:b в:v г:g д:d е:e ё:yo ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:h ц:ts ч:ch ш:sh щ:sh ъ: ы:i ь: э:e ю:yu я:ya ' +
    'і:i ї:yi є:ye ґ:g ў:w ј:y љ:ly њ:ny ћ:ch ђ:j џ:j α:a β:v γ:g δ:d ε:e ζ:z η:i θ:th ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r σ:s ς:s τ:t υ:i ' +
    'φ:f χ:h ψ:ps ω:o ά:a έ:e ή:i ί:i ό:o ύ:i ώ:o'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
)
const isLatinWritten =
  /^(?!(?:ru|uk|be|bg|mk|sr|kk|ky|tt|ba|cv|tg|mn|el|grc|ja|cmn|yue|zh|ko|ar|fa|ur|he|hi|mr|ne|bn|as|ta|te|kn|ml|gu|pa|or|si|th|my|ka|hy|am|ti)\b)/u

/** Rewrites what the voice of a language cannot read: Japanese kanji become kana, words without spaces between them are parted, words in
 *  other scripts are spelled in Latin letters or stand for unknown speech, numbers and signs stand as people say them. */
export function readableText(text: string, language: string): ReadableText {
  const result: string[] = []
  const origin: number[] = []
  const put = (what: string, at: number) => {
    for (const character of what) {
      result.push(character)
      origin.push(at)
    }
  }
  const isSpaced = language !== 'ja' && language !== 'th'
  const starts = new Map(isSpaced ? [] : wordsOf(text, language).map(({ from, to }) => [from, to]))
  let last = -1
  for (const [said, at] of asSaid(text, language)) {
    const end = at === last ? undefined : starts.get(at)
    last = at
    if (end !== undefined && at > 0) put(' ', at)
    for (const character of said) {
      if (language === 'ja') {
        const particle = end === at + 1 ? particles[character] : undefined
        put(particle ?? (/\p{Script=Han}/u.test(character) ? kanaOf(character) : character), at)
      } else if (isLatinWritten.test(language)) {
        put(inLatin(character), at)
      } else put(character, at)
    }
  }
  return { text: result.join(''), origin }
}

function inLatin(character: string): string {
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(character)) return 'ta'
  const lower = character.toLowerCase()
  const letters = latin[lower]
  if (letters === undefined) return character
  return lower === character ? letters : letters.slice(0, 1).toUpperCase() + letters.slice(1)
}
