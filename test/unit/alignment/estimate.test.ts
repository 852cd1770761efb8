import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomNumbers } from '../../../electron/dev/speech'
import { estimateStarts, timeAtShare } from '../../../shared/alignment/estimate'

describe('estimated starts', () => {
  it('lie by length where nothing is known of the sound', () => {
    expect(estimateStarts([10, 20, 10], 0, 40, [])).toEqual([0, 10, 30])
    expect(estimateStarts([0, 0], 10, 20, [])).toEqual([10, 15])
    expect(estimateStarts([], 0, 10, [])).toEqual([])
  })

  it('stand where speech begins again after a pause', () => {
    const speech = [
      [1, 9.2],
      [11, 20.5],
      [22, 31],
    ] as const
    expect(estimateStarts([10, 10, 10], 1, 31, speech)).toEqual([1, 11, 22])
  })

  it('prefer long pauses to short ones', () => {
    const speech = [
      [0, 10],
      [10.3, 11],
      [12.8, 22],
    ] as const
    expect(estimateStarts([10, 9], 0, 22, speech)).toEqual([0, 12.8])
  })

  it('rather begin where another voice does, and a voice counts less than a long pause', () => {
    const starts = (change: number, pause: number) =>
      estimateStarts([10, 10], 0, 22, [
        [0, 9.7],
        [10, 10.5, change],
        [10.5 + pause, 20.5 + pause],
      ])
    expect(starts(0, 0.4)).toEqual([0, 10.9])
    expect(starts(1, 0.4)).toEqual([0, 10])
    expect(starts(1, 1.5)).toEqual([0, 12])
  })

  it('keep turns at their pauses when somebody speaks whose words are not in the text', () => {
    // Turns of ten seconds; after the second one, a stranger speaks for four.
    const turns = [0, 12, 40, 52, 64, 76].map((start) => [start, start + 10] as const)
    const speech = [...turns.slice(0, 2), [29, 33] as const, ...turns.slice(2)]
    const starts = estimateStarts([10, 10, 10, 10, 10, 10], 0, 86, speech)
    expect(starts.filter((start, k) => start === turns[k]?.[0]).length).toBeGreaterThanOrEqual(5)
  })

  it('find most turns of a talk in which texts tell lengths only roughly', () => {
    const random = randomNumbers(5)
    const speech: [number, number][] = []
    const truth: number[] = []
    const weights: number[] = []
    let time = 0
    for (let turn = 0; turn < 300; turn++) {
      truth.push(time)
      const sentences = 1 + Math.floor(random() * 5)
      let spoken = 0
      for (let k = 0; k < sentences; k++) {
        const length = 1 + random() * 4
        speech.push([time, time + length])
        spoken += length
        time += length + (k < sentences - 1 ? 0.3 + random() * 0.6 : 0.5 + random() * 2)
      }
      weights.push(spoken * (0.75 + random() * 0.5))
    }
    const starts = estimateStarts(weights, 0, time, speech)
    const right = starts.filter((start, k) => Math.abs(start - (truth[k] as number)) < 0.5).length
    expect(right).toBeGreaterThan(240)
  })

  it('never run backwards or leave their stretch, whatever they are given', () => {
    const stretch = fc.array(
      fc.tuple(fc.float({ min: 0, max: 3, noNaN: true }), fc.float({ min: 0, max: 9, noNaN: true })),
      {
        maxLength: 40,
      },
    )
    const weights = fc.array(fc.float({ min: 0, max: 50, noNaN: true }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(stretch, weights, (gaps, given) => {
        let at = 5
        const speech = gaps.map(([gap, length]) => {
          const start = at + gap
          at = start + length
          return [start, at] as const
        })
        const starts = estimateStarts(given, 4, 60, speech)
        expect(starts).toHaveLength(given.length)
        expect(starts[0]).toBe(4)
        for (const [k, start] of starts.entries()) {
          expect(start).toBeGreaterThanOrEqual(starts[k - 1] ?? 4)
          expect(start).toBeLessThanOrEqual(60)
        }
      }),
      { seed: 7 },
    )
  })
})

it('finds the instant at which a share of the speech has passed', () => {
  const speech = [
    [2, 4],
    [10, 14],
  ] as const
  expect(timeAtShare(0, 0, 20, speech)).toBe(0)
  expect(timeAtShare(0.5, 0, 20, speech)).toBe(11)
  expect(timeAtShare(1, 0, 20, speech)).toBe(14)
  expect(timeAtShare(0.25, 0, 20, [])).toBe(5)
})
