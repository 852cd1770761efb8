import { FLACDecoder } from '@wasm-audio-decoders/flac'
import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis'
import { MPEGDecoder } from 'mpg123-decoder'
import { OggOpusDecoder } from 'ogg-opus-decoder'
import type { DecodingEnvironment } from './openRecording'

/** The decoders that run everywhere, in a worker and on the command line. */
export const wasmDecoders: Omit<DecodingEnvironment, 'openContainer'> = {
  createMp3: () => new MPEGDecoder(),
  createFlac: () => new FLACDecoder(),
  createVorbis: () => new OggVorbisDecoder(),
  createOpus: () => new OggOpusDecoder(),
}
