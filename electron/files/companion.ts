import { readdir } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import type { FileReference } from '../../shared/ipc'
import type { FileRegistry } from './registry'
import { kindOf } from './registry'

/** The recording of the same name beside a transcript, or the reverse. */
export async function companionOf(path: string, registry: FileRegistry): Promise<FileReference | null> {
  const wanted = (await kindOf(path)) === 'recording' ? 'transcript' : 'recording'
  const stem = basename(path, extname(path)).toLowerCase()
  const names = await readdir(dirname(path)).catch(() => [])
  for (const name of names.sort()) {
    const other = join(dirname(path), name)
    if (other === path || basename(name, extname(name)).toLowerCase() !== stem) continue
    const described = await registry.describe(other)
    if (described?.kind === wanted) return described
  }
  return null
}
