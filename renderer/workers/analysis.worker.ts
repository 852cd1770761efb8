import type { ByteSource } from '../../shared/recording/byteSource'
import { buffersOf, ChannelCollector } from '../../shared/recording/channelPeaks'
import {
  DecodingFailed,
  isCutOff,
  type RecordingHeader,
  type RecordingProblem,
} from '../../shared/recording/decoding'
import { MixDown } from '../../shared/recording/mixDown'
import { openRecording } from '../../shared/recording/openRecording'
import type { Sketch } from '../../shared/recording/peaks'
import { openSampleWindows } from '../../shared/recording/sampleWindows'
import { sparseOverview } from '../../shared/recording/sparseOverview'
import { SpeechActivity } from '../../shared/recording/speechActivity'
import { windowSketch } from '../../shared/recording/windowSketch'
import type { AnalysisJob, AnalysisMessage } from './analysisMessages'
import { openContainerWindows } from './containers'
import { decoders } from './decoders'
import { rangeSource } from './rangeSource'
import { SecondHalf } from './secondHalf'
import { streamedSource } from './streamedSource'

/** Milliseconds between two messages with peaks, and between two with speech. */
const peaksInterval = 400
const speechInterval = 3000

/** Bytes from which a first picture and a second worker are worth their while. */
const longFile = 4 * 1024 * 1024

/** Seconds from which other recordings are worth a first picture, and milliseconds that it may take, its coarsest form apart. */
const longRecording = 600
const sketchTime = 800

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<AnalysisJob | MessagePort | null>) => void) | null
  postMessage(message: AnalysisMessage, transfer?: Transferable[]): void
}

// A worker analyses one recording.
let half: SecondHalf | null = null

scope.onmessage = ({ data }) => {
  if (data === null) half?.stop()
  else if ('url' in data) void analyse(data)
  else half?.listen(data)
}

async function analyse(job: AnalysisJob): Promise<void> {
  let collector: ChannelCollector | null = null
  try {
    const source = streamedSource(job.url, job.size, new AbortController().signal)
    const { header, chunks } = await openRecording(source, decoders)
    scope.postMessage({ kind: 'header', header })
    const sketch = await firstPicture(job, source, header)
    if (sketch) scope.postMessage({ kind: 'sketch', sketch })
    if (header.codec === 'mp3' && job.size > longFile) {
      half = new SecondHalf((from, { pairs, channels }) =>
        scope.postMessage({ kind: 'peaksAhead', from, pairs, channels }, buffersOf({ pairs, channels })),
      )
      scope.postMessage({ kind: 'divide' })
    }
    collector = new ChannelCollector(header.sampleRate)
    const activity = new SpeechActivity(header.sampleRate)
    const mixDown = new MixDown()
    let seen = 0
    let sent = 0
    let spoke = performance.now()
    let duration: number | null = null
    for await (const { channels: heard, progress } of chunks) {
      let channels = heard
      let mono = mixDown.mix(channels)
      const seam: number | 'missed' | null = half?.startIn(seen, mono, header.sampleRate) ?? null
      if (half && seam === 'missed') half = leave(half)
      if (half && typeof seam === 'number') {
        collector.add(
          channels.map((channel) => channel.subarray(0, seam)),
          mono.subarray(0, seam),
        )
        activity.add([mono.subarray(0, seam)])
        sendPeaks(collector, progress + half.share)
        const last = await half.result
        if (last) {
          activity.append(last.speech)
          duration = collector.duration + last.duration
          break
        }
        half = leave(half)
        mono = mono.subarray(seam)
        channels = channels.map((channel) => channel.subarray(seam))
        seen += seam
      }
      seen += mono.length
      collector.add(channels, mono)
      activity.add([mono])
      const now = performance.now()
      if (now - sent > peaksInterval) {
        sent = now
        sendPeaks(collector, progress + (half?.share ?? 0))
      }
      if (now - spoke > speechInterval) {
        spoke = now
        scope.postMessage({ kind: 'speech', segments: activity.segments() })
      }
    }
    if (duration === null) {
      collector.finish()
      sendPeaks(collector, 1)
      duration = collector.duration
    }
    if (duration === 0) throw new DecodingFailed({ kind: 'empty' })
    const segments = activity.segments()
    if (isCutOff(header, duration)) {
      scope.postMessage({ kind: 'speech', segments })
      return scope.postMessage({ kind: 'problem', problem: { kind: 'truncated' }, duration })
    }
    scope.postMessage({ kind: 'done', duration, segments })
  } catch (reason) {
    if (half) half = leave(half)
    if (collector) sendPeaks(collector, 1)
    scope.postMessage({ kind: 'problem', problem: problemOf(reason), duration: collector?.duration ?? 0 })
  }
}

// Whatever goes wrong here shows again when the whole is read.
async function firstPicture(
  { url, size }: AnalysisJob,
  source: ByteSource,
  { codec, duration }: RecordingHeader,
): Promise<Sketch | null> {
  if (codec === 'mp3') return size > longFile ? sparseOverview(source, decoders.createMp3) : null
  if (duration === null || duration < longRecording) return null
  const end = performance.now() + sketchTime
  const hasTime = () => performance.now() < end
  try {
    const ranges = rangeSource(url, size, new AbortController().signal)
    const windows = await openSampleWindows(ranges, { ...decoders, openContainerWindows })
    return windows && (await windowSketch(windows, duration, hasTime))
  } catch {
    return null
  }
}

function leave(half: SecondHalf): null {
  half.stop()
  scope.postMessage({ kind: 'dropAhead' })
  return null
}

function sendPeaks(collector: ChannelCollector, progress: number): void {
  const slices = collector.take()
  scope.postMessage(
    { kind: 'peaks', ...slices, progress: Math.min(1, progress), duration: collector.duration },
    buffersOf(slices),
  )
}

function problemOf(reason: unknown): RecordingProblem {
  if (reason instanceof DecodingFailed) return reason.problem
  return { kind: 'unreadable', detail: reason instanceof Error ? reason.message : String(reason) }
}
