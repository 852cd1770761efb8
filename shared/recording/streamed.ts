import type { ByteSource } from './byteSource'
import { type Decoding, DecodingFailed, type PcmChunk, type RecordingHeader } from './decoding'

/** The part of the asynchronous WASM decoders (FLAC, Vorbis, Opus) that is used. */
export interface StreamDecoder {
  readonly ready: Promise<unknown>
  decode(bytes: Uint8Array): Promise<DecodedPiece> | DecodedPiece
  /** What is left after the last bytes. */
  flush(): Promise<DecodedPiece> | DecodedPiece
  free(): void
}

interface DecodedPiece {
  readonly channelData: Float32Array[]
  readonly samplesDecoded: number
  readonly sampleRate: number
}

/** Bytes handed to a decoder at a time. */
const bytesAtOnce = 64 * 1024

/** Decodes a file from `start` to its end in pieces, of which one is in memory at a time.
 *  @param isTruncated told the samples that were decoded, whether the file should have held more; the chunks then end with `truncated` */
export async function decodeStreamed(
  source: ByteSource,
  start: number,
  decoder: StreamDecoder,
  header: RecordingHeader,
  isTruncated: (samples: number) => boolean,
): Promise<Decoding> {
  await decoder.ready
  return { header, chunks: chunksOf(source, start, decoder, isTruncated) }
}

async function* chunksOf(
  source: ByteSource,
  start: number,
  decoder: StreamDecoder,
  isTruncated: (samples: number) => boolean,
): AsyncGenerator<PcmChunk> {
  let samples = 0
  try {
    for (let at = start; at <= source.size; at += bytesAtOnce) {
      const bytes = at < source.size ? await source.read(at, bytesAtOnce) : new Uint8Array()
      const isLast = at + bytesAtOnce >= source.size
      const pieces = [bytes.length > 0 ? await orFail(() => decoder.decode(bytes)) : null]
      if (isLast) pieces.push(await orFail(() => decoder.flush()))
      for (const piece of pieces) {
        if (!piece || piece.samplesDecoded === 0) continue
        samples += piece.samplesDecoded
        const progress = Math.min(1, (at + bytesAtOnce) / source.size)
        yield { channels: piece.channelData, sampleRate: piece.sampleRate, progress }
      }
      if (isLast) break
    }
  } finally {
    decoder.free()
  }
  if (isTruncated(samples)) throw new DecodingFailed({ kind: 'truncated' })
}

// Damaged bytes make the libraries throw errors of their own.
async function orFail<T>(decode: () => Promise<T> | T): Promise<T> {
  try {
    return await decode()
  } catch (reason) {
    throw new DecodingFailed({
      kind: 'unreadable',
      detail: reason instanceof Error ? reason.message : String(reason),
    })
  }
}
