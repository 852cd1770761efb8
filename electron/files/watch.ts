import { type FSWatcher, watch } from 'node:fs'
import { readFile, realpath } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { FileId } from '../../shared/ipc'
import { hashOf } from './fingerprint'

/** Changes that follow each other more closely are looked at once; milliseconds. */
const settle = 300

/** Stands for the hash of a file that is not there. */
const gone = 'gone'

/** Watches the open transcript and tells when its contents are no longer those that the app last read or wrote. A file that is only
 *  touched, or written with the same bytes, is no change. */
export class FileWatch {
  private watchers: FSWatcher[] = []
  private timer: NodeJS.Timeout | null = null
  private followed: { id: FileId; path: string; hash: string } | null = null
  /** A disk that does not answer is asked once, not at every look. */
  private isLooking = false

  /** @param changed called with the file when its contents are others, or it is gone */
  constructor(private readonly changed: (id: FileId, isGone: boolean) => void) {}

  /** Follows a file from the state with this hash; the one followed before is let go. */
  follow(id: FileId, path: string, hash: string): void {
    const isSame = this.followed?.path === path
    this.followed = { id, path, hash }
    if (isSame && this.watchers.length > 0) return
    this.stop()
    this.watch(path)
    // What a link leads to is changed elsewhere.
    realpath(path).then(
      (target) => {
        if (target !== path && this.followed?.path === path) this.watch(target)
      },
      () => undefined,
    )
  }

  private watch(path: string): void {
    try {
      // The folder: replacing a file by renaming ends a watch on the file itself.
      const watcher = watch(dirname(path), (_event, name) => {
        if (name === null || name === basename(path)) this.look()
      })
      watcher.on('error', () => {
        watcher.close()
        this.watchers = this.watchers.filter((other) => other !== watcher)
      })
      this.watchers.push(watcher)
    } catch {
      // Looked at with the focus and before saving.
    }
  }

  private stop(): void {
    for (const watcher of this.watchers) watcher.close()
    this.watchers = []
  }

  /** Looks after the file has been quiet for a moment; also called when the window gets the focus. */
  look(): void {
    if (this.timer) clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.compare(), settle)
  }

  close(): void {
    this.stop()
    if (this.timer) clearTimeout(this.timer)
    this.followed = null
  }

  private async compare(): Promise<void> {
    const { followed } = this
    if (!followed || this.isLooking) return
    this.isLooking = true
    const found = await readFile(followed.path)
      .then(hashOf, (reason: NodeJS.ErrnoException) => (reason.code === 'ENOENT' ? gone : null))
      .finally(() => {
        this.isLooking = false
      })
    if (found === null || found === followed.hash || this.followed !== followed) return
    this.followed = { ...followed, hash: found }
    this.changed(followed.id, found === gone)
  }
}
