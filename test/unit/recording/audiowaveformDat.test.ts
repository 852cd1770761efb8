import { describe, expect, it } from 'vitest'
import {
  type AudiowaveformDat,
  datFromPeaks,
  peaksFromDat,
  readAudiowaveformDat,
  writeAudiowaveformDat,
} from '../../../shared/recording/audiowaveformDat'
import { Peaks } from '../../../shared/recording/peaks'

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

  it.each([8000, 16000, 44100, 48000])('gives our slices back within one step at %i Hz', (rate) => {
    const peaks = new Peaks()
    const pairs = Int8Array.from({ length: 400 }, (_, index) => (index % 2 ? index % 127 : -(index % 127)))
    peaks.append(pairs)
    const back = peaksFromDat(datFromPeaks(peaks, rate)).finest()
    expect(back).toHaveLength(400)
    for (const [index, value] of back.entries())
      expect(Math.abs(value - (pairs[index] as number))).toBeLessThanOrEqual(1)
  })

  it('keeps the length at a rate that is no multiple of 100', () => {
    const peaks = new Peaks()
    peaks.append(new Int8Array(20_000))
    const { values, samplesPerPixel } = datFromPeaks(peaks, 11025)
    expect(Math.abs(((values.length / 2) * samplesPerPixel) / 11025 - 100)).toBeLessThan(0.02)
  })
})
