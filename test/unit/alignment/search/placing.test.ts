import { describe, expect, it } from 'vitest'
import type { Levels } from '../../../../shared/alignment/search/calibrate'
import { chainOf } from '../../../../shared/alignment/search/chain'
import { tolerant } from '../../../../shared/alignment/search/costs'
import { limitsAround, placeExactly, type Stage } from '../../../../shared/alignment/search/placing'
import { Search } from '../../../../shared/alignment/search/search'
import { saidScorer } from '../../../support/saidScorer'

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

describe('placeExactly', () => {
  it('leaves a unit where it was found, whatever in the speech of nobody beside it sounds more like it', async () => {
    const run = (sound: number, count: number) => Array<number>(count).fill(sound)
    const [text, other, nobodys] = [1, 2, 3]
    const said = [
      ...run(0, 100),
      // The unit as it is said: half of it sounds otherwise.
      ...[text, nobodys].flatMap((sound) => run(sound, 32)),
      ...run(0, 60),
      ...[...run(nobodys, 76), ...run(text, 64), ...run(nobodys, 160)],
      ...run(0, 60),
      ...run(other, 64),
      ...run(0, 100),
    ]
    const units = [text, other].map((sound, turn) => ({
      words: [{ from: 0, to: 1, isAfterMark: false, phones: run(sound, 8) }],
      turn,
      voice: 0,
      isAfterUnknown: false,
    }))
    const chain = chainOf(units, 8)
    const loud = Float32Array.from(said, (sound) => (sound === 0 ? -9 : 0))
    const stage: Stage = {
      track: { frames: said.length, cepstra: new Int16Array(0), loud, quiet: -9, high: 0, silentBelow: -6 },
      chain,
      from: 0,
      to: said.length,
      pins: [],
      breathe: async () => {},
    }
    const search = new Search(chain, tolerant({ right: 0, filler: -1 } as Levels, 1, 1000))
    const found = [
      { start: 100, end: 164 },
      { start: 584, end: 648 },
    ]
    const placed = await placeExactly(stage, saidScorer(said, 4), search, found)
    expect(placed.map((unit) => unit?.start)).toEqual([100, 584])
  })
})
