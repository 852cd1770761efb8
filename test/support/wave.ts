import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'

/** Writes a WAV file of so many seconds of silence, 8-bit samples, 8000 a second, as a file that takes no room. */
export function silentWave(path: string, seconds: number): void {
  const header = Buffer.from(bytesOfWave(0))
  header.writeUInt32LE(36 + seconds * 8000, 4)
  header.writeUInt32LE(8000, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.writeUInt32LE(seconds * 8000, 40)
  const file = openSync(path, 'w')
  writeSync(file, header)
  ftruncateSync(file, header.length + seconds * 8000)
  closeSync(file)
}

/** A WAV file of a tone: so many 16-bit samples, 8000 a second. */
export function bytesOfWave(samples: number): Uint8Array {
  const bytes = Buffer.alloc(44 + samples * 2)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(36 + samples * 2, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(8000, 24)
  bytes.writeUInt32LE(16000, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(samples * 2, 40)
  for (let index = 0; index < samples; index++)
    bytes.writeInt16LE(Math.round(8000 * Math.sin(index / 9)), 44 + index * 2)
  return bytes
}

/** A WAV file of any channels of one length, −1 to 1, in 16 bits. */
export function bytesOfChannels(channels: readonly Float32Array[], rate: number): Uint8Array {
  const length = channels[0]?.length ?? 0
  const frame = channels.length * 2
  const bytes = Buffer.alloc(44 + length * frame)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(36 + length * frame, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(channels.length, 22)
  bytes.writeUInt32LE(rate, 24)
  bytes.writeUInt32LE(rate * frame, 28)
  bytes.writeUInt16LE(frame, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(length * frame, 40)
  for (const [channel, samples] of channels.entries())
    for (const [index, sample] of samples.entries())
      bytes.writeInt16LE(Math.round(sample * 32767), 44 + index * frame + channel * 2)
  return bytes
}
