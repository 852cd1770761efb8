import { voices } from '../../shared/alignment/text/language'

const displayNames = new Map<string, Intl.DisplayNames>()
const names = new Map<string, string>()

/** The name of a language in the interface's language; its code where that has none.
 *  @param code ISO 639 code or espeak-ng voice */
export function languageName(code: string, language: 'en' | 'zh'): string {
  const key = `${language} ${code}`
  const known = names.get(key) ?? nameIn(language, code)
  names.set(key, known)
  return known
}

function nameIn(language: 'en' | 'zh', code: string): string {
  const known =
    displayNames.get(language) ??
    new Intl.DisplayNames([language === 'zh' ? 'zh-Hans' : 'en'], { type: 'language' })
  displayNames.set(language, known)
  try {
    const name = known.of(code) ?? code
    return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
  } catch {
    return code
  }
}

/** The languages that can be chosen, by name. */
export function languagesByName(
  language: 'en' | 'zh',
): readonly { readonly code: string; readonly name: string }[] {
  const collator = new Intl.Collator(language === 'zh' ? 'zh-Hans' : 'en')
  return voices
    .map((code) => ({ code, name: languageName(code, language) }))
    .sort((a, b) => collator.compare(a.name, b.name))
}
