import type { ByteSource } from './byteSource'
import { dataWithin, type PcmLayout } from './pcm'
import { readWavFormat, type WavFormat } from './wavFormat'

/** What all of Sony's chunk names end in. */
const commonEnd = 'f3acd3118cd100c04f8edb8a'
const names = {
  riff: '726966662e91cf11a5d628db04c10000',
  wave: `77617665${commonEnd}`,
  format: `666d7420${commonEnd}`,
  data: `64617461${commonEnd}`,
}

/** A chunk's name and its length, which counts both. */
const headerLength = 24

/** Where the samples of a Wave64 file lie and how (Sony's format for sound of more than 4 GB); `null` for anything else. */
export async function readW64Layout(source: ByteSource): Promise<PcmLayout | null> {
  const head = await source.read(0, 40)
  if (head.length < 40 || hexOf(head, 0) !== names.riff || hexOf(head, 24) !== names.wave) return null
  let format: WavFormat | null = null
  let at = 40
  for (let chunks = 0; chunks < 1000 && at + headerLength <= source.size; chunks++) {
    const header = await source.read(at, headerLength)
    if (header.length < headerLength) return null
    const name = hexOf(header, 0)
    const length = Number(new DataView(header.buffer, header.byteOffset).getBigUint64(16, true))
    if (name === names.format) {
      format = readWavFormat(await source.read(at + headerLength, Math.min(length - headerLength, 64)))
    } else if (name === names.data) {
      if (!format) return null
      const stated = length <= headerLength ? null : length - headerLength
      return { ...format, ...dataWithin(source.size, at + headerLength, stated) }
    }
    if (length < headerLength) return null
    at += Math.ceil(length / 8) * 8
  }
  return null
}

function hexOf(bytes: Uint8Array, at: number): string {
  return Array.from(bytes.subarray(at, at + 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
