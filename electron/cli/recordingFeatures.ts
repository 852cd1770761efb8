import { FeatureCollector, type Features } from '../../shared/alignment/features'
import type { ByteSource } from '../../shared/recording/byteSource'
import { DecodingFailed } from '../../shared/recording/decoding'
import { openRecording } from '../../shared/recording/openRecording'
import { wasmDecoders } from '../../shared/recording/wasmDecoders'

/** Decodes a recording once, in pieces, and keeps what the aligner needs. What a truncated file holds is used.
 *  @param begins told once the sample rate is known
 *  @returns `null` for a format that only the window decodes */
export async function recordingFeatures(
  source: ByteSource,
  begins: (sampleRate: number) => void = () => {},
): Promise<Features | null> {
  let collector: FeatureCollector | null = null
  try {
    const decoding = await openRecording(source, { ...wasmDecoders, openContainer: null })
    for await (const { channels, sampleRate } of decoding.chunks) {
      if (!collector) {
        collector = new FeatureCollector(sampleRate)
        begins(sampleRate)
      }
      collector.add(channels)
    }
  } catch (reason) {
    if (!(reason instanceof DecodingFailed)) throw reason
    if (reason.problem.kind === 'notAudio') return null
    if (!collector) throw reason
  }
  return collector?.finish() ?? null
}
