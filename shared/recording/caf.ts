import type { ByteSource } from './byteSource'
import { type Decoding, DecodingFailed } from './decoding'
import type { Packets, PacketTrack } from './packetTrack'
import { allPcmChunks, dataWithin, framesOf, type PcmLayout } from './pcm'

/** What a Core Audio Format file (Apple, "Core Audio Format Specification") tells of itself. */
interface Caf {
  readonly sampleRate: number
  /** Four letters. */
  readonly format: string
  readonly flags: number
  /** 0 where packets differ. */
  readonly packetBytes: number
  readonly packetFrames: number
  readonly channels: number
  readonly dataStart: number
  /** Bytes, within the file. */
  readonly dataLength: number
  readonly missing: number
  /** The magic cookie and the packet table, where there are such. */
  readonly cookie: Uint8Array | null
  readonly table: Uint8Array | null
}

/** Cookies are some dozens of bytes; packet tables two for each packet. */
const longestCookie = 64 * 1024
const longestTable = 16 * 1024 * 1024

/** Opens a CAF file with uncompressed samples, A-law or µ-law. @returns `null` for what is no CAF, or one with another codec inside */
export async function openCaf(source: ByteSource): Promise<Decoding | null> {
  const layout = await readCafLayout(source)
  if (!layout) return null
  const frames = framesOf(layout)
  if (frames === 0) throw new DecodingFailed({ kind: 'empty' })
  const { channels, sampleRate } = layout
  return {
    header: { codec: 'caf', sampleRate, channels, duration: frames / sampleRate },
    chunks: allPcmChunks(source, layout),
  }
}

/** Where and how the samples of a CAF file lie that are not compressed; `null` for anything else. */
export async function readCafLayout(source: ByteSource): Promise<PcmLayout | null> {
  const caf = await readCaf(source)
  if (!caf || caf.packetFrames > 1) return null
  const { sampleRate, channels, dataStart, dataLength, missing, format, flags } = caf
  const bits = (caf.packetBytes / channels) * 8
  const common = { channels, sampleRate, dataStart, dataLength, missing, isLittleEndian: (flags & 2) !== 0 }
  if (format === 'lpcm' && (flags & 1) !== 0)
    return bits === 32 || bits === 64 ? { ...common, encoding: 'float', bits } : null
  // Samples of odd sizes fill whole bytes from the top.
  if (format === 'lpcm')
    return [8, 16, 24, 32].includes(bits) ? { ...common, encoding: 'integer', bits } : null
  if (format === 'alaw' || format === 'ulaw') return { ...common, encoding: format, bits: 8 }
  return null
}

/** The packets of a CAF file in which a codec of this name (four letters) has compressed the sound; `null` for anything else. Rejects with
 *  `truncated` where the table of packets is missing, which is written last. */
export async function readCafTrack(source: ByteSource, format: string): Promise<PacketTrack | null> {
  const caf = await readCaf(source)
  if (caf?.format !== format || !caf.cookie) return null
  if (!caf.table) throw new DecodingFailed({ kind: 'truncated' })
  return trackOf(caf, caf.cookie, caf.table)
}

async function readCaf(source: ByteSource): Promise<Caf | null> {
  const head = await source.read(0, 8)
  if (head.length < 8 || text(head, 0) !== 'caff') return null
  let description: DataView | null = null
  let data: Pick<Caf, 'dataStart' | 'dataLength' | 'missing'> | null = null
  let cookie: Uint8Array | null = null
  let table: Uint8Array | null = null
  let at = 8
  for (let chunks = 0; chunks < 1000 && at + 12 <= source.size; chunks++) {
    const header = await source.read(at, 12)
    if (header.length < 12) break
    const stated = Number(new DataView(header.buffer, header.byteOffset).getBigInt64(4))
    const start = at + 12
    const rest = source.size - start
    // A length of −1 is that of sound which was being recorded: it goes to the end.
    const length = stated < 0 ? rest : Math.min(stated, rest)
    const name = text(header, 0)
    if (name === 'desc') {
      const bytes = await source.read(start, 32)
      if (bytes.length < 32) return null
      description = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    } else if (name === 'data') {
      // A count of edits comes first.
      data = dataWithin(source.size, start + 4, stated < 0 ? null : Math.max(0, stated - 4))
    } else if (name === 'kuki' && length <= longestCookie)
      cookie = new Uint8Array(await source.read(start, length))
    else if (name === 'pakt' && length <= longestTable)
      table = new Uint8Array(await source.read(start, length))
    at = start + length
  }
  if (!description || !data) return null
  const sampleRate = Math.round(description.getFloat64(0))
  const channels = description.getUint32(24)
  if (!(sampleRate >= 1000 && sampleRate <= 768000) || channels < 1 || channels > 64) return null
  return {
    ...data,
    sampleRate,
    format: letters(description, 8),
    flags: description.getUint32(12),
    packetBytes: description.getUint32(16),
    packetFrames: description.getUint32(20),
    channels,
    cookie,
    table,
  }
}

function trackOf(caf: Caf, description: Uint8Array, table: Uint8Array): PacketTrack | null {
  if (table.length < 24) return null
  const view = new DataView(table.buffer, table.byteOffset, table.length)
  const numbers = new Numbers(table, 24)
  const stated = Number(view.getBigInt64(0))
  const variable = (caf.packetBytes === 0 ? 1 : 0) + (caf.packetFrames === 0 ? 1 : 0)
  const count = Math.max(
    0,
    variable > 0 ? Math.min(stated, table.length - 24) : Math.min(stated, caf.dataLength / caf.packetBytes),
  )
  const packets: Packets = {
    offsets: new Float64Array(count),
    sizes: new Uint32Array(count),
    starts: new Float64Array(count + 1),
  }
  let [offset, start] = [caf.dataStart, 0]
  for (let index = 0; index < count; index++) {
    const size = caf.packetBytes || numbers.next()
    packets.offsets[index] = offset
    packets.sizes[index] = size
    packets.starts[index] = start
    offset += size
    start += caf.packetFrames || numbers.next()
  }
  packets.starts[count] = start
  const [priming, remainder] = [Math.max(0, view.getInt32(16)), Math.max(0, view.getInt32(20))]
  const valid = Number(view.getBigInt64(8))
  const samples = Math.max(0, valid > 0 ? Math.min(valid, start - priming) : start - priming - remainder)
  return { description, packets, stretches: [{ from: priming, samples }] }
}

/** Numbers of seven bits a byte, the highest first, of which all but the last have the eighth set. */
class Numbers {
  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
  ) {}

  /** 0 behind the end. */
  next(): number {
    let value = 0
    for (let count = 0; count < 5; count++) {
      const byte = this.bytes[this.at++] ?? 0
      value = value * 128 + (byte & 127)
      if (byte < 128) break
    }
    return value
  }
}

function text(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4))
}

function letters(view: DataView, at: number): string {
  return text(new Uint8Array(view.buffer, view.byteOffset + at, 4), 0)
}
