import { Worker } from 'node:worker_threads'
import { type ReadingJob, type ReadingMessage, startReaders } from '../../shared/alignment/voice/readAloud'
import type { Reading } from '../../shared/alignment/voice/voice'

/** Where the bundle of `voiceThread.ts` lies; put in when the command line is bundled. */
declare const voiceThread: string | URL | undefined

// What a reading leaves behind would otherwise pile up to tens of megabytes in each thread.
const resourceLimits = { maxYoungGenerationSizeMb: 4 }

/** Has a text read aloud in threads of their own, which end with the reading.
 *  @returns the readings, and what ends the threads sooner; `null` where the command line is not bundled */
export function startReading({
  phrases: all,
  highest,
}: ReadingJob): { readonly readings: Promise<readonly Reading[]>; stop(): Promise<unknown> } | null {
  if (typeof voiceThread === 'undefined') return null
  const voice = voiceThread
  let isStopped = false
  const { readings, stop } = startReaders(
    all,
    (phrases, gathered) => {
      const job: ReadingJob = { phrases, highest }
      const worker = new Worker(voice, { workerData: job, resourceLimits })
      worker.on('message', (message: ReadingMessage) => gathered.take(message))
      worker.on('error', (reason) => gathered.fail(reason.message))
      worker.on('exit', () => {
        if (!isStopped) gathered.fail('ended')
      })
      return worker
    },
    (worker) => {
      isStopped = true
      return worker.terminate()
    },
  )
  return { readings, stop }
}
