import { align } from '../../shared/alignment/align'
import type { Alignment, SpeechEngine } from '../../shared/alignment/alignment'
import { combine } from '../../shared/alignment/byText/combine'
import { transferTimes } from '../../shared/alignment/byText/transferTimes'
import { type Learned, realign, shifted } from '../../shared/alignment/realign'
import { FeatureCollector, type Features, featuresBetween } from '../../shared/alignment/sound/features'
import { upperEdge } from '../../shared/alignment/sound/spectrum'
import { unitsOf } from '../../shared/alignment/text/segments'
import { openEspeak } from '../../shared/alignment/voice/openEspeak'
import { type ReadingJob, type ReadingMessage, startReaders } from '../../shared/alignment/voice/readAloud'
import { phrasesOf } from '../../shared/alignment/voice/voice'
import { DecodingFailed } from '../../shared/recording/decoding'
import { openRecording } from '../../shared/recording/openRecording'
import type { AlignmentJob, AlignmentMessage, AlignmentOrder, AlignmentPart } from './alignmentMessages'
import { decoders } from './decoders'
import { streamedSource } from './streamedSource'

/** Share of the whole work that reading the recording is, and the steps in which progress is told. */
const reading = 0.2
const step = 0.01

/** Longer parts are aligned like whole recordings; seconds. */
const longestPart = 600

/** Milliseconds after which orders are let in. */
const longestTask = 40

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<AlignmentOrder>) => void) | null
  postMessage(message: AlignmentMessage): void
}

// What is kept from job to job: 28 bytes for every 10 ms, and what the recording taught.
let features: Features | null = null
let learned: { readonly by: Learned; readonly language: string | null } | null = null
let engine: Promise<SpeechEngine> | null = null

let running: AbortController | null = null
let last: Promise<void> = Promise.resolve()

const openVoice = () => {
  engine ??= openEspeak()
  return engine
}

// A newer job ends the older one.
scope.onmessage = ({ data }) => {
  running?.abort()
  if (data.kind === 'cancel') return
  const { id } = data
  const controller = new AbortController()
  running = controller
  last = last.then(async () => {
    try {
      controller.signal.throwIfAborted()
      const alignment = await run(data, controller.signal)
      if (!controller.signal.aborted) scope.postMessage({ kind: 'done', id, alignment })
    } catch (reason) {
      if (controller.signal.aborted) return
      const detail = reason instanceof Error ? reason.message : String(reason)
      scope.postMessage({ kind: 'failed', id, detail })
    }
  })
}

async function run(job: AlignmentJob, signal: AbortSignal): Promise<Alignment> {
  let told = 0
  const tell = (share: number) => {
    if (share - told < step) return
    told = share
    scope.postMessage({ kind: 'progress', id: job.id, share })
  }
  if (job.whole) return alignWhole(job, job.whole, signal, tell)
  const { part } = job
  if (!part) throw new Error('there is nothing to align')
  const known = await featuresFor(job, signal, tell)
  const language = job.language === null ? {} : { language: job.language }
  if (part.to - part.from > longestPart) return alignPart(part)
  if (learned?.language !== job.language) learned = null
  if (!learned) await alignPart(job.around ?? part)
  signal.throwIfAborted()
  // Too little was said to learn from.
  if (!learned) return alignPart(part)
  const { text, pins, from, to } = part
  const sounds = learned.by
  return realign(text, known, sounds, { ...language, from, to, pins, openVoice, breathe, signal })

  async function alignPart({
    text: own,
    pins: held,
    from: begin,
    to: end,
  }: AlignmentPart): Promise<Alignment> {
    const alignment = await align(own, featuresBetween(known, begin, end), {
      ...language,
      openVoice,
      pins: held.map(({ at, time }) => ({ at, time: time - begin })),
      isKnownToBelong: true,
      onProgress: (share) => tell(reading + share * (1 - reading)),
      onLearned: (by) => {
        learned = { by, language: job.language }
      },
      signal,
    })
    return shifted(alignment, begin)
  }
}

async function alignWhole(
  job: AlignmentJob,
  { text, pins, heard }: NonNullable<AlignmentJob['whole']>,
  signal: AbortSignal,
  tell: (share: number) => void,
): Promise<Alignment> {
  const language = job.language === null ? {} : { language: job.language }
  const { readers, readings, stop } = startReaders(
    phrasesOf(unitsOf(text, pins, job.language ?? undefined).units),
    (_share, gathered) => {
      const worker = new Worker(new URL('./voice.worker.ts', import.meta.url), { type: 'module' })
      worker.onmessage = ({ data }: MessageEvent<ReadingMessage>) => gathered.take(data)
      worker.onerror = (event) => gathered.fail(event.message)
      return worker
    },
    (worker) => worker.terminate(),
  )
  try {
    const read = (highest: number) => {
      for (const { share, thread } of readers) {
        const order: ReadingJob = { phrases: share, highest }
        thread.postMessage(order)
      }
    }
    if (features) read(features.highest)
    const known = await featuresFor(job, signal, tell, read)
    let taught: Learned | null = null
    const alignment = await align(text, known, {
      ...language,
      openVoice: openEspeak,
      readings,
      pins,
      onProgress: (share) => tell(reading + share * (1 - reading)),
      onLearned: (by) => {
        taught = by
      },
      signal,
    })
    if (taught && alignment.refused === undefined) learned = { by: taught, language: job.language }
    if (heard.length === 0) return alignment
    const { duration } = alignment
    return combine(
      text,
      alignment,
      transferTimes(text, heard, { pins, duration, language: alignment.language }),
    )
  } finally {
    void stop()
  }
}

/** What a recording that is cut off holds is used.
 *  @param begin told the highest frequency as soon as it is known, where the recording has to be read */
async function featuresFor(
  { url, size }: AlignmentJob,
  signal: AbortSignal,
  tell: (share: number) => void,
  begin?: (highest: number) => void,
): Promise<Features> {
  if (features) return features
  const { header, chunks } = await openRecording(streamedSource(url, size, signal), decoders)
  begin?.(upperEdge(header.sampleRate))
  const collector = new FeatureCollector(header.sampleRate)
  let isBegun = false
  try {
    for await (const { channels, progress } of chunks) {
      signal.throwIfAborted()
      collector.add(channels)
      isBegun = true
      tell(progress * reading)
      await breathe()
    }
  } catch (reason) {
    if (!(reason instanceof DecodingFailed && isBegun)) throw reason
  }
  features = collector.finish()
  return features
}

let rested = performance.now()

// Lets orders in, above all the one that cancels.
async function breathe(): Promise<void> {
  if (performance.now() - rested < longestTask) return
  await new Promise((done) => setTimeout(done, 0))
  rested = performance.now()
}
