import type { ByteSource, ByteStretch } from '../../shared/recording/byteSource'

/** Reads a recording through byte ranges of its address. */
export function rangeSource(
  url: string,
  size: number,
  signal: AbortSignal,
): Required<Pick<ByteSource, 'size' | 'read' | 'readMany'>> {
  async function ask(range: string): Promise<Response> {
    const answer = await fetch(url, { headers: { range: `bytes=${range}` }, signal })
    if (!answer.ok) throw new Error(`the recording answered ${answer.status}`)
    return answer
  }

  const rangeOf = ({ offset, length }: ByteStretch) => `${offset}-${Math.min(size, offset + length) - 1}`
  const isEmpty = ({ offset, length }: ByteStretch) => offset >= size || length <= 0

  async function read(offset: number, length: number): Promise<Uint8Array> {
    if (isEmpty({ offset, length })) return new Uint8Array(0)
    return new Uint8Array(await (await ask(rangeOf({ offset, length }))).arrayBuffer())
  }

  return {
    size,
    read,
    async readMany(stretches) {
      const wanted = stretches.filter((stretch) => !isEmpty(stretch))
      if (wanted.length > 1) {
        const answer = await ask(wanted.map(rangeOf).join(','))
        const boundary = /boundary=(\w+)/u.exec(answer.headers.get('content-type') ?? '')?.[1]
        const parts = boundary ? partsOf(new Uint8Array(await answer.arrayBuffer()), boundary) : null
        if (parts?.length === wanted.length)
          return stretches.map((stretch) =>
            isEmpty(stretch) ? new Uint8Array(0) : (parts.shift() as Uint8Array),
          )
        await answer.body?.cancel().catch(() => undefined)
      }
      return Promise.all(stretches.map(({ offset, length }) => read(offset, length)))
    },
  }
}

/** The parts of a body of several ranges (RFC 9110, 14.6), in their order. Each tells its length: what is in it may look like a boundary. */
function partsOf(body: Uint8Array, boundary: string): Uint8Array[] {
  const decoder = new TextDecoder('latin1')
  const longestHead = 256
  const parts: Uint8Array[] = []
  for (let at = 0; at < body.length; ) {
    const head = decoder.decode(body.subarray(at, at + longestHead))
    const end = head.indexOf('\r\n\r\n')
    const [, from, to] = /content-range: bytes (\d+)-(\d+)\//iu.exec(head.slice(0, end)) ?? []
    if (end < 0 || !head.startsWith(`\r\n--${boundary}\r\n`) || from === undefined) break
    const start = at + end + 4
    at = start + Number(to) - Number(from) + 1
    parts.push(body.subarray(start, at))
  }
  return parts
}
