import { describe, expect, it } from 'vitest'
import { judge, type Look } from '../soak/judge'

/** Looks every quarter of a minute, from the third minute on; noise of some megabytes, as collectors and pools make it. */
function looks(
  minutes: number,
  change: (minute: number, index: number) => Partial<Look> = () => ({}),
): Look[] {
  return Array.from({ length: minutes * 4 }, (_, index) => {
    const minute = 3 + index / 4
    const noise = ((index * 7919) % 13) / 2 - 3
    return {
      minute,
      megabytes: { browser: 130 + noise / 2, renderer: 115 + noise },
      heap: 24 + noise / 20,
      nodes: 500,
      listeners: 273,
      documents: 1,
      descriptors: 94,
      workers: 2,
      steps: 0,
      ...change(minute, index),
    }
  })
}

const growing = (aMinute: number) => (minute: number) => ({
  megabytes: { browser: 130, renderer: 115 + aMinute * minute + (Math.floor(minute * 4) % 3) },
})

describe('what a soak says of memory', () => {
  it('is nothing where it only goes up and down', () => {
    for (const minutes of [3, 15, 57]) expect(judge(looks(minutes)).problems).toEqual([])
    expect(judge(looks(15)).slope).toBeLessThan(0.1)
  })

  it.each([
    [57, 0.3],
    [12, 0.8],
    [3, 3],
  ])('is that it grows, in %i minutes by %d MB each', (minutes, aMinute) => {
    expect(judge(looks(minutes, growing(aMinute))).problems).toEqual([expect.stringContaining('processes')])
  })

  it('names the process that grows', () => {
    const { slopes } = judge(looks(12, growing(2)))
    expect(slopes).toMatchObject({ browser: 0 })
    expect(slopes.renderer).toBeCloseTo(2, 0)
  })

  it('is that scripts hold on to more and more, where the process has room for it', () => {
    expect(judge(looks(12, (minute) => ({ heap: 24 + 0.3 * minute }))).problems).toEqual([
      expect.stringContaining('heap'),
    ])
  })

  it('is nothing where the undo history has grown by so much', () => {
    const grown = (minute: number) => ({ heap: 24 + 0.2 * minute, steps: Math.round(40 * minute) })
    expect(judge(looks(57, grown)).problems).toEqual([])
    expect(judge(looks(57, (minute) => ({ ...grown(minute), steps: 0 }))).problems).toHaveLength(1)
  })

  it('is not tipped by one look that came before a collection', () => {
    const once = (_: number, index: number) => (index === 47 ? { heap: 90 } : {})
    expect(judge(looks(12, once)).problems).toEqual([])
  })

  it('is nothing after a run that was all warm-up', () => {
    expect(judge(looks(1, growing(30)).slice(0, 3)).problems).toEqual([])
    expect(judge([]).problems).toEqual([])
  })

  it('is more than memory: descriptors, workers, listeners and nodes that are left', () => {
    const left = judge(
      looks(12, (minute) => ({
        descriptors: 94 + Math.floor(minute),
        workers: minute > 12 ? 3 : 2,
        listeners: 273 + Math.floor(minute * 10),
        nodes: 500 + Math.floor(minute * 700),
      })),
    )
    expect(left.problems).toHaveLength(4)
  })
})
