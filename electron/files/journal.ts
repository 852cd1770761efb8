import { open, readdir, readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { hashOf } from './fingerprint'
import { saveOwnFile } from './saver'

const suffix = '.journal'

/** Unsaved work in a folder of the app's own: a file for each transcript, its path in the first line, then what the window wrote. */
export class Journal {
  private queue: Promise<unknown> = Promise.resolve()

  constructor(private readonly folder: string) {}

  private fileFor(transcript: string): string {
    return join(this.folder, `${hashOf(new TextEncoder().encode(transcript))}${suffix}`)
  }

  // In the order they were asked for: an append never overtakes the start it belongs to.
  private inTurn<T>(job: () => Promise<T>): Promise<T> {
    const result = this.queue.then(job)
    this.queue = result.catch(() => undefined)
    return result
  }

  /** Begins anew with this head; what was there is replaced at once.
   *  @returns whether it is on disk */
  start(transcript: string, head: string): Promise<boolean> {
    return this.inTurn(async () => {
      const bytes = new TextEncoder().encode(`${JSON.stringify({ path: transcript })}\n${head}`)
      return (await saveOwnFile(this.folder, basename(this.fileFor(transcript)), bytes)).ok
    })
  }

  /** Adds a record and forces it to disk.
   *  @returns whether it is there; never without a journal that was begun */
  append(transcript: string, record: string): Promise<boolean> {
    return this.inTurn(async () => {
      try {
        const handle = await open(this.fileFor(transcript), 'r+')
        try {
          const bytes = new TextEncoder().encode(record)
          const { size } = await handle.stat()
          for (let at = 0; at < bytes.length; ) {
            const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, size + at)
            if (bytesWritten <= 0) return false
            at += bytesWritten
          }
          await handle.datasync()
          return true
        } finally {
          await handle.close()
        }
      } catch {
        return false
      }
    })
  }

  /** What the window wrote, `null` when there is none. */
  read(transcript: string): Promise<string | null> {
    return this.inTurn(async () => {
      const text = await readFile(this.fileFor(transcript), 'utf8').catch(() => null)
      return text === null ? null : text.slice(text.indexOf('\n') + 1)
    })
  }

  discard(transcript: string): Promise<void> {
    return this.inTurn(() => rm(this.fileFor(transcript), { force: true }))
  }

  /** Paths of the transcripts that have unsaved work. */
  async pending(): Promise<readonly string[]> {
    const paths: string[] = []
    for (const name of await readdir(this.folder).catch(() => [])) {
      if (!name.endsWith(suffix)) continue
      const text = await readFile(join(this.folder, name), 'utf8').catch(() => '')
      try {
        const { path } = JSON.parse(text.slice(0, text.indexOf('\n'))) as { path?: unknown }
        if (typeof path === 'string') paths.push(path)
      } catch {
        // A head that cannot be read names no file.
      }
    }
    return paths
  }
}
