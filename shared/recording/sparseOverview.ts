import { type ByteSource, readMany } from './byteSource'
import { findMp3, type Mp3Decoder } from './mp3'
import { frameLength, samplesPerFrame } from './mp3Frames'
import type { Sketch } from './peaks'

/** Stretches that are read at the same time. */
const readsAtOnce = 160

/** Frames heard of each stretch: long enough to meet a syllable. */
const framesHeard = 16

/** A frame may begin this far back in the bytes of those before it (ISO 11172-3, main_data_begin); without those it sounds wrong. */
const longestReservoir = 511

/** Longest frame there is, bytes: layer 2, 384 kbit/s at 32 kHz, padded. */
const longestFrame = 1729

/** Times the first frame that the others may be long, where the rate varies. */
const variation = 3

/** Looks at a short stretch at the start of each of `parts` equal parts of an mp3 file, at a small part of the cost of decoding it. The
 *  duration is estimated from the frames that were seen; exact at a constant bit rate.
 *  @returns `null` for what is no MPEG audio */
export async function sparseOverview(
  source: ByteSource,
  createDecoder: () => Mp3Decoder,
  parts = 320,
): Promise<Sketch | null> {
  const start = await findMp3(source)
  if (start === null) return null
  const decoder = createDecoder()
  try {
    await decoder.ready
    const audio = source.size - start
    const usual = frameLength(await source.read(start, 4), 0) * variation
    const read = Math.min(longestFrame, usual) * (framesHeard + 4) + longestReservoir * 2
    const pairs = new Int8Array(parts * 2)
    let bytes = 0
    let seconds = 0
    for (let group = 0; group < parts; group += readsAtOnce) {
      const inGroup = Array.from(
        { length: Math.min(readsAtOnce, parts - group) },
        (_, index) => group + index,
      )
      const found = await readMany(
        source,
        inGroup.map((part) => ({ offset: start + Math.floor((audio * part) / parts), length: read })),
      )
      for (const [index, looked] of found.entries()) {
        const stretch = wholeFrames(looked)
        if (!stretch) continue
        const { channelData, samplesDecoded, sampleRate } = decoder.decode(stretch.bytes)
        if (samplesDecoded === 0) continue
        const perFrame = samplesPerFrame(stretch.bytes, 0)
        bytes += stretch.bytes.length
        seconds += (stretch.frames * perFrame) / sampleRate
        const from = Math.max(0, samplesDecoded - stretch.heard * perFrame)
        const [low, high] = extremes(channelData, from, samplesDecoded)
        const at = (group + index) * 2
        pairs[at] = Math.max(-127, Math.round(low * 127))
        pairs[at + 1] = Math.min(127, Math.round(high * 127))
      }
    }
    return bytes === 0 ? null : { pairs, duration: (audio / bytes) * seconds }
  } finally {
    decoder.free()
  }
}

/** The whole frames in some bytes: those that fill the reservoir, one for the decoder to get hold, and those that are heard. */
function wholeFrames(bytes: Uint8Array) {
  let at = 0
  while (at + 4 < bytes.length && !isFrame(bytes, at)) at++
  const first = at
  let frames = 0
  let after = 0
  while (after < framesHeard) {
    const here = frameLength(bytes, at)
    if (here === 0 || at + here > bytes.length) break
    if (at - first > longestReservoir && frames > 1) after++
    at += here
    frames++
  }
  return after === 0 ? null : { bytes: bytes.subarray(first, at), frames, heard: after }
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
