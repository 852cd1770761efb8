import type { ByteSource } from './byteSource'
import type { Mp3Decoder } from './mp3'
import { gather, type SampleWindows } from './sampleWindows'
import { openMp3Sound } from './sound/mp3Sound'

/** Opens MPEG audio to read stretches of it. A stretch is found by counting every frame before it, once; what is counted is kept.
 *  @returns `null` for anything else */
export async function openMp3Windows(
  source: ByteSource,
  createDecoder: () => Mp3Decoder,
): Promise<SampleWindows | null> {
  const sound = await openMp3Sound(source, createDecoder)
  if (!sound) return null
  const { sampleRate } = sound
  return {
    sampleRate,
    read: (from, to, signal) => gather(sound.from(from), from, { from, to, sampleRate, signal }),
  }
}
