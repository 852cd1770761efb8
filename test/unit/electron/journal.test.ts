import { appendFileSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
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
  it('keeps what was there before the first save of a session, once', async () => {
    const versions = new Versions(join(folder, 'versions'))
    writeFileSync(path, 'one')
    await versions.keep(path, 1000)
    writeFileSync(path, 'two')
    await versions.keep(path, 2000)
    expect((await versions.list(path)).map(({ kept }) => kept)).toEqual([1000])
    versions.begin(path)
    await versions.keep(path, 3000)
    const [newest, oldest] = await versions.list(path)
    expect([newest?.kept, oldest?.kept]).toEqual([3000, 1000])
    expect(oldest && Buffer.from((await versions.read(path, oldest.key)) ?? []).toString()).toBe('one')
  })

  it('keeps ten, and none twice in a row', async () => {
    const versions = new Versions(join(folder, 'versions'))
    for (let session = 1; session <= 14; session++) {
      writeFileSync(path, `text ${Math.min(session, 13)}`)
      versions.begin(path)
      await versions.keep(path, session)
    }
    expect((await versions.list(path)).map(({ kept }) => kept)).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4])
  })

  it('gives out no version whose bytes were damaged', async () => {
    const versions = new Versions(join(folder, 'versions'))
    writeFileSync(path, 'one')
    await versions.keep(path, 1)
    const [version] = await versions.list(path)
    const [inner = ''] = readdirSync(join(folder, 'versions'))
    appendFileSync(join(folder, 'versions', inner, `${version?.key}.version`), 'x')
    expect(version && (await versions.read(path, version.key))).toBeNull()
  })
})
