import { openAppleLosslessWindows } from './appleLossless'
import type { ByteSource } from './byteSource'
import type { PcmChunk } from './decoding'
import { openFlacWindows } from './flacWindows'
import { openMp3Windows } from './mp3Windows'
import type { DecodingEnvironment } from './openRecording'
import { framesOf, type PcmLayout, pcmChunks } from './pcm'
import { readPcmLayout } from './pcmLayout'

/** Ends what is under way: an AbortSignal, where there is one. */
export interface Cancellation {
  /** @throws what it was aborted with */
  throwIfAborted(): void
}

/** The samples of a stretch of a recording. */
export interface SampleWindow {
  /** How many samples of the recording come before. */
  readonly first: number
  readonly sampleRate: number
  /** One array a channel, all of one length, −1 to 1. */
  readonly channels: readonly Float32Array[]
}

/** Reads stretches of a recording, wherever they lie, at a cost that goes with their length. */
export interface SampleWindows {
  readonly sampleRate: number
  /** @param from samples before the stretch, not negative @param to samples before its end; less is given where the recording ends.
   *  Rejects when `signal` is aborted and when the file can no longer be read. */
  read(from: number, to: number, signal: Cancellation): Promise<SampleWindow>
}

/** What reads stretches, where the recording is opened. */
export interface WindowEnvironment extends Pick<DecodingEnvironment, 'createMp3' | 'createFlac'> {
  /** For what none of ours reads. */
  readonly openContainerWindows: ((source: ByteSource) => Promise<SampleWindows | null>) | null
}

/** Opens a recording to read stretches of it; a sample stands at the same place as in one pass over the file (`openRecording`).
 *  @returns `null` for what cannot be decoded */
export async function openSampleWindows(
  source: ByteSource,
  environment: WindowEnvironment,
): Promise<SampleWindows | null> {
  const layout = await readPcmLayout(source)
  if (layout) return pcmWindows(source, layout)
  const alac = await openAppleLosslessWindows(source)
  if (alac) return alac
  const flac = await openFlacWindows(source, environment.createFlac)
  if (flac) return flac
  const mp3 = await openMp3Windows(source, environment.createMp3)
  return mp3 ?? (await environment.openContainerWindows?.(source)) ?? null
}

function pcmWindows(source: ByteSource, layout: PcmLayout): SampleWindows {
  const { sampleRate } = layout
  const frames = framesOf(layout)
  return {
    sampleRate,
    read: (from, to, signal) => {
      const end = Math.min(to, frames)
      const frame = (layout.bits / 8) * layout.channels
      // No more is read than is wanted.
      const dataLength = end * frame
      return gather(pcmChunks(source, { ...layout, dataLength }, from), from, {
        from,
        to: end,
        sampleRate,
        signal,
      })
    },
  }
}

/** Puts chunks together to the stretch that is wanted of them. The first begins with sample `first`, each where the one before ends; one
 *  that tells its place (`at`) begins there, with silence before it. */
export async function gather(
  chunks: AsyncIterable<Pick<PcmChunk, 'channels'> & { readonly at?: number }>,
  first: number,
  wanted: {
    readonly from: number
    readonly to: number
    readonly sampleRate: number
    readonly signal: Cancellation
  },
): Promise<SampleWindow> {
  const { from, sampleRate, signal } = wanted
  const length = Math.max(0, wanted.to - from)
  let channels: Float32Array[] = []
  let at = first
  let end = from
  if (length > 0) {
    for await (const chunk of chunks) {
      signal.throwIfAborted()
      if (channels.length === 0) channels = chunk.channels.map(() => new Float32Array(length))
      const count = chunk.channels[0]?.length ?? 0
      at = chunk.at ?? at
      const start = Math.max(from, at)
      const stop = Math.min(wanted.to, at + count)
      if (stop > start) {
        for (const [index, into] of channels.entries()) {
          const heard = chunk.channels[Math.min(index, chunk.channels.length - 1)] as Float32Array
          into.set(heard.subarray(start - at, stop - at), start - from)
        }
        end = stop
      }
      at += count
      if (at >= wanted.to) break
    }
  }
  return { first: from, sampleRate, channels: channels.map((channel) => channel.subarray(0, end - from)) }
}
