import type { ByteSource } from './byteSource'
import { type Decoding, DecodingFailed } from './decoding'
import { allPcmChunks, dataWithin, framesOf, type PcmLayout } from './pcm'

type Data = Pick<PcmLayout, 'dataStart' | 'dataLength' | 'missing'>
type Format = Omit<PcmLayout, keyof Data>

/** Opens AIFF and AIFF-C (Apple, 1989 and 1991) with uncompressed samples, A-law or µ-law. Where the file ends before the data does, what is there is
 *  decoded, and then it is `truncated`.
 *  @returns `null` for what is no AIFF, or one with another codec inside */
export async function openAiff(source: ByteSource): Promise<Decoding | null> {
  const layout = await readAiffLayout(source)
  if (!layout) return null
  const frames = framesOf(layout)
  if (frames === 0) throw new DecodingFailed({ kind: 'empty' })
  const { channels, sampleRate } = layout
  return {
    header: { codec: 'aiff', sampleRate, channels, duration: frames / sampleRate },
    chunks: allPcmChunks(source, layout),
  }
}

/** Where and how the samples lie. @returns `null` for what `openAiff` does not open */
export async function readAiffLayout(source: ByteSource): Promise<PcmLayout | null> {
  const head = await source.read(0, 12)
  if (head.length < 12 || text(head, 0) !== 'FORM') return null
  const isCompressed = text(head, 8) === 'AIFC'
  if (!isCompressed && text(head, 8) !== 'AIFF') return null
  let format: Format | null = null
  let data: Data | null = null
  let at = 12
  // The chunks come in any order.
  for (let chunks = 0; chunks < 1000 && at + 8 <= source.size && !(format && data); chunks++) {
    const header = await source.read(at, 16)
    if (header.length < 8) return null
    const view = new DataView(header.buffer, header.byteOffset, header.length)
    const length = view.getUint32(4)
    if (text(header, 0) === 'COMM') {
      format = readFormat(await source.read(at + 8, Math.min(length, 64)), isCompressed)
      if (!format) return null
    } else if (text(header, 0) === 'SSND' && header.length === 16) {
      const dataStart = at + 16 + view.getUint32(8)
      // A recorder that was cut off leaves the length at zero.
      const stated = length <= 8 ? null : Math.max(0, length - 8 - view.getUint32(8))
      data = dataWithin(source.size, dataStart, stated)
    }
    at += 8 + length + (length % 2)
  }
  return format && data && { ...format, ...data }
}

function readFormat(bytes: Uint8Array, isCompressed: boolean): Format | null {
  if (bytes.length < (isCompressed ? 22 : 18)) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const channels = view.getUint16(0)
  const sampleRate = Math.round(extended(view, 8))
  if (channels === 0 || channels > 64 || !(sampleRate >= 1000 && sampleRate <= 768000)) return null
  // Samples of odd sizes fill whole bytes from the top.
  const bits = Math.ceil(view.getUint16(6) / 8) * 8
  const kind = isCompressed ? text(bytes, 18) : 'NONE'
  const common = { channels, sampleRate, isLittleEndian: kind === 'sowt' }
  switch (kind) {
    case 'NONE':
    case 'twos':
    case 'sowt':
      return bits >= 8 && bits <= 32 ? { ...common, encoding: 'integer', bits } : null
    case 'in24':
      return { ...common, encoding: 'integer', bits: 24 }
    case 'in32':
      return { ...common, encoding: 'integer', bits: 32 }
    case 'raw ':
      return { ...common, encoding: 'unsigned', bits: 8 }
    case 'fl32':
    case 'FL32':
      return { ...common, encoding: 'float', bits: 32 }
    case 'fl64':
    case 'FL64':
      return { ...common, encoding: 'float', bits: 64 }
    case 'alaw':
    case 'ALAW':
      return { ...common, encoding: 'alaw', bits: 8 }
    case 'ulaw':
    case 'ULAW':
      return { ...common, encoding: 'ulaw', bits: 8 }
    default:
      return null
  }
}

/** An 80-bit IEEE 754 number, as far as sample rates need it. */
function extended(view: DataView, at: number): number {
  const exponent = (view.getUint16(at) & 0x7fff) - 16383
  return view.getUint32(at + 2) * 2 ** (exponent - 31) + view.getUint32(at + 6) * 2 ** (exponent - 63)
}

function text(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4))
}
