import type { PcmLayout } from '../pcm'

/** Samples in a frame: the most that the streamable subset allows at 48 kHz (RFC 9639, section 7). */
export const frameSamples = 4096

/** Most channels that FLAC has. */
export const mostChannels = 8

export type SoundFormat = Pick<PcmLayout, 'channels' | 'sampleRate'>

/** STREAMINFO (RFC 9639, section 8.2) of 16-bit sound whose length is left open. */
export function streamInfo({ channels, sampleRate }: SoundFormat): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(34)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, 16)
  view.setUint16(2, frameSamples)
  // 20 bits of rate, 3 of channels less one, 5 of depth less one.
  view.setUint32(10, ((sampleRate << 12) | ((channels - 1) << 9) | (15 << 4)) >>> 0)
  return bytes
}

/** One FLAC frame (RFC 9639, section 9) of samples as they are, 16 bits each: nothing is compressed, so it costs no time.
 *  @param channels at least one, of one length, at most `frameSamples`
 *  @param position of its first sample in the stream, below 2³⁶ */
export function flacFrame(
  channels: readonly Int16Array[],
  position: number,
  sampleRate: number,
): Uint8Array<ArrayBuffer> {
  const samples = (channels[0] as Int16Array).length
  const number = codedNumber(position)
  const [rateCode, rate] = codedRate(sampleRate)
  const header = 4 + number.length + 2 + rate.length
  const bytes = new Uint8Array(header + 1 + channels.length * (1 + samples * 2) + 2)
  // Sync, blocks of any size; 16 bits of block size below; channels; 16 bits a sample.
  bytes.set([0xff, 0xf9, 0x70 | rateCode, ((channels.length - 1) << 4) | 0x08])
  bytes.set([...number, (samples - 1) >> 8, (samples - 1) & 0xff, ...rate], 4)
  bytes[header] = checksum8(bytes, header)
  let at = header + 1
  for (const channel of channels) {
    // A verbatim subframe.
    bytes[at++] = 0x02
    for (const sample of channel) {
      bytes[at++] = sample >> 8
      bytes[at++] = sample & 0xff
    }
  }
  const sum = checksum16(bytes, at)
  bytes[at++] = sum >> 8
  bytes[at] = sum & 0xff
  return bytes
}

// In hertz, in tens of them, or as in STREAMINFO (section 9.1.2).
function codedRate(rate: number): readonly [code: number, bytes: readonly number[]] {
  if (rate < 0x10000) return [13, [rate >> 8, rate & 0xff]]
  const tens = rate / 10
  return Number.isInteger(tens) && tens < 0x10000 ? [14, [tens >> 8, tens & 0xff]] : [0, []]
}

/** A number as UTF-8 would code it, to 36 bits (section 9.1.5). */
function codedNumber(value: number): number[] {
  if (value < 0x80) return [value]
  const tail: number[] = []
  let rest = value
  // So many bits fit in the first byte beside the ones that count the bytes.
  while (rest >= 2 ** Math.max(0, 6 - tail.length)) {
    tail.unshift(0x80 | (rest % 64))
    rest = Math.floor(rest / 64)
  }
  const ones = (0xff00 >> (tail.length + 1)) & 0xff
  return [ones | rest, ...tail]
}

const table8 = tableOf(8, 0x07)
const table16 = tableOf(16, 0x8005)

function tableOf(bits: number, polynomial: number): Uint16Array {
  const top = 1 << (bits - 1)
  const mask = 2 ** bits - 1
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let sum = byte << (bits - 8)
    for (let bit = 0; bit < 8; bit++) sum = (sum & top ? (sum << 1) ^ polynomial : sum << 1) & mask
    return sum
  })
}

function checksum8(bytes: Uint8Array, length: number): number {
  let sum = 0
  for (let at = 0; at < length; at++) sum = table8[sum ^ (bytes[at] as number)] as number
  return sum
}

function checksum16(bytes: Uint8Array, length: number): number {
  let sum = 0
  for (let at = 0; at < length; at++)
    sum = ((sum << 8) & 0xffff) ^ (table16[(sum >> 8) ^ (bytes[at] as number)] as number)
  return sum
}
