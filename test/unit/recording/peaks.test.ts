import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Peaks } from '../../../shared/recording/peaks'

const pairsOf = (count: number, seed: number) =>
  Int8Array.from({ length: count * 2 }, (_, index) => {
    const size = 1 + ((index * 37 + seed * 11) % 126)
    return index % 2 === 0 ? -size : size
  })

describe('peaks that are filled from the start and from a later slice at once', () => {
  it('are in the end as if filled in order, at every zoom', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 1, max: 3000 }),
        fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 900 })), { maxLength: 20 }),
        (first, second, steps) => {
          const all = pairsOf(first + second, 3)
          const inOrder = new Peaks(1)
          inOrder.append(all)
          const filled = new Peaks(1)
          let front = 0
          let back = first
          const fill = (isAhead: boolean, count: number) => {
            const from = isAhead ? back : front
            const to = Math.min(isAhead ? first + second : first, from + count)
            if (to === from) return
            const part = all.slice(from * 2, to * 2)
            if (isAhead) filled.appendAhead(first, part)
            else filled.append(part)
            if (isAhead) back = to
            else front = to
          }
          for (const [isAhead, count] of steps) fill(isAhead, count)
          fill(front % 2 === 0, first + second)
          fill(front < first, first + second)
          fill(true, second)
          fill(false, first)
          expect(filled.finest()).toEqual(inOrder.finest())
          for (const columns of [1, 7, 300]) {
            const to = (first + second) / 100
            expect(filled.columns(0, to, columns)).toEqual(inOrder.columns(0, to, columns))
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('show nothing of a part ahead that turned out not to fit', () => {
    const peaks = new Peaks()
    peaks.append(pairsOf(100, 1))
    peaks.appendAhead(500, pairsOf(100, 2))
    expect(peaks.columns(5, 6, 1)[1]).toBeGreaterThan(0.5)
    peaks.dropAhead()
    expect(peaks.length).toBe(100)
    expect([...peaks.columns(5, 6, 10)].every((value) => value === 0)).toBe(true)
  })
})

describe('peaks from elsewhere', () => {
  it('are shown at any zoom where no slice is filled', () => {
    const other = new Peaks()
    other.append(new Int8Array(800).map((_, index) => (index % 2 === 0 ? -60 : 60)))
    const peaks = new Peaks()
    peaks.setUnderlay(other)
    peaks.setSketch({ pairs: new Int8Array([-10, 10]), duration: 4 })
    expect(peaks.isBlank).toBe(false)
    peaks.append(new Int8Array(200).map((_, index) => (index % 2 === 0 ? -20 : 20)))
    const shown = [...peaks.columns(0, 4, 4)].map((value) => Math.round(value * 127))
    expect(shown).toEqual([-20, 20, -60, 60, -60, 60, -60, 60])
    expect(peaks.columnsOrSketch(0, 4, 4)).toEqual(peaks.columns(0, 4, 4))
    expect(peaks.loudest()).toBeCloseTo(60 / 127)
    expect(peaks.length).toBe(100)
  })
})

describe('a sketch', () => {
  it('is shown where nothing is filled, and gives way in place', () => {
    const peaks = new Peaks()
    expect(peaks.isBlank).toBe(true)
    peaks.setSketch({ pairs: new Int8Array([-10, 10, -20, 20, -30, 30, -40, 40]), duration: 4 })
    expect(peaks.isBlank).toBe(false)
    const before = [...peaks.columnsOrSketch(0, 4, 4)].map((value) => Math.round(value * 127))
    expect(before).toEqual([-10, 10, -20, 20, -30, 30, -40, 40])
    peaks.append(new Int8Array(200).fill(100).map((value, index) => (index % 2 === 0 ? -value : value)))
    peaks.appendAhead(
      300,
      new Int8Array(200).map((_, index) => (index % 2 === 0 ? -50 : 50)),
    )
    const after = [...peaks.columnsOrSketch(0, 4, 4)].map((value) => Math.round(value * 127))
    expect(after).toEqual([-100, 100, -20, 20, -30, 30, -50, 50])
    expect(peaks.loudest()).toBeCloseTo(100 / 127)
    expect([...peaks.columns(1.3, 2.5, 2)]).toEqual([0, 0, 0, 0])
  })
})
