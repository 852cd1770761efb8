import { DecodingFailed, type PcmChunk } from '../shared/recording/decoding'
import type { HiddenDecoding, OpenedRecording, Piece } from '../shared/recording/hiddenDecoding'
import { MixDown } from '../shared/recording/mixDown'
import { openContainer } from './workers/containers'
import { streamedSource } from './workers/streamedSource'

// The page of the hidden window in which the command line decodes what only a browser can. The main process asks for one piece after the
// other; the page itself can ask for nothing but the recording's bytes.

/** Seconds in one piece. */
const pieceLength = 5

declare global {
  var hiddenDecoding: HiddenDecoding
}

const mixDown = new MixDown()
let chunks: AsyncIterator<PcmChunk> | null = null
let sampleRate = 0

async function open(url: string, size: number): Promise<OpenedRecording> {
  try {
    const decoding = await openContainer(streamedSource(url, size, new AbortController().signal))
    if (!decoding) return { kind: 'failed', problem: { kind: 'notAudio' } }
    chunks = decoding.chunks[Symbol.asyncIterator]()
    sampleRate = decoding.header.sampleRate
    return { kind: 'opened', header: decoding.header }
  } catch (reason) {
    return { kind: 'failed', problem: problemOf(reason) }
  }
}

async function next(): Promise<Piece> {
  const parts: Float32Array[] = []
  let [length, progress] = [0, 0]
  try {
    while (length < pieceLength * sampleRate) {
      const step = await chunks?.next()
      if (!step || step.done) break
      parts.push(mixDown.mix(step.value.channels).slice())
      length += (parts.at(-1) as Float32Array).length
      progress = step.value.progress
    }
  } catch (reason) {
    if (length === 0) return { kind: 'failed', problem: problemOf(reason) }
  }
  if (length === 0) return { kind: 'end' }
  const samples = new Float32Array(length)
  let at = 0
  for (const part of parts) {
    samples.set(part, at)
    at += part.length
  }
  return { kind: 'samples', samples, sampleRate, progress }
}

function problemOf(reason: unknown) {
  if (reason instanceof DecodingFailed) return reason.problem
  return { kind: 'unreadable', detail: reason instanceof Error ? reason.message : String(reason) } as const
}

globalThis.hiddenDecoding = { open, next }
