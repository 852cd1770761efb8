import { describe, expect, it } from 'vitest'
import { randomNumbers } from '../../../../electron/dev/speech'
import {
  betweenPins,
  firstPlacement,
  gapsBetween,
  voicesOf,
  withoutRest,
} from '../../../../shared/alignment/search/firstModels'
import { placeByVoice } from '../../../../shared/alignment/search/firstPlacement'
import type { Stage } from '../../../../shared/alignment/search/placing'
import { cepstrumCount, cepstrumScale } from '../../../../shared/alignment/sound/spectrum'
import type { Track } from '../../../../shared/alignment/sound/track'
import type { Unit } from '../../../../shared/alignment/text/segments'
import type { Clip, Clips } from '../../../../shared/alignment/voice/clips'

describe('voices', () => {
  const saying = (said: readonly (readonly [speaker: number | null, phones: number])[]) =>
    voicesOf(
      said.map(([speaker]) => ({ speaker }) as Unit),
      said.map(([, phones]) => ({ phones }) as Clip),
    )

  it('are those of who says much, the one who says most first; the others share one', () => {
    const { count, of, named } = saying([
      [4, 200],
      [7, 900],
      [4, 200],
      [1, 50],
      [2, 250],
    ])
    expect(count).toBe(3)
    expect(of).toEqual([2, 1, 2, 0, 0])
    expect([...named]).toEqual([1, 2])
  })

  it('are all speakers’ own where each says much, six at most', () => {
    expect(
      saying([
        [0, 400],
        [1, 500],
      ]),
    ).toMatchObject({ count: 2, of: [1, 0] })
    const many = saying(Array.from({ length: 9 }, (_, k) => [k, 1000 - k] as const))
    expect(many.count).toBe(7)
    expect(many.of).toEqual([1, 2, 3, 4, 5, 6, 0, 0, 0])
  })

  it('of nobody named may be several people’s', () => {
    const { of, named } = saying([
      [null, 900],
      [3, 400],
    ])
    expect(of).toEqual([0, 1])
    expect([...named]).toEqual([1])
  })
})

describe('stretches', () => {
  it('lie between pins, and have no text where two pins stand at one place', () => {
    const stage = {
      chain: { units: 9 },
      from: 0,
      to: 1000,
      pins: [
        { unit: 4, frame: 300 },
        { unit: 4, frame: 350 },
        { unit: 7, frame: 800 },
      ],
    } as unknown as Stage
    expect(betweenPins(stage)).toEqual([
      { first: 0, last: 4, from: 0, to: 300 },
      { first: 4, last: 4, from: 300, to: 350 },
      { first: 4, last: 7, from: 350, to: 800 },
      { first: 7, last: 9, from: 800, to: 1000 },
    ])
  })

  it('of which text was taken away are counted without it, and the sound between them is known', () => {
    const parts = withoutRest([
      { first: 2, last: 10, from: 0, to: 500 },
      { first: 14, last: 20, from: 900, to: 1200 },
    ])
    expect(parts).toEqual([
      { first: 0, last: 8, from: 0, to: 500 },
      { first: 8, last: 14, from: 900, to: 1200 },
    ])
    expect(gapsBetween(parts)).toEqual([{ unit: 8, from: 500, to: 900 }])
  })
})

// Four clips of random sounds, ten frames each, and a recording that says them with pauses between.
const random = randomNumbers(5)
const [sounds, soundFrames] = [12, 10]
const spectra = Array.from({ length: 40 }, () =>
  Array.from({ length: cepstrumCount }, () => 6 * random() - 3),
)
const clipOf = (phones: readonly number[], pause: number): Clip => {
  const said = [
    ...Array<number>(pause).fill(0),
    ...phones.flatMap((phone) => Array<number>(soundFrames).fill(phone)),
  ]
  return {
    frames: said.length,
    phones: phones.length,
    words: [{ from: 0, to: 1, isAfterMark: false, phones }],
    events: [
      { phone: 0, frame: 0 },
      ...phones.map((phone, k) => ({ phone, frame: pause + k * soundFrames })),
    ],
    cepstra: Int16Array.from(
      said.flatMap((phone) => spectra[phone] as number[]),
      (value) => value * cepstrumScale,
    ),
    loud: Float32Array.from(said, (phone) => (phone === 0 ? -9 : 0)),
  }
}
const texts = Array.from({ length: 4 }, () =>
  Array.from({ length: sounds }, () => 1 + Math.floor(39 * random())),
)
const clips = texts.map((phones) => clipOf(phones, 5))
const recorded = texts.map((phones, k) => clipOf(phones, 30 + 20 * k))
const join = (lists: readonly Int16Array[]) => Int16Array.from(lists.flatMap((list) => [...list]))
const frames = recorded.reduce((sum, clip) => sum + clip.frames, 0)
const track: Track = {
  frames,
  cepstra: join(recorded.map(({ cepstra }) => cepstra)),
  loud: Float32Array.from(recorded.flatMap(({ loud }) => [...loud])),
  quiet: -9,
  high: 0,
  silentBelow: -6,
}
const starts = recorded.map((_, k) => {
  const before = recorded.slice(0, k).reduce((sum, clip) => sum + clip.frames, 0)
  return before + 30 + 20 * k
})

describe('the first placement', () => {
  it('lays each frame of a clip over where it is said, but for silences', () => {
    const map = placeByVoice(clips, track, 0, frames)
    expect(map(0, 0)).toBe(-1)
    for (const [k, start] of starts.entries())
      for (const t of [10, 50, 100])
        expect(Math.abs(map(k, 5 + t) - start - t), `${k} ${t}`).toBeLessThanOrEqual(6)
  })

  it('has nothing to lay where hardly anything sounds', () => {
    expect(placeByVoice(clips, track, 0, 5)(0, 20)).toBe(-1)
  })

  it('gives units their positions, each stretch by itself, and models of what is said there', async () => {
    const perVoice = 2 * spectra.length
    const stage = { track, breathe: async () => {} } as unknown as Stage
    const middle = (starts[2] as number) - 20
    const stretches = [
      { first: 0, last: 2, from: 0, to: middle },
      { first: 2, last: 4, from: middle, to: frames },
    ]
    const voices = { count: 1, of: [0, 0, 0, 0], named: new Set<number>() }
    const { positions, models } = await firstPlacement(
      stage,
      stretches,
      clips,
      { all: clips } as unknown as Clips,
      voices,
      perVoice,
    )
    for (const [k, start] of starts.entries()) {
      expect(Math.abs((positions[k]?.start ?? 0) - start)).toBeLessThanOrEqual(8)
      expect(Math.abs((positions[k]?.end ?? 0) - start - sounds * soundFrames)).toBeLessThanOrEqual(8)
    }
    const phone = texts[1]?.[5] as number
    const mean = models.mean.subarray(2 * phone * 2 * cepstrumCount)
    for (let c = 0; c < cepstrumCount; c++)
      expect(Math.abs((mean[c] as number) - (spectra[phone]?.[c] as number))).toBeLessThan(1)
  })
})
