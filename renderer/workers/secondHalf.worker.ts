import { MixDown } from '../../shared/recording/mixDown'
import { leadIn, openMp3Tail } from '../../shared/recording/mp3Split'
import { PeakCollector } from '../../shared/recording/peaks'
import { SpeechActivity } from '../../shared/recording/speechActivity'
import type { AnalysisJob, TailMessage } from './analysisMessages'
import { decoders } from './decoders'
import { rangeSource } from './rangeSource'

/** Milliseconds between two messages with peaks. */
const interval = 200

/** A job, and where to tell what is found. */
export interface SecondHalfJob extends AnalysisJob {
  readonly port: MessagePort
}

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<SecondHalfJob>) => void) | null
}

scope.onmessage = ({ data }) => {
  const tell: Tell = (message, transfer = []) => data.port.postMessage(message, transfer)
  void read(data, tell).catch(() => tell({ kind: 'none' }))
}

type Tell = (message: TailMessage, transfer?: Transferable[]) => void

async function read({ url, size }: AnalysisJob, tell: Tell): Promise<void> {
  const tail = await openMp3Tail(rangeSource(url, size, new AbortController().signal), decoders.createMp3)
  if (!tail) return tell({ kind: 'none' })
  const { time, sampleRate } = tail
  const collector = new PeakCollector(sampleRate)
  const activity = new SpeechActivity(sampleRate)
  const mixDown = new MixDown()
  let sent = performance.now()
  let opening: Float32Array | null = new Float32Array(0)
  let first = 0
  for await (const { channels, progress } of tail.chunks) {
    let heard = mixDown.mix(channels)
    if (opening) {
      opening = joined(opening, heard)
      if (opening.length < leadIn * 2) continue
      tell({ kind: 'begins', time, sampleRate, samples: opening.slice(0, leadIn * 2) })
      first = progress
      activity.prime(opening.subarray(0, leadIn))
      heard = opening.subarray(leadIn)
      opening = null
    }
    collector.add([heard])
    activity.add([heard])
    const now = performance.now()
    if (now - sent < interval) continue
    sent = now
    send(tell, collector, progress - first)
  }
  if (opening) throw new Error('nothing is left for a second half')
  collector.finish()
  send(tell, collector, 1 - first)
  tell({ kind: 'done', speech: activity.trace(), duration: collector.duration })
}

function send(tell: Tell, collector: PeakCollector, share: number): void {
  const pairs = collector.take()
  tell({ kind: 'peaks', pairs, share }, [pairs.buffer])
}

function joined(first: Float32Array, second: Float32Array): Float32Array {
  const both = new Float32Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
