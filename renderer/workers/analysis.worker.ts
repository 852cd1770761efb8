import { DecodingFailed, type RecordingProblem } from '../../shared/recording/decoding'
import { MixDown } from '../../shared/recording/mixDown'
import { openRecording } from '../../shared/recording/openRecording'
import { PeakCollector } from '../../shared/recording/peaks'
import { SpeechActivity } from '../../shared/recording/speechActivity'
import type { AnalysisJob, AnalysisMessage } from './analysisMessages'
import { decoders } from './decoders'
import { rangeSource } from './rangeSource'

/** Milliseconds between two messages with peaks, and between two with speech. */
const peaksInterval = 120
const speechInterval = 3000

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<AnalysisJob>) => void) | null
  postMessage(message: AnalysisMessage, transfer?: Transferable[]): void
}

scope.onmessage = ({ data }) => void analyse(data)

async function analyse({ url, size }: AnalysisJob): Promise<void> {
  let collector: PeakCollector | null = null
  try {
    const { header, chunks } = await openRecording(
      rangeSource(url, size, new AbortController().signal),
      decoders,
    )
    scope.postMessage({ kind: 'header', header })
    collector = new PeakCollector(header.sampleRate)
    const activity = new SpeechActivity(header.sampleRate)
    const mixDown = new MixDown()
    let sent = 0
    let spoke = performance.now()
    for await (const { channels, progress } of chunks) {
      const mono = [mixDown.mix(channels)]
      collector.add(mono)
      activity.add(mono)
      const now = performance.now()
      if (now - sent > peaksInterval) {
        sent = now
        sendPeaks(collector, progress)
      }
      if (now - spoke > speechInterval) {
        spoke = now
        scope.postMessage({ kind: 'speech', segments: activity.segments() })
      }
    }
    collector.finish()
    sendPeaks(collector, 1)
    if (collector.duration === 0) throw new DecodingFailed({ kind: 'empty' })
    scope.postMessage({ kind: 'done', duration: collector.duration, segments: activity.segments() })
  } catch (reason) {
    if (collector) sendPeaks(collector, 1)
    scope.postMessage({ kind: 'problem', problem: problemOf(reason), duration: collector?.duration ?? 0 })
  }
}

function sendPeaks(collector: PeakCollector, progress: number): void {
  const pairs = collector.take()
  scope.postMessage({ kind: 'peaks', pairs, progress, duration: collector.duration }, [pairs.buffer])
}

function problemOf(reason: unknown): RecordingProblem {
  if (reason instanceof DecodingFailed) return reason.problem
  return { kind: 'unreadable', detail: reason instanceof Error ? reason.message : String(reason) }
}
