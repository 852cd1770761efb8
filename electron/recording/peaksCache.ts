import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { saveOwnFile } from '../files/saver'

/** Bytes that the cache may take; the least recently used go first. */
const usualLimit = 500 * 1024 * 1024
const hashLength = 32

/** Peaks of recordings opened before, in a folder of the app's own. Each file begins with a checksum, so that a file that was cut
 *  short is as good as none. */
export class PeaksCache {
  private begun: { readonly key: string; readonly body: Uint8Array; at: number } | null = null

  /** @param limit bytes that all files together may take */
  constructor(
    private readonly folder: string,
    private readonly limit = usualLimit,
  ) {}

  private pathOf(key: string): string {
    return join(this.folder, `${key}.peaks`)
  }

  async read(key: string): Promise<Uint8Array | null> {
    const path = this.pathOf(key)
    const bytes = await readFile(path).catch(() => null)
    if (!bytes || bytes.length < hashLength) return null
    const body = bytes.subarray(hashLength)
    if (!createHash('sha256').update(body).digest().equals(bytes.subarray(0, hashLength))) {
      await rm(path, { force: true })
      return null
    }
    const now = new Date()
    await utimes(path, now, now).catch(() => undefined)
    return new Uint8Array(body)
  }

  /** Takes the pieces of a body in order, and keeps it when it is whole. A piece that does not follow the last one is let go, and so is
   *  what was begun when another body begins.
   *  @param size bytes of the whole
   *  @param at where the piece belongs */
  async writePiece(key: string, size: number, at: number, piece: Uint8Array): Promise<void> {
    if (at === 0) this.begun = { key, body: new Uint8Array(size), at: 0 }
    const { begun } = this
    if (!begun || begun.key !== key || begun.at !== at || at + piece.length > begun.body.length) return
    begun.body.set(piece, at)
    begun.at += piece.length
    if (begun.at < begun.body.length) return
    this.begun = null
    await this.write(key, begun.body)
  }

  async write(key: string, body: Uint8Array): Promise<void> {
    const bytes = Buffer.concat([createHash('sha256').update(body).digest(), body])
    await saveOwnFile(this.folder, basename(this.pathOf(key)), bytes)
    await this.trim()
  }

  /** @returns the bytes that were freed */
  async clear(): Promise<number> {
    const entries = await this.entries()
    for (const { path } of entries) await rm(path, { force: true })
    return entries.reduce((sum, { size }) => sum + size, 0)
  }

  private async entries(): Promise<{ path: string; size: number; used: number }[]> {
    const names = await readdir(this.folder).catch(() => [])
    const found = await Promise.all(
      names.map(async (name) => {
        const path = join(this.folder, name)
        const entry = await stat(path).catch(() => null)
        return entry?.isFile() ? { path, size: entry.size, used: entry.mtimeMs } : null
      }),
    )
    return found.filter((entry): entry is { path: string; size: number; used: number } => entry !== null)
  }

  private async trim(): Promise<void> {
    const entries = (await this.entries()).sort((a, b) => b.used - a.used)
    let total = 0
    for (const { path, size } of entries) {
      total += size
      if (total > this.limit) await rm(path, { force: true })
    }
  }
}
