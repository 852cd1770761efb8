import { describe, expect, it } from 'vitest'
import { chainOf } from '../../../shared/alignment/chain'
import { limitsAround, type Stage } from '../../../shared/alignment/placing'

describe('limitsAround', () => {
  // 40 units of 40 phones, one every ten seconds, but for ten minutes without text behind the 20th.
  const word = { from: 0, to: 4, isAfterMark: false, phones: Array(40).fill(1) }
  const units = Array.from({ length: 40 }, (_, turn) => ({
    words: [word],
    turn,
    voice: 0,
    isAfterUnknown: false,
  }))
  const to = 100_000
  const stage: Stage = {
    track: {
      frames: to,
      cepstra: new Int16Array(0),
      loud: new Float32Array(0),
      quiet: 0,
      high: 1,
      silentBelow: 0,
    },
    chain: chainOf(units, 4),
    from: 0,
    to,
    pins: [],
    breathe: async () => {},
  }
  const positions = units.map((_, k) => ({
    start: k * 1000 + (k < 20 ? 0 : 60_000),
    end: k * 1000 + 500 + (k < 20 ? 0 : 60_000),
  }))

  it('lets units be said near where they were', () => {
    const { low, high } = limitsAround(stage, positions, 20)
    expect([low[5000], high[5000]]).toEqual([8, 12])
  })

  it('lets those beside sound without text be said on either side of it, and the others not', () => {
    const { low, high } = limitsAround(stage, positions, 20, [{ unit: 20, from: 19_500, to: 80_000 }])
    expect([low[10_000], high[10_000]]).toEqual([9, 30])
    expect([low[39_000], high[39_000]]).toEqual([9, 30])
    expect([low[45_000], high[45_000]]).toEqual([28, 32])
    for (let i = 1; i < low.length; i++) {
      expect(low[i]).toBeGreaterThanOrEqual(low[i - 1] as number)
      expect(high[i]).toBeGreaterThanOrEqual(high[i - 1] as number)
    }
  })
})
