import { readFile } from 'node:fs/promises'
import { FLACDecoder } from '@wasm-audio-decoders/flac'

import { describe, expect, it } from 'vitest'
import type { ByteSource } from '../../../shared/recording/byteSource'
import { openMp3 } from '../../../shared/recording/mp3'
import { Mpg123 } from '../../../shared/recording/mpg123'
import { flacFrame, frameSamples, streamInfo } from '../../../shared/recording/sound/flac'
import { openMp3Sound } from '../../../shared/recording/sound/mp3Sound'
import { soundSegment } from '../../../shared/recording/sound/segments'
import { openSound } from '../../../shared/recording/sound/sound'
import { bytesOfWave } from '../../support/wave'

function source(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (offset, length) => bytes.slice(offset, offset + length) }
}

async function fixture(name: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(new URL(`../../fixtures/recordings/${name}`, import.meta.url)))
}

function noise(samples: number, seed: number): Int16Array {
  let state = seed
  return Int16Array.from({ length: samples }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state >>> 16) - 32768
  })
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

describe('FLAC frames of samples as they are', () => {
  it.each([
    [1, 0, 44_100],
    [2, 127, 22_050],
    [6, 70_000, 48_000],
    [8, 2 ** 31 + 12_345, 96_000],
    [1, 2 ** 35, 8000],
  ])('decode to the same %i channels, from sample %i, at %i Hz', async (count, position, rate) => {
    const channels = Array.from({ length: count }, (_, index) => noise(frameSamples + 1000, index + 1))
    const format = { channels: count, sampleRate: rate }
    const frames = [0, frameSamples].map((from) =>
      flacFrame(
        channels.map((channel) => channel.subarray(from, from + frameSamples)),
        position + from,
        rate,
      ),
    )
    const mark = new TextEncoder().encode('fLaC')
    const decoder = new FLACDecoder()
    await decoder.ready
    const bytes = joined([mark, Uint8Array.of(0x80, 0, 0, 34), streamInfo(format), ...frames])
    const decoded = await decoder.decodeFile(bytes)
    decoder.free()
    expect(decoded.errors).toEqual([])
    expect(decoded.sampleRate).toBe(rate)
    expect(decoded.channelData).toHaveLength(count)
    for (const [index, channel] of decoded.channelData.entries())
      expect(Int16Array.from(channel, (sample) => Math.round(sample * 32767))).toEqual(channels[index])
  })

  it('lie in a fragment where it says', () => {
    const bytes = soundSegment([noise(10_000, 7)], 2 ** 33 + 5, 44_100, 3)
    const view = new DataView(bytes.buffer)
    const name = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))
    const find = (wanted: string) => {
      for (let at = 0; at < bytes.length; at++) if (name(at) === wanted) return at + 4
      throw new Error(`no ${wanted}`)
    }
    expect(Number(view.getBigUint64(find('tfdt') + 4))).toBe(2 ** 33 + 5)
    const run = find('trun')
    expect(view.getUint32(run + 4)).toBe(3)
    const offset = view.getUint32(run + 8)
    expect(offset).toBe(find('mdat'))
    const [durations, sizes] = [0, 4].map((part) =>
      [0, 1, 2].map((index) => view.getUint32(run + 12 + index * 8 + part)),
    ) as [number[], number[]]
    expect(durations).toEqual([4096, 4096, 1808])
    expect(offset + sizes.reduce((sum, size) => sum + size, 0)).toBe(bytes.length)
    expect(view.getUint16(offset + (sizes[0] as number))).toBe(0xfff9)
  })
})

function inOne(pieces: readonly Float32Array[]): Float32Array {
  const samples = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    samples.set(piece, at)
    at += piece.length
  }
  return samples
}

async function whole(bytes: Uint8Array): Promise<Float32Array> {
  const decoding = await openMp3(source(bytes), () => new Mpg123())
  const pieces: Float32Array[] = []
  for await (const { channels } of decoding?.chunks ?? []) pieces.push((channels[0] as Float32Array).slice())
  return inOne(pieces)
}

async function heard(bytes: Uint8Array, position: number, count: number): Promise<Float32Array> {
  const sound = await openMp3Sound(source(bytes), () => new Mpg123())
  if (!sound) throw new Error('no mp3')
  const pieces: Float32Array[] = []
  let length = 0
  for await (const {
    channels: [first],
  } of sound.from(position)) {
    pieces.push((first as Float32Array).slice())
    length += (first as Float32Array).length
    if (length >= count) break
  }
  return inOne(pieces).subarray(0, count)
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] as number))), 0)
}

describe('mp3 heard from any instant', () => {
  it('is sample for sample what decoding from the start gives, at any place to the end', async () => {
    const bytes = await fixture('half-silent.mp3')
    const expected = await whole(bytes)
    expect(expected.length).toBeGreaterThan(150_000)
    for (let place = 0; place < 1; place += 0.037) {
      const position = Math.floor(place * expected.length)
      const found = await heard(bytes, position, 5000)
      expect(found.length).toBe(Math.min(5000, expected.length - position))
      expect(largestDifference(found, expected.subarray(position)), `at ${position}`).toBeLessThan(1e-4)
    }
  })

  it('stays so behind bytes that are no sound, and where one file goes on into another', async () => {
    const one = await fixture('half-silent.mp3')
    const tag = new Uint8Array(2000).fill(0x20)
    tag.set([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, 15, 70])
    const bytes = joined([one, tag, one])
    const expected = await whole(bytes)
    const position = Math.floor(expected.length * 0.8)
    const found = await heard(bytes, position, 20_000)
    expect(largestDifference(found, expected.subarray(position))).toBeLessThan(1e-4)
  })
})

describe('uncompressed sound', () => {
  it('is heard from any sample on', async () => {
    const sound = await openSound(source(new Uint8Array(bytesOfWave(200_000))), {
      createMp3: () => new Mpg123(),
      openContainerSound: async () => null,
    })
    expect([sound?.duration, sound?.channels, sound?.sampleRate]).toEqual([25, 1, 8000])
    const pieces: Float32Array[] = []
    for await (const {
      channels: [first],
    } of sound?.from(123_457) ?? [])
      pieces.push(first as Float32Array)
    const samples = inOne(pieces)
    expect(samples).toHaveLength(200_000 - 123_457)
    expect(samples[0]).toBeCloseTo((8000 / 32768) * Math.sin(123_457 / 9), 4)
  })
})
