import { readFile } from 'node:fs/promises'
import { MPEGDecoder } from 'mpg123-decoder'
import { describe, expect, it } from 'vitest'
import { Mpg123 } from '../../../shared/recording/mpg123'

const file = async (name: string) =>
  new Uint8Array(await readFile(new URL(`../../fixtures/recordings/${name}`, import.meta.url)))

describe('the decoder that keeps its arrays', () => {
  it.each(['half-silent.mp3', 'clicks.mp3'])(
    'gives what the library gives, piece by piece: %s',
    async (name) => {
      const bytes = await file(name)
      const ours = new Mpg123()
      const theirs = new MPEGDecoder()
      await Promise.all([ours.ready, theirs.ready])
      let decoded = 0
      for (const length of [1, 700, 5000, 100_000, 150_000]) {
        for (let at = 0; at < bytes.length; at += length) {
          const piece = bytes.subarray(at, at + length)
          const expected = theirs.decode(piece)
          const found = ours.decode(piece)
          expect(found.samplesDecoded).toBe(expected.samplesDecoded)
          expect(found.sampleRate).toBe(expected.sampleRate)
          if (expected.samplesDecoded === 0) continue
          decoded += expected.samplesDecoded
          expect(found.channelData).toEqual(expected.channelData)
          if (length === 1) break
        }
      }
      expect(decoded).toBeGreaterThan(100_000)
      ours.free()
      theirs.free()
    },
  )

  it('uses what is inside of the library that is installed', async () => {
    const decoder = new Mpg123()
    await decoder.ready
    const bytes = await file('clicks.mp3')
    const first = decoder.decode(bytes.subarray(0, 20_000))
    const second = decoder.decode(bytes.subarray(20_000, 30_000))
    expect(second.samplesDecoded).toBeGreaterThan(0)
    expect(second.channelData[0]?.buffer).toBe(first.channelData[0]?.buffer)
    decoder.free()
  })

  it('gives nothing for bytes that are no sound, and goes on behind them', async () => {
    const decoder = new Mpg123()
    await decoder.ready
    const bytes = await file('clicks.mp3')
    expect(decoder.decode(new Uint8Array(3000).fill(0x55)).samplesDecoded).toBe(0)
    expect(decoder.decode(bytes).samplesDecoded).toBeGreaterThan(10_000)
    decoder.free()
  })
})
