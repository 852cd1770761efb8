import { readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { saveOwnFile } from './saver'

/** One JSON file of the app's own. Reading never fails: what is missing or damaged is `null`. */
export class JsonFile {
  private queue: Promise<unknown> = Promise.resolve()

  constructor(private readonly path: string) {}

  async read(): Promise<unknown> {
    try {
      return JSON.parse(await readFile(this.path, 'utf8'))
    } catch {
      return null
    }
  }

  /** Writes after whatever is being written. */
  write(value: unknown): Promise<void> {
    const job = this.queue.then(async () => {
      const bytes = new TextEncoder().encode(JSON.stringify(value, null, 1))
      await saveOwnFile(dirname(this.path), basename(this.path), bytes)
    })
    this.queue = job.catch(() => undefined)
    return job
  }

  /** Resolves when nothing is being written. */
  idle(): Promise<unknown> {
    return this.queue
  }
}
