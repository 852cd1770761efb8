import { spawnSync } from 'node:child_process'
import { linkSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makePlace } from './bench'
import { expectNamed, skip } from './table'

/** A file system of `size` bytes for as long as `use` runs; skipped where mounting is not allowed. */
function onFileSystem(name: string, size: string, use: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'earmark-fault-mount-'))
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]).status !== 0) {
    skip(`${name}: no right to mount`)
    return
  }
  try {
    use(folder)
  } finally {
    spawnSync('umount', [folder])
  }
}

/** No room: for a part, for anything. */
export function fullDisk(bundle: string): void {
  onFileSystem('full disk', '150k', (folder) => {
    const place = makePlace(folder)
    expectNamed(bundle, 'disk nearly full (short write)', place, {}, 'full')
    // What is left is taken to the last byte.
    spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'ballast')}`, 'bs=4096'])
    expectNamed(bundle, 'disk full at once: replacing', place, {}, 'full')
    linkSync(place.path, join(folder, 'other name.txt'))
    expectNamed(bundle, 'disk full at once: in place', place, {}, 'full')
  })
}

export function readOnlyMount(bundle: string): void {
  onFileSystem('read-only mount', '4m', (folder) => {
    const place = makePlace(folder)
    spawnSync('mount', ['-o', 'remount,ro', folder])
    expectNamed(bundle, 'read-only mount', place, {}, 'readOnly')
  })
}

export function fileSizeLimit(bundle: string): void {
  if (spawnSync('prlimit', ['--version']).status !== 0) {
    skip('file size limit: no prlimit')
    return
  }
  expectNamed(
    bundle,
    'file size limit (RLIMIT_FSIZE)',
    makePlace(),
    { wrapper: ['prlimit', '--fsize=60000'] },
    'full',
  )
}
