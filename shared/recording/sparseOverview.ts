import type { ByteSource } from './byteSource'
import { findMp3, frameLength, type Mp3Decoder } from './mp3'

/** A first picture of a whole recording. */
export interface SparseOverview {
  /** Lowest and highest by turns, −127 to 127, of a short stretch at the start of each equal part of the file. */
  readonly pairs: Int8Array
  /** Seconds, estimated from the frames that were seen; exact at a constant bit rate. */
  readonly duration: number
}

/** Frames heard of each stretch. */
const framesHeard = 4

/** A frame may begin this far back in the bytes of those before it (ISO 11172-3, main_data_begin); without those it sounds wrong. */
const longestReservoir = 511

/** Longest frame there is, bytes: layer 2, 384 kbit/s at 32 kHz, padded. */
const longestFrame = 1729

/** Looks at `parts` short stretches over an mp3 file, at a small part of the cost of decoding it.
 *  @returns `null` for what is no MPEG audio */
export async function sparseOverview(
  source: ByteSource,
  createDecoder: () => Mp3Decoder,
  parts = 400,
): Promise<SparseOverview | null> {
  const start = await findMp3(source)
  if (start === null) return null
  const decoder = createDecoder()
  try {
    await decoder.ready
    const audio = source.size - start
    const pairs = new Int8Array(parts * 2)
    let bytes = 0
    let seconds = 0
    for (let part = 0; part < parts; part++) {
      const stretch = await wholeFrames(source, start + Math.floor((audio * part) / parts))
      if (!stretch) continue
      const { channelData, samplesDecoded, sampleRate } = decoder.decode(stretch.bytes)
      if (samplesDecoded === 0) continue
      const perFrame = samplesPerFrame(stretch.bytes)
      bytes += stretch.bytes.length
      seconds += (stretch.frames * perFrame) / sampleRate
      const from = Math.max(0, samplesDecoded - framesHeard * perFrame)
      const [low, high] = extremes(channelData, from, samplesDecoded)
      pairs[part * 2] = Math.max(-127, Math.round(low * 127))
      pairs[part * 2 + 1] = Math.min(127, Math.round(high * 127))
    }
    return bytes === 0 ? null : { pairs, duration: (audio / bytes) * seconds }
  } finally {
    decoder.free()
  }
}

/** Frames from about `offset` on: those that fill the reservoir, one for the decoder to get hold, and those that are heard. */
async function wholeFrames(source: ByteSource, offset: number) {
  const bytes = await source.read(
    offset,
    longestFrame * 2 + longestReservoir + longestFrame * (framesHeard + 2),
  )
  let at = 0
  while (at + 4 < bytes.length && !isFrame(bytes, at)) at++
  const first = at
  let frames = 0
  let after = 0
  while (after < framesHeard) {
    const length = frameLength(bytes, at)
    if (length === 0 || at + length > bytes.length) break
    if (at - first > longestReservoir && frames > 1) after++
    at += length
    frames++
  }
  return after === 0 ? null : { bytes: bytes.subarray(first, at), frames }
}

/** Three frames follow one another: bytes that look like a header are common inside a frame. */
function isFrame(bytes: Uint8Array, at: number): boolean {
  for (let count = 0, here = at; count < 3; count++) {
    const length = frameLength(bytes, here)
    if (length === 0) return false
    here += length
  }
  return true
}

function samplesPerFrame(bytes: Uint8Array): number {
  const second = bytes[1] as number
  const layer = 4 - ((second >> 1) & 3)
  if (layer === 1) return 384
  return layer === 3 && ((second >> 3) & 3) !== 3 ? 576 : 1152
}

function extremes(channels: readonly Float32Array[], from: number, to: number): readonly [number, number] {
  let low = 1
  let high = -1
  for (let index = from; index < to; index++) {
    let sample = 0
    for (const channel of channels) sample += channel[index] as number
    sample /= channels.length
    if (sample < low) low = sample
    if (sample > high) high = sample
  }
  return [low, high]
}
