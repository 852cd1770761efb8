import { appendFileSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { hashOf } from '../../../electron/files/fingerprint'
import { Journal } from '../../../electron/files/journal'
import { Versions } from '../../../electron/files/versions'

let folder = ''
let path = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'earmark-journal-'))
  path = join(folder, 'meeting.txt')
})

describe('the journal on disk', () => {
  it('holds head and records in the order they were given', async () => {
    const journal = new Journal(join(folder, 'journal'))
    const answers = [journal.start(path, 'head\n'), journal.append(path, 'a\n'), journal.append(path, 'b\n')]
    expect(await Promise.all(answers)).toEqual([true, true, true])
    expect(await new Journal(join(folder, 'journal')).read(path)).toBe('head\na\nb\n')
    expect(await journal.pending()).toEqual([path])
  })

  it('begins anew without what was before, and is gone when discarded', async () => {
    const journal = new Journal(join(folder, 'journal'))
    await journal.start(path, 'head\n')
    await journal.append(path, 'a\n')
    await journal.start(path, 'other\n')
    expect(await journal.read(path)).toBe('other\n')
    await journal.discard(path)
    expect([await journal.read(path), await journal.pending()]).toEqual([null, []])
  })

  it('says so when there is nothing to add to', async () => {
    expect(await new Journal(join(folder, 'journal')).append(path, 'a\n')).toBe(false)
  })

  it('is not disturbed by files that are no journals', async () => {
    const journal = new Journal(folder)
    writeFileSync(join(folder, 'x.journal'), 'not one')
    expect(await journal.pending()).toEqual([])
  })
})

describe('earlier versions', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)

  it('keeps what a session found, and what others wrote meanwhile, but not what it wrote itself', async () => {
    const versions = new Versions(join(folder, 'versions'))
    const times = async () => (await versions.list(path)).map(({ kept }) => kept)
    await versions.keep(path, bytes('one'), 1000)
    versions.wrote(path, hashOf(bytes('two')))
    await versions.keep(path, bytes('two'), 2000)
    expect(await times()).toEqual([1000])
    await versions.keep(path, bytes('theirs'), 3000)
    expect(await times()).toEqual([3000, 1000])
    versions.begin(path)
    await versions.keep(path, bytes('two'), 4000)
    expect(await times()).toEqual([4000, 3000, 1000])
    const oldest = (await versions.list(path)).at(-1)
    expect(oldest && Buffer.from((await versions.read(path, oldest.key)) ?? []).toString()).toBe('one')
  })

  it('keeps ten, and none twice in a row', async () => {
    const versions = new Versions(join(folder, 'versions'))
    for (let session = 1; session <= 14; session++) {
      versions.begin(path)
      await versions.keep(path, bytes(`text ${Math.min(session, 13)}`), session)
    }
    expect((await versions.list(path)).map(({ kept }) => kept)).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4])
  })

  it('gives out no version whose bytes were damaged', async () => {
    const versions = new Versions(join(folder, 'versions'))
    await versions.keep(path, bytes('one'), 1)
    const [version] = await versions.list(path)
    const [inner = ''] = readdirSync(join(folder, 'versions'))
    appendFileSync(join(folder, 'versions', inner, `${version?.key}.version`), 'x')
    expect(version && (await versions.read(path, version.key))).toBeNull()
  })
})
