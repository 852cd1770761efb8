import type { RecordingHeader, RecordingProblem } from '../../shared/recording/decoding'
import { Peaks, peaksPerSecond } from '../../shared/recording/peaks'
import type { Speech } from '../../shared/recording/speechActivity'
import type { AnalysisJob, AnalysisMessage } from './analysisMessages'
import { readKept, writeKept } from './keptAnalysis'

export interface AnalysisListener {
  readonly header: (header: RecordingHeader) => void
  /** There is a first picture of the whole, of a recording about that long (seconds). */
  readonly sketch: (peaks: Peaks, duration: number) => void
  /** The picture grew from one instant to another; `peaks` is the same object every time. `duration` is that of what was read from the
   *  start. All in seconds. */
  readonly peaks: (peaks: Peaks, progress: number, duration: number, from: number, to: number) => void
  /** There is more than one channel: the peaks of each, the same objects that grow. */
  readonly channels: (peaks: readonly Peaks[]) => void
  readonly speech: (segments: Speech) => void
  readonly done: (duration: number, segments: Speech) => void
  readonly problem: (problem: RecordingProblem, duration: number) => void
}

/** Where peaks are kept between sessions. */
export interface AnalysisCache {
  readonly read: () => Promise<Uint8Array | null>
  /** @param parts what is to be kept, one part behind the other */
  readonly write: (parts: readonly Uint8Array[]) => Promise<unknown>
}

/** Analyses a recording in a worker, or takes what the cache kept of it. Aborting `signal` ends the worker at once. */
export async function analyseRecording(
  source: AnalysisJob,
  cache: AnalysisCache,
  on: AnalysisListener,
  signal: AbortSignal,
): Promise<void> {
  const kept = await cache.read()
  if (signal.aborted) return
  const known = kept && readKept(kept)
  if (known) {
    on.header(known.header)
    if (known.channels.length > 0) on.channels(known.channels)
    on.peaks(known.peaks, 1, known.duration, 0, known.duration)
    on.done(known.duration, known.segments)
    return
  }
  const worker = new Worker(new URL('./analysis.worker.ts', import.meta.url), { type: 'module' })
  const peaks = new Peaks()
  let channels: readonly Peaks[] = []
  const eachChannel = (slices: readonly Int8Array[], put: (peaks: Peaks, pairs: Int8Array) => void) => {
    if (channels.length === 0 && slices.length > 0) {
      channels = slices.map(() => roomy(header))
      on.channels(channels)
    }
    for (const [index, own] of channels.entries()) put(own, slices[index] ?? new Int8Array(0))
  }
  let header: RecordingHeader | null = null
  let progress = 0
  let duration = 0
  let second: Worker | null = null
  const stop = () => {
    worker.terminate()
    second?.terminate()
  }
  signal.addEventListener('abort', stop, { once: true })
  worker.onmessage = ({ data }: MessageEvent<AnalysisMessage>) => {
    switch (data.kind) {
      case 'header':
        header = data.header
        if (header.duration !== null) peaks.expect(header.duration)
        return on.header(data.header)
      case 'divide':
        second = readSecondHalf(source, worker)
        return
      case 'sketch':
        peaks.setSketch(data.sketch)
        return on.sketch(peaks, data.sketch.duration)
      case 'peaksAhead': {
        const from = peaks.aheadTo ?? data.from
        peaks.appendAhead(data.from, data.pairs)
        eachChannel(data.channels, (own, pairs) => own.appendAhead(data.from, pairs))
        const to = from + data.pairs.length / 2
        return on.peaks(peaks, progress, duration, from / peaksPerSecond, to / peaksPerSecond)
      }
      case 'dropAhead':
        second?.terminate()
        for (const own of channels) own.dropAhead()
        return peaks.dropAhead()
      case 'peaks': {
        const from = peaks.length / peaksPerSecond
        peaks.append(data.pairs)
        eachChannel(data.channels, (own, pairs) => own.append(pairs))
        progress = data.progress
        duration = data.duration
        return on.peaks(peaks, progress, duration, from, duration)
      }
      case 'speech':
        return on.speech(data.segments)
      case 'done':
        stop()
        on.done(data.duration, data.segments)
        if (header)
          void cache.write(
            writeKept({ header, duration: data.duration, segments: data.segments, peaks, channels }),
          )
        return
      case 'problem':
        stop()
        return on.problem(data.problem, data.duration)
    }
  }
  worker.onerror = (event) => {
    stop()
    on.problem({ kind: 'unreadable', detail: event.message }, 0)
  }
  worker.postMessage({ url: source.url, size: source.size })
}

function roomy(header: RecordingHeader | null): Peaks {
  const peaks = new Peaks()
  if (header?.duration) peaks.expect(header.duration)
  return peaks
}

function readSecondHalf({ url, size }: AnalysisJob, first: Worker): Worker {
  const second = new Worker(new URL('./secondHalf.worker.ts', import.meta.url), { type: 'module' })
  const { port1, port2 } = new MessageChannel()
  first.postMessage(port1, [port1])
  // The first then goes on to the end.
  second.onerror = () => first.postMessage(null)
  second.postMessage({ url, size, port: port2 }, [port2])
  return second
}
