import { randomBytes } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** A younger one may belong to a save on another computer that shares the folder; milliseconds. */
const youngest = 60_000

const pattern = /^\..*\.(\d+)-[0-9a-f]{12}\.earmark-tmp$/u

/** A name beside `target` that nothing else has, and that tells whose it is. */
export function temporaryFor(target: string): string {
  const hidden = `.${[...basename(target)].slice(0, 40).join('')}`
  return join(dirname(target), `${hidden}.${process.pid}-${randomBytes(6).toString('hex')}.earmark-tmp`)
}

/** Removes what saves that were killed left in these folders. A file of a process that still runs stays, and so does a fresh one.
 *  @param now milliseconds since the epoch
 *  @returns the paths that were removed */
export async function removeStrayTemporaries(folders: Iterable<string>, now: number): Promise<string[]> {
  const removed: string[] = []
  for (const folder of new Set(folders)) {
    for (const name of await readdir(folder).catch(() => [])) {
      const match = pattern.exec(name)
      if (!match || isRunning(Number(match[1]))) continue
      const path = join(folder, name)
      const found = await stat(path).catch(() => null)
      if (!found?.isFile() || now - found.mtimeMs < youngest) continue
      const isGone = await rm(path).then(
        () => true,
        () => false,
      )
      if (isGone) removed.push(path)
    }
  }
  return removed
}

/** Another process of this computer has this number. */
export function isRunning(process_: number): boolean {
  if (process_ === process.pid) return false
  try {
    process.kill(process_, 0)
    return true
  } catch (reason) {
    return (reason as NodeJS.ErrnoException).code === 'EPERM'
  }
}
