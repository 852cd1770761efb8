import { describe, expect, it } from 'vitest'
import type { Levels } from '../../../../shared/alignment/search/calibrate'
import { chainOf } from '../../../../shared/alignment/search/chain'
import { forbidding, tolerant } from '../../../../shared/alignment/search/costs'
import {
  layUnit,
  limitsAround,
  placeExactly,
  type Stage,
  scattered,
  stagePins,
} from '../../../../shared/alignment/search/placing'
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

describe('stagePins', () => {
  const units = [0, 10, 20, 30].map((from) => ({ from }))

  it('stand before the first unit behind them, at frames of the stage', () => {
    const pins = [
      { at: 20, time: 5 },
      { at: 5, time: 2.504 },
    ]
    expect(stagePins(pins, units, 1000)).toEqual([
      { unit: 1, frame: 250 },
      { unit: 2, frame: 500 },
    ])
    expect(stagePins(pins, units, 1000, 2)).toEqual([
      { unit: 1, frame: 50 },
      { unit: 2, frame: 300 },
    ])
  })

  it('lie within the stage, and what contradicts one before it is left out', () => {
    const pins = [
      { at: 0, time: -3 },
      { at: 10, time: 6 },
      { at: 20, time: 4 },
      { at: 30, time: 99 },
    ]
    expect(stagePins(pins, units, 1000)).toEqual([
      { unit: 0, frame: 0 },
      { unit: 1, frame: 600 },
      { unit: 3, frame: 1000 },
    ])
  })
})

it('a list for some units becomes one for all', () => {
  expect(scattered(['a', null, 'b'], [1, 2, 4], 6)).toEqual([null, 'a', null, null, 'b', null])
})

describe('units that are laid', () => {
  const run = (sound: number, count: number) => Array<number>(count).fill(sound)
  const chainOfSounds = (list: readonly (readonly number[])[]) =>
    chainOf(
      list.map((phones, turn) => ({
        words: [{ from: 0, to: 1, isAfterMark: false, phones: [...phones] }],
        turn,
        voice: 0,
        isAfterUnknown: false,
      })),
      12,
    )
  const stageOf = (said: readonly number[], chain: Stage['chain'], pins: Stage['pins'] = []): Stage => ({
    track: {
      frames: said.length,
      cepstra: new Int16Array(0),
      loud: Float32Array.from(said, (sound) => (sound === 0 ? -9 : 0)),
      quiet: -9,
      high: 0,
      silentBelow: -6,
    },
    chain,
    from: 0,
    to: said.length,
    pins,
    breathe: async () => {},
  })

  it('take all frames but silences, whatever is said there', () => {
    const chain = chainOfSounds([
      [1, 2],
      [3, 4],
    ])
    const said = [...run(0, 10), ...run(3, 20), ...run(5, 60), ...run(4, 20), ...run(0, 11)]
    const laid = layUnit(chain, new Search(chain, forbidding), saidScorer(said, 6), 1, 0, 120)
    expect([laid?.unit.start, laid?.unit.end]).toEqual([10, 110])
    expect(laid?.path).toHaveLength(120)
    // 60 of the 100 frames are somebody else’s.
    expect(laid?.unit.score).toBeCloseTo(-2.4, 1)
    expect(laid?.unit.lastScore).toBeLessThan(0)
  })

  it('have words where they are said', () => {
    const chain = chainOf(
      [
        {
          words: [
            { from: 0, to: 1, isAfterMark: false, phones: [1, 2] },
            { from: 2, to: 3, isAfterMark: true, phones: [3] },
          ],
          turn: 0,
          voice: 0,
          isAfterUnknown: false,
        },
      ],
      12,
    )
    const said = [...run(0, 10), ...run(1, 15), ...run(2, 15), ...run(0, 20), ...run(3, 20), ...run(0, 11)]
    const { words } = layUnit(chain, new Search(chain, forbidding), saidScorer(said, 6), 0, 0, 90)?.unit ?? {}
    expect(words).toEqual([
      { word: 0, start: 10, end: 40, score: 0 },
      { word: 1, start: 60, end: 80, score: 0 },
    ])
  })

  it('exactly stay on their side of a pin', async () => {
    const chain = chainOfSounds([run(1, 4), run(2, 4)])
    const said = [...run(0, 50), ...run(1, 40), ...run(0, 10), ...run(2, 40), ...run(0, 60)]
    const search = new Search(chain, tolerant({ right: 0, filler: -1 } as Levels, 1, 1000))
    const found = [
      { start: 60, end: 90 },
      { start: 110, end: 140 },
    ]
    const tell = async (pins: Stage['pins']) =>
      (await placeExactly(stageOf(said, chain, pins), saidScorer(said, 6), search, found)).map(
        (unit) => unit?.start,
      )
    expect(await tell([])).toEqual([50, 100])
    const [, second] = await tell([{ unit: 1, frame: 108 }])
    expect(second).toBeGreaterThanOrEqual(108)
    const [first] = await tell([{ unit: 0, frame: 70 }])
    expect(first).toBeGreaterThanOrEqual(70)
  })
})
