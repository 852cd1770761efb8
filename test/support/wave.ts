import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { waveHead } from '../../electron/dev/waveHead'

/** Writes a WAV file of so many seconds of silence, 8-bit samples, 8000 a second, as a file that takes no room. */
export function silentWave(path: string, seconds: number): void {
  const header = waveHead({ rate: 8000, bits: 8, size: seconds * 8000 })
  const file = openSync(path, 'w')
  writeSync(file, header)
  ftruncateSync(file, header.length + seconds * 8000)
  closeSync(file)
}

/** A WAV file of a tone: so many 16-bit samples, 8000 a second. */
export function bytesOfWave(samples: number): Uint8Array {
  const bytes = Buffer.concat([waveHead({ rate: 8000, size: samples * 2 }), Buffer.alloc(samples * 2)])
  for (let index = 0; index < samples; index++)
    bytes.writeInt16LE(Math.round(8000 * Math.sin(index / 9)), 44 + index * 2)
  return bytes
}

/** A WAV file of any channels of one length, −1 to 1, in 16 bits. */
export function bytesOfChannels(channels: readonly Float32Array[], rate: number): Uint8Array {
  const length = channels[0]?.length ?? 0
  const frame = channels.length * 2
  const size = length * frame
  const head = waveHead({ rate, channels: channels.length, size })
  const bytes = Buffer.concat([head, Buffer.alloc(size)])
  for (const [channel, samples] of channels.entries())
    for (const [index, sample] of samples.entries())
      bytes.writeInt16LE(Math.round(sample * 32767), 44 + index * frame + channel * 2)
  return bytes
}
