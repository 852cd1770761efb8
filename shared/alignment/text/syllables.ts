/** How long a text takes to say, in syllables, roughly: vowel groups, one for each Chinese or Japanese character and Korean block,
 *  two for a digit. Never 0 for a text with letters. */
export function syllables(text: string): number {
  let count = 0
  let isVowelBefore = false
  for (let at = 0; at < text.length; at++) {
    const kind = kindAt(text, at)
    if (kind !== vowel || !isVowelBefore) count += syllablesOfKind[kind] as number
    isVowelBefore = kind === vowel
  }
  return count === 0 && /\p{L}/u.test(text) ? 1 : count
}

// Kinds of characters and what each adds. Arabic and Hebrew do not write their vowels.
const [unknown, silent, ideograph, digit, vowel, abjad] = [0, 1, 2, 3, 4, 5]
const syllablesOfKind = [0, 0, 1, 2, 1, 0.45]
const kinds = new Uint8Array(0x10000)

function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  const known = kinds[code] as number
  if (known !== unknown) return known
  const character = text[at] as string
  const kind = /[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff]/u.test(character)
    ? ideograph
    : /\d/u.test(character)
      ? digit
      : /[aeiouyàâäáãåæéèêëíìîïóòôöõøœúùûüýÿаеёиоуыэюяіїєαεηιουωάέήίόύώ]/iu.test(character)
        ? vowel
        : /[\u0590-\u06ff]/u.test(character)
          ? abjad
          : silent
  kinds[code] = kind
  return kind
}
