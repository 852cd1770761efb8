import { existsSync, linkSync, lstatSync, readFileSync, renameSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { makePlace, runSaver } from './bench'
import { judge } from './table'

/** Files with other names: each name must lead to the new text, and stay what it was. */
export function links(bundle: string): void {
  const symbolic = makePlace()
  const target = join(symbolic.folder, 'target.txt')
  renameSync(symbolic.path, target)
  symlinkSync('target.txt', symbolic.path)
  const said = runSaver(bundle, symbolic).outcome
  judge('symbolic link', symbolic, [
    said !== 'saved' && `said ${said}`,
    !lstatSync(symbolic.path).isSymbolicLink() && 'the link is a file now',
    lstatSync(target).isSymbolicLink() && 'the target is a link now',
  ])

  const dangling = makePlace()
  const missing = join(dangling.folder, 'missing.txt')
  renameSync(dangling.path, join(dangling.folder, 'away.txt'))
  symlinkSync(missing, dangling.path)
  const created = runSaver(bundle, dangling).outcome
  judge('dangling link', dangling, [
    created !== 'saved' && `said ${created}`,
    !lstatSync(dangling.path).isSymbolicLink() && 'the link is a file now',
    !existsSync(missing) && 'its target was not made',
  ])

  const hard = makePlace()
  const other = join(hard.folder, 'other.txt')
  linkSync(hard.path, other)
  const written = runSaver(bundle, hard).outcome
  judge('hard link', hard, [
    written !== 'saved' && `said ${written}`,
    !readFileSync(other).equals(hard.after) && 'the other name has the old text',
    statSync(other).ino !== statSync(hard.path).ino && 'the names lead to two files',
  ])
}
