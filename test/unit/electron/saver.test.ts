import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import * as nodeFiles from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { hashOf } from '../../../electron/files/fingerprint'
import { finishInPlace } from '../../../electron/files/inPlace'
import { saveFile } from '../../../electron/files/saver'
import { removeStrayTemporaries, temporaryFor } from '../../../electron/files/temporaries'
import type { SaverFiles } from '../../../electron/files/writeWhole'
import type { Fingerprint } from '../../../shared/ipc'
import { utf8 } from '../../support/text'

let folder = ''
let path = ''
let safetyFolder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'earmark-saver-'))
  safetyFolder = mkdtempSync(join(tmpdir(), 'earmark-safety-'))
  path = join(folder, 'a.txt')
  writeFileSync(path, 'old')
})

async function fingerprintOf(file: string): Promise<Fingerprint> {
  const bytes = readFileSync(file)
  return { size: bytes.length, modified: statSync(file).mtimeMs, hash: hashOf(bytes) }
}

const read = () => readFileSync(path, 'utf8')
const failing = (code: string) => async () => {
  throw Object.assign(new Error(code), { code, syscall: 'test' })
}

describe('saving', () => {
  it('replaces the file and leaves nothing beside it', async () => {
    const saved = await saveFile(path, utf8('new'), await fingerprintOf(path), { safetyFolder })
    expect(saved).toEqual({ ok: true, value: await fingerprintOf(path) })
    expect(read()).toBe('new')
    expect(readdirSync(folder)).toEqual(['a.txt'])
  })

  it('writes a file that is not there yet', async () => {
    const other = join(folder, 'b.txt')
    expect((await saveFile(other, utf8('x'), null, { safetyFolder })).ok).toBe(true)
    expect(readFileSync(other, 'utf8')).toBe('x')
  })

  it('writes nothing when nothing changed', async () => {
    utimesSync(path, 1000, 1000)
    await saveFile(path, utf8('old'), await fingerprintOf(path), { safetyFolder })
    expect(statSync(path).mtimeMs).toBe(1_000_000)
  })

  it('keeps the permissions', async () => {
    chmodSync(path, 0o640)
    await saveFile(path, utf8('new'), null, { safetyFolder })
    expect(statSync(path).mode & 0o777).toBe(0o640)
  })

  it('replaces the target of a symbolic link', async () => {
    const link = join(folder, 'link.txt')
    symlinkSync('a.txt', link)
    await saveFile(link, utf8('new'), null, { safetyFolder })
    expect(readlinkSync(link)).toBe('a.txt')
    expect(read()).toBe('new')
  })

  it('creates the target of a dangling link', async () => {
    const link = join(folder, 'link.txt')
    symlinkSync('c.txt', link)
    expect((await saveFile(link, utf8('new'), null, { safetyFolder })).ok).toBe(true)
    expect(readFileSync(join(folder, 'c.txt'), 'utf8')).toBe('new')
  })

  it('creates the target of a dangling link that leads over another one, anywhere', async () => {
    const [link, far] = [join(folder, 'link.txt'), join(safetyFolder, 'far.txt')]
    symlinkSync('inner.txt', link)
    symlinkSync(far, join(folder, 'inner.txt'))
    expect((await saveFile(link, utf8('new'), null, { safetyFolder })).ok).toBe(true)
    expect(readFileSync(far, 'utf8')).toBe('new')
  })

  it('refuses links that lead in a circle', async () => {
    const [one, two] = [join(folder, 'one.txt'), join(folder, 'two.txt')]
    symlinkSync(two, one)
    symlinkSync(one, two)
    expect(await saveFile(one, utf8('new'), null, { safetyFolder })).toMatchObject({ ok: false })
  })

  it('never lets others read what only its owner may read', async () => {
    chmodSync(path, 0o600)
    const modes: number[] = []
    const rename = (async (from: string, to: string) => {
      modes.push(statSync(from).mode & 0o777)
      return nodeFiles.rename(from, to)
    }) as typeof nodeFiles.rename
    const open = (async (...args: Parameters<typeof nodeFiles.open>) => {
      const handle = await nodeFiles.open(...args)
      if (args[1] === 'wx') modes.push(statSync(args[0] as string).mode & 0o777)
      return handle
    }) as typeof nodeFiles.open
    await saveFile(path, utf8('new'), null, { safetyFolder, files: { ...nodeFiles, rename, open } })
    expect(modes).toEqual([0o600, 0o600])
  })

  it('tells what will be written over, and nothing when there is nothing to write', async () => {
    const told: (string | null)[] = []
    const beforeWriting = async (current: Uint8Array | null) => {
      told.push(current && Buffer.from(current).toString())
    }
    await saveFile(path, utf8('old'), null, { safetyFolder, beforeWriting })
    expect(told).toEqual([])
    await saveFile(path, utf8('new'), null, { safetyFolder, beforeWriting })
    await saveFile(join(folder, 'b.txt'), utf8('x'), null, { safetyFolder, beforeWriting })
    expect(told).toEqual(['old', null])
  })

  it('keeps the other names of a file with several', async () => {
    const other = join(folder, 'other.txt')
    linkSync(path, other)
    await saveFile(path, utf8('new and longer'), null, { safetyFolder })
    expect(readFileSync(other, 'utf8')).toBe('new and longer')
    expect(statSync(path).ino).toBe(statSync(other).ino)
    expect(readdirSync(safetyFolder)).toEqual([])
  })

  it('refuses a file that is not as expected, and one that is gone', async () => {
    const expected = await fingerprintOf(path)
    writeFileSync(path, 'theirs')
    expect(await saveFile(path, utf8('new'), expected, { safetyFolder })).toMatchObject({
      ok: false,
      error: { kind: 'changed' },
    })
    expect(read()).toBe('theirs')
    await nodeFiles.rm(path)
    expect(await saveFile(path, utf8('new'), expected, { safetyFolder })).toMatchObject({
      ok: false,
      error: { kind: 'gone' },
    })
    expect(readdirSync(folder)).toEqual([])
  })

  it('has nothing to refuse when the file holds what is meant, as after a save that came through unheard', async () => {
    const expected = await fingerprintOf(path)
    writeFileSync(path, 'new')
    expect(await saveFile(path, utf8('new'), expected, { safetyFolder })).toMatchObject({ ok: true })
  })

  it('notices a change of the same size and time', async () => {
    const expected = await fingerprintOf(path)
    const { mtime } = statSync(path)
    writeFileSync(path, 'OLD')
    utimesSync(path, mtime, mtime)
    expect(await saveFile(path, utf8('new'), expected, { safetyFolder })).toMatchObject({
      ok: false,
      error: { kind: 'changed' },
    })
  })
})

describe('faults', () => {
  const kinds = [
    ['rename', 'EBUSY', 'busy'],
    ['rename', 'EXDEV', 'unknown'],
    ['rename', 'EIO', 'unknown'],
    ['open', 'EDQUOT', 'full'],
    ['open', 'EACCES', 'notAllowed'],
    ['open', 'EROFS', 'readOnly'],
    ['open', 'ENOSPC', 'full'],
    ['chmod', 'EPERM', 'notAllowed'],
  ] as const

  it.each(kinds)('%s failing with %s leaves the old file and is named %s', async (call, code, kind) => {
    const files: SaverFiles = { ...nodeFiles, [call]: failing(code) }
    expect(await saveFile(path, utf8('new'), null, { safetyFolder, files })).toMatchObject({
      ok: false,
      error: { kind, name: 'a.txt' },
    })
    expect(read()).toBe('old')
    expect(readdirSync(folder)).toEqual(['a.txt'])
  })

  it('a short write that reports success is noticed', async () => {
    const open = (async (...args: Parameters<typeof nodeFiles.open>) => {
      const handle = await nodeFiles.open(...args)
      if (args[1] !== 'wx') return handle
      return new Proxy(handle, {
        get: (target, name) => {
          if (name === 'truncate') return async () => target.truncate(2)
          const value = Reflect.get(target, name)
          return typeof value === 'function' ? value.bind(target) : value
        },
      })
    }) as typeof nodeFiles.open
    expect(
      await saveFile(path, utf8('new text'), null, { safetyFolder, files: { ...nodeFiles, open } }),
    ).toMatchObject({ ok: false })
    expect(read()).toBe('old')
    expect(readdirSync(folder)).toEqual(['a.txt'])
  })

  it('a change between reading and renaming is noticed', async () => {
    let reads = 0
    const readFile = (async (target: string) => {
      const bytes = await nodeFiles.readFile(target)
      if (target === path && ++reads === 1) writeFileSync(path, 'theirs')
      return bytes
    }) as unknown as typeof nodeFiles.readFile
    expect(
      await saveFile(path, utf8('new'), null, { safetyFolder, files: { ...nodeFiles, readFile } }),
    ).toMatchObject({
      ok: false,
      error: { kind: 'changed' },
    })
    expect(read()).toBe('theirs')
  })
})

describe('files that must stay where they are', () => {
  const cannotCopy = {
    copyAttributes: async () => {
      throw Object.assign(new Error('no tool'), { code: 'ENOENT', syscall: 'spawn' })
    },
  }

  it('an attribute tool that fails is no reason to lose the old file', async () => {
    expect(await saveFile(path, utf8('new'), null, { safetyFolder, ...cannotCopy })).toMatchObject({
      ok: false,
    })
    expect(read()).toBe('old')
    expect(readdirSync(folder)).toEqual(['a.txt'])
  })

  it('an owner that a new file could not have keeps the file in its place', async () => {
    const inode = statSync(path).ino
    const stat = (async (target: string) => {
      const found = await nodeFiles.stat(target)
      if (String(target).endsWith('.earmark-tmp')) found.uid += 1
      return found
    }) as unknown as typeof nodeFiles.stat
    expect(
      (await saveFile(path, utf8('new'), null, { safetyFolder, files: { ...nodeFiles, stat } })).ok,
    ).toBe(true)
    expect([read(), statSync(path).ino, readdirSync(folder)]).toEqual(['new', inode, ['a.txt']])
  })

  it('puts the old bytes back when writing in place fails, and drops the record', async () => {
    linkSync(path, join(folder, 'other.txt'))
    let writes = 0
    const open = (async (...args: Parameters<typeof nodeFiles.open>) => {
      const handle = await nodeFiles.open(...args)
      if (args[0] !== path || ++writes > 1) return handle
      return new Proxy(handle, {
        get: (target, name) => {
          if (name === 'sync') return failing('ENOSPC')
          const value = Reflect.get(target, name)
          return typeof value === 'function' ? value.bind(target) : value
        },
      })
    }) as typeof nodeFiles.open
    expect(
      await saveFile(path, utf8('new and longer'), null, { safetyFolder, files: { ...nodeFiles, open } }),
    ).toMatchObject({ ok: false, error: { kind: 'full' } })
    expect([read(), readdirSync(safetyFolder)]).toEqual(['old', []])
  })

  it('a change while the record is written keeps the write away', async () => {
    linkSync(path, join(folder, 'other.txt'))
    const open = (async (...args: Parameters<typeof nodeFiles.open>) => {
      if (String(args[0]).endsWith('.in-place')) writeFileSync(path, 'theirs')
      return nodeFiles.open(...args)
    }) as typeof nodeFiles.open
    expect(
      await saveFile(path, utf8('new'), null, { safetyFolder, files: { ...nodeFiles, open } }),
    ).toMatchObject({ ok: false, error: { kind: 'changed' } })
    expect([read(), readdirSync(safetyFolder)]).toEqual(['theirs', []])
  })

  const record = (target: string, before: string, after: string) => {
    const head = { target, oldLength: before.length, newLength: after.length, hash: hashOf(utf8(after)) }
    writeFileSync(join(safetyFolder, '1-x.in-place'), `${JSON.stringify(head)}\n${before}${after}`)
  }

  it('completes at the start what a kill interrupted', async () => {
    record(path, 'old text', 'NEW WORDS')
    writeFileSync(path, 'NEWwtext')
    expect(await finishInPlace(nodeFiles, safetyFolder)).toEqual([])
    expect(read()).toBe('NEWwtext')
    writeFileSync(path, 'NEW text')
    expect(await finishInPlace(nodeFiles, safetyFolder)).toEqual([path])
    expect([read(), readdirSync(safetyFolder)]).toEqual(['NEW WORDS', []])
  })

  it('keeps a record that cannot be read now, and goes on with the others', async () => {
    mkdirSync(join(safetyFolder, '0.in-place'))
    record(path, 'old text', 'NEW WORDS')
    writeFileSync(path, 'NEW text')
    expect(await finishInPlace(nodeFiles, safetyFolder)).toEqual([path])
    expect([read(), readdirSync(safetyFolder)]).toEqual(['NEW WORDS', ['0.in-place']])
  })

  it('does not call saved what the folder’s disk refused, and knows a folder that cannot be forced to disk', async () => {
    const withSync = (code: string): SaverFiles => ({
      ...nodeFiles,
      open: async (file, ...rest) => {
        const handle = await nodeFiles.open(file, ...rest)
        if (file === folder) handle.sync = failing(code)
        return handle
      },
    })
    const refused = await saveFile(path, utf8('new'), null, { safetyFolder, files: withSync('EIO') })
    expect(refused).toMatchObject({ ok: false })
    expect(read()).toBe('new')
    expect(
      await saveFile(path, utf8('newer'), null, { safetyFolder, files: withSync('EINVAL') }),
    ).toMatchObject({
      ok: true,
    })
  })

  it('removes the temporaries of processes that are gone, and no other file', async () => {
    const ours = basename(temporaryFor(path))
    const gone = ours.replace(`.${process.pid}-`, '.4194999-')
    const running = ours.replace(`.${process.pid}-`, `.${process.ppid}-`)
    // Of a computer that shares the folder: its processes cannot be seen from here.
    const elsewhere = gone.replace(/-[0-9a-f]{8}/u, '-00000000')
    const users = 'mine.earmark-tmp'
    for (const name of [gone, running, elsewhere, users]) writeFileSync(join(folder, name), 'x')
    expect(await removeStrayTemporaries([folder], Date.now())).toEqual({ removed: [], left: 1 })
    expect(await removeStrayTemporaries([folder], Date.now() + 120_000)).toEqual({
      removed: [join(folder, gone)],
      left: 0,
    })
    expect(readdirSync(folder).sort()).toEqual([running, elsewhere, 'a.txt', users].sort())
  })
})
