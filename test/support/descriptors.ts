import { readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** How often a process has a file open, by what Linux tells of it. */
export function timesOpen(pid: number | undefined, path: string): number {
  const folder = `/proc/${pid}/fd`
  return readdirSync(folder).filter((descriptor) => {
    try {
      return readlinkSync(join(folder, descriptor)) === path
    } catch {
      return false
    }
  }).length
}
