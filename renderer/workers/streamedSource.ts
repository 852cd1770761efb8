import { streamUrl } from '../../shared/recording/address'
import type { ByteSource } from '../../shared/recording/byteSource'
import { rangeSource } from './rangeSource'

/** A read of so many bytes that goes on where the last one ended begins a stream. */
const worthStreaming = 64 * 1024

/** Bytes at the beginning that are fetched once: every format's reader looks there, some of them several times. */
const headLength = 320 * 1024

/** The bytes of one answer, read in order. */
class ByteStream {
  private reader: ReadableStreamDefaultReader<Uint8Array> | null = null
  private rest = new Uint8Array(0)
  private last: Promise<unknown> = Promise.resolve()
  private readonly channel = new MessageChannel()

  /** @param position where the next read begins */
  constructor(
    private readonly url: string,
    public position: number,
    private readonly signal: AbortSignal,
  ) {}

  /** The next `length` bytes, fewer at the end. */
  read(length: number): Promise<Uint8Array> {
    const from = this.position
    this.position += length
    const taken = this.last.then(() => this.take(from, length))
    this.last = taken.catch(() => undefined)
    return taken
  }

  close(): void {
    this.channel.port1.close()
    void this.reader?.cancel().catch(() => undefined)
  }

  private async take(from: number, length: number): Promise<Uint8Array> {
    await this.breathe()
    this.reader ??= await this.open(from)
    if (this.rest.length === 0) await this.more(this.reader)
    if (this.rest.length >= length) return this.cut(length)
    const bytes = new Uint8Array(length)
    let filled = 0
    while (filled < length && (this.rest.length > 0 || (await this.more(this.reader)))) {
      const part = this.cut(Math.min(length - filled, this.rest.length))
      bytes.set(part, filled)
      filled += part.length
    }
    return bytes.subarray(0, filled)
  }

  private async open(from: number): Promise<ReadableStreamDefaultReader<Uint8Array>> {
    const answer = await fetch(streamUrl(this.url), {
      headers: { range: `bytes=${from}-` },
      signal: this.signal,
    })
    if (!answer.ok || !answer.body) throw new Error(`the recording answered ${answer.status}`)
    return answer.body.getReader()
  }

  // Lets messages in: bytes that are there already would be handed on without a pause to the end of the file. A timer would wait for 4 ms.
  private breathe(): Promise<unknown> {
    return new Promise((done) => {
      this.channel.port1.onmessage = done
      this.channel.port2.postMessage(null)
    })
  }

  private cut(length: number): Uint8Array {
    const part = this.rest.subarray(0, length)
    this.rest = this.rest.subarray(length)
    return part
  }

  private async more(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<boolean> {
    const { done, value } = await reader.read()
    if (!done) this.rest = value as Uint8Array<ArrayBuffer>
    return !done
  }
}

/** Reads a recording that is mostly read from one end to the other: what is asked for in order comes out of one answer, everything else by
 *  ranges. In order or not, it is the same as by ranges, and so it is where there is no such answer. */
export function streamedSource(url: string, size: number, signal: AbortSignal): ByteSource {
  const ranges = rangeSource(url, size, signal)
  let head: Promise<Uint8Array> | null = null
  let stream: ByteStream | null = null
  let ended = -1
  let isOffered = true

  // The answer does not say where it begins; its first bytes do.
  async function begin(offset: number, length: number): Promise<Uint8Array | null> {
    stream?.close()
    const started = new ByteStream(url, offset, signal)
    stream = started
    const [bytes, same] = await Promise.all([started.read(length), ranges.read(offset, length)])
    return bytes.length === same.length && bytes.every((byte, index) => byte === same[index]) ? bytes : null
  }

  return {
    size,
    readMany: ranges.readMany,
    async read(offset, length) {
      const wanted = Math.min(length, size - offset)
      const goesOn = offset === stream?.position
      const begins = !goesOn && offset === ended && wanted >= worthStreaming
      ended = offset + wanted
      if (!goesOn && wanted > 0 && ended <= headLength) {
        head ??= ranges.read(0, headLength).catch((reason: unknown) => {
          head = null
          throw reason
        })
        return (await head).subarray(offset, ended)
      }
      if (!isOffered || wanted <= 0 || (!goesOn && !begins)) return ranges.read(offset, length)
      try {
        const bytes = goesOn ? await stream?.read(wanted) : await begin(offset, wanted)
        if (bytes?.length === wanted) return bytes
      } catch {
        signal.throwIfAborted()
      }
      // A range says why it cannot be had.
      isOffered = false
      stream?.close()
      stream = null
      return ranges.read(offset, length)
    },
  }
}
