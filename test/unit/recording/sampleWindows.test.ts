import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { randomNumbers } from '../../../electron/dev/speech'
import type { ByteSource } from '../../../shared/recording/byteSource'
import { openRecording } from '../../../shared/recording/openRecording'
import { openSampleWindows, type SampleWindow } from '../../../shared/recording/sampleWindows'
import { wasmDecoders } from '../../../shared/recording/wasmDecoders'
import { flacFile } from '../../support/flac'

const fixture = async (name: string) =>
  new Uint8Array(await readFile(new URL(`../../fixtures/recordings/${name}`, import.meta.url)))

function source(bytes: Uint8Array): ByteSource & { taken: number } {
  const counted = {
    size: bytes.length,
    taken: 0,
    read: async (offset: number, length: number) => {
      const part = bytes.slice(offset, offset + length)
      counted.taken += part.length
      return part
    },
  }
  return counted
}

const noise = (length: number, seed: number) => {
  const random = randomNumbers(seed)
  return new Int16Array(length).map(() => (random() * 2 - 1) * 20_000)
}

async function inOnePass(bytes: Uint8Array): Promise<Float32Array[]> {
  const { chunks } = await openRecording(source(bytes), { ...wasmDecoders, openContainer: null })
  const parts: Float32Array[][] = []
  for await (const { channels } of chunks) parts.push(channels.map((channel) => channel.slice()))
  return (parts[0] ?? []).map((_, index) => {
    const own = parts.map((part) => part[index] as Float32Array)
    const all = new Float32Array(own.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const part of own) {
      all.set(part, at)
      at += part.length
    }
    return all
  })
}

const environment = { ...wasmDecoders, openContainerWindows: null }
const running = new AbortController().signal

async function windowOf(bytes: Uint8Array, from: number, to: number): Promise<SampleWindow> {
  const windows = await openSampleWindows(source(bytes), environment)
  if (!windows) throw new Error('not opened')
  return windows.read(from, to, running)
}

function expectSame(window: SampleWindow, whole: readonly Float32Array[], from: number, to: number): void {
  expect(window.first).toBe(from)
  expect(window.channels).toHaveLength(whole.length)
  for (const [channel, own] of window.channels.entries()) {
    const expected = (whole[channel] as Float32Array).subarray(from, to)
    expect(own.length).toBe(expected.length)
    let worst = 0
    for (const [index, sample] of own.entries())
      worst = Math.max(worst, Math.abs(sample - (expected[index] as number)))
    // A decoder that starts elsewhere rounds elsewhere in the last bit.
    expect(worst).toBeLessThan(1e-5)
  }
}

const without = (bytes: Uint8Array, ...marks: readonly string[]) => {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 2000))
  const at = marks.map((mark) => text.indexOf(mark)).find((place) => place > 0)
  const plain = bytes.slice()
  if (at !== undefined) plain.set([0, 0, 0, 0], at)
  return plain
}

describe('a stretch of a recording is sample for sample what one pass gives', () => {
  const made: readonly (readonly [string, () => Promise<Uint8Array>])[] = [
    ['an mp3 with delay and padding', () => fixture('half-silent.mp3')],
    [
      'an mp3 that tells nothing of itself',
      async () => without(await fixture('half-silent.mp3'), 'Info', 'Xing'),
    ],
    ['a short mp3', () => fixture('clicks.mp3')],
    ['a short FLAC', () => fixture('clicks.flac')],
    ['a FLAC that counts frames', async () => flacFile([noise(300_000, 1), noise(300_000, 2)])],
    ['a FLAC that counts samples', async () => flacFile([noise(250_000, 3)], { isCountingSamples: true })],
    ['an AIFF', () => fixture('clicks-sowt.aiff')],
    ['an AIFF with µ-law', () => fixture('clicks-ulaw.aiff')],
    ['a CAF', () => fixture('clicks-lpcm.caf')],
    ['Apple Lossless', () => fixture('clicks-alac.m4a')],
    ['Apple Lossless in fragments', () => fixture('clicks-alac-fragments.mp4')],
    ['Apple Lossless in CAF', () => fixture('clicks-alac.caf')],
  ]
  it.each(made)('%s', async (_name, make) => {
    const bytes = await make()
    const whole = await inOnePass(bytes)
    const length = whole[0]?.length ?? 0
    const random = randomNumbers(7)
    const stretches: [number, number][] = [
      [0, 1000],
      [1, 2],
      [length - 700, length + 5000],
      ...Array.from({ length: 6 }, () => {
        const from = Math.floor(random() * length)
        return [from, from + 1 + Math.floor(random() * 20_000)] as [number, number]
      }),
    ]
    for (const [from, to] of stretches) expectSame(await windowOf(bytes, from, to), whole, from, to)
  })
})

it('a stretch far into a FLAC is found without reading what lies before', async () => {
  const bytes = flacFile([noise(1_500_000, 4)])
  const counted = source(bytes)
  const windows = await openSampleWindows(counted, environment)
  await windows?.read(1_200_000, 1_201_000, running)
  expect(counted.taken).toBeLessThan(bytes.length / 3)
})

it('a stretch behind the end is empty, and what is no recording is not opened', async () => {
  const window = await windowOf(await fixture('half-silent.mp3'), 10_000_000, 10_001_000)
  expect(window.channels.every(({ length }) => length === 0)).toBe(true)
  expect(await openSampleWindows(source(new Uint8Array(50_000)), environment)).toBeNull()
})

it('reading ends when it is not wanted any more', async () => {
  const windows = await openSampleWindows(source(await fixture('half-silent.mp3')), environment)
  const controller = new AbortController()
  controller.abort()
  await expect(windows?.read(300_000, 310_000, controller.signal)).rejects.toThrow()
})

it('the frames behind a torn place are where the decoder hears them', async () => {
  const bytes = await fixture('half-silent.mp3')
  const torn = new Uint8Array(bytes.length + 300)
  torn.set(bytes.subarray(0, 20_000))
  torn.set(bytes.subarray(20_000), 20_300)
  const whole = await inOnePass(torn)
  const length = whole[0]?.length ?? 0
  expectSame(await windowOf(torn, length - 40_000, length - 20_000), whole, length - 40_000, length - 20_000)
})
