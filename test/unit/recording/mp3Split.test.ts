import { readFile } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'
import type { ByteSource } from '../../../shared/recording/byteSource'
import type { PcmChunk } from '../../../shared/recording/decoding'
import { openMp3 } from '../../../shared/recording/mp3'
import { leadIn, openMp3Tail } from '../../../shared/recording/mp3Split'
import { Mpg123 } from '../../../shared/recording/mpg123'
import { PeakCollector } from '../../../shared/recording/peaks'
import { openMp3Sound } from '../../../shared/recording/sound/mp3Sound'

const file = (name: string) =>
  readFile(new URL(`../../fixtures/recordings/${name}`, import.meta.url)).then(
    (bytes) => new Uint8Array(bytes),
  )
const createDecoder = () => new Mpg123()

function source(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (offset, length) => bytes.slice(offset, offset + length) }
}

async function samplesOf(chunks: AsyncIterable<Pick<PcmChunk, 'channels'>>): Promise<Float32Array> {
  const parts: Float32Array[] = []
  for await (const { channels } of chunks) parts.push((channels[0] as Float32Array).slice())
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

function peaksOf(samples: Float32Array, rate: number): Int8Array {
  const collector = new PeakCollector(rate)
  collector.add([samples])
  collector.finish()
  return collector.take()
}

async function inOnePass(bytes: Uint8Array): Promise<Float32Array> {
  const decoding = await openMp3(source(bytes), createDecoder)
  if (!decoding) throw new Error('no mp3')
  return samplesOf(decoding.chunks)
}

async function tailOf(bytes: Uint8Array) {
  const tail = await openMp3Tail(source(bytes), createDecoder)
  return tail && { ...tail, samples: await samplesOf(tail.chunks) }
}

describe('the second half of an mp3', () => {
  // Tones that a bit reservoir and overlapping frames run through, with a delay and a padding that the file states.
  it('is to the bit what one pass over the file gives, up to the same last sample', async () => {
    const bytes = await file('half-silent.mp3')
    const whole = await inOnePass(bytes)
    const tail = await tailOf(bytes)
    if (!tail) throw new Error('no tail')
    const start = tail.time * tail.sampleRate - leadIn
    expect(tail.time).toBeGreaterThan(10)
    expect(tail.samples).toEqual(whole.subarray(start))
    expect(whole.length).toBe(20 * tail.sampleRate)
  })

  it('gives together with the first the peaks of one pass', async () => {
    const bytes = await file('half-silent.mp3')
    const whole = await inOnePass(bytes)
    const tail = await tailOf(bytes)
    if (!tail) throw new Error('no tail')
    const seam = tail.time * tail.sampleRate
    const [first, second] = [whole.subarray(0, seam), tail.samples.subarray(leadIn)].map((samples) =>
      peaksOf(samples, tail.sampleRate),
    ) as [Int8Array, Int8Array]
    expect(Int8Array.from([...first, ...second])).toEqual(peaksOf(whole, tail.sampleRate))
  })

  it('is told apart without a frame of information, too', async () => {
    const bytes = await file('half-silent.mp3')
    const text = new TextDecoder('latin1').decode(bytes.subarray(0, 2000))
    const at = text.search(/Info|Xing/u)
    expect(at).toBeGreaterThan(0)
    const plain = bytes.slice()
    plain.set([0, 0, 0, 0], at)
    const whole = await inOnePass(plain)
    const tail = await tailOf(plain)
    if (!tail) throw new Error('no tail')
    const start = tail.time * tail.sampleRate - leadIn
    expect(tail.samples.length).toBe(whole.length - start)
    for (let index = 0; index < tail.samples.length; index += 7)
      expect(tail.samples[index]).toBeCloseTo(whole[start + index] as number, 5)
  })

  // The decoder itself cuts nothing of a file of so many frames, which takes seven hours.
  it.each([932_067, 932_068, 4_000_000])(
    'and the first begin where the file states it with %i frames, too',
    async (frames) => {
      const bytes = await file('half-silent.mp3')
      const whole = await inOnePass(bytes)
      const at = new TextDecoder('latin1').decode(bytes.subarray(0, 2000)).search(/Info|Xing/u)
      new DataView(bytes.buffer).setUint32(at + 8, frames)
      const long = await inOnePass(bytes)
      expect(long.subarray(0, whole.length)).toEqual(whole)
      const tail = await tailOf(bytes)
      if (!tail) throw new Error('no tail')
      expect(tail.samples).toEqual(long.subarray(tail.time * tail.sampleRate - leadIn))
      const sound = await openMp3Sound(source(bytes), createDecoder)
      if (!sound) throw new Error('no sound')
      expect(await samplesOf(sound.from(1000))).toEqual(long.subarray(1000))
    },
  )

  it('is not looked for where the frames do not follow one another, nor in a file too short to gain', async () => {
    const bytes = await file('half-silent.mp3')
    const torn = new Uint8Array(bytes.length + 300)
    torn.set(bytes.subarray(0, 20_000))
    torn.set(bytes.subarray(20_000), 20_300)
    expect(await openMp3Tail(source(torn), createDecoder)).toBeNull()
    expect(await openMp3Tail(source(await file('clicks.mp3')), createDecoder)).toBeNull()
    expect(await openMp3Tail(source(new Uint8Array(50_000)), createDecoder)).toBeNull()
  })
})
