import { FeatureCollector, type Features } from '../../shared/alignment/sound/features'
import { DecodingFailed, type RecordingProblem } from '../../shared/recording/decoding'
import { openRecording } from '../../shared/recording/openRecording'
import { type Speech, SpeechActivity } from '../../shared/recording/speechActivity'
import { err, ok, type Result } from '../../shared/result'
import { decodersFor } from './decodersFor'
import type { Terminal } from './terminal'

/** What is known of a recording that was heard. */
export interface Heard {
  readonly features: Features
  readonly speech: Speech
}

/** Decodes a recording once, in pieces, and keeps what the aligner needs, and where somebody speaks. What a truncated file holds is used.
 *  @param begins told once the sample rate is known */
export async function recordingFeatures(
  path: string,
  terminal: Terminal,
  begins: (sampleRate: number) => void = () => {},
): Promise<Result<Heard, RecordingProblem>> {
  const source = await terminal.open(path)
  let collector: FeatureCollector | null = null
  let activity: SpeechActivity | null = null
  try {
    const decoding = await openRecording(source, decodersFor(path, terminal))
    for await (const { channels, sampleRate } of decoding.chunks) {
      if (!collector) {
        collector = new FeatureCollector(sampleRate)
        activity = new SpeechActivity(sampleRate)
        begins(sampleRate)
      }
      collector.add(channels)
      activity?.add(channels)
    }
  } catch (reason) {
    if (!(reason instanceof DecodingFailed)) throw reason
    if (!collector) return err(reason.problem)
  } finally {
    await source.close()
  }
  const features = collector?.finish() ?? null
  return features ? ok({ features, speech: activity?.segments() ?? [] }) : err({ kind: 'empty' })
}
