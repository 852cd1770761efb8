import type * as nodeFiles from 'node:fs/promises'
import { hashOf } from './fingerprint'

/** The part of the file system that saving uses; tests put faults into it. */
export type SaverFiles = Pick<
  typeof nodeFiles,
  'access' | 'chmod' | 'chown' | 'mkdir' | 'open' | 'readFile' | 'realpath' | 'rename' | 'rm' | 'stat'
>

/** Writes all bytes, forces them to disk, and reads them back: a full disk can report success over a short write.
 *  @param flags `wx` makes a new file, `r+` writes over one
 *  @param mode the rights of a new file, before the process's mask
 *  @throws the system's error; `EIO` when what is read back is not what was written */
export async function writeWhole(
  files: SaverFiles,
  path: string,
  bytes: Uint8Array,
  flags: 'wx' | 'r+',
  mode = 0o666,
): Promise<void> {
  const handle = await files.open(path, flags, mode)
  try {
    // Over an old file the part behind its end comes first: when there is no room for it, nothing has been written over yet.
    const old = flags === 'r+' ? (await handle.stat()).size : 0
    const parts = old > 0 && old < bytes.length ? [[old, bytes.length] as const, [0, old] as const] : []
    for (const [from, to] of parts.length > 0 ? parts : [[0, bytes.length] as const]) {
      for (let at = from; at < to; ) {
        const { bytesWritten } = await handle.write(bytes, at, to - at, at)
        if (bytesWritten <= 0)
          throw Object.assign(new Error('short write'), { code: 'ENOSPC', syscall: 'write' })
        at += bytesWritten
      }
    }
    await handle.truncate(bytes.length)
    await handle.sync()
  } finally {
    await handle.close()
  }
  const written = await files.readFile(path)
  if (written.length !== bytes.length || hashOf(written) !== hashOf(bytes)) {
    throw Object.assign(new Error('what was written is not what was meant'), {
      code: 'EIO',
      syscall: 'verify',
    })
  }
}

/** What a disk says that failed; other answers mean that this file system has no such call for a folder. */
const diskFailures = new Set(['EIO', 'ENOSPC', 'EDQUOT', 'EROFS'])

/** Forces a folder's entries to disk, where the system lets a folder be opened.
 *  @throws the system's error when the disk failed */
export async function syncFolder(files: SaverFiles, folder: string): Promise<void> {
  const handle = await files.open(folder, 'r').catch(() => null)
  if (!handle) return
  try {
    await handle.sync()
  } catch (reason) {
    if (diskFailures.has((reason as NodeJS.ErrnoException).code ?? '')) throw reason
  } finally {
    await handle.close().catch(() => undefined)
  }
}
