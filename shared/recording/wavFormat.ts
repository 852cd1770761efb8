import type { PcmLayout } from './pcm'

export type WavFormat = Omit<PcmLayout, 'dataStart' | 'dataLength' | 'missing'>

/** Reads a format chunk (WAVEFORMATEX); `null` for a codec that is no PCM. */
export function readWavFormat(bytes: Uint8Array): WavFormat | null {
  if (bytes.length < 16) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const tag = view.getUint16(0, true)
  const kind = tag === 0xfffe && bytes.length >= 26 ? view.getUint16(24, true) : tag
  const channels = view.getUint16(2, true)
  const sampleRate = view.getUint32(4, true)
  const bits = view.getUint16(14, true)
  const encodings: Readonly<Record<number, PcmLayout['encoding']>> = {
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
  if (!fits) return null
  const stored = encoding === 'integer' && bits === 8 ? 'unsigned' : encoding
  return { encoding: stored, bits, isLittleEndian: true, channels, sampleRate }
}
