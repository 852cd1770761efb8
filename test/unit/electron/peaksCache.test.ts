import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PeaksCache } from '../../../electron/recording/peaksCache'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earmark-peaks-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const body = Uint8Array.from({ length: 5000 }, (_, index) => index % 251)

describe('the cache of peaks', () => {
  it('gives back what was written, and nothing for another key', async () => {
    const cache = new PeaksCache(folder)
    await cache.write('a', body)
    expect(await cache.read('a')).toEqual(body)
    expect(await cache.read('b')).toBeNull()
  })

  it('keeps what comes in pieces once all are there, and nothing where one is missing or too many came', async () => {
    const cache = new PeaksCache(folder)
    const give = (key: string, from: number, to: number, at = from) =>
      cache.writePiece(key, body.length, at, body.slice(from, to))
    await give('a', 0, 2000)
    await give('b', 2000, 5000)
    expect(await cache.read('a')).toBeNull()
    await give('a', 2000, 5000)
    expect(await cache.read('a')).toEqual(body)
    await give('c', 0, 2000)
    await give('c', 3000, 5000)
    await give('d', 0, 4000)
    await give('d', 0, 2000, 4000)
    expect([await cache.read('b'), await cache.read('c'), await cache.read('d')]).toEqual([null, null, null])
  })

  it.each([0, 10, 32, 2000, 5031])('takes a file cut to %i bytes for none', async (length) => {
    const cache = new PeaksCache(folder)
    await cache.write('a', body)
    await truncate(join(folder, 'a.peaks'), length)
    expect(await cache.read('a')).toBeNull()
  })

  it('takes a file with one changed byte for none, and removes it', async () => {
    const cache = new PeaksCache(folder)
    await cache.write('a', body)
    const bytes = await readFile(join(folder, 'a.peaks'))
    bytes[1000] = (bytes[1000] as number) ^ 1
    await writeFile(join(folder, 'a.peaks'), bytes)
    expect(await cache.read('a')).toBeNull()
    expect(await readdir(folder)).not.toContain('a.peaks')
  })

  it('tells what clearing freed, and has nothing afterwards', async () => {
    const cache = new PeaksCache(folder)
    await cache.write('a', body)
    await cache.write('b', body)
    expect(await cache.clear()).toBe(2 * (body.length + 32))
    expect(await cache.read('a')).toBeNull()
    expect(await cache.clear()).toBe(0)
  })

  it('lets the least recently used go when there is too much', async () => {
    const cache = new PeaksCache(folder, 2.5 * (body.length + 32))
    await cache.write('a', body)
    await new Promise((resolve) => setTimeout(resolve, 20))
    await cache.write('b', body)
    await new Promise((resolve) => setTimeout(resolve, 20))
    await cache.read('a')
    await new Promise((resolve) => setTimeout(resolve, 20))
    await cache.write('c', body)
    expect(await cache.read('b')).toBeNull()
    expect(await cache.read('a')).toEqual(body)
    expect(await cache.read('c')).toEqual(body)
  })
})
