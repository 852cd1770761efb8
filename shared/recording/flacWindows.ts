import type { ByteSource } from './byteSource'
import { type Cancellation, gather, type SampleWindows } from './sampleWindows'
import type { StreamDecoder } from './streamed'

/** Bytes in which a frame's header is looked for: longer than any frame of usual depth and length. */
const searchLength = 64 * 1024

/** Bytes that are decoded rather than searched on. */
const nearEnough = 128 * 1024

/** Bytes handed to the decoder at a time. */
const bytesAtOnce = 64 * 1024

/** Opens FLAC (RFC 9639) to read stretches of it: the frame before a stretch is found by halving the file, as every frame's header tells
 *  its place.
 *  @returns `null` for anything else, and where the length is not stated */
export async function openFlacWindows(
  source: ByteSource,
  createDecoder: () => StreamDecoder,
): Promise<SampleWindows | null> {
  const head = await readHead(source)
  if (!head) return null
  const { sampleRate, samples } = head
  return {
    sampleRate,
    async read(from, to, signal) {
      const place = await placeBefore(source, head, from, signal)
      const end = Math.min(to, samples)
      return gather(decoded(source, head, place.offset, createDecoder()), place.sample, {
        from,
        to: end,
        sampleRate,
        signal,
      })
    },
  }
}

interface Head {
  readonly sampleRate: number
  readonly samples: number
  /** Samples of every frame but the last, where frames are counted rather than samples. */
  readonly blockSize: number
  /** Magic and stream information alone, for a decoder that starts anywhere. */
  readonly bytes: Uint8Array
  /** Where the frames begin. */
  readonly start: number
}

async function readHead(source: ByteSource): Promise<Head | null> {
  const tag = await source.read(0, 10)
  const isTagged = tag.length === 10 && tag[0] === 0x49 && tag[1] === 0x44 && tag[2] === 0x33
  const [a = 0, b = 0, c = 0, d = 0] = tag.subarray(6)
  const begin = isTagged ? 10 + (((a & 127) << 21) | ((b & 127) << 14) | ((c & 127) << 7) | (d & 127)) : 0
  const bytes = (await source.read(begin, 42)).slice()
  if (bytes.length < 42 || String.fromCharCode(...bytes.subarray(0, 4)) !== 'fLaC') return null
  const view = new DataView(bytes.buffer)
  const sampleRate = view.getUint32(18) >>> 12
  const samples = (view.getUint8(21) & 15) * 2 ** 32 + view.getUint32(22)
  if (sampleRate === 0 || samples === 0) return null
  let start = begin + 4
  for (let isLast = false; !isLast; ) {
    const block = await source.read(start, 4)
    if (block.length < 4) return null
    isLast = ((block[0] as number) & 0x80) !== 0
    start += 4 + (((block[1] as number) << 16) | ((block[2] as number) << 8) | (block[3] as number))
  }
  bytes[4] = (bytes[4] as number) | 0x80
  return { sampleRate, samples, blockSize: view.getUint16(10), bytes, start }
}

interface Place {
  readonly offset: number
  readonly sample: number
}

async function placeBefore(
  source: ByteSource,
  head: Head,
  sample: number,
  signal: Cancellation,
): Promise<Place> {
  let low: Place = { offset: head.start, sample: 0 }
  let high = source.size
  while (high - low.offset > nearEnough) {
    signal.throwIfAborted()
    const middle = Math.floor((low.offset + high) / 2)
    const found = nextFrame(await source.read(middle, searchLength), head)
    if (found && found.sample >= low.sample && found.sample <= sample)
      low = { offset: middle + found.offset, sample: found.sample }
    else high = middle
  }
  return low
}

function nextFrame(bytes: Uint8Array, head: Head): Place | null {
  for (let at = 0; at + 16 < bytes.length; at++) {
    if (bytes[at] !== 0xff || ((bytes[at + 1] as number) & 0xfe) !== 0xf8) continue
    const sample = sampleOfFrame(bytes, at, head)
    if (sample !== null) return { offset: at, sample }
  }
  return null
}

/** The first sample of the frame whose header (section 9.1) stands at `at`; `null` where none does. */
function sampleOfFrame(bytes: Uint8Array, at: number, head: Head): number | null {
  const isCountingSamples = ((bytes[at + 1] as number) & 1) === 1
  const sizeCode = (bytes[at + 2] as number) >> 4
  const rateCode = (bytes[at + 2] as number) & 15
  const fourth = bytes[at + 3] as number
  if (sizeCode === 0 || rateCode === 15 || fourth >> 4 > 10 || (fourth & 1) === 1) return null
  const lead = bytes[at + 4] as number
  const more = lead < 0x80 ? 0 : Math.clz32(~(lead << 24)) - 1
  if (lead >= 0x80 && (more < 1 || more > 6)) return null
  let number = more === 0 ? lead : lead & (0x3f >> more)
  for (let index = 1; index <= more; index++) {
    const byte = bytes[at + 4 + index] as number
    if (byte >> 6 !== 2) return null
    number = number * 64 + (byte & 63)
  }
  const extra = (sizeCode === 6 ? 1 : sizeCode === 7 ? 2 : 0) + (rateCode === 12 ? 1 : rateCode > 12 ? 2 : 0)
  const end = at + 5 + more + extra
  if (end >= bytes.length || checksum(bytes, at, end) !== bytes[end]) return null
  const sample = isCountingSamples ? number : number * head.blockSize
  return sample < head.samples ? sample : null
}

/** CRC of eight bits, polynomial x⁸ + x² + x + 1. */
function checksum(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0
  for (let index = from; index < to; index++) {
    sum ^= bytes[index] as number
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x80 ? ((sum << 1) ^ 0x07) & 0xff : sum << 1
  }
  return sum
}

async function* decoded(source: ByteSource, head: Head, offset: number, decoder: StreamDecoder) {
  try {
    await decoder.ready
    await decoder.decode(head.bytes)
    for (let at = offset; at < source.size; at += bytesAtOnce) {
      const piece = await decoder.decode(await source.read(at, bytesAtOnce))
      if (piece.samplesDecoded > 0) yield { channels: piece.channelData }
    }
    const last = await decoder.flush()
    if (last.samplesDecoded > 0) yield { channels: last.channelData }
  } finally {
    decoder.free()
  }
}
