import { knownLanguages, voices } from '../../shared/alignment/text/language'
import { UsageError } from './usage'

const codes = new Set([...voices, ...knownLanguages])

/** The code of a language that a person names: `fr`, `pt-BR`, `fra`, `zh`, `French`.
 *  @throws UsageError where there is no voice for it */
export function givenLanguage(given: string): string {
  const name = given.trim().toLowerCase().replaceAll('_', '-')
  const found = codeOf(name) ?? codeNamed(name)
  if (found === null)
    throw new UsageError(`unknown language: '${given}' (known: ${[...codes].sort().join(', ')})`)
  return found
}

// As it is, in its shortest form, or without its region; Chinese without more is Mandarin.
function codeOf(name: string): string | null {
  if (codes.has(name)) return name
  const canonical = canonicalOf(name)
  const base = canonical.split('-')[0] as string
  return (
    [canonical, base, base === 'zh' ? 'cmn' : base === 'no' ? 'nb' : ''].find((code) => codes.has(code)) ??
    null
  )
}

function canonicalOf(name: string): string {
  try {
    return Intl.getCanonicalLocales(name)[0]?.toLowerCase() ?? ''
  } catch {
    return ''
  }
}

function codeNamed(name: string): string | null {
  const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })
  return [...codes].find((code) => names.of(code)?.toLowerCase() === name) ?? null
}
