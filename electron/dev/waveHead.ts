/** The 44 bytes before the samples of a WAV file in whole numbers.
 *  @param format samples a second of each channel, channels, bits of a sample, bytes of all samples */
export function waveHead({
  rate,
  channels = 1,
  bits = 16,
  size,
}: {
  readonly rate: number
  readonly channels?: number
  readonly bits?: number
  readonly size: number
}): Buffer {
  const frame = (channels * bits) / 8
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + size, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(channels, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate * frame, 28)
  head.writeUInt16LE(frame, 32)
  head.writeUInt16LE(bits, 34)
  head.write('data', 36)
  head.writeUInt32LE(size, 40)
  return head
}
