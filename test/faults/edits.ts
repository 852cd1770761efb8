import { renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashOf } from '../../electron/files/fingerprint'
import { makePlace, type Place } from './bench'
import { expectNamed } from './table'

/** What another program did to the file since it was opened: nothing of it may be written over unasked. */
export function editsWhileOpen(bundle: string): void {
  const theirs = Buffer.from('ANA: what somebody else wrote\n')
  const attempt = (
    fault: string,
    outcome: 'changed' | 'gone',
    edit: (place: Place) => Buffer | null,
  ): void => {
    const place = makePlace()
    const expected = hashOf(place.before as Buffer)
    const before = edit(place)
    expectNamed(bundle, fault, { ...place, before }, { expected }, outcome)
  }
  attempt('deleted while open', 'gone', ({ path }) => {
    rmSync(path)
    return null
  })
  attempt('renamed while open', 'gone', ({ path, folder }) => {
    renameSync(path, join(folder, 'elsewhere.txt'))
    return null
  })
  attempt('replaced while open', 'changed', ({ path, folder }) => {
    writeFileSync(join(folder, 'theirs'), theirs)
    renameSync(join(folder, 'theirs'), path)
    return theirs
  })
  attempt('edited while open: same size', 'changed', ({ path, before }) => {
    const edited = Buffer.from(before as Buffer)
    edited[10] = 33
    writeFileSync(path, edited)
    return edited
  })
  attempt('edited while open: same size and time', 'changed', ({ path, before }) => {
    const { atime, mtime } = statSync(path)
    const edited = Buffer.from(before as Buffer)
    edited[10] = 33
    writeFileSync(path, edited)
    utimesSync(path, atime, mtime)
    return edited
  })
}
