import { mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { hashOf } from '../../../electron/files/fingerprint'
import { inTime } from '../../../electron/files/inTime'
import { FileWatch } from '../../../electron/files/watch'
import type { FileId } from '../../../shared/ipc'
import { utf8 } from '../../support/text'

const id = 'a' as FileId

describe('watching a transcript', () => {
  it('tells of other contents, of a file that is gone and one that is back; not of one that was touched', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'earmark-watch-')), 'a.txt')
    writeFileSync(path, 'one')
    const told: [FileId, boolean][] = []
    const watch = new FileWatch((file, isGone) => told.push([file, isGone]))
    watch.follow(id, path, hashOf(utf8('one')))
    utimesSync(path, 1000, 1000)
    writeFileSync(path, 'one')
    watch.look()
    await new Promise((done) => setTimeout(done, 800))
    expect(told).toEqual([])
    writeFileSync(path, 'two')
    watch.look()
    await vi.waitFor(() => expect(told).toEqual([[id, false]]), 5000)
    rmSync(path)
    watch.look()
    await vi.waitFor(
      () =>
        expect(told).toEqual([
          [id, false],
          [id, true],
        ]),
      5000,
    )
    writeFileSync(path, 'two')
    watch.look()
    await vi.waitFor(() => expect(told).toHaveLength(3), 5000)
    watch.close()
  })

  it('tells of it too when the transcript is a link, and what it leads to is changed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'earmark-watch-'))
    const target = join(mkdtempSync(join(tmpdir(), 'earmark-watch-')), 'b.txt')
    writeFileSync(target, 'one')
    symlinkSync(target, join(folder, 'a.txt'))
    const told: [FileId, boolean][] = []
    const watch = new FileWatch((file, isGone) => told.push([file, isGone]))
    watch.follow(id, join(folder, 'a.txt'), hashOf(utf8('one')))
    await new Promise((done) => setTimeout(done, 300))
    writeFileSync(target, 'two')
    await vi.waitFor(() => expect(told).toEqual([[id, false]]), 5000)
    watch.close()
  })

  it('a disk that does not answer is not waited for', async () => {
    expect(await inTime(new Promise<string>(() => undefined), 5, 'instead')).toBe('instead')
    expect(await inTime(Promise.resolve('answer'), 1000, 'instead')).toBe('answer')
    await expect(inTime(Promise.reject(new Error('no')), 1000, '')).rejects.toThrow('no')
  })
})
