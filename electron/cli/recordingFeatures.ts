import { FeatureCollector, type Features } from '../../shared/alignment/features'
import { DecodingFailed, type RecordingProblem } from '../../shared/recording/decoding'
import { openRecording } from '../../shared/recording/openRecording'
import { err, ok, type Result } from '../../shared/result'
import { decodersFor } from './decodersFor'
import type { Terminal } from './terminal'

/** Decodes a recording once, in pieces, and keeps what the aligner needs. What a truncated file holds is used.
 *  @param begins told once the sample rate is known */
export async function recordingFeatures(
  path: string,
  terminal: Terminal,
  begins: (sampleRate: number) => void = () => {},
): Promise<Result<Features, RecordingProblem>> {
  const source = await terminal.open(path)
  let collector: FeatureCollector | null = null
  try {
    const decoding = await openRecording(source, decodersFor(path, terminal))
    for await (const { channels, sampleRate } of decoding.chunks) {
      if (!collector) {
        collector = new FeatureCollector(sampleRate)
        begins(sampleRate)
      }
      collector.add(channels)
    }
  } catch (reason) {
    if (!(reason instanceof DecodingFailed)) throw reason
    if (!collector) return err(reason.problem)
  } finally {
    await source.close()
  }
  const features = collector?.finish() ?? null
  return features ? ok(features) : err({ kind: 'empty' })
}
