import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync } from 'node:fs'
import { makePlace, type Place, runSaver, stateOf } from './bench'
import { expectNamed, judge, skip } from './table'

/** The user that faults of permission are tried as; any that is not root and owns nothing. */
const nobody = 65534
const isRoot = process.getuid?.() === 0

/** A file, and a folder, without the right to write. */
export function permissions(bundle: string): void {
  const user = isRoot ? nobody : process.getuid?.()
  const asUser = isRoot ? { user: nobody } : {}
  const give = (place: Place) => {
    if (isRoot && user !== undefined)
      for (const path of [place.folder, place.path, place.safety]) chownSync(path, user, user)
    return place
  }
  const unwritable = give(makePlace())
  chmodSync(unwritable.path, 0o444)
  expectNamed(bundle, 'file without the right to write', unwritable, asUser, 'notAllowed')
  const folder = give(makePlace())
  chmodSync(folder.folder, 0o555)
  const { outcome } = runSaver(bundle, folder, asUser)
  const state = stateOf(folder)
  judge('folder without the right to write: in place', folder, [
    outcome !== 'saved' && `said ${outcome}`,
    state !== 'new' && `the file is ${state}`,
  ])
  chmodSync(folder.folder, 0o755)
}

/** Extended attributes and access lists by the system's tools, when they are there. */
export function attributes(bundle: string): void {
  const place = makePlace()
  const python = (code: string) => spawnSync('python3', ['-c', code, place.path], { encoding: 'utf8' })
  const isSet = python("import os,sys; os.setxattr(sys.argv[1], 'user.earmark', b'kept')").status === 0
  if (!isSet) {
    skip('extended attributes: nothing here that sets them')
    return
  }
  const { outcome } = runSaver(bundle, place)
  const kept = python(
    "import os,sys; print(os.getxattr(sys.argv[1], 'user.earmark').decode())",
  ).stdout?.trim()
  judge('extended attribute kept', place, [
    outcome !== 'saved' && `said ${outcome}`,
    kept !== 'kept' && 'the attribute is gone',
  ])
  // An entry for user 12345, as the kernel stores it: version 2, then tag, rights, id of each.
  const list = 'import os,sys,struct; e=[(1,6,-1),(2,4,12345),(4,4,-1),(16,4,-1),(32,4,-1)]; '
  const encoded = "b=struct.pack('<I',2)+b''.join(struct.pack('<HHi',*x) for x in e); "
  const listed = makePlace()
  const run = (code: string) =>
    spawnSync('python3', ['-c', list + encoded + code, listed.path], { encoding: 'utf8' })
  if (run("os.setxattr(sys.argv[1],'system.posix_acl_access',b)").status !== 0) {
    skip('access lists: this file system has none')
    return
  }
  const said = runSaver(bundle, listed).outcome
  const same = run("print(os.getxattr(sys.argv[1],'system.posix_acl_access')==b)").stdout?.trim()
  judge('access list kept', listed, [
    said !== 'saved' && `said ${said}`,
    same !== 'True' && 'the list is gone or changed',
  ])
}
