import { type ByteSource, readInto } from './byteSource'
import { type Decoding, DecodingFailed, type PcmChunk } from './decoding'
import { wavFormatTag } from './foreignCodec'
import { MixDown } from './mixDown'
import {
  frameLength,
  isMono,
  readTag,
  sampleRateAt,
  samplesPerFrame,
  soundingSamples,
  type Tag,
} from './mp3Frames'

/** The part of mpg123-decoder that is used. */
export interface Mp3Decoder {
  readonly ready: Promise<void>
  decode(bytes: Uint8Array): {
    readonly channelData: Float32Array[]
    readonly samplesDecoded: number
    readonly sampleRate: number
  }
  /** As `decode`, in pieces that are valid until the next is asked for. */
  pieces(bytes: Uint8Array): Iterable<ReturnType<Mp3Decoder['decode']>>
  free(): void
}

/** Bytes read, and handed to the decoder, at a time: reading is dear by the request, decoded samples by their size. */
const readAtOnce = 256 * 1024
const decodedAtOnce = 32 * 1024

/** How far into a file the first frame is looked for, bytes. */
const searchLength = 256 * 1024

/** Where the audio begins: behind an ID3v2 tag of any size, at a frame that another frame follows. `null` where there is no MPEG
 *  audio. */
export async function findMp3(source: ByteSource): Promise<number | null> {
  let start = 0
  const head = await source.read(0, 10)
  if (head.length < 4) return null
  const isTagged = head[0] === 0x49 && head[1] === 0x44 && head[2] === 0x33
  if (isTagged && head.length === 10) {
    const [a = 0, b = 0, c = 0, d = 0] = head.subarray(6, 10)
    start = 10 + (((a & 127) << 21) | ((b & 127) << 14) | ((c & 127) << 7) | (d & 127))
  }
  const bytes = await source.read(start, searchLength)
  if (isOtherSound(bytes)) return null
  for (let at = 0; at + 4 < bytes.length; at++) {
    const length = frameLength(bytes, at)
    if (length === 0) continue
    // Inside other sound, two may follow one another by chance.
    const wanted = isTagged || at === 0 ? 2 : 3
    if (areFrames(bytes, at, wanted, isTagged || bytes.length < searchLength)) return start + at
    // A file that does not begin with a frame is hardly MPEG audio when it is not tagged as such.
    if (!isTagged && at > 64 * 1024) return null
  }
  return null
}

/** What other recordings begin with, and what stands behind the first four bytes of MP4 and QuickTime files. */
const otherBeginnings = ['fLaC', 'OggS', 'caff', 'FORM', '\x1aE\xdf\xa3', '0&\xb2u']
const boxNames = ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot']

/** The numbers of MPEG audio in WAV files. */
const mpegTags = [0x50, 0x55]

// What looks like a frame is found in the middle of these, too.
function isOtherSound(bytes: Uint8Array): boolean {
  const [first, second] = [0, 4].map((at) => String.fromCharCode(...bytes.subarray(at, at + 4))) as [
    string,
    string,
  ]
  if (otherBeginnings.includes(first) || boxNames.includes(second)) return true
  const tag = wavFormatTag(bytes)
  return tag !== null && !mpegTags.includes(tag)
}

/** Whether so many frames follow one another from `at` on.
 *  @param orEnd the end of the bytes counts for the rest of them, at the begin for all but one, else for the last */
function areFrames(bytes: Uint8Array, at: number, count: number, orEnd: boolean): boolean {
  for (let found = 0, here = at; found < count; found++) {
    if (found > 0 && here + 4 >= bytes.length) return orEnd && found >= count - 1
    const length = frameLength(bytes, here)
    if (length === 0) return false
    here += length
  }
  return true
}

/** Opens MPEG audio, layers 1 to 3. */
export async function openMp3(source: ByteSource, createDecoder: () => Mp3Decoder): Promise<Decoding | null> {
  const start = await findMp3(source)
  if (start === null) return null
  const head = await source.read(start, 4096)
  const tag = readTag(head)
  const chunks = decodeWhole(source, start, head, createDecoder())
  const first = await chunks.next()
  if (first.done) throw new DecodingFailed({ kind: 'empty' })
  return {
    header: {
      codec: 'mp3',
      sampleRate: first.value.sampleRate,
      channels: first.value.channels.length,
      duration: tag && tag.samples > 0 ? soundingSamples(tag) / sampleRateAt(head, 0) : null,
    },
    chunks: resume(first.value, chunks),
  }
}

/** More frames than these in its tag the decoder takes for a stream without end, of which it cuts nothing (`TRACK_MAX_FRAMES` of mpg123,
 *  where a long number has 32 bits): 6.8 hours. */
const mostFrames = Math.floor(0xffffffff / 4 / 1152)

/** Decodes all of a file but what the encoder added at its ends, and frees the decoder.
 *  @param head bytes from `start` on, with the first frame */
export function decodeWhole(
  source: ByteSource,
  start: number,
  head: Uint8Array,
  decoder: Mp3Decoder,
): AsyncGenerator<PcmChunk> {
  const chunks = decodeMp3(source, start, decoder, isMono(head, 0))
  const tag = readTag(head)
  return tag && tag.samples / samplesPerFrame(head, 0) > mostFrames
    ? place(chunks, -tag.trimmedAtStart, 0, paddingOf(tag))
    : chunks
}

/** Where the samples are that the encoder added at the end; another file may follow. From the first sample that is heard. */
export function paddingOf(tag: Tag | null): { readonly from: number; readonly to: number } | null {
  if (!tag?.padding) return null
  const to = tag.samples - tag.trimmedAtStart
  return { from: to - tag.padding, to }
}

/** Drops what lies before `from` and inside of `cut`; `position` is that of the first sample. All in samples. */
export async function* place(
  chunks: AsyncGenerator<PcmChunk>,
  position: number,
  from: number,
  cut: { readonly from: number; readonly to: number } | null,
): AsyncGenerator<PcmChunk> {
  let start = position
  for await (const chunk of chunks) {
    const end = start + (chunk.channels[0]?.length ?? 0)
    const parts: (readonly [number, number])[] =
      cut && cut.from < end && cut.to > start
        ? [
            [Math.max(from, start), cut.from],
            [Math.max(from, cut.to, start), end],
          ]
        : [[Math.max(from, start), end]]
    for (const [first, last] of parts) {
      if (last <= first) continue
      const channels = chunk.channels.map((channel) => channel.subarray(first - start, last - start))
      yield { ...chunk, channels }
    }
    start = end
  }
}

async function* resume(first: PcmChunk, rest: AsyncGenerator<PcmChunk>): AsyncGenerator<PcmChunk> {
  try {
    yield first
    yield* rest
  } finally {
    await rest.return(undefined)
  }
}

/** Decodes from `start` to the end of the file, and frees the decoder.
 *  @param isOneChannel the decoder's two channels are one and the same; where they turn out not to be, they are mixed */
export async function* decodeMp3(
  source: ByteSource,
  start: number,
  decoder: Mp3Decoder,
  isOneChannel: boolean,
): AsyncGenerator<PcmChunk> {
  try {
    await decoder.ready
    const mixDown = new MixDown()
    // One is read into while the other is decoded.
    let [free, used] = [new Uint8Array(readAtOnce), new Uint8Array(readAtOnce)]
    let pending = readInto(source, start, free)
    for (let at = start; at < source.size; at += readAtOnce) {
      const bytes = await pending
      if (bytes.length === 0) break
      const next = at + readAtOnce
      // The next piece is read while this one is decoded.
      ;[free, used] = [used, free]
      if (next < source.size) pending = readInto(source, next, free)
      pending.catch(() => undefined)
      for (let from = 0; from < bytes.length; from += decodedAtOnce) {
        const piece = bytes.subarray(from, from + decodedAtOnce)
        const progress = Math.min(1, (at + from + piece.length) / source.size)
        for (const { channelData, samplesDecoded, sampleRate } of decoder.pieces(piece))
          if (samplesDecoded > 0)
            yield {
              channels: isOneChannel ? [single(channelData, mixDown)] : channelData,
              sampleRate,
              progress,
            }
      }
    }
  } finally {
    decoder.free()
  }
}

/** Every how many samples two channels are compared. */
const comparedEvery = 16

function single(channels: readonly Float32Array[], mixDown: MixDown): Float32Array {
  const [left, right] = channels as readonly [Float32Array, Float32Array?]
  for (let index = 0; right && index < left.length; index += comparedEvery)
    if (left[index] !== right[index]) return mixDown.mix(channels)
  return left
}
