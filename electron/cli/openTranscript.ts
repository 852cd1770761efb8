import { type OpenedText, openText } from '../../shared/formats/text'
import { encodings, isEncoding } from '../../shared/transcript/codecs'
import type { Terminal } from './terminal'
import { UsageError } from './usage'

/** Reads a transcript file; a text that cannot be used is reported.
 *  @returns `null` when it was reported */
export async function openTranscript(
  path: string,
  encoding: string | undefined,
  terminal: Terminal,
): Promise<OpenedText | null> {
  if (encoding !== undefined && !isEncoding(encoding)) {
    throw new UsageError(`unknown encoding: ${encoding} (known: ${encodings.join(', ')})`)
  }
  const opened = openText(await terminal.read(path), encoding === undefined ? {} : { encoding })
  if (opened.ok) return opened.value
  const reasons = { binary: 'not a text: it holds binary data', tooLarge: 'too large for a transcript' }
  await terminal.error(`earmark: ${path}: ${reasons[opened.error.kind]}\n`)
  return null
}
