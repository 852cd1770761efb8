import { Predictor, sumUp } from './alacPredictor'

/** What a decoder of Apple Lossless has to know (`ALACSpecificConfig` in Apple's description of the magic cookie). */
export interface AlacConfig {
  /** Samples of a whole packet, of each channel. */
  readonly frameLength: number
  /** 16, 20, 24 or 32. */
  readonly bits: number
  /** How fast the Rice parameter follows the residuals, where it begins, and the most bits that it may be. */
  readonly riceRate: number
  readonly riceStart: number
  readonly riceLimit: number
  readonly channels: number
  readonly sampleRate: number
}

const configLength = 24
const longestFrame = 1 << 17
const mostChannels = 8

/** Reads a magic cookie, bare or behind the atoms `frma` and `alac` that older files put before it. @returns `null` where it is none */
export function readAlacConfig(cookie: Uint8Array): AlacConfig | null {
  const view = new DataView(cookie.buffer, cookie.byteOffset, cookie.length)
  let at = 0
  if (isAtom(view, at, 'frma')) at += 12
  if (isAtom(view, at, 'alac')) at += 12
  if (at + configLength > cookie.length) return null
  const config: AlacConfig = {
    frameLength: view.getUint32(at),
    bits: view.getUint8(at + 5),
    riceRate: view.getUint8(at + 6),
    riceStart: view.getUint8(at + 7),
    riceLimit: view.getUint8(at + 8),
    channels: view.getUint8(at + 9),
    sampleRate: view.getUint32(at + 20),
  }
  const { frameLength, bits, riceLimit, channels, sampleRate } = config
  const isKnown =
    // The version that others must be compatible with.
    view.getUint8(at + 4) === 0 &&
    frameLength > 0 &&
    frameLength <= longestFrame &&
    [16, 20, 24, 32].includes(bits) &&
    riceLimit < 32 &&
    channels > 0 &&
    channels <= mostChannels &&
    sampleRate >= 1000 &&
    sampleRate <= 768000
  return isKnown ? config : null
}

function isAtom(view: DataView, at: number, name: string): boolean {
  return (
    at + 8 <= view.byteLength &&
    [...name].every((letter, index) => view.getUint8(at + 4 + index) === letter.charCodeAt(0))
  )
}

/** Where the channels stand that a packet holds, for each number of them: packets begin with the centre and end with the low frequencies,
 *  sound is given in the order of WAV files, as ffmpeg does. */
const places: readonly (readonly number[])[] = [
  [],
  [0],
  [0, 1],
  [2, 0, 1],
  [2, 0, 1, 3],
  [2, 0, 1, 3, 4],
  [2, 0, 1, 4, 5, 3],
  [2, 0, 1, 4, 5, 6, 3],
  [2, 6, 7, 0, 1, 4, 5, 3],
]

/** The elements of a packet. */
const element = { single: 0, pair: 1, lowFrequency: 3, data: 4, fill: 6, end: 7 } as const

/** Fractional bits of the mean that the Rice parameter is taken from. */
const meanShift = 9
/** Below this mean, zeros are counted instead of coded. */
const runBelow = 128
/** The largest residual that counts for the mean, and the longest run. */
const mostCounted = 0xffff
/** So many ones say that a number follows as it is. */
const escapeOnes = 9

/** An order that stands for plain differences. */
const differences = 31

/** The lowest of 32 bits, where all of them are 1. */
const lowestBit = 2 ** -31

/** Bytes behind a packet that may be looked at before its end is noticed. */
const margin = 64

/** Samples of each channel in a packet, as its first element tells them. @param start some bytes of it, 8 at least */
export function samplesIn(start: Uint8Array, { frameLength }: AlacConfig): number {
  const view = new DataView(start.buffer, start.byteOffset, start.length)
  const isSound = [element.single, element.pair, element.lowFrequency].some(
    (kind) => kind === view.getUint8(0) >> 5,
  )
  // Behind 19 bits stands whether the packet is a partial one, behind 23 then how many samples it has.
  const isPartial = isSound && (view.getUint8(2) & 0x10) !== 0
  return isPartial ? ((view.getUint32(2) << 7) | (view.getUint8(6) >> 1)) >>> 0 : frameLength
}

class DamagedPacket extends Error {}

/** Decodes Apple Lossless. A packet needs none of those before it. */
export class AlacDecoder {
  private bytes = new Uint8Array(margin)
  private view = new DataView(this.bytes.buffer)
  /** Bits. */
  private position = 0
  private end = 0
  private readonly first: Int32Array
  private readonly second: Int32Array
  private readonly predictors: readonly Predictor[] = [new Predictor(), new Predictor()]

  constructor(private readonly config: AlacConfig) {
    this.first = new Int32Array(config.frameLength)
    this.second = new Int32Array(config.frameLength)
  }

  /** Decodes a packet into `channels` (−1 to 1) from `at` on, where there is room for a whole one.
   *  @returns samples of each channel; 0 where the packet is damaged, what is then there is of no use */
  decode(packet: Uint8Array, channels: readonly Float32Array[], at: number): number {
    if (this.bytes.length < packet.length + margin) {
      this.bytes = new Uint8Array(packet.length * 2 + margin)
      this.view = new DataView(this.bytes.buffer)
    }
    this.bytes.set(packet)
    this.bytes.fill(0, packet.length, packet.length + margin)
    this.position = 0
    this.end = packet.length * 8
    try {
      return this.elements(channels, at)
    } catch (reason) {
      if (reason instanceof DamagedPacket) return 0
      throw reason
    }
  }

  private elements(channels: readonly Float32Array[], at: number): number {
    const order = places[this.config.channels] as readonly number[]
    let [found, samples] = [0, 0]
    while (found < order.length) {
      const kind = this.take(3)
      switch (kind) {
        case element.single:
        case element.lowFrequency:
        case element.pair: {
          const own = order.slice(found, found + (kind === element.pair ? 2 : 1))
          const count = this.sound(
            own.map((place) => channels[place] as Float32Array),
            kind === element.pair,
            at,
          )
          if (samples > 0 && count !== samples) throw new DamagedPacket()
          samples = count
          found += own.length
          break
        }
        case element.data: {
          this.take(4)
          const isAligned = this.take(1) === 1
          let count = this.take(8)
          if (count === 255) count += this.take(8)
          if (isAligned) this.position = (this.position + 7) & ~7
          this.position += count * 8
          break
        }
        case element.fill: {
          let count = this.take(4)
          if (count === 15) count += this.take(8) - 1
          this.position += count * 8
          break
        }
        default:
          throw new DamagedPacket()
      }
      if (this.position > this.end) throw new DamagedPacket()
    }
    return samples
  }

  /** One channel, or two that are coded together. */
  private sound(into: readonly Float32Array[], isPair: boolean, at: number): number {
    const { frameLength, bits } = this.config
    if (isPair && into.length < 2) throw new DamagedPacket()
    // An instance's number, and bits that are not used.
    this.take(16)
    const isPartial = this.take(1) === 1
    const shift = this.take(2) * 8
    const isVerbatim = this.take(1) === 1
    const count = isPartial ? this.take(32) : frameLength
    if (count === 0 || count > frameLength) throw new DamagedPacket()
    if (isVerbatim) this.verbatim(into, count, at)
    else if (isPair)
      this.pair(into as readonly [Float32Array, Float32Array], count, at, shift, bits - shift + 1)
    else this.single(into[0] as Float32Array, count, at, shift, bits - shift)
    return count
  }

  private verbatim(into: readonly Float32Array[], count: number, at: number): void {
    const { bits } = this.config
    if (this.position + into.length * count * bits > this.end) throw new DamagedPacket()
    const scale = 2 ** (1 - bits)
    for (let index = at; index < at + count; index++)
      for (const channel of into) channel[index] = this.takeSigned(bits) * scale
  }

  private single(into: Float32Array, count: number, at: number, shift: number, bits: number): void {
    this.take(16)
    const [predictor] = this.predictors as [Predictor]
    this.readPredictor(predictor)
    const low = this.skipLowBits(count * shift)
    this.predicted(this.first, count, predictor, bits)
    const { first } = this
    const scale = 2 ** (1 - this.config.bits)
    if (shift === 0) {
      for (let index = 0; index < count; index++) into[at + index] = (first[index] as number) * scale
      return
    }
    for (let index = 0, place = low; index < count; index++, place += shift)
      into[at + index] = (((first[index] as number) << shift) | (this.peek(place) >>> (32 - shift))) * scale
  }

  private pair(
    [left, right]: readonly [Float32Array, Float32Array],
    count: number,
    at: number,
    shift: number,
    bits: number,
  ): void {
    const mixShift = this.take(8)
    const mixShare = this.takeSigned(8)
    const [one, other] = this.predictors as [Predictor, Predictor]
    this.readPredictor(one)
    this.readPredictor(other)
    const low = this.skipLowBits(count * shift * 2)
    this.predicted(this.first, count, one, bits)
    this.predicted(this.second, count, other, bits)
    const { first, second } = this
    // What does not fit in a sample's bits is cut off at the top.
    const unused = 32 - this.config.bits
    let place = low
    for (let index = 0; index < count; index++) {
      let a = first[index] as number
      let b = second[index] as number
      if (mixShare !== 0) {
        // A weighted middle, and the difference.
        a = (a + b - (Math.imul(mixShare, b) >> mixShift)) | 0
        b = (a - b) | 0
      }
      if (shift > 0) {
        a = (a << shift) | (this.peek(place) >>> (32 - shift))
        b = (b << shift) | (this.peek(place + shift) >>> (32 - shift))
        place += shift * 2
      }
      left[at + index] = (a << unused) * lowestBit
      right[at + index] = (b << unused) * lowestBit
    }
  }

  private readPredictor(predictor: Predictor): void {
    predictor.mode = this.take(4)
    predictor.shift = this.take(4)
    predictor.riceFactor = this.take(3)
    predictor.order = this.take(5)
    for (let tap = predictor.order; tap > 0; tap--) predictor.coefficients[tap] = this.takeSigned(16)
  }

  /** Skips the low bits of all samples, which lie uncompressed before the rest. @returns where they lie */
  private skipLowBits(length: number): number {
    const from = this.position
    this.position += length
    if (this.position > this.end) throw new DamagedPacket()
    return from
  }

  private predicted(samples: Int32Array, count: number, predictor: Predictor, bits: number): void {
    if (bits < 1 || bits > 32) throw new DamagedPacket()
    this.residuals(samples, count, bits, (this.config.riceRate * predictor.riceFactor) >> 2)
    if (predictor.mode !== 0) sumUp(samples, count, bits)
    if (predictor.order === differences) sumUp(samples, count, bits)
    else if (predictor.order > 0) predictor.run(samples, count, bits)
  }

  /** Adaptive Golomb–Rice codes: the parameter follows a mean of the residuals, runs of zeros are counted where it is small. */
  private residuals(into: Int32Array, count: number, bits: number, rate: number): void {
    const { bytes, view, end } = this
    const { riceStart, riceLimit } = this.config
    // Files in which nothing is compressed have no limit.
    if (riceLimit === 0) throw new DamagedPacket()
    let position = this.position
    let mean = riceStart
    let afterRun = 0
    for (let index = 0; index < count; ) {
      if (position > end) throw new DamagedPacket()
      const k = Math.min(31 - Math.clz32((mean >>> meanShift) + 3), riceLimit)
      const byte = position >>> 3
      const bit = position & 7
      const word = (view.getInt32(byte) << bit) | ((bytes[byte + 4] as number) >>> (8 - bit))
      const ones = Math.clz32(~word)
      let value = 0
      if (ones >= escapeOnes) {
        value = this.peek(position + escapeOnes) >>> (32 - bits)
        position += escapeOnes + bits
      } else if (k === 1) {
        value = ones
        position += ones + 1
      } else {
        const used = ones + 1
        const rest = used + k <= 32 ? (word << used) >>> (32 - k) : this.peek(position + used) >>> (32 - k)
        // Of the rest, 0 and 1 are told by one bit less.
        value = Math.imul(ones, (1 << k) - 1)
        position += ones + k
        if (rest > 1) {
          value += rest - 1
          position++
        }
      }
      const folded = value + afterRun
      into[index++] = (folded >>> 1) ^ -(folded & 1)
      mean =
        value > mostCounted
          ? mostCounted
          : (mean + Math.imul(rate, folded) - (Math.imul(rate, mean) >>> meanShift)) | 0
      afterRun = 0
      if (mean >>> 0 < runBelow && index < count) {
        this.position = position
        const run = this.takeRun(mean)
        position = this.position
        if (run > count - index) throw new DamagedPacket()
        into.fill(0, index, index + run)
        index += run
        // A zero would have belonged to the run, unless it could not grow.
        afterRun = run < mostCounted ? 1 : 0
        mean = 0
      }
    }
    this.position = position
  }

  private takeRun(mean: number): number {
    const k = Math.clz32(mean) - 24 + ((mean + 16) >> 6)
    const most = ((1 << k) - 1) & ((1 << this.config.riceLimit) - 1)
    const word = this.peek(this.position)
    const ones = Math.clz32(~word)
    if (ones >= escapeOnes) {
      this.position += escapeOnes
      return this.take(16)
    }
    const rest = (word << (ones + 1)) >>> (32 - k)
    this.position += ones + k + (rest > 1 ? 1 : 0)
    return ones * most + (rest > 1 ? rest - 1 : 0)
  }

  /** The 32 bits from a place on. */
  private peek(position: number): number {
    const byte = position >>> 3
    const bit = position & 7
    return (this.view.getInt32(byte) << bit) | ((this.bytes[byte + 4] as number) >>> (8 - bit))
  }

  /** @param bits 1 to 32 */
  private take(bits: number): number {
    if (this.position + bits > this.end) throw new DamagedPacket()
    const value = this.peek(this.position) >>> (32 - bits)
    this.position += bits
    return value
  }

  private takeSigned(bits: number): number {
    return (this.take(bits) << (32 - bits)) >> (32 - bits)
  }
}
