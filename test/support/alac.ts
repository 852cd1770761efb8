/** Channels of whole numbers, all of one length. */
export type Whole = readonly Int32Array[]

/** An Apple Lossless packet of samples as they are, for each channel an element of its own, as encoders write what they cannot compress.
 *  @param frameLength samples of a whole packet; one with fewer says so */
export function verbatimPacket(channels: Whole, bits: number, frameLength: number): Uint8Array {
  const digits: string[] = []
  const put = (value: number, count: number) =>
    digits.push(
      (value >>> 0)
        .toString(2)
        .padStart(32, '0')
        .slice(32 - count),
    )
  for (const channel of channels) {
    const isPartial = channel.length < frameLength
    put(0, 3 + 4 + 12)
    put(isPartial ? 1 : 0, 1)
    put(0, 2)
    put(1, 1)
    if (isPartial) put(channel.length, 32)
    for (const sample of channel) put(sample, bits)
  }
  put(7, 3)
  return bytesOf(digits)
}

function bytesOf(digits: readonly string[]): Uint8Array {
  return Uint8Array.from(digits.join('').match(/.{1,8}/gu) ?? [], (byte) =>
    Number.parseInt(byte.padEnd(8, '0'), 2),
  )
}

/** One channel of an element as it is coded: how it is foretold, and what is left. */
export interface CodedChannel {
  readonly mode: number
  readonly shift: number
  readonly riceFactor: number
  readonly coefficients: readonly number[]
  /** None is zero. */
  readonly residuals: readonly number[]
}

export interface CodedElement {
  readonly channels: readonly CodedChannel[]
  /** Of a sample, in bits; and of the bytes below that lie by themselves, with those of all samples. */
  readonly bits: number
  readonly lowBytes: number
  readonly low: readonly number[]
  readonly mixShift: number
  readonly mixShare: number
}

/** An Apple Lossless packet of one element with one channel or two, whose residuals are all coded as they are, behind nine ones. */
export function codedPacket(element: CodedElement): Uint8Array {
  const { channels, bits, lowBytes, low } = element
  const digits: string[] = []
  const put = (value: number, count: number) =>
    digits.push(
      count === 0
        ? ''
        : (value >>> 0)
            .toString(2)
            .padStart(32, '0')
            .slice(32 - count),
    )
  put(channels.length - 1, 3)
  put(0, 4 + 12)
  put(0, 1)
  put(lowBytes, 2)
  put(0, 1)
  put(element.mixShift, 8)
  put(element.mixShare, 8)
  for (const { mode, shift, riceFactor, coefficients } of channels) {
    put(mode, 4)
    put(shift, 4)
    put(riceFactor, 3)
    put(coefficients.length, 5)
    for (const each of coefficients) put(each, 16)
  }
  for (const each of low) put(each, lowBytes * 8)
  const coded = bits - lowBytes * 8 + channels.length - 1
  for (const { residuals, riceFactor } of channels) {
    const rate = (40 * riceFactor) >> 2
    let mean = 10
    let afterRun = 0
    for (const [index, residual] of residuals.entries()) {
      const folded = residual < 0 ? -2 * residual - 1 : 2 * residual
      put(511, 9)
      put(folded - afterRun, coded)
      mean = folded - afterRun > 0xffff ? 0xffff : mean + rate * folded - ((rate * mean) >>> 9)
      afterRun = 0
      // Where a run of zeros might come, there is none.
      if (mean >= 128 || index === residuals.length - 1) continue
      put(511, 9)
      put(0, 16)
      afterRun = 1
      mean = 0
    }
  }
  put(7, 3)
  return bytesOf(digits)
}

export interface CafOptions {
  readonly bits: number
  readonly channels: number
  readonly sampleRate: number
  readonly frameLength: number
  readonly packets: readonly Uint8Array[]
  readonly priming: number
  readonly remainder: number
  /** The magic cookie alone, or behind the two atoms that older files have. */
  readonly isOldCookie: boolean
}

/** A Core Audio Format file of Apple Lossless packets. */
export function cafOf(options: CafOptions): Uint8Array {
  const { bits, channels, sampleRate, frameLength, packets, priming, remainder } = options
  const cookie = [...words(frameLength), 0, bits, 40, 10, 14, channels, 0, 255, ...words(0, 0, sampleRate)]
  const atoms = options.isOldCookie
    ? [...words(12), ...letters('frmaalac'), ...words(36), ...letters('alac'), ...words(0)]
    : []
  const rate = new Uint8Array(8)
  new DataView(rate.buffer).setFloat64(0, sampleRate)
  const valid = packets.length * frameLength - priming - remainder
  const sizes = packets.flatMap(({ length }) => [
    0x80 | (length >> 14),
    0x80 | ((length >> 7) & 127),
    length & 127,
  ])
  return new Uint8Array(
    Buffer.concat([
      Uint8Array.from([...letters('caff'), 0, 1, 0, 0]),
      chunk('desc', [...rate, ...letters('alac'), ...words(0, 0, frameLength, channels, 0)]),
      chunk('kuki', [...atoms, ...cookie]),
      chunk('pakt', [...words(0, packets.length, 0, valid, priming, remainder), ...sizes]),
      chunk('data', Buffer.concat([new Uint8Array(4), ...packets])),
    ]),
  )
}

function chunk(name: string, bytes: ArrayLike<number>): Uint8Array {
  return Uint8Array.from([...letters(name), ...words(0, bytes.length), ...Array.from(bytes)])
}

function words(...values: readonly number[]): number[] {
  return values.flatMap((value) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255])
}

function letters(text: string): number[] {
  return [...text].map((letter) => letter.charCodeAt(0))
}
