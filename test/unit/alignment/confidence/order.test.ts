import { expect, test } from 'vitest'
import { randomNumbers } from '../../../../electron/dev/speech'
import { orderFit } from '../../../../shared/alignment/confidence/order'
import { cepstrumCount, cepstrumScale } from '../../../../shared/alignment/sound/spectrum'
import type { Track } from '../../../../shared/alignment/sound/track'
import type { Clip } from '../../../../shared/alignment/voice/clips'

const random = randomNumbers(9)
const spectra = Array.from({ length: 30 }, () =>
  Array.from({ length: cepstrumCount }, () => 6 * random() - 3),
)
const clipOf = (): Clip => {
  const phones = Array.from({ length: 10 }, () => Math.floor(30 * random()))
  const said = phones.flatMap((phone) => Array<number>(10).fill(phone))
  return {
    frames: said.length,
    phones: phones.length,
    words: [],
    events: [{ phone: 1, frame: 0 }],
    cepstra: Int16Array.from(
      said.flatMap((phone) => spectra[phone] as number[]),
      (value) => value * cepstrumScale,
    ),
    loud: new Float32Array(said.length),
  }
}
const trackOf = (clips: readonly Clip[]): Track => {
  const frames = clips.reduce((sum, clip) => sum + clip.frames, 0)
  return {
    frames,
    cepstra: Int16Array.from(clips.flatMap(({ cepstra }) => [...cepstra])),
    loud: new Float32Array(frames),
    quiet: -9,
    high: 0,
    silentBelow: -6,
  }
}
const own = Array.from({ length: 12 }, clipOf)
const others = Array.from({ length: 12 }, clipOf)
const track = trackOf(own)
const parts = [{ from: 0, to: track.frames }]

test('a text fits its recording much better in its own order than in others', () => {
  expect(orderFit(own, track, parts)).toBeGreaterThan(4)
})

test('of a text that is not said there the order says nothing', () => {
  expect(Math.abs(orderFit(others, track, parts))).toBeLessThan(2.6)
})

test('of a few sentences pieces are shuffled, of hardly any sound nothing is told', () => {
  const few = own.slice(0, 4)
  expect(orderFit(few, track, [{ from: 0, to: 400 }])).toBeGreaterThan(2.6)
  expect(orderFit(few, track, [{ from: 0, to: 20 }])).toBe(0)
})

test('is the same every time', () => {
  expect(orderFit(own, track, parts)).toBe(orderFit(own, track, parts))
})
