import type { RecordingProblem } from '../../shared/recording/decoding'
import type { DecodingEnvironment } from '../../shared/recording/openRecording'
import { wasmDecoders } from '../../shared/recording/wasmDecoders'
import type { Terminal } from './terminal'

/** Only a window decodes the recording, and there is none in this process. */
export class NeedsWindow extends Error {}

/** What decodes a recording on the command line: our own decoders, and for other formats a hidden window. */
export function decodersFor(path: string, { decodeInWindow, runInApp }: Terminal): DecodingEnvironment {
  const needsWindow = () => Promise.reject(new NeedsWindow(path))
  const inWindow = decodeInWindow ? () => decodeInWindow(path) : null
  return { ...wasmDecoders, openContainer: inWindow ?? (runInApp ? needsWindow : null) }
}

/** Why a recording cannot be used, as the command line says it. */
export function wordsForRecording(problem: RecordingProblem, { decodeInWindow }: Terminal): string {
  switch (problem.kind) {
    case 'empty':
      return 'there is no sound in it'
    case 'notAudio':
      return decodeInWindow
        ? 'is not a recording, or in no format that can be decoded'
        : 'not decodable here: only WAV, AIFF, CAF, MP3, FLAC, Apple Lossless, Ogg Vorbis and Ogg Opus are, and others in the packaged app (npm run package)'
    case 'unsupportedCodec':
      return `its sound is in a format that cannot be decoded: ${problem.codec}`
    case 'unfinished':
      return 'the end of the file is missing, which tells where its sound lies'
    case 'truncated':
      return 'the file is cut off; what it holds is used'
    case 'unreadable':
      return `cannot be read: ${problem.detail}`
  }
}
