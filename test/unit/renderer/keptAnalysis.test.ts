import { expect, it } from 'vitest'
import { type Kept, readKept, writeKept } from '../../../renderer/workers/keptAnalysis'
import { Peaks } from '../../../shared/recording/peaks'

const peaksOf = (size: number) => {
  const peaks = new Peaks()
  peaks.append(Int8Array.from({ length: 500 }, (_, index) => (index % 2 ? size : -size)))
  return peaks
}
const written = (kept: Kept) => new Uint8Array(Buffer.concat(writeKept(kept)))
const header = (channels: number) => ({ codec: 'mp3', sampleRate: 44100, channels, duration: 2.5 })

it('what is kept comes back whole, with the peaks of each channel', () => {
  const kept = {
    header: header(2),
    duration: 2.5,
    segments: [[0.5, 1.5, 0.25]] as const,
    peaks: peaksOf(30),
    channels: [peaksOf(60), peaksOf(5)],
  }
  const back = readKept(written(kept))
  expect(back).toMatchObject({ header: kept.header, duration: 2.5, segments: kept.segments })
  expect(back?.peaks.finest()).toEqual(kept.peaks.finest())
  expect(back?.channels.map((own) => own.finest())).toEqual(kept.channels.map((own) => own.finest()))
})

it('bytes that are cut, or were kept before channels were told apart, are as good as none', () => {
  const mono = written({ header: header(1), duration: 2.5, segments: [], peaks: peaksOf(9), channels: [] })
  expect(readKept(mono)?.channels).toEqual([])
  expect(readKept(mono.subarray(0, mono.length - 1))).toBeNull()
  expect(readKept(new Uint8Array(3))).toBeNull()
  const text = new TextDecoder('latin1').decode(mono)
  const before = (channels: number) =>
    Uint8Array.from(
      text.replace('"channels":0,', '             ').replace('"channels":1', `"channels":${channels}`),
      (character) => character.charCodeAt(0),
    )
  expect(readKept(before(1))?.peaks.length).toBe(250)
  expect(readKept(before(2))).toBeNull()
})
