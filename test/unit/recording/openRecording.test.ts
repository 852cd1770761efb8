import { readFile } from 'node:fs/promises'
import { FLACDecoder } from '@wasm-audio-decoders/flac'
import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis'

import { OggOpusDecoder } from 'ogg-opus-decoder'
import { describe, expect, it } from 'vitest'
import type { ByteSource } from '../../../shared/recording/byteSource'
import { type Decoding, DecodingFailed, type RecordingProblem } from '../../../shared/recording/decoding'
import { Mpg123 } from '../../../shared/recording/mpg123'
import { type DecodingEnvironment, openRecording } from '../../../shared/recording/openRecording'

const environment: DecodingEnvironment = {
  createMp3: () => new Mpg123(),
  createFlac: () => new FLACDecoder(),
  createVorbis: () => new OggVorbisDecoder(),
  createOpus: () => new OggOpusDecoder(),
  openContainer: null,
}

/** 3.5 s with a click of 5 ms at 0.5, 1.5 and 2.5 s; the AIFF, CAF and Apple Lossless ones are the first second. */
async function fixture(name: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(new URL(`../../fixtures/recordings/${name}`, import.meta.url)))
}

function source(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (offset, length) => bytes.slice(offset, offset + length) }
}

interface Decoded {
  readonly seconds: number
  readonly clicks: readonly number[]
  readonly problem: RecordingProblem | null
}

async function decode({ chunks }: Decoding): Promise<Decoded> {
  const clicks: number[] = []
  let seconds = 0
  try {
    for await (const { channels, sampleRate } of chunks) {
      const [samples = new Float32Array()] = channels
      for (const [index, sample] of samples.entries()) {
        const at = seconds + index / sampleRate
        if (Math.abs(sample) > 0.3 && at - (clicks.at(-1) ?? -1) > 0.5) clicks.push(at)
      }
      seconds += samples.length / sampleRate
    }
  } catch (reason) {
    if (!(reason instanceof DecodingFailed)) throw reason
    return { seconds, clicks, problem: reason.problem }
  }
  return { seconds, clicks, problem: null }
}

describe('opening a recording', () => {
  it.each([
    ['clicks.flac', 'flac', 0.001],
    ['clicks.ogg', 'vorbis', 0.003],
    ['clicks.opus', 'opus', 0.003],
    ['clicks.mp3', 'mp3', 0.003],
  ])('hears the clicks of %s at their times and the length exactly', async (name, codec, tolerance) => {
    const decoding = await openRecording(source(await fixture(name)), environment)
    const { seconds, clicks, problem } = await decode(decoding)
    expect(problem).toBeNull()
    expect(decoding.header.codec).toBe(codec)
    expect(seconds).toBeCloseTo(3.5, 3)
    if (decoding.header.duration !== null) expect(decoding.header.duration).toBeCloseTo(3.5, 3)
    expect(clicks).toHaveLength(3)
    for (const [index, at] of clicks.entries()) expect(Math.abs(at - 0.5 - index)).toBeLessThan(tolerance)
  })

  it.each(['clicks-sowt.aiff', 'clicks-fl32.aiff', 'clicks-ulaw.aiff'])('reads %s', async (name) => {
    const decoding = await openRecording(source(await fixture(name)), environment)
    const { seconds, clicks } = await decode(decoding)
    expect(decoding.header).toEqual({ codec: 'aiff', sampleRate: 8000, channels: 1, duration: 1 })
    expect(seconds).toBe(1)
    expect(clicks).toHaveLength(1)
    expect(Math.abs((clicks[0] as number) - 0.5)).toBeLessThan(0.001)
  })

  it.each([
    ['clicks-lpcm.caf', 'caf', 8000, 1],
    ['clicks-alac.caf', 'alac', 16_000, 2],
    ['clicks-alac.m4a', 'alac', 16_000, 1],
    ['clicks-alac-fragments.mp4', 'alac', 16_000, 1],
  ])('reads %s', async (name, codec, sampleRate, count) => {
    const decoding = await openRecording(source(await fixture(name)), environment)
    const { seconds, clicks } = await decode(decoding)
    expect(decoding.header).toEqual({ codec, sampleRate, channels: count, duration: 1 })
    expect(seconds).toBe(1)
    expect(clicks).toHaveLength(1)
    expect(Math.abs((clicks[0] as number) - 0.5)).toBeLessThan(0.001)
  })

  it.each(['clicks.flac', 'clicks.ogg', 'clicks.opus'])(
    'keeps what is there of a cut %s, and says so',
    async (name) => {
      const bytes = await fixture(name)
      const decoding = await openRecording(
        source(bytes.slice(0, Math.floor(bytes.length * 0.8))),
        environment,
      )
      const { seconds, problem } = await decode(decoding)
      expect(problem).toEqual({ kind: 'truncated' })
      expect(seconds).toBeLessThan(3.5)
    },
  )

  it('finds FLAC behind a tag', async () => {
    const tag = new Uint8Array(10 + 300)
    tag.set([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 2, 44])
    const bytes = await fixture('clicks.flac')
    const tagged = new Uint8Array(tag.length + bytes.length)
    tagged.set(tag)
    tagged.set(bytes, tag.length)
    const { seconds } = await decode(await openRecording(source(tagged), environment))
    expect(seconds).toBe(3.5)
  })

  it.each([
    ['nothing', new Uint8Array(), 'empty'],
    ['zeros', new Uint8Array(300_000), 'notAudio'],
    ['text', new TextEncoder().encode('The meeting came to order at ten.\n'.repeat(9000)), 'notAudio'],
  ])('says what is wrong with %s', async (_, bytes, kind) => {
    await expect(openRecording(source(bytes), environment)).rejects.toMatchObject({ problem: { kind } })
  })

  it('tells an MPEG-4 file that was not finished from what is no recording', async () => {
    const box = (name: string, size: number) => {
      const bytes = Buffer.alloc(size)
      bytes.writeUInt32BE(size)
      bytes.write(name, 4, 'latin1')
      return bytes
    }
    const head = box('ftyp', 24)
    const samples = box('mdat', 50_000)
    const kindOf = (...parts: readonly Buffer[]) =>
      openRecording(source(new Uint8Array(Buffer.concat(parts))), {
        ...environment,
        openContainer: null,
      }).then(
        () => null,
        (reason: DecodingFailed) => reason.problem.kind,
      )
    expect(await kindOf(head, samples)).toBe('unfinished')
    expect(await kindOf(head, samples.subarray(0, 9000))).toBe('unfinished')
    expect(await kindOf(head, box('moov', 8), samples)).toBe('notAudio')
    expect(await kindOf(samples)).toBe('notAudio')
  })

  it('names the codec of what a container seems to hold no sound of', async () => {
    const ogg = Uint8Array.from(`OggS${'\0'.repeat(24)}\x7fFLAC${'\0'.repeat(500)}`, (letter) =>
      letter.charCodeAt(0),
    )
    const openContainer = () => Promise.reject(new DecodingFailed({ kind: 'notAudio' }))
    await expect(openRecording(source(ogg), { ...environment, openContainer })).rejects.toMatchObject({
      problem: { kind: 'unsupportedCodec', codec: 'Ogg FLAC' },
    })
  })

  it('skips 10 MB of cover art in an mp3 without reading it', async () => {
    const cover = 10 * 1024 * 1024
    const audio = await fixture('clicks.mp3')
    const size = [21, 14, 7, 0].map((shift) => (cover >> shift) & 127)
    const head = new Uint8Array([0x49, 0x44, 0x33, 4, 0, 0, ...size])
    const at = 10 + cover
    let readOfCover = 0
    const { seconds } = await decode(
      await openRecording(
        {
          size: at + audio.length,
          read: async (offset, length) => {
            if (offset >= at) return audio.slice(offset - at, offset - at + length)
            readOfCover += length
            const bytes = new Uint8Array(length)
            if (offset === 0) bytes.set(head.subarray(0, length))
            return bytes
          },
        },
        environment,
      ),
    )
    expect(seconds).toBeGreaterThan(3.4)
    expect(readOfCover).toBeLessThan(300_000)
  })
})
