import { existsSync, mkdtempSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { RecordingServer } from '../../../electron/recording/recordingServer'
import { rangeSource } from '../../../renderer/workers/rangeSource'

const size = 1_000_000
const contents = Uint8Array.from({ length: size }, (_, index) => (index * 7) % 251)

function served() {
  const path = join(mkdtempSync(join(tmpdir(), 'earmark-server-')), 'a.mp3')
  writeFileSync(path, contents)
  const server = new RecordingServer()
  const token = server.open(path)
  const ask = (range?: string, method = 'GET') =>
    server.answer(token, new Request('app://earmark/recording', { method, headers: range ? { range } : {} }))
  return { path, ask }
}

const descriptors = '/proc/self/fd'
const openFiles = () => readdirSync(descriptors).length

const faults: unknown[] = []
const note = (reason: unknown) => faults.push(reason)
process.on('uncaughtException', note)
afterEach(() => {
  expect(faults.splice(0)).toEqual([])
})

describe('the recording server', () => {
  it('answers the whole file, a part, an end and a HEAD', async () => {
    const { ask } = served()
    const whole = await ask()
    expect([whole.status, whole.headers.get('content-length')]).toEqual([200, String(size)])
    expect(Buffer.from(await whole.arrayBuffer()).equals(contents)).toBe(true)
    const part = await ask('bytes=300000-899999')
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 300000-899999/${size}`])
    expect(Buffer.from(await part.arrayBuffer()).equals(contents.subarray(300_000, 900_000))).toBe(true)
    const end = await ask('bytes=-10')
    expect(new Uint8Array(await end.arrayBuffer())).toEqual(contents.subarray(size - 10))
    const head = await ask(undefined, 'HEAD')
    expect([head.status, head.body]).toEqual([200, null])
    expect((await ask(`bytes=${size}-`)).status).toBe(416)
  })

  it('answers several ranges at once, and the window reads them', async () => {
    const { ask } = served()
    const asked: string[] = []
    vi.stubGlobal('fetch', (_url: string, { headers }: { headers: { range: string } }) => {
      asked.push(headers.range)
      return ask(headers.range)
    })
    const source = rangeSource('app://earmark/recording', size, new AbortController().signal)
    const stretches = [
      { offset: 700_000, length: 100_000 },
      { offset: 5, length: 1 },
      { offset: size, length: 10 },
      { offset: size - 3, length: 10 },
    ]
    const found = await source.readMany?.(stretches)
    const expected = stretches.map(({ offset, length }) => contents.subarray(offset, offset + length))
    expect(found?.map((bytes) => bytes.length)).toEqual([100_000, 1, 0, 3])
    expect(found?.every((bytes, index) => Buffer.compare(bytes, expected[index] as Uint8Array) === 0)).toBe(
      true,
    )
    expect(asked).toEqual([`bytes=700000-799999,5-5,${size - 3}-${size - 1}`])

    // More than is answered so is read one by one.
    asked.length = 0
    const large = Array.from({ length: 20 }, (_, index) => ({ offset: index, length: size - 20 }))
    const each = await source.readMany?.(large)
    expect(each?.map((bytes) => bytes[0])).toEqual(large.map(({ offset }) => contents[offset]))
    expect(asked).toHaveLength(21)
    vi.unstubAllGlobals()
  })

  it.skipIf(!existsSync(descriptors))(
    'leaves no file open and raises nothing, whenever its readers go away',
    async () => {
      const { ask } = served()
      const before = openFiles()
      for (let round = 0; round < 500; round++) {
        const { body } = await ask(`bytes=${(round * 1999) % size}-`)
        const reader = (body as ReadableStream<Uint8Array>).getReader()
        const reads = round % 6
        for (let count = 0; count < reads; count++) {
          // Every other reader does not wait for the answer before it leaves.
          const reading = reader.read()
          if (round % 2 === 0 || count < reads - 1) await reading
        }
        await reader.cancel()
      }
      await new Promise((done) => setTimeout(done, 50))
      expect(openFiles()).toBeLessThanOrEqual(before)
    },
  )

  it('fails the answer when the file becomes shorter while it is read', async () => {
    const { path, ask } = served()
    const reader = ((await ask()).body as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    truncateSync(path, 1000)
    const rest = (async () => {
      while (!(await reader.read()).done);
    })()
    await expect(rest).rejects.toThrow('shorter')
  })
})
