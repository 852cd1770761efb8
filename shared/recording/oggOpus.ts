import type { ByteSource } from './byteSource'
import type { Decoding } from './decoding'
import { readOggFacts } from './oggPages'
import { decodeStreamed, type StreamDecoder } from './streamed'

/** Opus is always decoded at this rate, and its positions count at it (RFC 7845, section 4). */
const rate = 48000

/** Opens Ogg with Opus (RFC 7845). The decoder leaves out the pre-skip and cuts the end to the last page's position.
 *  @returns `null` for anything else */
export async function openOggOpus(
  source: ByteSource,
  createDecoder: () => StreamDecoder,
): Promise<Decoding | null> {
  const facts = await readOggFacts(source)
  const packet = facts?.firstPacket
  if (!packet || packet.length < 19 || String.fromCharCode(...packet.subarray(0, 8)) !== 'OpusHead')
    return null
  const view = new DataView(packet.buffer, packet.byteOffset, packet.length)
  const skipped = view.getUint16(10, true)
  const duration = facts.length === null ? null : Math.max(0, facts.length - skipped) / rate
  return decodeStreamed(
    source,
    0,
    createDecoder(),
    { codec: 'opus', sampleRate: rate, channels: view.getUint8(9), duration },
    () => facts.isTruncated,
  )
}
