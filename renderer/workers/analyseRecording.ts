import { z } from 'zod'
import type { RecordingHeader, RecordingProblem } from '../../shared/recording/decoding'
import { Peaks, peaksPerSecond } from '../../shared/recording/peaks'
import type { AnalysisJob, AnalysisMessage } from './analysisMessages'

export type Segments = readonly (readonly [number, number])[]

export interface AnalysisListener {
  readonly header: (header: RecordingHeader) => void
  /** There is a first picture of the whole, of a recording about that long (seconds). */
  readonly sketch: (peaks: Peaks, duration: number) => void
  /** The picture grew from one instant to another; `peaks` is the same object every time. `duration` is that of what was read from the
   *  start. All in seconds. */
  readonly peaks: (peaks: Peaks, progress: number, duration: number, from: number, to: number) => void
  readonly speech: (segments: Segments) => void
  readonly done: (duration: number, segments: Segments) => void
  readonly problem: (problem: RecordingProblem, duration: number) => void
}

/** Where peaks are kept between sessions. */
export interface AnalysisCache {
  readonly read: () => Promise<Uint8Array | null>
  readonly write: (bytes: Uint8Array) => Promise<unknown>
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
    on.peaks(known.peaks, 1, known.duration, 0, known.duration)
    on.done(known.duration, known.segments)
    return
  }
  const worker = new Worker(new URL('./analysis.worker.ts', import.meta.url), { type: 'module' })
  const peaks = new Peaks()
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
        const to = from + data.pairs.length / 2
        return on.peaks(peaks, progress, duration, from / peaksPerSecond, to / peaksPerSecond)
      }
      case 'dropAhead':
        second?.terminate()
        return peaks.dropAhead()
      case 'peaks': {
        const from = peaks.length / peaksPerSecond
        peaks.append(data.pairs)
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
          void cache.write(writeKept({ header, duration: data.duration, segments: data.segments, peaks }))
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

function readSecondHalf({ url, size }: AnalysisJob, first: Worker): Worker {
  const second = new Worker(new URL('./secondHalf.worker.ts', import.meta.url), { type: 'module' })
  const { port1, port2 } = new MessageChannel()
  first.postMessage(port1, [port1])
  // The first then goes on to the end.
  second.onerror = () => first.postMessage(null)
  second.postMessage({ url, size, port: port2 }, [port2])
  return second
}

interface Kept {
  readonly header: RecordingHeader
  readonly duration: number
  readonly segments: Segments
  readonly peaks: Peaks
}

/** Grows when speech is found in another way: what an earlier one found is then found anew. */
const detector = 2

const factsShape = z.object({
  detector: z.literal(detector),
  header: z.object({
    codec: z.string(),
    sampleRate: z.number(),
    channels: z.number(),
    duration: z.number().nullable(),
  }),
  duration: z.number().positive(),
  segments: z.array(z.tuple([z.number(), z.number()])),
})

// Length of the facts, the facts as JSON, the peaks.
function writeKept({ peaks, ...facts }: Kept): Uint8Array {
  const head = new TextEncoder().encode(JSON.stringify({ ...facts, detector }))
  const body = peaks.serialise()
  const bytes = new Uint8Array(4 + head.length + body.length)
  new DataView(bytes.buffer).setUint32(0, head.length, true)
  bytes.set(head, 4)
  bytes.set(body, 4 + head.length)
  return bytes
}

function readKept(bytes: Uint8Array): Kept | null {
  if (bytes.length < 4) return null
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  try {
    const facts = factsShape.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))))
    const peaks = Peaks.deserialise(bytes.subarray(4 + length))
    return peaks && { ...facts, peaks }
  } catch {
    return null
  }
}
