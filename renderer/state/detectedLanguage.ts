import { languageOf } from '../../shared/alignment/text/language'
import { transcriptOf } from '../../shared/session/queries'
import type { Session } from '../../shared/session/session'
import { spokenText } from '../../shared/transcript/paragraphs'
import { sessionStore } from './session'

/** Turns that are read, and the characters of them. */
const turnsRead = 200
const charactersRead = 20_000

let known: { readonly document: unknown; readonly language: string } | null = null

/** The language that the text tells (ISO 639). It is read once a file, from its beginning: a correction does not change it. */
export function detectedLanguage(session: Session): string {
  const document = sessionStore.getState().document?.opened
  if (known && known.document === document) return known.language
  const text = session.doc.toString()
  const said = transcriptOf(session)
    .turns.slice(0, turnsRead)
    .map((turn) => spokenText(text, turn))
    .join(' ')
  known = { document, language: languageOf(said.slice(0, charactersRead)) }
  return known.language
}
