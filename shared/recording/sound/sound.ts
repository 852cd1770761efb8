import { openAppleLosslessSound } from '../appleLossless'
import type { ByteSource } from '../byteSource'
import type { PcmChunk } from '../decoding'
import type { Mp3Decoder } from '../mp3'
import { framesOf, type PcmLayout, pcmChunks } from '../pcm'
import { readPcmLayout } from '../pcmLayout'
import { openMp3Sound } from './mp3Sound'

/** A recording's sound, decoded from any instant on; its times are those of `openRecording`. */
export interface Sound {
  readonly sampleRate: number
  readonly channels: number
  /** Seconds; an estimate where only reading it all tells. */
  readonly duration: number
  /** Pieces without a gap from sample `position` on, which is the first piece's first; valid until the next is asked for. Rejects when the file can no longer be read. */
  from(position: number): AsyncGenerator<Pick<PcmChunk, 'channels'>>
  /** Reads ahead what later jumps need, where they need anything. */
  prepare?(): Promise<unknown>
}

/** What decodes, where the sound is opened. */
export interface SoundEnvironment {
  readonly createMp3: () => Mp3Decoder
  /** For what none of ours reads. */
  readonly openContainerSound: (source: ByteSource) => Promise<Sound | null>
}

/** Opens a recording to be heard. @returns `null` where no format is recognised */
export async function openSound(source: ByteSource, environment: SoundEnvironment): Promise<Sound | null> {
  const layout = await readPcmLayout(source)
  if (layout) return pcmSound(source, layout)
  return (
    (await openAppleLosslessSound(source)) ??
    (await openMp3Sound(source, environment.createMp3)) ??
    (await environment.openContainerSound(source))
  )
}

function pcmSound(source: ByteSource, layout: PcmLayout): Sound {
  const { sampleRate, channels } = layout
  return {
    sampleRate,
    channels,
    duration: framesOf(layout) / sampleRate,
    from: (position) => pcmChunks(source, layout, position),
  }
}
