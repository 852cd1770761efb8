import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { hashOf } from './fingerprint'
import { saveOwnFile } from './saver'
import { isRunning, removeStrayTemporaries } from './temporaries'

const pattern = /^(\d{1,10})-[0-9a-f]{32}\.folder$/u

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

  /** Removes the temporaries of processes that are gone, and the notes of folders that need no more looks. Temporaries that are too young
   *  for it keep their note.
   *  @param now milliseconds since the epoch
   *  @returns whether another look is needed */
  async tidy(now: number): Promise<boolean> {
    let isLeft = false
    for (const name of await readdir(this.notes).catch(() => [])) {
      const match = pattern.exec(name)
      if (!match || this.noted.has(name) || isRunning(Number(match[1]))) continue
      const note = join(this.notes, name)
      const folder = folderIn(await readFile(note, 'utf8').catch(() => ''))
      const { young } = folder === null ? { young: 0 } : await removeStrayTemporaries([folder], now)
      if (young === 0) await rm(note, { force: true }).catch(() => undefined)
      else isLeft = true
    }
    return isLeft
  }
}

function folderIn(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' && !value.includes('\0') ? value : null
  } catch {
    return null
  }
}
