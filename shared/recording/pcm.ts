import type { ByteSource } from './byteSource'
import { DecodingFailed, type PcmChunk } from './decoding'

/** Frames decoded at a time. */
const framesAtOnce = 1 << 16

/** How uncompressed samples lie in a file. */
export interface PcmLayout {
  /** `unsigned` is 8 bits around 128. */
  readonly encoding: 'integer' | 'unsigned' | 'float' | 'alaw' | 'ulaw'
  /** A sample's bits in the file: whole bytes. */
  readonly bits: number
  readonly isLittleEndian: boolean
  readonly channels: number
  readonly sampleRate: number
  readonly dataStart: number
  /** Bytes, within the file. */
  readonly dataLength: number
  /** Bytes that the file states behind its end. */
  readonly missing: number
}

/** A file's data as far as it is there. @param stated bytes; `null`: up to the end of the file */
export function dataWithin(
  size: number,
  dataStart: number,
  stated: number | null,
): Pick<PcmLayout, 'dataStart' | 'dataLength' | 'missing'> {
  const rest = Math.max(0, size - dataStart)
  const dataLength = Math.min(stated ?? rest, rest)
  return { dataStart, dataLength, missing: Math.max(0, (stated ?? rest) - rest) }
}

/** Whole frames in the data. */
export function framesOf({ bits, channels, dataLength }: PcmLayout): number {
  return Math.floor(dataLength / ((bits / 8) * channels))
}

/** Decodes uncompressed samples in pieces. Rejects with `truncated` when the file ends before the layout says.
 *  @param from the first frame */
export async function* pcmChunks(source: ByteSource, layout: PcmLayout, from = 0): AsyncGenerator<PcmChunk> {
  const frames = framesOf(layout)
  const frameSize = (layout.bits / 8) * layout.channels
  const read = reader(layout)
  for (let frame = from; frame < frames; frame += framesAtOnce) {
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

/** Some writers count bytes of the header too; seconds. */
const tolerance = 1

/** Decodes all samples of a file. Rejects with `truncated` behind the last where the file states more. */
export async function* allPcmChunks(source: ByteSource, layout: PcmLayout): AsyncGenerator<PcmChunk> {
  yield* pcmChunks(source, layout)
  const { missing, channels, bits, sampleRate } = layout
  if (missing > tolerance * sampleRate * channels * (bits / 8))
    throw new DecodingFailed({ kind: 'truncated' })
}

function reader({
  encoding,
  bits,
  isLittleEndian: little,
}: PcmLayout): (view: DataView, at: number) => number {
  if (encoding === 'float')
    return bits === 64
      ? (view, at) => finite(view.getFloat64(at, little))
      : (view, at) => finite(view.getFloat32(at, little))
  if (encoding === 'alaw') return (view, at) => alaw(view.getUint8(at))
  if (encoding === 'ulaw') return (view, at) => ulaw(view.getUint8(at))
  if (encoding === 'unsigned') return (view, at) => (view.getUint8(at) - 128) / 128
  switch (bits) {
    case 8:
      return (view, at) => view.getInt8(at) / 128
    case 16:
      return (view, at) => view.getInt16(at, little) / 32768
    case 24: {
      const [low, high] = little ? [0, 2] : [2, 0]
      return (view, at) =>
        (view.getUint8(at + low) | (view.getUint8(at + 1) << 8) | (view.getInt8(at + high) << 16)) / 8388608
    }
    default:
      return (view, at) => view.getInt32(at, little) / 2147483648
  }
}

// Bits that are no number are silence: one of them would make every sum after it none.
function finite(value: number): number {
  return Number.isFinite(Math.fround(value)) ? value : 0
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
