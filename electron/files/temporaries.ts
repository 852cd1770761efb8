import { randomBytes } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { hashOf } from './fingerprint'

/** A younger one may belong to a process that cannot be seen from here, in a container of its own; milliseconds. */
export const youngest = 60_000

/** The process, its computer, and what makes the name the only one. */
const pattern = /^\..*\.(\d+)-([0-9a-f]{8})[0-9a-f]{12}\.earmark-tmp$/u

/** Stands for this computer: on another that shares the folder a process's number means nothing. */
const host = hashOf(new TextEncoder().encode(hostname())).slice(0, 8)

/** A name beside `target` that nothing else has, and that tells whose it is. */
export function temporaryFor(target: string): string {
  const hidden = `.${[...basename(target)].slice(0, 40).join('')}`
  const only = `${host}${randomBytes(6).toString('hex')}`
  return join(dirname(target), `${hidden}.${process.pid}-${only}.earmark-tmp`)
}

/** Removes what saves of this computer that were killed left in these folders. A file of a process that still runs stays, and so does a
 *  fresh one.
 *  @param now milliseconds since the epoch
 *  @returns the paths that were removed, and how many are left: too young for it, or not to be removed */
export async function removeStrayTemporaries(
  folders: Iterable<string>,
  now: number,
): Promise<{ readonly removed: readonly string[]; readonly left: number }> {
  const removed: string[] = []
  let left = 0
  for (const folder of new Set(folders)) {
    for (const name of await readdir(folder).catch(() => [])) {
      const match = pattern.exec(name)
      if (match?.[2] !== host || isRunning(Number(match[1]))) continue
      const path = join(folder, name)
      const found = await stat(path).catch(() => null)
      if (!found?.isFile()) continue
      if (now - found.mtimeMs < youngest) {
        left++
        continue
      }
      const isGone = await rm(path).then(
        () => true,
        () => false,
      )
      if (isGone) removed.push(path)
      else left++
    }
  }
  return { removed, left }
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
