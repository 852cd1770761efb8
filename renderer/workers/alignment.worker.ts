import { align } from '../../shared/alignment/align'
import { FeatureCollector } from '../../shared/alignment/features'
import { openEspeak } from '../../shared/alignment/openEspeak'
import { GatheredReadings, type ReadingJob, type ReadingMessage } from '../../shared/alignment/readAloud'
import { unitsOf } from '../../shared/alignment/segments'
import { upperEdge } from '../../shared/alignment/spectrum'
import { phrasesOf } from '../../shared/alignment/voice'
import { openRecording } from '../../shared/recording/openRecording'
import type { AlignmentJob, AlignmentMessage } from './alignmentMessages'
import { decoders } from './decoders'
import { rangeSource } from './rangeSource'

/** Share of the whole work that reading the recording is, and the steps in which progress is told. */
const reading = 0.2
const step = 0.01

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<AlignmentJob>) => void) | null
  postMessage(message: AlignmentMessage): void
}

scope.onmessage = ({ data }) =>
  void run(data).catch((reason: unknown) =>
    scope.postMessage({ kind: 'failed', detail: reason instanceof Error ? reason.message : String(reason) }),
  )

async function run({ url, size, text, pins }: AlignmentJob): Promise<void> {
  let told = 0
  const tell = (share: number) => {
    if (share - told < step) return
    told = share
    scope.postMessage({ kind: 'progress', share })
  }
  const { header, chunks } = await openRecording(
    rangeSource(url, size, new AbortController().signal),
    decoders,
  )
  const gathered = new GatheredReadings()
  const reader = new Worker(new URL('./voice.worker.ts', import.meta.url), { type: 'module' })
  reader.onmessage = ({ data }: MessageEvent<ReadingMessage>) => gathered.take(data)
  reader.onerror = (event) => gathered.fail(event.message)
  const job: ReadingJob = {
    phrases: phrasesOf(unitsOf(text, pins).units),
    highest: upperEdge(header.sampleRate),
  }
  reader.postMessage(job)
  const collector = new FeatureCollector(header.sampleRate)
  for await (const { channels, progress } of chunks) {
    collector.add(channels)
    tell(progress * reading)
  }
  const alignment = await align(text, collector.finish(), {
    openVoice: openEspeak,
    readings: gathered.all.finally(() => reader.terminate()),
    pins,
    onProgress: (share) => tell(reading + share * (1 - reading)),
  })
  scope.postMessage({ kind: 'done', alignment })
}
