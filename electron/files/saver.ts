import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import * as nodeFiles from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { FileProblem, Fingerprint } from '../../shared/ipc'
import { err, ok, type Result } from '../../shared/result'
import { hashOf } from './fingerprint'
import { ChangedMeanwhile, writeInPlace } from './inPlace'
import { fileProblem } from './problems'
import { temporaryFor } from './temporaries'
import { type SaverFiles, syncFolder, writeWhole } from './writeWhole'

export interface SaverOptions {
  readonly files?: SaverFiles
  /** Folder of the app's own for a copy of what is about to be written over in place. */
  readonly safetyFolder: string
  /** Copies extended attributes and access lists; Node has no call for them. When it fails the file is written in place. */
  readonly copyAttributes?: (from: string, to: string) => Promise<void>
  /** Called with what the file holds, `null` without a file, and the file itself, no link to it, before anything is written; not when there
   *  is nothing to write. */
  readonly beforeWriting?: (current: Uint8Array | null, target: string) => Promise<void>
}

/** Writes a file in the app's own folders, where nobody else writes and no attributes are to be kept.
 *  @param folder where the file is; made when it is not there */
export async function saveOwnFile(
  folder: string,
  name: string,
  bytes: Uint8Array,
): Promise<Result<Fingerprint, FileProblem>> {
  try {
    await nodeFiles.mkdir(folder, { recursive: true })
  } catch (reason) {
    return err(fileProblem(reason, name))
  }
  return saveFile(join(folder, name), bytes, null, {
    safetyFolder: folder,
    copyAttributes: async () => undefined,
  })
}

const run = promisify(execFile)

/** Links that lead to a file that is not there, one through the other. */
const mostLinks = 40

/** Extended attributes and access lists by the system's own `cp`. Rejects where they cannot be carried over. */
export async function copyAttributes(from: string, to: string): Promise<void> {
  if (process.platform === 'win32') return
  if (process.platform !== 'linux') throw new CannotReplace()
  await run('cp', [
    '--attributes-only',
    '--no-target-directory',
    '--preserve=xattr,mode,ownership',
    '--',
    from,
    to,
  ]).catch(() => {
    throw new CannotReplace()
  })
}

/** Replacing the file would lose something of it: its owner, its attributes. */
class CannotReplace extends Error {}

/** Writes `bytes` so that the file is wholly old or wholly new at every instant: beside it, verified, then renamed over it. A symbolic
 *  link's target is what is replaced; a file with several hard links, or in a folder that cannot be written, is written in place after a
 *  copy was put away, and so is one whose owner or attributes a new file could not have. Bytes that are there already are not written again.
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
    // Also where an earlier save came through and could not say so.
    if (current && Buffer.compare(current, bytes) === 0) return ok(await fingerprint(files, target, bytes))
    if (expected && hashOrNone(current) !== expected.hash) {
      return err({ kind: current ? 'changed' : 'gone', name, detail: '' })
    }
    await options.beforeWriting?.(current, target)
    const mustStay =
      current !== null && ((await files.stat(target)).nlink > 1 || !(await canWriteFolder(files, target)))
    if (mustStay) await writeInPlace(files, target, bytes, current, options.safetyFolder)
    else {
      try {
        await replace(files, target, bytes, current, options.copyAttributes ?? copyAttributes)
      } catch (reason) {
        if (!current || !(reason instanceof CannotReplace)) throw reason
        await writeInPlace(files, target, bytes, current, options.safetyFolder)
      }
    }
    return ok(await fingerprint(files, target, bytes))
  } catch (reason) {
    if (reason instanceof ChangedMeanwhile) return err({ kind: 'changed', name, detail: '' })
    return err(fileProblem(reason, name))
  }
}

function hashOrNone(bytes: Uint8Array | null): string | null {
  return bytes && hashOf(bytes)
}

// A dangling link's target is created where the link points; that may be a link again.
async function resolved(files: SaverFiles, path: string, links = 0): Promise<string> {
  try {
    return await files.realpath(path)
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code !== 'ENOENT' || links > mostLinks) throw reason
    const link = await nodeFiles.readlink(path).catch(() => null)
    return link === null ? path : resolved(files, resolve(dirname(path), link), links + 1)
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
  const temporary = temporaryFor(target)
  try {
    // What only its owner may read is never readable to others, not even for a moment.
    await writeWhole(files, temporary, bytes, 'wx', current ? 0o600 : 0o666)
    if (current) {
      const { mode, uid, gid } = await files.stat(target)
      await files.chown(temporary, uid, gid).catch(() => undefined)
      const owned = await files.stat(temporary)
      if (owned.uid !== uid || owned.gid !== gid) throw new CannotReplace()
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
