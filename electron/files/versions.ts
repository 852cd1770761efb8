import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { VersionKey, VersionOfFile } from '../../shared/ipc'
import { hashOf } from './fingerprint'
import { saveFile } from './saver'

/** Versions kept of a file. */
const most = 10

const pattern = /^(\d{1,16})-([0-9a-f]{64})\.version$/u

/** Earlier versions of transcripts, in a folder of the app's own: the bytes as they were before a session first wrote over them. */
export class Versions {
  private readonly keptInSession = new Set<string>()

  constructor(private readonly folder: string) {}

  private folderOf(path: string): string {
    return join(this.folder, hashOf(new TextEncoder().encode(path)))
  }

  /** Keeps what the file holds now, once in a session; a file that is not there has nothing to keep.
   *  @param now milliseconds since the epoch */
  async keep(path: string, now: number): Promise<void> {
    if (this.keptInSession.has(path)) return
    const bytes = await readFile(path).catch(() => null)
    if (!bytes) return
    const folder = this.folderOf(path)
    const kept = await this.list(path)
    const hash = hashOf(bytes)
    if (kept[0]?.key.endsWith(hash) !== true) {
      await mkdir(folder, { recursive: true })
      const saved = await saveFile(join(folder, `${now}-${hash}.version`), bytes, null, {
        safetyFolder: folder,
        copyAttributes: async () => undefined,
      })
      if (!saved.ok) return
      for (const { key } of kept.slice(most - 1)) await rm(join(folder, `${key}.version`), { force: true })
    }
    this.keptInSession.add(path)
  }

  /** A session with this file begins: its next save keeps a version again. */
  begin(path: string): void {
    this.keptInSession.delete(path)
  }

  /** Newest first. */
  async list(path: string): Promise<readonly VersionOfFile[]> {
    const names = await readdir(this.folderOf(path)).catch(() => [])
    return names
      .flatMap((name): VersionOfFile[] => {
        const match = pattern.exec(name)
        return match ? [{ key: `${match[1]}-${match[2]}` as VersionKey, kept: Number(match[1]) }] : []
      })
      .sort((a, b) => b.kept - a.kept)
  }

  /** @returns `null` when it is gone, or is not what was kept */
  async read(path: string, key: VersionKey): Promise<Uint8Array | null> {
    const bytes = await readFile(join(this.folderOf(path), `${key}.version`)).catch(() => null)
    return bytes && key.endsWith(hashOf(bytes)) ? new Uint8Array(bytes) : null
  }
}
