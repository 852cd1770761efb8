const rate = 16000
const blockSize = 1024

/** A FLAC file (RFC 9639) of 16-bit samples, 16000 a second, as they are: nothing is predicted or packed. */
export function flacFile(channels: readonly Int16Array[], { isCountingSamples = false } = {}): Uint8Array {
  const length = channels[0]?.length ?? 0
  const info = new DataView(new ArrayBuffer(42))
  for (const [index, byte] of [0x66, 0x4c, 0x61, 0x43, 0x80, 0, 0, 34].entries()) info.setUint8(index, byte)
  info.setUint16(8, blockSize)
  info.setUint16(10, blockSize)
  info.setUint32(18, (rate << 12) | ((channels.length - 1) << 9) | (15 << 4))
  info.setUint32(22, length)
  const parts: number[] = [...new Uint8Array(info.buffer)]
  for (let first = 0; first < length; first += blockSize) {
    const count = Math.min(blockSize, length - first)
    const number = isCountingSamples ? first : first / blockSize
    const frame = [
      0xff,
      isCountingSamples ? 0xf9 : 0xf8,
      0x75,
      ((channels.length - 1) << 4) | 8,
      ...coded(number),
    ]
    frame.push((count - 1) >> 8, (count - 1) & 255)
    frame.push(checksum(frame, 8, 0x07))
    for (const channel of channels) {
      frame.push(2)
      for (const sample of channel.subarray(first, first + count))
        frame.push((sample >> 8) & 255, sample & 255)
    }
    const sum = checksum(frame, 16, 0x8005)
    for (const byte of [...frame, sum >> 8, sum & 255]) parts.push(byte)
  }
  return Uint8Array.from(parts)
}

// As UTF-8 codes characters, up to 36 bits.
function coded(value: number): number[] {
  if (value < 0x80) return [value]
  const tail: number[] = []
  let left = value
  let room = 0x20
  do {
    tail.unshift(0x80 | (left % 64))
    left = Math.floor(left / 64)
    if (left < room) break
    room >>= 1
  } while (room > 0)
  return [(0xff & ~(room * 2 - 1)) | left, ...tail]
}

function checksum(bytes: readonly number[], bits: 8 | 16, polynomial: number): number {
  const top = 1 << (bits - 1)
  let sum = 0
  for (const byte of bytes) {
    sum ^= byte << (bits - 8)
    for (let bit = 0; bit < 8; bit++) sum = (sum & top ? (sum << 1) ^ polynomial : sum << 1) & (top * 2 - 1)
  }
  return sum
}
