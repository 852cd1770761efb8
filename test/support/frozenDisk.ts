import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A small file system of its own that can be made to hang: whoever writes to it waits until it is thawed. */
export interface FrozenDisk {
  readonly folder: string
  readonly freeze: () => void
  readonly thaw: () => void
  readonly remove: () => void
}

/** @returns `null` where this user may not mount one */
export function frozenDisk(): FrozenDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'earmark-disk-'))
  const image = `${folder}.img`
  const run = (program: string, ...args: string[]) => spawnSync(program, args).status === 0
  const isMounted =
    run('truncate', '-s', '16M', image) &&
    run('mkfs.ext4', '-q', image) &&
    run('mount', '-o', 'loop', image, folder)
  if (!isMounted || !run('fsfreeze', '-f', folder) || !run('fsfreeze', '-u', folder)) {
    run('umount', folder)
    rmSync(image, { force: true })
    return null
  }
  return {
    folder,
    freeze: () => void run('fsfreeze', '-f', folder),
    thaw: () => void run('fsfreeze', '-u', folder),
    remove: () => {
      run('fsfreeze', '-u', folder)
      run('umount', '-l', folder)
      rmSync(image, { force: true })
    },
  }
}
