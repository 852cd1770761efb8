import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'

/** Largest data file that is read, bytes: ten hours of eight channels. */
const largest = 128 * 1024 * 1024

/** Where audiowaveform's data file of a recording lies by custom. */
export function peaksBeside(recording: string): string {
  return join(dirname(recording), `${basename(recording, extname(recording))}.dat`)
}

/** @returns `null` for what is too large or no file. Throws the system's errors. */
export async function readPeaksFile(path: string): Promise<Uint8Array | null> {
  const found = await stat(path)
  return found.isFile() && found.size <= largest ? new Uint8Array(await readFile(path)) : null
}
