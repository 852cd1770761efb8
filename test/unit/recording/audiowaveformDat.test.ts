import { describe, expect, it } from 'vitest'
import {
  type AudiowaveformDat,
  DatCollector,
  durationOf,
  peaksFromDat,
  readAudiowaveformDat,
  writeAudiowaveformDat,
} from '../../../shared/recording/audiowaveformDat'
import { PeakCollector } from '../../../shared/recording/peaks'

const mono: AudiowaveformDat = {
  version: 1,
  bits: 16,
  sampleRate: 44100,
  samplesPerPixel: 441,
  channels: 1,
  values: Int16Array.of(-32768, 32767, -16384, 16384, 0, 8192),
}
const stereo: AudiowaveformDat = {
  version: 2,
  bits: 8,
  sampleRate: 48000,
  samplesPerPixel: 240,
  channels: 2,
  values: Int8Array.of(-10, 10, -64, 5, -1, 96, 0, 0),
}

describe('data files of audiowaveform', () => {
  it.each([
    ['version 1, 16 bits', mono, 20 + 12],
    ['version 2, 8 bits, two channels', stereo, 24 + 8],
  ])('reads what it writes: %s', (_, dat, length) => {
    const bytes = writeAudiowaveformDat(dat)
    expect(bytes).toHaveLength(length)
    expect(readAudiowaveformDat(bytes)).toEqual(dat)
  })

  it('reads a file byte by byte as documented', () => {
    const bytes = Uint8Array.of(1, 0, 0, 0, 1, 0, 0, 0, 0x80, 0xbb, 0, 0, 0, 2, 0, 0, 1, 0, 0, 0, 0x9c, 100)
    expect(readAudiowaveformDat(bytes)).toEqual({
      version: 1,
      bits: 8,
      sampleRate: 48000,
      samplesPerPixel: 512,
      channels: 1,
      values: Int8Array.of(-100, 100),
    })
  })

  it('keeps the whole pixels of a cut file, and refuses what is none', () => {
    const bytes = writeAudiowaveformDat(mono)
    expect(readAudiowaveformDat(bytes.slice(0, -3))?.values).toEqual(mono.values.slice(0, 4))
    expect(readAudiowaveformDat(bytes.slice(0, 19))).toBeNull()
    expect(readAudiowaveformDat(new Uint8Array(100))).toBeNull()
    expect(readAudiowaveformDat(new TextEncoder().encode('The meeting came to order.'))).toBeNull()
  })

  it('makes slices of a hundredth of a second, from finer pixels and several channels', () => {
    expect([...peaksFromDat(mono).finest()]).toEqual([-127, 127, -63, 64, 0, 32])
    expect([...peaksFromDat(stereo).finest()]).toEqual([-63, 95])
  })

  it('repeats a coarse pixel over the slices that it covers', () => {
    const coarse = { ...mono, samplesPerPixel: 882, values: Int16Array.of(-16384, 16384, 0, 32767) }
    expect([...peaksFromDat(coarse).finest()]).toEqual([-63, 64, -63, 64, 0, 127, 0, 127])
  })

  it('is made from samples: the lowest and the highest of each pixel, the last one short', () => {
    const collector = new DatCollector(8000, 4, 16)
    collector.add([Float32Array.of(0, 0.5, -0.25)])
    collector.add([Float32Array.of(0.1, 1, 1, -1, 0.5, 0.75)])
    expect(collector.finish()).toEqual({
      version: 2,
      bits: 16,
      sampleRate: 8000,
      samplesPerPixel: 4,
      channels: 1,
      values: Int16Array.of(-8192, 16384, -32768, 32767, 24576, 24576),
    })
    expect(() => new DatCollector(8000, 0, 8)).toThrow(RangeError)
  })

  it.each([8000, 11025, 44100, 48000])('gives the length and the slices of the samples at %i Hz', (rate) => {
    const samples = Float32Array.from(
      { length: rate * 20 },
      (_, index) => Math.sin(index / 50) * Math.sin(index / 9000),
    )
    const dat = new DatCollector(rate, Math.round(rate / 100), 8)
    const ours = new PeakCollector(rate)
    for (let at = 0; at < samples.length; at += 7777) {
      dat.add([samples.subarray(at, at + 7777)])
      ours.add([samples.subarray(at, at + 7777)])
    }
    ours.finish()
    const expected = ours.take()
    const read = readAudiowaveformDat(writeAudiowaveformDat(dat.finish()))
    if (!read) throw new Error('not read')
    expect(durationOf(read)).toBeCloseTo(20, 1)
    const found = peaksFromDat(read).finest()
    expect(Math.abs(found.length - expected.length)).toBeLessThanOrEqual(20)
    if (rate % 100 === 0) {
      expect(found).toHaveLength(expected.length)
      for (const [index, value] of found.entries())
        expect(Math.abs(value - (expected[index] as number))).toBeLessThanOrEqual(1)
    }
  })
})
