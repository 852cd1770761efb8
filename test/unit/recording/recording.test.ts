import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ByteSource } from '../../../shared/recording/byteSource'
import { DecodingFailed } from '../../../shared/recording/decoding'
import { findMp3 } from '../../../shared/recording/mp3'
import { frameLength } from '../../../shared/recording/mp3Frames'
import { PeakCollector, Peaks } from '../../../shared/recording/peaks'
import { openWav } from '../../../shared/recording/wav'

function source(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (offset, length) => bytes.slice(offset, offset + length) }
}

interface WaveOptions {
  readonly tag?: number
  readonly bits?: number
  readonly channels?: number
  readonly rate?: number
  readonly length?: number
  readonly isExtensible?: boolean
  readonly id?: string
}

function wave(
  data: Uint8Array,
  {
    tag = 1,
    bits = 16,
    channels = 1,
    rate = 8000,
    length = data.length,
    isExtensible = false,
    id = 'RIFF',
  }: WaveOptions = {},
): Uint8Array {
  const formatSize = isExtensible ? 40 : 16
  const bytes = new Uint8Array(12 + 8 + formatSize + 8 + data.length)
  const view = new DataView(bytes.buffer)
  const put = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at)
  put(0, id)
  put(8, 'WAVE')
  put(12, 'fmt ')
  view.setUint32(16, formatSize, true)
  view.setUint16(20, isExtensible ? 0xfffe : tag, true)
  view.setUint16(22, channels, true)
  view.setUint32(24, rate, true)
  view.setUint16(34, bits, true)
  if (isExtensible) view.setUint16(44, tag, true)
  put(20 + formatSize, 'data')
  view.setUint32(24 + formatSize, length, true)
  bytes.set(data, 28 + formatSize)
  return bytes
}

async function samplesOf(bytes: Uint8Array): Promise<number[][]> {
  const decoding = await openWav(source(bytes))
  if (!decoding) throw new Error('no wave file')
  const channels: number[][] = []
  for await (const chunk of decoding.chunks) {
    for (const [index, channel] of chunk.channels.entries()) {
      channels[index] ??= []
      channels[index].push(...channel)
    }
  }
  return channels
}

function written(
  values: readonly number[],
  write: (view: DataView, value: number, at: number) => void,
  size: number,
): Uint8Array {
  const bytes = new Uint8Array(size)
  for (const [at, value] of values.entries()) write(new DataView(bytes.buffer), value, at)
  return bytes
}

const data = (write: (view: DataView) => void, size: number) => {
  const bytes = new Uint8Array(size)
  write(new DataView(bytes.buffer))
  return bytes
}

describe('wave files', () => {
  it.each([
    [
      '8 bits',
      written([0, 128, 255], (view, value, at) => view.setUint8(at, value), 3),
      { bits: 8 },
      [-1, 0, 0.99],
    ],
    [
      '16 bits',
      written([-32768, 0, 16384], (view, value, at) => view.setInt16(at * 2, value, true), 6),
      { bits: 16 },
      [-1, 0, 0.5],
    ],
    ['24 bits', Uint8Array.from([0, 0, 0x80, 0, 0, 0, 0, 0, 0x40]), { bits: 24 }, [-1, 0, 0.5]],
    [
      '32 bits',
      written([-2147483648, 0, 1073741824], (view, value, at) => view.setInt32(at * 4, value, true), 12),
      { bits: 32 },
      [-1, 0, 0.5],
    ],
    [
      'float',
      written([-1, 0, 0.5], (view, value, at) => view.setFloat32(at * 4, value, true), 12),
      { tag: 3, bits: 32 },
      [-1, 0, 0.5],
    ],
    ['A-law', Uint8Array.from([0xd5, 0x55, 0x80]), { tag: 6, bits: 8 }, [0.0002, -0.0002, 0.168]],
    ['µ-law', Uint8Array.from([0xff, 0x7f, 0x80]), { tag: 7, bits: 8 }, [0, 0, 0.98]],
    ['the extensible form', data((view) => view.setInt16(0, 16384, true), 2), { isExtensible: true }, [0.5]],
  ] as const)('are read with %s', async (_name, bytes, options, expected) => {
    const [samples = []] = await samplesOf(wave(bytes, options))
    expect(samples).toHaveLength(expected.length)
    for (const [index, value] of expected.entries()) expect(samples[index]).toBeCloseTo(value, 1)
  })

  it('keep channels apart', async () => {
    const bytes = written(
      [8192, -8192, 16384, -16384],
      (view, value, at) => view.setInt16(at * 2, value, true),
      8,
    )
    expect(await samplesOf(wave(bytes, { channels: 2 }))).toEqual([
      [0.25, 0.5],
      [-0.25, -0.5],
    ])
  })

  it.each([
    ['counts itself too', 2044],
    ['says nothing', 0],
    ['says the unknown', 0xffffffff],
    ['says what a pipe does', 0x7ffff024],
  ])('are read to the end of the file when the header %s', async (_name, length) => {
    expect((await samplesOf(wave(new Uint8Array(2000), { length })))[0]).toHaveLength(1000)
  })

  it.each([
    ['text', new TextEncoder().encode('RIFF is only a word here and nothing else')],
    ['nothing', new Uint8Array(0)],
    ['a codec that is no PCM', wave(new Uint8Array(20), { tag: 0x55 })],
  ])('are not seen in %s', async (_name, bytes) => {
    expect(await openWav(source(bytes))).toBeNull()
  })

  it('are told to be cut off when the header promises more than there is', async () => {
    const decoding = await openWav(source(wave(new Uint8Array(40_000), { length: 1_000_000 })))
    let count = 0
    const read = async () => {
      for await (const { channels } of decoding?.chunks ?? []) count += channels[0]?.length ?? 0
    }
    await expect(read()).rejects.toEqual(new DecodingFailed({ kind: 'truncated' }))
    expect(count).toBe(20_000)
  })

  it('without samples are empty', async () => {
    await expect(openWav(source(wave(new Uint8Array(0), { length: 0 })))).rejects.toEqual(
      new DecodingFailed({ kind: 'empty' }),
    )
  })
})

describe('MPEG audio', () => {
  const header = [0xff, 0xfb, 0x90, 0x00]
  const frame = Uint8Array.from([...header, ...new Array(413).fill(0)])
  const frames = Uint8Array.from([...frame, ...frame, ...frame])

  it('has frames of the length that the header gives', () => {
    expect(frameLength(frame, 0)).toBe(417)
    expect(frameLength(Uint8Array.from([0xff, 0xf3, 0x40, 0x00]), 0)).toBe(104)
    expect(frameLength(Uint8Array.from([0xff, 0xff, 0xff, 0xff]), 0)).toBe(0)
  })

  it('is found behind a tag with a large picture', async () => {
    const size = 300_000
    const tag = [
      0x49,
      0x44,
      0x33,
      4,
      0,
      0,
      (size >> 21) & 127,
      (size >> 14) & 127,
      (size >> 7) & 127,
      size & 127,
    ]
    const bytes = new Uint8Array(10 + size + frames.length)
    bytes.set(tag)
    bytes.fill(0xff, 10, 10 + size)
    bytes.set(frames, 10 + size)
    expect(await findMp3(source(bytes))).toBe(10 + size)
  })

  it('is not seen in text, zeros or nothing', async () => {
    expect(await findMp3(source(new TextEncoder().encode('hello '.repeat(200))))).toBeNull()
    expect(await findMp3(source(new Uint8Array(5000)))).toBeNull()
    expect(await findMp3(source(new Uint8Array(0)))).toBeNull()
  })

  it('is not found in what begins otherwise, nor by one header at the end', async () => {
    const frame = Uint8Array.of(0xff, 0xfb, 0x90, 0x44)
    const length = frameLength(frame, 0)
    const many = new Uint8Array(50 + 10 * length)
    for (let count = 0; count < 10; count++) many.set(frame, 50 + count * length)
    expect(await findMp3(source(many))).toBe(50)
    const beginnings = ['\x1aE\xdf\xa3', '\0\0\0 ftypM4A ', 'caff', 'OggS', 'FORM']
    for (const beginning of beginnings) {
      const other = many.slice()
      other.set(Uint8Array.from(beginning, (letter) => letter.charCodeAt(0)))
      expect(await findMp3(source(other)), beginning).toBeNull()
    }
    expect(await findMp3(source(wave(many, { tag: 2 })))).toBeNull()
    expect(await findMp3(source(wave(many, { tag: 0x55 })))).toBe(44 + 50)

    const last = new Uint8Array(2000)
    last.set(frame, 2000 - 60)
    expect(await findMp3(source(last))).toBeNull()
    // A file may hold a single one.
    expect(await findMp3(source(last.slice(2000 - 60)))).toBe(0)
  })
})

describe('peaks', () => {
  it('are those of the samples, at any zoom', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: -127, max: 0 }), fc.integer({ min: 0, max: 127 })), {
      minLength: 1,
      maxLength: 4000,
    })
    fc.assert(
      fc.property(pairs, fc.integer({ min: 1, max: 40 }), (list, columns) => {
        const peaks = new Peaks(16)
        const half = Math.floor(list.length / 2)
        peaks.append(Int8Array.from(list.slice(0, half).flat()))
        peaks.append(Int8Array.from(list.slice(half).flat()))
        const seconds = list.length / 100
        const drawn = peaks.columns(0, seconds, columns)
        expect(Math.min(...drawn)).toBeCloseTo(Math.min(...list.map(([low]) => low)) / 127, 5)
        expect(Math.max(...drawn)).toBeCloseTo(Math.max(...list.map(([, high]) => high)) / 127, 5)
        const [low, high] = peaks.columns(0, 0.01, 1)
        expect(low).toBeCloseTo((list[0] as [number, number])[0] / 127, 5)
        expect(high).toBeCloseTo((list[0] as [number, number])[1] / 127, 5)
      }),
      { numRuns: 50 },
    )
  })

  it('are the same with room made for what a header states, be it too little or beyond all measure', () => {
    const pairs = Int8Array.from({ length: 40_000 }, (_, index) => (index % 2 ? 1 : -1) * (index % 90))
    const drawn = [null, 3, 400, 1e12].map((seconds) => {
      const peaks = new Peaks()
      peaks.append(pairs.subarray(0, 10_000))
      if (seconds !== null) peaks.expect(seconds)
      peaks.append(pairs.subarray(10_000))
      return [peaks.columns(0, 200, 50), peaks.columns(20, 20.5, 50), peaks.length]
    })
    for (const other of drawn) expect(other).toEqual(drawn[0])
  })

  it('come back from the cache, and damaged bytes do not', () => {
    const peaks = new Peaks()
    peaks.append(Int8Array.from([-5, 7, -100, 90]))
    const bytes = new Uint8Array(Buffer.concat(peaks.serialise()))
    expect(Peaks.deserialise(bytes)?.columns(0, 0.02, 2)).toEqual(peaks.columns(0, 0.02, 2))
    expect(Peaks.deserialise(bytes.subarray(0, bytes.length - 1))).toBeNull()
    expect(Peaks.deserialise(Uint8Array.from([1, 2, 3]))).toBeNull()
  })

  it('stand where the sound is, at rates that are no multiple of a hundred', () => {
    const rate = 22_050
    const collector = new PeakCollector(rate)
    const samples = new Float32Array(rate * 60)
    const clicks = [0, 10, 30.5, 59.9]
    for (const time of clicks) samples[Math.round(time * rate)] = 1
    for (let at = 0; at < samples.length; at += 1000) collector.add([samples.subarray(at, at + 1000)])
    collector.finish()
    const pairs = collector.take()
    expect(collector.duration).toBe(60)
    const found = [...pairs.keys()]
      .filter((index) => index % 2 === 1 && (pairs[index] as number) > 100)
      .map((index) => (index - 1) / 2 / 100)
    expect(found).toHaveLength(clicks.length)
    for (const [index, time] of clicks.entries())
      expect(Math.abs((found[index] as number) - time)).toBeLessThanOrEqual(0.011)
  })
})
