import { describe, expect, it } from 'vitest'
import { randomNumbers } from '../../../electron/dev/speech'
import { bestChain, type Place, placesOf, supported } from '../../../shared/alignment/saidPart'
import type { Rows } from '../../../shared/alignment/warp'

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

describe('placesOf', () => {
  it('finds a chunk anywhere in what is longer, also at another pace', () => {
    const chunk = noise(60, 3)
    for (const times of [1, 2, 3]) {
      const sound = joined([noise(200, 4), joined([chunk], times), noise(3000, 5)])
      const [best] = placesOf(chunk, 0, 60, sound)
      expect(Math.abs((best?.start ?? 0) - 200)).toBeLessThanOrEqual(2)
      expect(Math.abs((best?.end ?? 0) - 200 - 60 * times)).toBeLessThanOrEqual(3)
      expect(best?.gain).toBeGreaterThan(4)
    }
  })

  it('finds nothing that outweighs where nothing alike is, and nothing at all in what is even', () => {
    const places = placesOf(noise(60, 3), 0, 60, noise(600, 6))
    expect(places.every(({ gain }) => gain < 4)).toBe(true)
    const even = { count: 300, size, values: new Float32Array(300 * size) }
    expect(placesOf(noise(60, 3), 0, 60, even)).toEqual([])
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

  it('keeps both sides of text that was never said', () => {
    const links = [0, 20, 40, 60, 80, 100].map((start, k) => ({
      chunk: k < 3 ? k : k + 10,
      place: place(start),
    }))
    expect(supported(links, 10).links).toHaveLength(6)
    expect(supported([], 10)).toEqual({ links: [], pace: 1 })
  })
})
