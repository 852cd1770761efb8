import type { ByteSource } from './byteSource'
import type { Decoding } from './decoding'
import { decodeStreamed, type StreamDecoder } from './streamed'

/** Opens FLAC (RFC 9639), also behind an ID3v2 tag. @returns `null` for what is no FLAC */
export async function openFlac(
  source: ByteSource,
  createDecoder: () => StreamDecoder,
): Promise<Decoding | null> {
  const tag = await source.read(0, 10)
  const isTagged = tag.length === 10 && tag[0] === 0x49 && tag[1] === 0x44 && tag[2] === 0x33
  const [a = 0, b = 0, c = 0, d = 0] = tag.subarray(6)
  const start = isTagged ? 10 + (((a & 127) << 21) | ((b & 127) << 14) | ((c & 127) << 7) | (d & 127)) : 0
  const head = await source.read(start, 42)
  if (head.length < 42 || String.fromCharCode(...head.subarray(0, 4)) !== 'fLaC') return null
  const view = new DataView(head.buffer, head.byteOffset, head.length)
  // STREAMINFO, section 8.2: 20 bits of rate, 3 of channels, 5 of depth, 36 of samples.
  const rate = view.getUint32(18) >>> 12
  const channels = ((view.getUint8(20) >> 1) & 7) + 1
  const samples = (view.getUint8(21) & 15) * 2 ** 32 + view.getUint32(22)
  if (rate === 0) return null
  return decodeStreamed(
    source,
    start,
    createDecoder(),
    { codec: 'flac', sampleRate: rate, channels, duration: samples > 0 ? samples / rate : null },
    (decoded) => decoded < samples,
  )
}
