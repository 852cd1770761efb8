import { describe, expect, it } from 'vitest'
import { randomNumbers } from '../../../../electron/dev/speech'
import {
  bestChain,
  endsOf,
  lastingSurplus,
  type Place,
  placesOf,
  saidParts,
  supported,
} from '../../../../shared/alignment/search/saidPart'
import type { Rows } from '../../../../shared/alignment/search/warp'
import { cepstrumCount, cepstrumScale } from '../../../../shared/alignment/sound/spectrum'
import type { Track } from '../../../../shared/alignment/sound/track'
import type { Clip } from '../../../../shared/alignment/voice/clips'

const size = 4

/** Rows of random numbers. */
function noise(count: number, seed: number): Rows {
  const random = randomNumbers(seed)
  return { count, size, values: Float32Array.from({ length: count * size }, () => random() * 2 - 1) }
}

/** Rows one after the other, each `times` times. */
function joined(parts: readonly Rows[], times = 1): Rows {
  const values = parts.flatMap(({ values, count }) =>
    Array.from({ length: count }, (_, row) =>
      Array.from({ length: times }, () => [...values.subarray(row * size, (row + 1) * size)]).flat(),
    ).flat(),
  )
  return { count: values.length / size, size, values: Float32Array.from(values) }
}

const place = (start: number, gain = 3, length = 10): Place => ({ start, end: start + length, gain })

const placesIn = (chunk: Rows, sound: Rows): Place[] =>
  placesOf([endsOf(chunk, 0, chunk.count, sound)], chunk.count)[0] as Place[]

describe('placesOf', () => {
  it('goes by what fits a chunk better than the others, not by what fits any', () => {
    const random = randomNumbers(3)
    const music = Float32Array.from({ length: 500 }, (_, j) => (j > 100 && j < 116 ? 50 : 100))
    const ends = [180, 260, 340].map((own) => ({
      cost: music.map((cost, j) => cost + random() - (j === own ? 20 : 0)),
      start: Int32Array.from(music, (_, j) => j - 30),
    }))
    expect(placesOf(ends, 30).map(([best]) => best?.end)).toEqual([181, 261, 341])
    // By itself each would be looked for in the music.
    const alone = ends.map((one) => placesOf([one], 30)[0]?.[0]?.end ?? 0)
    expect(alone.every((end) => end > 100 && end <= 116)).toBe(true)
  })

  it('finds a chunk anywhere in what is longer, also at another pace', () => {
    const chunk = noise(60, 3)
    for (const times of [1, 2, 3]) {
      const sound = joined([noise(200, 4), joined([chunk], times), noise(3000, 5)])
      const [best] = placesIn(chunk, sound)
      expect(Math.abs((best?.start ?? 0) - 200)).toBeLessThanOrEqual(2)
      expect(Math.abs((best?.end ?? 0) - 200 - 60 * times)).toBeLessThanOrEqual(3)
      expect(best?.gain).toBeGreaterThan(4)
    }
  })

  it('finds nothing that outweighs where nothing alike is, and nothing at all in what is even', () => {
    const places = placesIn(noise(60, 3), noise(600, 6))
    expect(places.every(({ gain }) => gain < 4)).toBe(true)
    const even = { count: 300, size, values: new Float32Array(300 * size) }
    expect(placesIn(noise(60, 3), even)).toEqual([])
  })
})

describe('bestChain', () => {
  it('takes the places that rise with the text and leaves the others', () => {
    const chain = bestChain([
      [place(0, 2.5), place(300, 9)],
      [place(20)],
      [],
      [place(40), place(5, 4)],
      [place(60)],
    ])
    expect(chain.map(({ chunk, place: { start } }) => [chunk, start])).toEqual([[0, 300]])
    const longer = bestChain([[place(300, 4)], [place(20)], [], [place(40), place(5, 3.5)], [place(60)]])
    expect(longer.map(({ chunk, place: { start } }) => [chunk, start])).toEqual([
      [1, 20],
      [3, 40],
      [4, 60],
    ])
    expect(bestChain([[], []])).toEqual([])
  })
})

describe('supported', () => {
  it('leaves out chance places at the ends and tells the pace', () => {
    const starts = [0, 620, 640, 660, 700, 1500]
    const chunks = [0, 1, 2, 3, 5, 6]
    const links = starts.map((start, k) => ({ chunk: chunks[k] as number, place: place(start) }))
    const { links: kept, pace } = supported(links, 10)
    expect(kept.map(({ chunk }) => chunk)).toEqual([1, 2, 3, 5])
    expect(pace).toBeCloseTo(2)
  })

  it('keeps what is off the usual pace only where it fits too well for chance', () => {
    const starts = [0, 20, 40, 60, 130, 150]
    const links = (gain: number) =>
      starts.map((start, chunk) => ({ chunk, place: place(start, chunk > 3 ? gain : 3) }))
    expect(supported(links(3), 10).pace).toBeCloseTo(2)
    const lonely = [...links(3).slice(0, 4), { chunk: 4, place: place(105, 3) }]
    expect(supported(lonely, 10).links.map(({ chunk }) => chunk)).toEqual([0, 1, 2, 3])
    const fitting = [...links(3).slice(0, 4), { chunk: 4, place: place(105, 9) }]
    expect(supported(fitting, 10).links.map(({ chunk }) => chunk)).toEqual([0, 1, 2, 3, 4])
  })

  it('keeps both sides of text that was never said', () => {
    const links = [0, 20, 40, 60, 80, 100].map((start, k) => ({
      chunk: k < 3 ? k : k + 10,
      place: place(start),
    }))
    expect(supported(links, 10).links).toHaveLength(6)
    expect(supported([], 10)).toEqual({ links: [], pace: 1 })
  })
})

describe('saidParts', () => {
  const seconds = 12
  const soundFrames = 20
  const breathe = async () => {}

  const alphabet = randomNumbers(99)
  const sounds = Array.from({ length: 30 }, () =>
    Array.from({ length: cepstrumCount }, () => (alphabet() * 4 - 2) * cepstrumScale),
  )

  /** A sentence of sounds at random. */
  function clip(seed: number): Clip {
    const random = randomNumbers(seed)
    const frames = seconds * 100
    const cepstra = new Int16Array(frames * cepstrumCount)
    for (let sound = 0; sound < frames; sound += soundFrames) {
      const means = sounds[Math.floor(random() * sounds.length)] as number[]
      for (let t = sound; t < sound + soundFrames; t++) cepstra.set(means, t * cepstrumCount)
    }
    const events = [{ phone: 1, frame: 0 }]
    return { words: [], phones: 1, events, frames, cepstra, loud: new Float32Array(frames).fill(1) }
  }

  /** Their sound, not quite the same. */
  function trackOf(clips: readonly Clip[]): Track {
    const random = randomNumbers(77)
    const frames = clips.length * seconds * 100
    const cepstra = new Int16Array(frames * cepstrumCount)
    for (const [k, { cepstra: own }] of clips.entries()) cepstra.set(own, k * own.length)
    for (let i = 0; i < cepstra.length; i++)
      cepstra[i] = (cepstra[i] as number) + 3 * (random() - 0.5) * cepstrumScale
    return { frames, cepstra, loud: new Float32Array(frames).fill(1), quiet: 0, high: 1, silentBelow: 0.5 }
  }

  const all = Array.from({ length: 36 }, (_, k) => clip(k + 1))
  const withoutMiddle = [...all.slice(0, 12), ...all.slice(24)]

  it('tells nothing of a recording of many hours', async () => {
    const copies = Math.ceil((4 * 3600) / (all.length * seconds))
    const long = Array.from({ length: copies }, () => all).flat()
    expect(await saidParts(long.slice(long.length / 3), trackOf(long), breathe)).toBeNull()
  })

  it('finds nothing to leave out where all is said', async () => {
    expect(await saidParts(all, trackOf(all), breathe)).toBeNull()
  })

  it('passes over text in the middle that was never recorded, but for some of it on either side', async () => {
    const [left, right, ...more] = (await saidParts(all, trackOf(withoutMiddle), breathe)) ?? []
    expect(more).toEqual([])
    expect(left).toMatchObject({ first: 0, from: 0 })
    expect(right).toMatchObject({ last: 36, to: 28800 })
    expect(Math.abs((left?.to ?? 0) - 14400)).toBeLessThan(1500)
    expect(right?.from).toBe(left?.to)
    expect(left?.last).toBeGreaterThanOrEqual(12)
    expect(left?.last).toBeLessThanOrEqual(15)
    expect(right?.first).toBeGreaterThanOrEqual(21)
    expect(right?.first).toBeLessThanOrEqual(24)
  })

  it('passes over sound in the middle of which there is no text', async () => {
    const [left, right, ...more] = (await saidParts(withoutMiddle, trackOf(all), breathe)) ?? []
    expect(more).toEqual([])
    expect(left).toMatchObject({ first: 0, last: 12, from: 0 })
    expect(right).toMatchObject({ first: 12, last: 24, to: 43200 })
    expect(Math.abs((left?.to ?? 0) - 14400)).toBeLessThan(100)
    expect(Math.abs((right?.from ?? 0) - 28800)).toBeLessThan(100)
  })

  it('passes over what is left over at an end', async () => {
    const [part, ...more] = (await saidParts(all.slice(0, 20), trackOf(all), breathe)) ?? []
    expect(more).toEqual([])
    expect(part).toMatchObject({ first: 0, last: 20, from: 0 })
    expect(part?.to).toBeGreaterThan(24000)
    expect(part?.to).toBeLessThan(30000)
  })
})

describe('lastingSurplus', () => {
  const chain = (starts: readonly number[]) =>
    starts.map((start, chunk) => ({ chunk, place: { start, end: start + 100, gain: 5 } }))

  it('is what is missing behind a chunk for good', () => {
    const skipping = [0, 100, 200, 700, 800].map((start, k) => ({
      chunk: k < 3 ? k : k + 5,
      place: { start: k < 3 ? start : start - 400, end: k < 3 ? start + 100 : start - 300, gain: 5 },
    }))
    expect(lastingSurplus(skipping, 2, 100, 1)).toBe(500)
    expect(lastingSurplus(chain([0, 100, 200, 700, 800]), 2, 100, 1)).toBe(-400)
  })

  it('is nothing beside a single chunk that lies too far on one side', () => {
    const off = chain([0, 100, 200, 470, 400, 500]).map((link) => ({ ...link, chunk: 2 * link.chunk }))
    for (const k of [2, 3]) expect(Math.abs(lastingSurplus(off, k, 50, 1))).toBeLessThan(60)
    expect(lastingSurplus(chain([0, 100, 200, 380, 400, 500]), 2, 100, 1)).toBe(0)
    expect(lastingSurplus(chain([0, 100, 200, 300, 400, 500]), 2, 100, 1)).toBe(0)
  })
})
