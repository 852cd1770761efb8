import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import * as nodeFiles from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { FileProblem, Fingerprint } from '../../shared/ipc'
import { err, ok, type Result } from '../../shared/result'
import { hashOf } from './fingerprint'
import { fileProblem } from './problems'

/** The part of the file system that saving uses; tests put faults into it. */
export type SaverFiles = Pick<
  typeof nodeFiles,
  'access' | 'chmod' | 'chown' | 'mkdir' | 'open' | 'readFile' | 'realpath' | 'rename' | 'rm' | 'stat'
>

export interface SaverOptions {
  readonly files?: SaverFiles
  /** Folder of the app's own for a copy of what is about to be written over in place. */
  readonly safetyFolder: string
  /** Copies extended attributes and access lists; Node has no call for them. */
  readonly copyAttributes?: (from: string, to: string) => Promise<void>
}

const run = promisify(execFile)

/** Extended attributes and access lists by the system's own tool; a system without it has none that it could keep. */
export async function copyAttributes(from: string, to: string): Promise<void> {
  if (process.platform !== 'linux') return
  await run('cp', [
    '--attributes-only',
    '--no-target-directory',
    '--preserve=xattr,mode,ownership',
    '--',
    from,
    to,
  ]).catch(() => undefined)
}

/** Writes `bytes` so that the file is wholly old or wholly new at every instant: beside it, verified, then renamed over it. A symbolic
 *  link's target is what is replaced; a file with several hard links, or in a folder that cannot be written, is written in place after a
 *  copy was put away. Bytes that are there already are not written again.
 *  @param expected the state that the file must be in, `changed` otherwise; `null` overwrites */
export async function saveFile(
  path: string,
  bytes: Uint8Array,
  expected: Fingerprint | null,
  options: SaverOptions,
): Promise<Result<Fingerprint, FileProblem>> {
  const files = options.files ?? nodeFiles
  const name = basename(path)
  try {
    const target = await resolved(files, path)
    const current = await contents(files, target)
    if (expected && hashOrNone(current) !== expected.hash) {
      return err({ kind: current ? 'changed' : 'gone', name, detail: '' })
    }
    if (current && Buffer.compare(current, bytes) === 0) return ok(await fingerprint(files, target, bytes))
    const mustStay =
      current !== null && ((await files.stat(target)).nlink > 1 || !(await canWriteFolder(files, target)))
    if (mustStay) await writeInPlace(files, target, bytes, current, options.safetyFolder)
    else await replace(files, target, bytes, current, options.copyAttributes ?? copyAttributes)
    return ok(await fingerprint(files, target, bytes))
  } catch (reason) {
    if (reason instanceof ChangedMeanwhile) return err({ kind: 'changed', name, detail: '' })
    return err(fileProblem(reason, name))
  }
}

class ChangedMeanwhile extends Error {}

function hashOrNone(bytes: Uint8Array | null): string | null {
  return bytes && hashOf(bytes)
}

// A dangling link's target is created where the link points.
async function resolved(files: SaverFiles, path: string): Promise<string> {
  try {
    return await files.realpath(path)
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code !== 'ENOENT') throw reason
    const link = await nodeFiles.readlink(path).catch(() => null)
    return link === null ? path : join(dirname(path), link)
  }
}

async function contents(files: SaverFiles, path: string): Promise<Buffer | null> {
  try {
    return await files.readFile(path)
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw reason
  }
}

async function canWriteFolder(files: SaverFiles, path: string): Promise<boolean> {
  return files.access(dirname(path), constants.W_OK).then(
    () => true,
    () => false,
  )
}

async function fingerprint(files: SaverFiles, path: string, bytes: Uint8Array): Promise<Fingerprint> {
  const { mtimeMs } = await files.stat(path)
  return { size: bytes.length, modified: mtimeMs, hash: hashOf(bytes) }
}

async function replace(
  files: SaverFiles,
  target: string,
  bytes: Uint8Array,
  current: Buffer | null,
  attributes: (from: string, to: string) => Promise<void>,
): Promise<void> {
  if (current) await files.access(target, constants.W_OK)
  const temporary = join(
    dirname(target),
    `.${basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.earmark-tmp`,
  )
  try {
    await writeWhole(files, temporary, bytes, 'wx')
    if (current) {
      const { mode, uid, gid } = await files.stat(target)
      await files.chown(temporary, uid, gid).catch(() => undefined)
      await files.chmod(temporary, mode & 0o7777)
      await attributes(target, temporary)
    }
    const now = await contents(files, target)
    if (hashOrNone(now) !== hashOrNone(current)) throw new ChangedMeanwhile()
    await files.rename(temporary, target)
  } catch (reason) {
    await files.rm(temporary, { force: true }).catch(() => undefined)
    throw reason
  }
  await syncFolder(files, dirname(target))
}

async function writeInPlace(
  files: SaverFiles,
  target: string,
  bytes: Uint8Array,
  current: Buffer,
  safetyFolder: string,
): Promise<void> {
  await files.mkdir(safetyFolder, { recursive: true })
  const copy = join(safetyFolder, `${Date.now()}-${basename(target).slice(0, 100)}`)
  await writeWhole(files, copy, current, 'wx')
  await syncFolder(files, safetyFolder)
  await writeWhole(files, target, bytes, 'r+')
  await files.rm(copy, { force: true })
}

// Writes all bytes, forces them to disk, and reads them back: a full disk can report success over a short write.
async function writeWhole(
  files: SaverFiles,
  path: string,
  bytes: Uint8Array,
  flags: 'wx' | 'r+',
): Promise<void> {
  const handle = await files.open(path, flags, 0o666)
  try {
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, at)
      if (bytesWritten <= 0)
        throw Object.assign(new Error('short write'), { code: 'ENOSPC', syscall: 'write' })
      at += bytesWritten
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

async function syncFolder(files: SaverFiles, folder: string): Promise<void> {
  // Not every system lets a folder be opened; the rename itself has happened.
  const handle = await files.open(folder, 'r').catch(() => null)
  if (!handle) return
  await handle.sync().catch(() => undefined)
  await handle.close()
}
