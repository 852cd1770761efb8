import { MixDown } from './mixDown'
import { Peaks, peaksPerSecond } from './peaks'

/** A BBC audiowaveform data file, versions 1 and 2 (the program's own documentation of the format). */
export interface AudiowaveformDat {
  readonly version: 1 | 2
  readonly bits: 8 | 16
  readonly sampleRate: number
  readonly samplesPerPixel: number
  readonly channels: number
  /** Lowest and highest by turns, channel by channel in each pixel. */
  readonly values: Int8Array | Int16Array
}

const headerLength = { 1: 20, 2: 24 } as const

/** Reads a `.dat` file. One that was cut keeps its whole pixels. @returns `null` for anything else */
export function readAudiowaveformDat(bytes: Uint8Array): AudiowaveformDat | null {
  if (bytes.length < headerLength[1]) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const version = view.getInt32(0, true)
  if (version !== 1 && version !== 2) return null
  const start = headerLength[version]
  const flags = view.getUint32(4, true)
  if (flags > 1 || bytes.length < start) return null
  const bits = flags === 1 ? 8 : 16
  const sampleRate = view.getInt32(8, true)
  const samplesPerPixel = view.getInt32(12, true)
  const channels = version === 2 ? view.getInt32(20, true) : 1
  if (sampleRate <= 0 || samplesPerPixel <= 0 || channels < 1 || channels > 64) return null
  const perPixel = channels * 2
  const there = Math.floor((bytes.length - start) / (perPixel * (bits / 8)))
  const count = Math.min(view.getUint32(16, true), there) * perPixel
  const values = bits === 8 ? new Int8Array(count) : new Int16Array(count)
  for (let index = 0; index < count; index++)
    values[index] = bits === 8 ? view.getInt8(start + index) : view.getInt16(start + index * 2, true)
  return { version, bits, sampleRate, samplesPerPixel, channels, values }
}

/** Writes a `.dat` file. Version 1 holds one channel.
 *  @throws RangeError for more channels in version 1 */
export function writeAudiowaveformDat(dat: AudiowaveformDat): Uint8Array {
  if (dat.version === 1 && dat.channels !== 1) throw new RangeError('version 1 holds one channel')
  const start = headerLength[dat.version]
  const size = dat.bits / 8
  const bytes = new Uint8Array(start + dat.values.length * size)
  const view = new DataView(bytes.buffer)
  view.setInt32(0, dat.version, true)
  view.setUint32(4, dat.bits === 8 ? 1 : 0, true)
  view.setInt32(8, dat.sampleRate, true)
  view.setInt32(12, dat.samplesPerPixel, true)
  view.setUint32(16, dat.values.length / (dat.channels * 2), true)
  if (dat.version === 2) view.setInt32(20, dat.channels, true)
  for (const [index, value] of dat.values.entries()) {
    if (dat.bits === 8) view.setInt8(start + index, value)
    else view.setInt16(start + index * 2, value, true)
  }
  return bytes
}

/** Seconds that it stands for, up to the length of its last pixel. */
export function durationOf({ sampleRate, samplesPerPixel, channels, values }: AudiowaveformDat): number {
  return ((values.length / (channels * 2)) * samplesPerPixel) / sampleRate
}

/** Our slices from those of a `.dat`: each takes in every pixel that it touches; channels are put together, not mixed, so that
 *  a picture of several is as high as its loudest. Coarse pixels give steps. */
export function peaksFromDat({
  bits,
  sampleRate,
  samplesPerPixel,
  channels,
  values,
}: AudiowaveformDat): Peaks {
  const perPixel = channels * 2
  const pixels = values.length / perPixel
  const pixelsPerSlice = sampleRate / samplesPerPixel / peaksPerSecond
  const slices = Math.ceil(pixels / pixelsPerSlice)
  const full = bits === 8 ? 128 : 32768
  const scaled = (value: number) => Math.max(-127, Math.round((value / full) * 127))
  const pairs = new Int8Array(slices * 2)
  for (let slice = 0; slice < slices; slice++) {
    const first = Math.min(pixels - 1, Math.floor(slice * pixelsPerSlice))
    const last = Math.min(pixels, Math.max(first + 1, Math.ceil((slice + 1) * pixelsPerSlice)))
    let low = full
    let high = -full
    for (let index = first * perPixel; index < last * perPixel; index += 2) {
      low = Math.min(low, values[index] as number)
      high = Math.max(high, values[index + 1] as number)
    }
    pairs[slice * 2] = scaled(low)
    pairs[slice * 2 + 1] = scaled(high)
  }
  const peaks = new Peaks(Math.max(1, slices))
  peaks.append(pairs)
  return peaks
}

/** Makes a `.dat` of version 2 with one channel out of samples that come in pieces, mixed down; as exact as the samples. */
export class DatCollector {
  private values: Int8Array | Int16Array
  private pixels = 0
  private low = Number.POSITIVE_INFINITY
  private high = Number.NEGATIVE_INFINITY
  private inPixel = 0
  private readonly mixDown = new MixDown()

  /** @throws RangeError when a pixel would be shorter than a sample */
  constructor(
    private readonly sampleRate: number,
    private readonly samplesPerPixel: number,
    private readonly bits: 8 | 16,
  ) {
    if (samplesPerPixel < 1) throw new RangeError('a pixel is at least one sample')
    this.values = this.empty(20_000)
  }

  add(channels: readonly Float32Array[]): void {
    for (const sample of this.mixDown.mix(channels)) {
      if (sample < this.low) this.low = sample
      if (sample > this.high) this.high = sample
      if (++this.inPixel === this.samplesPerPixel) this.close()
    }
  }

  /** Completes the last, short pixel. */
  finish(): AudiowaveformDat {
    if (this.inPixel > 0) this.close()
    const { bits, sampleRate, samplesPerPixel } = this
    const values = this.values.slice(0, this.pixels * 2)
    return { version: 2, bits, sampleRate, samplesPerPixel, channels: 1, values }
  }

  private close(): void {
    if ((this.pixels + 1) * 2 > this.values.length) {
      const grown = this.empty(this.values.length * 2)
      grown.set(this.values)
      this.values = grown
    }
    this.values[this.pixels * 2] = this.scaled(this.low)
    this.values[this.pixels * 2 + 1] = this.scaled(this.high)
    this.pixels++
    this.inPixel = 0
    this.low = Number.POSITIVE_INFINITY
    this.high = Number.NEGATIVE_INFINITY
  }

  private scaled(sample: number): number {
    const full = this.bits === 8 ? 128 : 32768
    return Math.max(-full, Math.min(full - 1, Math.round(sample * full)))
  }

  private empty(length: number): Int8Array | Int16Array {
    return this.bits === 8 ? new Int8Array(length) : new Int16Array(length)
  }
}
