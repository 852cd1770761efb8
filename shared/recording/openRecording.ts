import { openAiff } from './aiff'
import { openAppleLossless } from './appleLossless'
import type { ByteSource } from './byteSource'
import { openCaf } from './caf'
import { type Decoding, DecodingFailed } from './decoding'
import { openFlac } from './flac'
import { foreignCodec } from './foreignCodec'
import { type Mp3Decoder, openMp3 } from './mp3'
import { isUnfinishedMp4 } from './mp4Boxes'
import { openOggOpus } from './oggOpus'
import { openOggVorbis } from './oggVorbis'
import type { StreamDecoder } from './streamed'
import { openWav } from './wav'

/** What decodes, where the recording is opened. */
export interface DecodingEnvironment {
  readonly createMp3: () => Mp3Decoder
  readonly createFlac: () => StreamDecoder
  readonly createVorbis: () => StreamDecoder
  readonly createOpus: () => StreamDecoder
  /** For what none of ours reads; `null` where nothing else decodes, as outside a browser. */
  readonly openContainer: ((source: ByteSource) => Promise<Decoding | null>) | null
}

/** Opens a recording of any format that the environment decodes. Rejects with `DecodingFailed`. */
export async function openRecording(source: ByteSource, environment: DecodingEnvironment): Promise<Decoding> {
  if (source.size === 0) throw new DecodingFailed({ kind: 'empty' })
  const decoding =
    (await openWav(source)) ??
    (await openAiff(source)) ??
    (await openCaf(source)) ??
    (await openAppleLossless(source)) ??
    (await openFlac(source, environment.createFlac)) ??
    (await openOggVorbis(source, environment.createVorbis)) ??
    (await openOggOpus(source, environment.createOpus)) ??
    (await openMp3(source, environment.createMp3)) ??
    (await openOther(source, environment))
  if (!decoding) throw await unknown(source)
  return decoding
}

async function openOther(
  source: ByteSource,
  { openContainer }: DecodingEnvironment,
): Promise<Decoding | null> {
  try {
    return (await openContainer?.(source)) ?? null
  } catch (reason) {
    // What it stumbles over, or finds no sound in, may have a codec that we can name.
    const isTold = reason instanceof DecodingFailed && reason.problem.kind !== 'notAudio'
    if (isTold) throw reason
    const named = await unknown(source)
    throw named.problem.kind === 'notAudio' ? reason : named
  }
}

async function unknown(source: ByteSource): Promise<DecodingFailed> {
  if (await isUnfinishedMp4(source)) return new DecodingFailed({ kind: 'unfinished' })
  const codec = await foreignCodec(source)
  return new DecodingFailed(codec === null ? { kind: 'notAudio' } : { kind: 'unsupportedCodec', codec })
}
