import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { hashOf } from './fingerprint'
import { type SaverFiles, syncFolder, writeWhole } from './writeWhole'

const suffix = '.in-place'

const headShape = z.object({
  target: z.string(),
  oldLength: z.number().int().min(0),
  newLength: z.number().int().min(0),
  hash: z.string(),
})

/** Somebody wrote to the file while it was being saved. */
export class ChangedMeanwhile extends Error {}

/** Writes over a file that cannot be replaced. What was there and what will be there are put away first; after a kill in between
 *  `finishInPlace` completes the write. When writing fails, what was there is put back. */
export async function writeInPlace(
  files: SaverFiles,
  target: string,
  bytes: Uint8Array,
  current: Buffer,
  safetyFolder: string,
): Promise<void> {
  await mkdir(safetyFolder, { recursive: true })
  const record = join(safetyFolder, `${Date.now()}-${randomBytes(6).toString('hex')}${suffix}`)
  const head = { target, oldLength: current.length, newLength: bytes.length, hash: hashOf(bytes) }
  const whole = Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), current, bytes])
  try {
    await writeWhole(files, record, whole, 'wx', 0o600)
    if (!(await files.readFile(target)).equals(current)) throw new ChangedMeanwhile()
  } catch (reason) {
    await files.rm(record, { force: true }).catch(() => undefined)
    throw reason
  }
  await syncFolder(files, safetyFolder)
  try {
    await writeWhole(files, target, bytes, 'r+')
  } catch (reason) {
    // Only a file that is certainly as it was lets the record go.
    await writeWhole(files, target, current, 'r+').then(
      () => files.rm(record, { force: true }),
      () => undefined,
    )
    throw reason
  }
  await files.rm(record, { force: true })
}

/** Completes what a kill interrupted, at the start. A file that is neither old, new nor between the two was written by somebody else:
 *  it is left alone, and so is the record.
 *  @returns the files that were completed */
export async function finishInPlace(files: SaverFiles, safetyFolder: string): Promise<string[]> {
  const finished: string[] = []
  for (const name of await readdir(safetyFolder).catch(() => [])) {
    if (!name.endsWith(suffix)) continue
    const record = join(safetyFolder, basename(name))
    const bytes = await readFile(record).catch(() => null)
    // What cannot be read now may be whole all the same.
    if (!bytes) continue
    const parsed = parseRecord(bytes)
    // A record that is not whole: its target was not touched yet.
    if (!parsed) {
      await rm(record, { force: true }).catch(() => undefined)
      continue
    }
    const { target, before, after } = parsed
    const now = await readFile(target).catch(() => null)
    if (!now || !isBetween(now, before, after)) continue
    try {
      if (!now.equals(before) && !now.equals(after)) {
        await writeWhole(files, target, after, 'r+')
        finished.push(target)
      }
      await rm(record, { force: true })
    } catch {
      // Tried again at the next start.
    }
  }
  return finished
}

function parseRecord(bytes: Buffer): { target: string; before: Buffer; after: Buffer } | null {
  const end = bytes.indexOf(10)
  if (end < 0) return null
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8', 0, end))
  } catch {
    return null
  }
  const head = headShape.safeParse(value)
  if (!head.success) return null
  const { target, oldLength, newLength, hash } = head.data
  const before = bytes.subarray(end + 1, end + 1 + oldLength)
  const after = bytes.subarray(end + 1 + oldLength)
  return after.length === newLength && hashOf(after) === hash ? { target, before, after } : null
}

// Every byte is the old or the new one of its place: pages reach the disk in any order.
function isBetween(now: Buffer, before: Buffer, after: Buffer): boolean {
  if (now.length > Math.max(before.length, after.length)) return false
  if (now.length < Math.min(before.length, after.length)) return false
  return now.every((byte, at) => byte === before[at] || byte === after[at])
}
