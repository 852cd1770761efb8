import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { VersionKey, VersionOfFile } from '../../shared/ipc'
import { hashOf } from './fingerprint'
import { saveOwnFile } from './saver'

/** Versions kept of a file. */
const most = 10

const pattern = /^(\d{1,16})-([0-9a-f]{64})\.version$/u

/** Earlier versions of transcripts, in a folder of the app's own: the bytes as they were before a session first wrote over them, and what
 *  another program wrote meanwhile. */
export class Versions {
  /** Hash of what the session itself last wrote, by path. */
  private readonly own = new Map<string, string>()

  constructor(private readonly folder: string) {}

  private folderOf(path: string): string {
    return join(this.folder, hashOf(new TextEncoder().encode(path)))
  }

  /** Keeps what is about to be written over, unless this session wrote it.
   *  @param now milliseconds since the epoch */
  async keep(path: string, current: Uint8Array, now: number): Promise<void> {
    const hash = hashOf(current)
    if (this.own.get(path) === hash) return
    const kept = await this.list(path)
    if (kept[0]?.key.endsWith(hash) === true) return
    const folder = this.folderOf(path)
    const saved = await saveOwnFile(folder, `${now}-${hash}.version`, current)
    if (!saved.ok) return
    for (const { key } of kept.slice(most - 1)) await rm(join(folder, `${key}.version`), { force: true })
  }

  /** A session with this file begins: what is in it is not the session's own. */
  begin(path: string): void {
    this.own.delete(path)
  }

  /** The session wrote these bytes. */
  wrote(path: string, hash: string): void {
    this.own.set(path, hash)
  }

  /** Folders that the versions lie in, one for each file. */
  async folders(): Promise<readonly string[]> {
    return (await readdir(this.folder).catch(() => [])).map((name) => join(this.folder, name))
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
