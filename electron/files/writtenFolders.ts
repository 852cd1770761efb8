import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { hashOf } from './fingerprint'
import { saveOwnFile } from './saver'
import { isRunning, removeStrayTemporaries } from './temporaries'

const pattern = /^(\d{1,10})-[0-9a-f]{32}\.folder$/u

/** How long a folder that is not there may come back, milliseconds. */
const patience = 90 * 24 * 3600 * 1000

/** Folders that a process of the app wrote into, wherever the user exports to: a small file for each in the app's own data, there before the
 *  first temporary is. What a kill left in them is found again by it. */
export class WrittenFolders {
  private readonly noted = new Map<string, Promise<void>>()

  /** @param notes a folder of the app's own */
  constructor(private readonly notes: string) {}

  /** Resolves when the folder is on record; also when it could not be, which is no reason not to save. */
  note(folder: string): Promise<void> {
    const name = `${process.pid}-${hashOf(new TextEncoder().encode(folder)).slice(0, 32)}.folder`
    let noted = this.noted.get(name)
    if (!noted) {
      noted = saveOwnFile(this.notes, name, new TextEncoder().encode(JSON.stringify(folder))).then(
        () => undefined,
        () => undefined,
      )
      this.noted.set(name, noted)
    }
    return noted
  }

  /** Removes the temporaries of processes that are gone, and the notes of folders in which there are none. After something was removed the
   *  note stays for another look: the tool that copies attributes outlives its process for a moment. So it does where something cannot be
   *  removed yet, and for three months where the folder is not there: it may be on a disk that is.
   *  @param now milliseconds since the epoch
   *  @returns whether another look is needed */
  async tidy(now: number): Promise<boolean> {
    let isNeeded = false
    for (const name of await readdir(this.notes).catch(() => [])) {
      const match = pattern.exec(name)
      if (!match || this.noted.has(name) || isRunning(Number(match[1]))) continue
      const note = join(this.notes, name)
      const folder = folderIn(await readFile(note, 'utf8').catch(() => ''))
      if (folder !== null) {
        if (!(await isThere(folder)) && now - (await timeOf(note)) < patience) continue
        const { removed, left } = await removeStrayTemporaries([folder], now)
        if (removed.length + left > 0) {
          isNeeded = true
          continue
        }
      }
      await rm(note, { force: true }).catch(() => undefined)
    }
    return isNeeded
  }
}

const isThere = (folder: string) =>
  stat(folder).then(
    () => true,
    () => false,
  )

const timeOf = (note: string) =>
  stat(note).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )

function folderIn(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' && !value.includes('\0') ? value : null
  } catch {
    return null
  }
}
