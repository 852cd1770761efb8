import type { ChangeSet } from '@codemirror/state'
import { type ChangedStretch, type OpenedText, openText, saveText } from '../../shared/formats/text'
import { changesSinceOpened } from '../../shared/session/queries'
import type { Session } from '../../shared/session/session'
import { inspectTranscript } from '../../shared/transcript/inspectTranscript'
import { parseTranscript } from '../../shared/transcript/parseTranscript'

export const utf8 = (text: string) => new TextEncoder().encode(text)

/** Opens bytes that are a text. */
export function opened(bytes: Uint8Array, encoding?: OpenedText['encoding']): OpenedText {
  const result = openText(bytes, encoding === undefined ? {} : { encoding })
  if (!result.ok) throw new Error(`not opened: ${result.error.kind}`)
  return result.value
}

export function stretches(changes: ChangeSet): ChangedStretch[] {
  const list: ChangedStretch[] = []
  changes.iterChanges((fromA, toA, fromB, toB) => list.push({ fromA, toA, fromB, toB }))
  return list
}

/** The bytes that saving a session over a file gives. */
export function savedBytes(file: OpenedText, session: Session): Uint8Array {
  const saved = saveText(file, session.doc.toString(), stretches(changesSinceOpened(session)))
  if (!saved.ok) throw new Error(`not saved: ${saved.error.character}`)
  return saved.value
}

export function inspected(text: string) {
  return inspectTranscript(text, parseTranscript(text))
}

/** `LABEL|text` of every turn. */
export function turnsOf(text: string): string[] {
  return inspected(text).turns.map(({ label, text: said }) => `${label}|${said}`)
}
