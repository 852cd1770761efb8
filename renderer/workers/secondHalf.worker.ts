import { buffersOf, ChannelCollector } from '../../shared/recording/channelPeaks'
import { MixDown } from '../../shared/recording/mixDown'
import { leadIn, openMp3Tail } from '../../shared/recording/mp3Split'
import { SpeechActivity } from '../../shared/recording/speechActivity'
import type { AnalysisJob, TailMessage } from './analysisMessages'
import { decoders } from './decoders'
import { streamedSource } from './streamedSource'

/** Milliseconds between two messages with peaks. */
const interval = 400

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
  const tail = await openMp3Tail(streamedSource(url, size, new AbortController().signal), decoders.createMp3)
  if (!tail) return tell({ kind: 'none' })
  const { time, sampleRate } = tail
  const collector = new ChannelCollector(sampleRate)
  const activity = new SpeechActivity(sampleRate)
  const mixDown = new MixDown()
  let sent = performance.now()
  let opening: readonly Float32Array[] | null = null
  let hasBegun = false
  let first = 0
  for await (const { channels, progress } of tail.chunks) {
    let heard = channels
    if (!hasBegun) {
      opening = channels.map((channel, index) => joined(opening?.[index] ?? new Float32Array(0), channel))
      if ((opening[0]?.length ?? 0) < leadIn * 2) continue
      const mono = mixDown.mix(opening)
      tell({ kind: 'begins', time, sampleRate, samples: mono.slice(0, leadIn * 2) })
      first = progress
      activity.prime(mono.subarray(0, leadIn))
      heard = opening.map((channel) => channel.subarray(leadIn))
      opening = null
      hasBegun = true
    }
    const mono = mixDown.mix(heard)
    collector.add(heard, mono)
    activity.add([mono])
    const now = performance.now()
    if (now - sent < interval) continue
    sent = now
    send(tell, collector, progress - first)
  }
  if (!hasBegun) throw new Error('nothing is left for a second half')
  collector.finish()
  send(tell, collector, 1 - first)
  tell({ kind: 'done', speech: activity.trace(), duration: collector.duration })
}

function send(tell: Tell, collector: ChannelCollector, share: number): void {
  const slices = collector.take()
  tell({ kind: 'peaks', ...slices, share }, buffersOf(slices))
}

function joined(first: Float32Array, second: Float32Array): Float32Array {
  const both = new Float32Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
