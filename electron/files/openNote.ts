import { randomUUID } from 'node:crypto'
import { readdir, readFile, realpath, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { Holder } from '../../shared/ipc'
import { isRunning } from './temporaries'

const suffix = '.earmark-open'

/** Milliseconds between two signs of life, and after how many without one a note counts as left behind. */
const beat = 60_000
const silence = 5 * beat

const noteShape = z.object({ id: z.string(), host: z.string(), process: z.number().int() })

/** Tells other Earmarks, on this computer or another that shares the folder, that a transcript is open here: a hidden note beside it. A folder
 *  that cannot be written has none; then only the file's hash tells of the other.
 *  The note is made by the system's exclusive creation, not by the saver: it must fail when there is one, and holds nothing to be lost. */
export class OpenNote {
  private readonly id: string
  private held: string | null = null
  private timer: NodeJS.Timeout | null = null

  constructor(id: string = randomUUID()) {
    this.id = id
  }

  /** Puts the note beside a transcript; the one of another transcript goes.
   *  @returns who else has it open; `null` when nobody has. Then the note is ours, or there can be none */
  async take(path: string): Promise<Holder | null> {
    const note = await noteFor(path)
    if (note === this.held) return null
    // The one before may lie on a disk that does not answer.
    void this.release()
    const holder = await this.holderOf(note)
    if (holder) return holder
    return this.put(note)
  }

  /** Makes the note ours whoever has it. */
  async takeOver(path: string): Promise<void> {
    const note = await noteFor(path)
    await rm(note, { force: true }).catch(() => undefined)
    await this.put(note)
  }

  /** Removes our note. */
  async release(): Promise<void> {
    if (this.timer) clearInterval(this.timer)
    this.timer = null
    const { held } = this
    this.held = null
    if (held && (await readNote(held))?.id === this.id) await rm(held, { force: true }).catch(() => undefined)
  }

  private async put(note: string): Promise<Holder | null> {
    const text = JSON.stringify({ id: this.id, host: hostname(), process: process.pid })
    try {
      await writeFile(note, text, { flag: 'wx' })
    } catch (reason) {
      if ((reason as NodeJS.ErrnoException).code !== 'EEXIST') return null
      const other = await readNote(note)
      return other && { host: other.host, isHere: other.host === hostname() }
    }
    this.held = note
    this.timer = setInterval(() => {
      const now = new Date()
      utimes(note, now, now).catch(() => undefined)
    }, beat)
    this.timer.unref()
    return null
  }

  // A note that nobody stands behind any more is removed.
  private async holderOf(note: string): Promise<Holder | null> {
    if (!(await isLeftBehind(note, this.id))) {
      const found = await readNote(note)
      return found && { host: found.host, isHere: found.host === hostname() }
    }
    await rm(note, { force: true }).catch(() => undefined)
    return null
  }
}

/** Removes notes of processes of this computer that are gone from these folders. */
export async function removeStaleNotes(folders: Iterable<string>): Promise<void> {
  for (const folder of new Set(folders)) {
    for (const name of await readdir(folder).catch(() => [])) {
      const note = join(folder, name)
      if (!name.startsWith('.') || !name.endsWith(suffix)) continue
      const found = await readNote(note)
      if (found?.host === hostname() && !isRunning(found.process))
        await rm(note, { force: true }).catch(() => undefined)
    }
  }
}

async function noteFor(path: string): Promise<string> {
  const target = await realpath(path).catch(() => path)
  return join(dirname(target), `.${[...basename(target)].slice(0, 80).join('')}${suffix}`)
}

async function readNote(note: string): Promise<z.infer<typeof noteShape> | null> {
  try {
    return noteShape.parse(JSON.parse(await readFile(note, 'utf8')))
  } catch {
    return null
  }
}

async function isLeftBehind(note: string, own: string): Promise<boolean> {
  const found = await stat(note).catch(() => null)
  if (!found) return true
  if (Date.now() - found.mtimeMs > silence) return true
  const said = await readNote(note)
  // Just being written by somebody else, or no note of ours at all.
  if (!said) return Date.now() - found.mtimeMs > beat
  if (said.id === own) return true
  return said.host === hostname() && (said.process === process.pid || !isRunning(said.process))
}
