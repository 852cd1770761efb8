import type { ByteSource } from './byteSource'
import { type Decoding, DecodingFailed } from './decoding'
import { allPcmChunks, dataWithin, framesOf, type PcmLayout } from './pcm'
import { readW64Layout } from './w64'
import { readWavFormat, type WavFormat } from './wavFormat'

/** Lengths from here on are written by those who do not know it yet: pipes, and recorders until they end. */
const unknownLength = 0x7fff0000

/** Opens a WAV file: PCM of 8 to 32 bits, float, A-law, µ-law, WAVE_EXTENSIBLE, RF64, Wave64. Where the file ends before the data does, what
 *  is there is decoded, and then it is `truncated`.
 *  @returns `null` for what is no WAV, or one with another codec inside */
export async function openWav(source: ByteSource): Promise<Decoding | null> {
  const layout = (await readWavLayout(source)) ?? (await readW64Layout(source))
  if (!layout) return null
  const frames = framesOf(layout)
  if (frames === 0) throw new DecodingFailed({ kind: 'empty' })
  const { channels, sampleRate } = layout
  return {
    header: { codec: 'wav', sampleRate, channels, duration: frames / sampleRate },
    chunks: allPcmChunks(source, layout),
  }
}

/** Where and how the samples lie. @returns `null` for what `openWav` does not open */
export async function readWavLayout(source: ByteSource): Promise<PcmLayout | null> {
  const head = await source.read(0, 12)
  const id = text(head, 0)
  if (head.length < 12 || !['RIFF', 'RF64', 'BW64'].includes(id) || text(head, 8) !== 'WAVE') return null
  let at = 12
  let format: WavFormat | null = null
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
      format = readWavFormat(await source.read(at + 8, Math.min(length, 64)))
      if (!format) return null
    } else if (name === 'data') {
      if (!format) return null
      const stated = length === 0xffffffff || length === 0 ? longLength || null : length
      const data = dataWithin(source.size, at + 8, stated)
      const isKnown = length < unknownLength || stated === longLength
      return { ...format, ...data, missing: isKnown ? data.missing : 0 }
    }
    at += 8 + length + (length % 2)
  }
  return null
}

function text(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4))
}
