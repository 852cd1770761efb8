import { streamUrl } from '../../shared/recording/address'
import type { ByteSource } from '../../shared/recording/byteSource'
import { rangeSource } from './rangeSource'

/** A read of so many bytes that goes on where the last one ended begins a stream. */
const worthStreaming = 64 * 1024

/** Bytes at the beginning that are fetched once: every format's reader looks there, some of them several times. */
const headLength = 320 * 1024

/** Bytes of one answer: Chromium takes up to a hundred megabytes in before they are asked for. */
const answerLength = 4 * 1024 * 1024

/** Bytes that are read in order, out of few answers. */
class ByteStream {
  private reader: ReadableStreamDefaultReader<Uint8Array> | null = null
  /** Where what came so far ends, and where the answer that is being read does. */
  private reached: number
  private answerEnd: number
  private rest = new Uint8Array(0)
  private last: Promise<unknown> = Promise.resolve()
  private readonly channel = new MessageChannel()

  /** @param position where the next read begins */
  constructor(
    private readonly url: string,
    private readonly size: number,
    public position: number,
    private readonly signal: AbortSignal,
  ) {
    this.reached = position
    this.answerEnd = position
  }

  /** Fills `bytes` with those that come next; fewer at the end. */
  read(bytes: Uint8Array): Promise<Uint8Array> {
    this.position += bytes.length
    const taken = this.last.then(() => this.take(bytes))
    this.last = taken.catch(() => undefined)
    return taken
  }

  close(): void {
    this.channel.port1.close()
    void this.reader?.cancel().catch(() => undefined)
  }

  private async take(bytes: Uint8Array): Promise<Uint8Array> {
    await this.breathe()
    let filled = 0
    while (filled < bytes.length && (this.rest.length > 0 || (await this.more()))) {
      const part = this.rest.subarray(0, bytes.length - filled)
      bytes.set(part, filled)
      filled += part.length
      this.rest = this.rest.subarray(part.length)
    }
    return bytes.subarray(0, filled)
  }

  private async open(): Promise<ReadableStreamDefaultReader<Uint8Array>> {
    this.answerEnd = Math.min(this.size, this.reached + answerLength)
    const range = `bytes=${this.reached}-${this.answerEnd - 1}`
    const answer = await fetch(streamUrl(this.url), { headers: { range }, signal: this.signal })
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

  // More bytes to take from, if there are any.
  private async more(): Promise<boolean> {
    for (;;) {
      this.reader ??= await this.open()
      const { done, value } = await this.reader.read()
      if (!done) {
        this.rest = value as Uint8Array<ArrayBuffer>
        this.reached += value.length
        return true
      }
      if (this.reached < this.answerEnd || this.reached >= this.size) return false
      this.reader = null
    }
  }
}

/** Reads a recording that is mostly read from one end to the other: what is asked for in order comes out of few answers, everything else by
 *  ranges. In order or not, it is the same as by ranges, and so it is where there is no such answer. */
export function streamedSource(url: string, size: number, signal: AbortSignal): ByteSource {
  const ranges = rangeSource(url, size, signal)
  let head: Promise<Uint8Array> | null = null
  let stream: ByteStream | null = null
  let ended = -1
  let isOffered = true

  // The answer does not say where it begins; its first bytes do.
  async function begin(offset: number, room: Uint8Array): Promise<Uint8Array | null> {
    stream?.close()
    const started = new ByteStream(url, size, offset, signal)
    stream = started
    const [bytes, same] = await Promise.all([started.read(room), ranges.read(offset, room.length)])
    return bytes.length === same.length && bytes.every((byte, index) => byte === same[index]) ? bytes : null
  }

  async function read(offset: number, length: number, room?: Uint8Array): Promise<Uint8Array> {
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
    const into = room?.subarray(0, wanted) ?? new Uint8Array(wanted)
    try {
      const bytes = goesOn ? await stream?.read(into) : await begin(offset, into)
      if (bytes?.length === wanted) return bytes
    } catch {
      signal.throwIfAborted()
    }
    // A range says why it cannot be had.
    isOffered = false
    stream?.close()
    stream = null
    return ranges.read(offset, length)
  }

  return {
    size,
    read: (offset, length) => read(offset, length),
    readInto: (offset, bytes) => read(offset, bytes.length, bytes),
    readMany: ranges.readMany,
  }
}
