import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { FileProblem } from '../../shared/ipc'
import { err, ok, type Result } from '../../shared/result'
import { hashOf } from './fingerprint'
import { fileProblem } from './problems'

/** Characters of the recording's path that the format allows. */
const longestPath = 4000

/** Largest sidecar that is read, bytes. */
const largest = 512 * 1024 * 1024

/** `meeting.txt` keeps its times in `meeting.earmark.json` beside it. */
export function sidecarPath(transcript: string): string {
  return join(dirname(transcript), `${basename(transcript, extname(transcript))}.earmark.json`)
}

/** The sidecar's text and the recording it names, if that exists. */
export async function readSidecarFile(
  transcript: string,
): Promise<Result<{ text: string; hash: string; recording: string | null } | null, FileProblem>> {
  const path = sidecarPath(transcript)
  try {
    const { size } = await stat(path)
    if (size > largest) return err({ kind: 'tooLarge', name: basename(path), detail: String(size) })
    const bytes = await readFile(path)
    const text = bytes.toString('utf8')
    return ok({ text, hash: hashOf(bytes), recording: await recordingIn(text, transcript) })
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code === 'ENOENT') return ok(null)
    return err(fileProblem(reason, basename(path)))
  }
}

// The path is only followed when it is relative and leads to a file.
async function recordingIn(text: string, transcript: string): Promise<string | null> {
  let named: unknown
  try {
    named = (JSON.parse(text) as { recording?: { path?: unknown } | null }).recording?.path
  } catch {
    return null
  }
  if (typeof named !== 'string' || named === '' || named.length > longestPath || named.includes('\0'))
    return null
  if (isAbsolute(named) || /^[a-z]:|^[\\/]/iu.test(named)) return null
  const path = resolve(dirname(transcript), ...named.split('/'))
  const found = await stat(path).catch(() => null)
  return found?.isFile() ? path : null
}

/** The sidecar's bytes with the recording's path, relative to the transcript, filled in. */
export function sidecarBytes(text: string, transcript: string, recording: string | null): Uint8Array {
  const value = JSON.parse(text) as { recording: Record<string, unknown> | null }
  if (value.recording) {
    const { path: _given, ...rest } = value.recording
    const path = recording && relative(dirname(transcript), recording).split(sep).join('/')
    const isKept = path && !isAbsolute(path) && path.length <= longestPath
    value.recording = isKept ? { ...rest, path } : rest
  }
  return new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`)
}
