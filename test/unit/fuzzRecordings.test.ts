import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, vi } from 'vitest'
import { openAppleLosslessWindows } from '../../shared/recording/appleLossless'
import { readAudiowaveformDat, writeAudiowaveformDat } from '../../shared/recording/audiowaveformDat'
import { DecodingFailed } from '../../shared/recording/decoding'
import { openMp3Tail } from '../../shared/recording/mp3Split'
import { openRecording } from '../../shared/recording/openRecording'
import { Peaks } from '../../shared/recording/peaks'
import { wasmDecoders } from '../../shared/recording/wasmDecoders'
import { damaged, fuzz, type Reader } from '../support/fuzz'
import { bytesOfWave } from '../support/wave'

const recordings = fileURLToPath(new URL('../fixtures/recordings', import.meta.url))
const beginningsOf = (names: readonly string[]) =>
  names.map((name) => readFileSync(join(recordings, name)).subarray(0, 12_000))
const beginnings = beginningsOf(readdirSync(recordings))
const lossless = beginningsOf(readdirSync(recordings).filter((name) => name.includes('alac')))
const dat = writeAudiowaveformDat({
  version: 2,
  sampleRate: 8000,
  samplesPerPixel: 80,
  channels: 1,
  bits: 8,
  values: Int16Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? -1 : 1)),
})

const sourceOf = (bytes: Uint8Array) => ({
  size: bytes.length,
  read: async (offset: number, length: number) => bytes.slice(offset, offset + length),
})

// The decoders write a line for each damaged packet.
vi.spyOn(console, 'error').mockImplementation(() => undefined)

const readers: Readonly<Record<string, Reader>> = {
  'a recording: decoded to finite samples, or refused by name': async (bytes) => {
    try {
      const { header, chunks } = await openRecording(sourceOf(bytes), {
        ...wasmDecoders,
        openContainer: null,
      })
      expect(header.sampleRate).toBeGreaterThan(0)
      for await (const { channels } of chunks)
        for (const channel of channels) expect(channel.every(Number.isFinite)).toBe(true)
    } catch (reason) {
      if (!(reason instanceof DecodingFailed)) throw reason
    }
  },
  'Apple Lossless from the middle: finite samples, or refused by name': async (bytes) => {
    try {
      const windows = await openAppleLosslessWindows(sourceOf(bytes))
      const window = await windows?.read(6000, 30_000, new AbortController().signal)
      for (const channel of window?.channels ?? []) expect(channel.every(Number.isFinite)).toBe(true)
    } catch (reason) {
      if (!(reason instanceof DecodingFailed)) throw reason
    }
  },
  'the tail of an mp3: found in it, or nowhere': async (bytes) => {
    const tail = await openMp3Tail(sourceOf(bytes), wasmDecoders.createMp3).catch((reason) => {
      if (!(reason instanceof DecodingFailed)) throw reason
      return null
    })
    if (tail) expect(tail.time).toBeGreaterThanOrEqual(0)
  },
  'kept peaks: whole, or none': (bytes) => {
    const peaks = Peaks.deserialise(new Uint8Array(bytes))
    if (peaks) expect(Buffer.concat(peaks.serialise())).toEqual(Buffer.from(bytes))
  },
  'waveform data of audiowaveform: whole, or none': (bytes) => {
    const read = readAudiowaveformDat(bytes)
    if (read) expect(read.values.length % (2 * read.channels)).toBe(0)
  },
}

fuzz(
  readers,
  fc.oneof(
    fc.uint8Array({ maxLength: 2000 }),
    damaged([...beginnings, bytesOfWave(2000)], 400),
    damaged(beginnings, 12_000),
    damaged(lossless, 7000),
    damaged([dat, new Uint8Array(Buffer.concat(new Peaks(10).serialise()))], 60),
  ),
)
