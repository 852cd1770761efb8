import { FLACDecoder } from '@wasm-audio-decoders/flac'
import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis'
import { MPEGDecoder } from 'mpg123-decoder'
import { OggOpusDecoder } from 'ogg-opus-decoder'
import type { DecodingEnvironment } from '../../shared/recording/openRecording'
import { openContainer } from './containers'

/** What decodes in the window's workers. */
export const decoders: DecodingEnvironment = {
  createMp3: () => new MPEGDecoder(),
  createFlac: () => new FLACDecoder(),
  createVorbis: () => new OggVorbisDecoder(),
  createOpus: () => new OggOpusDecoder(),
  openContainer,
}
