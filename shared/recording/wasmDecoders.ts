import { FLACDecoder } from '@wasm-audio-decoders/flac'
import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis'
import { OggOpusDecoder } from 'ogg-opus-decoder'
import { Mpg123 } from './mpg123'
import type { DecodingEnvironment } from './openRecording'

/** The decoders that run everywhere, in a worker and on the command line. */
export const wasmDecoders: Omit<DecodingEnvironment, 'openContainer'> = {
  createMp3: () => new Mpg123(),
  createFlac: () => new FLACDecoder(),
  createVorbis: () => new OggVorbisDecoder(),
  createOpus: () => new OggOpusDecoder(),
}
