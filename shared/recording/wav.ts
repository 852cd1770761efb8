import type { ByteSource } from './byteSource'
import { type Decoding, DecodingFailed, type PcmChunk } from './decoding'

/** Frames decoded at a time. */
const framesAtOnce = 1 << 16

interface Layout {
  readonly encoding: 'integer' | 'float' | 'alaw' | 'ulaw'
  readonly bits: number
  readonly channels: number
  readonly sampleRate: number
  readonly dataStart: number
  readonly dataLength: number
}

/** Opens a WAV file: PCM of 8 to 32 bits, float, A-law, µ-law, WAVE_EXTENSIBLE, RF64; a data length that lies is cut to the file.
 *  @returns `null` for what is no WAV, or one with another codec inside */
export async function openWav(source: ByteSource): Promise<Decoding | null> {
  const layout = await readLayout(source)
  if (!layout) return null
  const frameSize = (layout.bits / 8) * layout.channels
  const frames = Math.floor(layout.dataLength / frameSize)
  if (frames === 0) throw new DecodingFailed({ kind: 'empty' })
  const { channels, sampleRate } = layout
  return {
    header: { codec: 'wav', sampleRate, channels, duration: frames / sampleRate },
    chunks: chunksOf(source, layout, frames, frameSize),
  }
}

async function readLayout(source: ByteSource): Promise<Layout | null> {
  const head = await source.read(0, 12)
  const id = text(head, 0)
  if (head.length < 12 || !['RIFF', 'RF64', 'BW64'].includes(id) || text(head, 8) !== 'WAVE') return null
  let at = 12
  let format: Omit<Layout, 'dataStart' | 'dataLength'> | null = null
  let longLength: number | null = null
  // Some recorders put large chunks before the data; more than this is no header.
  for (let chunks = 0; chunks < 1000 && at + 8 <= source.size; chunks++) {
    const header = await source.read(at, 8)
    if (header.length < 8) return null
    const name = text(header, 0)
    const length = new DataView(header.buffer, header.byteOffset).getUint32(4, true)
    if (name === 'ds64') {
      const sizes = await source.read(at + 8, 16)
      if (sizes.length === 16)
        longLength = Number(new DataView(sizes.buffer, sizes.byteOffset).getBigUint64(8, true))
    } else if (name === 'fmt ') {
      format = readFormat(await source.read(at + 8, Math.min(length, 64)))
      if (!format) return null
    } else if (name === 'data') {
      if (!format) return null
      const dataStart = at + 8
      const stated = length === 0xffffffff || length === 0 ? (longLength ?? source.size) : length
      return { ...format, dataStart, dataLength: Math.max(0, Math.min(stated, source.size - dataStart)) }
    }
    at += 8 + length + (length % 2)
  }
  return null
}

function readFormat(bytes: Uint8Array): Omit<Layout, 'dataStart' | 'dataLength'> | null {
  if (bytes.length < 16) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const tag = view.getUint16(0, true)
  const kind = tag === 0xfffe && bytes.length >= 26 ? view.getUint16(24, true) : tag
  const channels = view.getUint16(2, true)
  const sampleRate = view.getUint32(4, true)
  const bits = view.getUint16(14, true)
  const encodings: Readonly<Record<number, Layout['encoding']>> = {
    1: 'integer',
    3: 'float',
    6: 'alaw',
    7: 'ulaw',
  }
  const encoding = encodings[kind]
  if (!encoding || channels === 0 || channels > 64 || sampleRate < 1000 || sampleRate > 768000) return null
  const fits =
    encoding === 'float'
      ? bits === 32 || bits === 64
      : encoding === 'integer'
        ? [8, 16, 24, 32].includes(bits)
        : bits === 8
  return fits ? { encoding, bits, channels, sampleRate } : null
}

function text(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4))
}

async function* chunksOf(
  source: ByteSource,
  layout: Layout,
  frames: number,
  frameSize: number,
): AsyncGenerator<PcmChunk> {
  const read = reader(layout)
  for (let frame = 0; frame < frames; frame += framesAtOnce) {
    const count = Math.min(framesAtOnce, frames - frame)
    const bytes = await source.read(layout.dataStart + frame * frameSize, count * frameSize)
    const whole = Math.floor(bytes.length / frameSize)
    if (whole === 0) throw new DecodingFailed({ kind: 'truncated' })
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    const channels = Array.from({ length: layout.channels }, () => new Float32Array(whole))
    const step = layout.bits / 8
    for (let index = 0; index < whole; index++) {
      for (let channel = 0; channel < layout.channels; channel++) {
        ;(channels[channel] as Float32Array)[index] = read(view, index * frameSize + channel * step)
      }
    }
    yield { channels, sampleRate: layout.sampleRate, progress: (frame + whole) / frames }
  }
}

function reader({ encoding, bits }: Layout): (view: DataView, at: number) => number {
  if (encoding === 'float')
    return bits === 64 ? (view, at) => view.getFloat64(at, true) : (view, at) => view.getFloat32(at, true)
  if (encoding === 'alaw') return (view, at) => alaw(view.getUint8(at))
  if (encoding === 'ulaw') return (view, at) => ulaw(view.getUint8(at))
  switch (bits) {
    case 8:
      return (view, at) => (view.getUint8(at) - 128) / 128
    case 16:
      return (view, at) => view.getInt16(at, true) / 32768
    case 24:
      return (view, at) =>
        ((view.getUint8(at) | (view.getUint8(at + 1) << 8) | (view.getInt8(at + 2) << 16)) >> 0) / 8388608
    default:
      return (view, at) => view.getInt32(at, true) / 2147483648
  }
}

// ITU-T G.711.
function alaw(byte: number): number {
  const value = byte ^ 0x55
  const exponent = (value >> 4) & 7
  const mantissa = value & 15
  const magnitude = exponent === 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 0x108) << (exponent - 1)
  return (value & 0x80 ? magnitude : -magnitude) / 32768
}

function ulaw(byte: number): number {
  const value = ~byte & 0xff
  const magnitude = (((value & 15) << 3) + 0x84) << ((value >> 4) & 7)
  return (value & 0x80 ? 0x84 - magnitude : magnitude - 0x84) / 32768
}
