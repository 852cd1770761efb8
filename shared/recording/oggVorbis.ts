import type { ByteSource } from './byteSource'
import type { Decoding } from './decoding'
import { readOggFacts } from './oggPages'
import { decodeStreamed, type StreamDecoder } from './streamed'

/** Opens Ogg with Vorbis I (specification, section 4.2.2). The decoder cuts the end to the last page's position.
 *  @returns `null` for anything else */
export async function openOggVorbis(
  source: ByteSource,
  createDecoder: () => StreamDecoder,
): Promise<Decoding | null> {
  const facts = await readOggFacts(source)
  const packet = facts?.firstPacket
  if (!packet || packet.length < 30 || String.fromCharCode(...packet.subarray(0, 7)) !== '\x01vorbis')
    return null
  const view = new DataView(packet.buffer, packet.byteOffset, packet.length)
  const sampleRate = view.getUint32(12, true)
  const channels = view.getUint8(11)
  if (sampleRate === 0 || channels === 0) return null
  const duration = facts.length === null ? null : facts.length / sampleRate
  return decodeStreamed(
    source,
    0,
    createDecoder(),
    { codec: 'vorbis', sampleRate, channels, duration },
    () => facts.isTruncated,
  )
}
