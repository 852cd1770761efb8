import { MPEGDecoder } from 'mpg123-decoder'
import { FeatureCollector, type Features } from '../../shared/alignment/features'
import type { ByteSource } from '../../shared/recording/byteSource'
import { DecodingFailed } from '../../shared/recording/decoding'
import { openMp3 } from '../../shared/recording/mp3'
import { openWav } from '../../shared/recording/wav'

/** Decodes a recording once, in pieces, and keeps what the aligner needs. What a truncated file holds is used.
 *  @returns `null` for a format that only the window decodes */
export async function recordingFeatures(source: ByteSource): Promise<Features | null> {
  let collector: FeatureCollector | null = null
  try {
    const decoding = (await openWav(source)) ?? (await openMp3(source, () => new MPEGDecoder()))
    if (!decoding) return null
    for await (const { channels, sampleRate } of decoding.chunks) {
      collector ??= new FeatureCollector(sampleRate)
      collector.add(channels)
    }
  } catch (reason) {
    if (!(reason instanceof DecodingFailed) || !collector) throw reason
  }
  return collector?.finish() ?? null
}
