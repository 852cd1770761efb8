import { randomBytes } from 'node:crypto'
import { open, stat } from 'node:fs/promises'
import { type ByteRange, readRange } from './ranges'

/** Bytes read at a time. */
const pieceSize = 256 * 1024

/** Serves the recordings that are open, each under a random token, with byte ranges. */
export class RecordingServer {
  private readonly paths = new Map<string, string>()

  /** @returns the token */
  open(path: string): string {
    const token = randomBytes(24).toString('hex')
    this.paths.set(token, path)
    return token
  }

  close(token: string): void {
    this.paths.delete(token)
  }

  closeAll(): void {
    this.paths.clear()
  }

  /** The file that is open under a token. */
  pathOf(token: string): string | null {
    return this.paths.get(token) ?? null
  }

  /** Answers GET and HEAD. A recording that is gone is 404; the bytes are read as they are asked for. */
  async answer(token: string, request: Request): Promise<Response> {
    const path = this.pathOf(token)
    const found = path === null ? null : await stat(path).catch(() => null)
    if (path === null || !found?.isFile()) return new Response(null, { status: 404 })
    if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405 })
    const range = readRange(request.headers.get('range'), found.size)
    const headers = {
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
    }
    if (range.kind === 'unsatisfiable') {
      return new Response(null, {
        status: 416,
        headers: { ...headers, 'content-range': `bytes */${found.size}` },
      })
    }
    if (range.kind === 'parts') {
      const boundary = randomBytes(16).toString('hex')
      const body =
        request.method === 'HEAD' ? null : await severalParts(path, range.parts, found.size, boundary)
      const type = `multipart/byteranges; boundary=${boundary}`
      return new Response(body, { status: 206, headers: { ...headers, 'content-type': type } })
    }
    const start = range.kind === 'part' ? range.start : 0
    const end = range.kind === 'part' ? range.end : found.size - 1
    const length = Math.max(0, end - start + 1)
    const body = request.method === 'HEAD' || length === 0 ? null : streamOf(path, start, end)
    return new Response(body, {
      status: range.kind === 'part' ? 206 : 200,
      headers: {
        ...headers,
        'content-length': String(length),
        ...(range.kind === 'part' ? { 'content-range': `bytes ${start}-${end}/${found.size}` } : {}),
      },
    })
  }
}

/** Several ranges in one body (RFC 9110, 14.6). */
async function severalParts(
  path: string,
  parts: readonly ByteRange[],
  size: number,
  boundary: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Buffer[] = []
  const handle = await open(path, 'r')
  try {
    for (const { start, end } of parts) {
      const { bytesRead, buffer } = await handle.read(
        Buffer.alloc(end - start + 1),
        0,
        end - start + 1,
        start,
      )
      const head = `\r\n--${boundary}\r\ncontent-range: bytes ${start}-${end}/${size}\r\n\r\n`
      pieces.push(Buffer.from(head), buffer.subarray(0, bytesRead))
    }
  } finally {
    await handle.close()
  }
  return new Uint8Array(Buffer.concat([...pieces, Buffer.from(`\r\n--${boundary}--\r\n`)]))
}

function streamOf(path: string, start: number, end: number): ReadableStream<Uint8Array> {
  let position = start
  // Node's own bridge from files to web streams throws outside of any promise when it is cancelled at its end.
  // The file is open only while a piece is read: a reader that goes away without saying so leaves no descriptor behind.
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const handle = await open(path, 'r')
          try {
            const wanted = Math.min(pieceSize, end + 1 - position)
            const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(wanted), 0, wanted, position)
            position += bytesRead
            if (bytesRead > 0) controller.enqueue(new Uint8Array(buffer.buffer, buffer.byteOffset, bytesRead))
            if (bytesRead === 0) throw new Error('the recording became shorter')
            if (position > end) controller.close()
          } finally {
            await handle.close()
          }
        } catch (reason) {
          controller.error(reason)
        }
      },
    },
    { highWaterMark: 0 },
  )
}
