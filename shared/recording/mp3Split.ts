import { type ByteSource, readInto } from './byteSource'
import type { PcmChunk } from './decoding'
import { decodeMp3, findMp3, type Mp3Decoder, paddingOf, place } from './mp3'
import { frameLength, isMono, readTag, sampleRateAt, samplesPerFrame } from './mp3Frames'

/** The second half of an mp3, decoded by itself. */
export interface Mp3Tail {
  /** Seconds where it begins: a whole number, so that slices and frames of time begin there too. */
  readonly time: number
  readonly sampleRate: number
  /** Begin `leadIn` samples before `time`. */
  readonly chunks: AsyncIterable<PcmChunk>
}

/** Samples before its beginning that a tail gives too: to be compared with what the first half ends in, and to judge its first sounds by.
 *  0.17 s at the highest rate there is. */
export const leadIn = 8192

/** Frames decoded before those that count: a frame may need 511 bytes of those before it, which at low rates are dozens, and the filters
 *  two more (ISO 11172-3, 2.4.3.4). */
export const framesBefore = 64

/** The decoder's filter bank comes round once in so many frames; only from there are sums rounded as in one pass. */
export const framesOfTurn = 8

/** Seconds from the middle to the beginning of the tail: those frames at any rate, and a second. */
const afterMiddle = 6

const scannedAtOnce = 1024 * 1024

/** Finds a place near the middle of an mp3 file from where its second half can be decoded by itself, sample for sample as in one pass;
 *  but for rounding in the 23rd bit where a decoder cannot use the file's first frame. Every frame before it is counted.
 *  @returns `null` where frames do not follow one another without a break, or nothing is gained */
export async function openMp3Tail(
  source: ByteSource,
  createDecoder: () => Mp3Decoder,
): Promise<Mp3Tail | null> {
  const start = await findMp3(source)
  if (start === null) return null
  const head = await source.read(start, 4096)
  const perFrame = samplesPerFrame(head, 0)
  const tag = readTag(head)
  const trimmed = tag?.trimmedAtStart ?? 0
  const middle = start + (source.size - start) / 2
  const sampleRate = sampleRateAt(head, 0)
  let time = 0
  let wanted = Number.POSITIVE_INFINITY
  let count = tag ? -1 : 0
  for await (const { offset, rate } of frames(source, start)) {
    if (rate !== sampleRate) return null
    if (wanted === Number.POSITIVE_INFINITY && offset >= middle) {
      time = Math.ceil((count * perFrame - trimmed) / sampleRate) + afterMiddle
      const sounding = Math.floor((time * sampleRate + trimmed) / perFrame)
      wanted = Math.floor((sounding - framesBefore) / framesOfTurn) * framesOfTurn
      if (wanted < count) return null
    }
    if (count === wanted) {
      const first = count * perFrame - trimmed
      const chunks = decodeMp3(source, offset, createDecoder(), isMono(head, 0))
      return { time, sampleRate, chunks: place(chunks, first, time * sampleRate - leadIn, paddingOf(tag)) }
    }
    count++
  }
  return null
}

interface Frame {
  readonly offset: number
  readonly rate: number
}

/** Bytes of a header that tell a frame's length. */
const headerLength = 4

/** The frames from `start` on for as long as each begins where the one before ends. */
async function* frames(source: ByteSource, start: number): AsyncGenerator<Frame> {
  // The end of a block is kept in front of the next one: a header may lie across.
  const room = new Uint8Array(headerLength + scannedAtOnce)
  let block = room.subarray(0, headerLength)
  let blockStart = start - headerLength
  for (let offset = start; ; ) {
    while (offset + headerLength > blockStart + block.length) {
      room.set(block.slice(-headerLength))
      blockStart += block.length - headerLength
      const bytes = await readInto(source, blockStart + headerLength, room.subarray(headerLength))
      if (bytes.length === 0) return
      room.set(bytes, headerLength)
      block = room.subarray(0, headerLength + bytes.length)
    }
    const at = offset - blockStart
    const length = frameLength(block, at)
    if (length === 0) return
    yield { offset, rate: sampleRateAt(block, at) }
    offset += length
  }
}
