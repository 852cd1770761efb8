import { Worker } from 'node:worker_threads'
import { GatheredReadings, type ReadingJob, type ReadingMessage } from '../../shared/alignment/readAloud'
import type { Reading } from '../../shared/alignment/voice'

/** Where the bundle of `voiceThread.ts` lies; put in when the command line is bundled. */
declare const voiceThread: string | URL | undefined

/** Has a text read aloud in a thread of its own.
 *  @returns the readings, and what ends the thread; `null` where the command line is not bundled */
export function startReading(
  job: ReadingJob,
): { readonly readings: Promise<readonly Reading[]>; stop(): Promise<unknown> } | null {
  if (typeof voiceThread === 'undefined') return null
  const gathered = new GatheredReadings()
  const worker = new Worker(voiceThread, { workerData: job })
  worker.on('message', (message: ReadingMessage) => gathered.take(message))
  worker.on('error', (reason) => gathered.fail(reason.message))
  let isStopped = false
  worker.on('exit', () => {
    if (!isStopped) gathered.fail('ended')
  })
  return {
    readings: gathered.all,
    stop: () => {
      isStopped = true
      return worker.terminate()
    },
  }
}
