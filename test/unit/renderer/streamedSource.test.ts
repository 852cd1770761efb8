import { afterEach, describe, expect, it, vi } from 'vitest'
import { streamedSource } from '../../../renderer/workers/streamedSource'

const url = 'app://earmark/recording/0a1b'
const piece = 64 * 1024

/** The first piece that is not fetched with the beginning. */
const later = 5

const answerLength = 4 * 1024 * 1024
const whole = new Uint8Array(answerLength + piece * 20 + 123)
for (let index = 0; index < whole.length; index++) whole[index] = (index * 31) >> 5

interface Asked {
  readonly address: string
  readonly range: string
}

/** Answers as the app does. @param stream what answers for the stream, given where it is to begin and to end */
function serve(stream: (from: number, to: number) => Response): Asked[] {
  const asked: Asked[] = []
  vi.stubGlobal('fetch', async (address: string, { headers }: { headers: { range: string } }) => {
    asked.push({ address, range: headers.range })
    const [, from = '', to = ''] = /^bytes=(\d+)-(\d*)$/u.exec(headers.range) ?? []
    if (address.startsWith('recording:')) return stream(Number(from), Number(to) + 1)
    return new Response(whole.slice(Number(from), Number(to) + 1), { status: 206 })
  })
  return asked
}

/** The bytes from a place on, in chunks of a length that fits nothing. */
function chunked(from: number, to: number, length = 50_021): Response {
  let at = from
  return new Response(
    new ReadableStream<Uint8Array>({
      pull(controller) {
        const end = Math.min(to, at + length)
        if (end > at) controller.enqueue(whole.slice(at, end))
        at = end
        if (at >= to) controller.close()
      },
    }),
  )
}

async function readAll(source: ReturnType<typeof streamedSource>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for (let at = 0; at < source.size; at += piece) parts.push((await source.read(at, piece)).slice())
  return Buffer.concat(parts)
}

const isSame = (found: Uint8Array, from = 0, to = whole.length) =>
  Buffer.compare(found, whole.subarray(from, to)) === 0

const open = () => streamedSource(url, whole.length, new AbortController().signal)
const streams = (asked: readonly Asked[]) =>
  asked.filter(({ address }) => address === 'recording://earmark/0a1b')

afterEach(() => vi.unstubAllGlobals())

describe('a recording that is read in order', () => {
  it('comes out of a few answers behind its beginning', async () => {
    const asked = serve(chunked)
    expect(isSame(await readAll(open()))).toBe(true)
    const first = later * piece
    expect(streams(asked).map(({ range }) => range)).toEqual([
      `bytes=${first}-${first + answerLength - 1}`,
      `bytes=${first + answerLength}-${whole.length - 1}`,
    ])
    expect(asked.length).toBe(4)
  })

  it('is the same where a read is begun before the last one is there', async () => {
    serve(chunked)
    const source = open()
    const first = await source.read(piece * (later - 1), piece)
    const rest = await Promise.all([0, 1, 2].map((index) => source.read(piece * (later + index), piece)))
    expect([first, ...rest].map((bytes) => bytes.length)).toEqual([piece, piece, piece, piece])
    expect(isSame(rest[2] as Uint8Array, piece * (later + 2), piece * (later + 3))).toBe(true)
  })

  it('gives what lies elsewhere by ranges, and goes on in order', async () => {
    const asked = serve(chunked)
    const source = open()
    await source.read(piece * (later - 1), piece)
    await source.read(piece * later, piece)
    expect(await source.read(5, 10)).toEqual(whole.slice(5, 15))
    const middle = piece * (later + 9)
    expect(await source.read(middle, 10)).toEqual(whole.slice(middle, middle + 10))
    const next = piece * (later + 1)
    expect(isSame(await source.read(next, piece), next, next + piece)).toBe(true)
    expect(await source.read(whole.length - 5, piece)).toEqual(whole.slice(-5))
    expect(await source.read(whole.length, piece)).toHaveLength(0)
    expect(streams(asked)).toHaveLength(1)
  })

  it.each([
    ['there is no such answer', () => new Response(null, { status: 404 })],
    ['the answer fails', () => Response.error()],
    ['the answer begins somewhere else', () => chunked(0, whole.length)],
    ['the answer ends too early', (from: number) => chunked(from, piece * (later + 3) + 7)],
  ])('is read by ranges where %s', async (_what, stream) => {
    serve(stream)
    expect(isSame(await readAll(open()))).toBe(true)
  })

  it('ends when it is called off', async () => {
    serve(chunked)
    const controller = new AbortController()
    const source = streamedSource(url, whole.length, controller.signal)
    await source.read(piece * (later - 1), piece)
    controller.abort(new Error('called off'))
    vi.stubGlobal('fetch', () => Promise.reject(new Error('called off')))
    await expect(source.read(piece * later, piece)).rejects.toThrow('called off')
  })
})
