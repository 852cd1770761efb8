import { describe, expect, it } from 'vitest'
import { randomNumbers } from '../../../../electron/dev/speech'
import { gainsOf, lostRuns, withLostText } from '../../../../shared/alignment/repair/lostText'
import { chainOf } from '../../../../shared/alignment/search/chain'
import type { PhoneModels } from '../../../../shared/alignment/search/phoneModels'
import { movedTo, type Placed, type Stage } from '../../../../shared/alignment/search/placing'
import { cepstrumCount } from '../../../../shared/alignment/sound/spectrum'
import type { Track } from '../../../../shared/alignment/sound/track'
import { saidScorer } from '../../../support/saidScorer'

const levels = { right: 0, rightDeviation: 0.3, wrong: -3, wrongDeviation: 0.3, share: 0.95, filler: -1 }

describe('lostRuns', () => {
  const usual = Array<number>(60).fill(4)
  const gains = (lost: (k: number) => boolean, value = 0) => usual.map((_, k) => (lost(k) ? value : 4))

  it('are where much text was left out or scores badly, with good text on either side', () => {
    expect(
      lostRuns(
        usual,
        gains(() => false),
      ),
    ).toEqual([])
    expect(
      lostRuns(
        usual,
        gains((k) => k >= 20 && k < 24),
      ),
    ).toEqual([])
    expect(
      lostRuns(
        usual,
        gains((k) => k >= 20 && k < 30),
      ),
    ).toEqual([{ first: 10, last: 40 }])
    expect(
      lostRuns(
        usual,
        gains((k) => k >= 20 && k < 24, -4),
      ),
    ).toEqual([{ first: 10, last: 34 }])
    // Some good text among it does not part it.
    expect(
      lostRuns(
        usual,
        gains((k) => k >= 20 && k < 30 && k !== 25),
      ),
    ).toEqual([{ first: 10, last: 40 }])
  })

  it('are told apart, and joined where the text beside them is the same', () => {
    expect(
      lostRuns(
        usual,
        gains((k) => k < 8 || k >= 50),
      ),
    ).toEqual([
      { first: 0, last: 18 },
      { first: 40, last: 60 },
    ])
    expect(
      lostRuns(
        usual,
        gains((k) => (k >= 12 && k < 20) || (k >= 38 && k < 46)),
      ),
    ).toEqual([{ first: 2, last: 56 }])
  })

  it('are not hidden by little that is lacking before good text', () => {
    const long = usual.map((_, k) => (k === 1 ? 60 : 4))
    const lost = long.map((seconds, k) => (k === 0 || k >= 50 ? 0 : seconds))
    expect(lostRuns(long, lost)).toEqual([{ first: 40, last: 60 }])
  })
})

describe('text that lost its place', () => {
  const [sounds, phones, phoneFrames, pause] = [24, 10, 20, 50]
  const unitFrames = phones * phoneFrames
  const random = randomNumbers(11)
  const texts = Array.from({ length: 40 }, () =>
    Array.from({ length: phones }, () => 1 + Math.floor(random() * (sounds - 2))),
  )
  const chainWith = (indices: readonly number[]) =>
    chainOf(
      indices.map((k) => ({
        words: [{ from: 0, to: 1, isAfterMark: false, phones: texts[k] as number[] }],
        turn: k,
        voice: 0,
        isAfterUnknown: false,
      })),
      2 * sounds,
    )

  /** A recording in which some of the texts are said, two and a half seconds each. */
  function recording(spoken: readonly number[], pins: Stage['pins'] = []) {
    const said = spoken.flatMap((k) => [
      ...(texts[k] as number[]).flatMap((sound) => Array<number>(phoneFrames).fill(sound)),
      ...Array<number>(pause).fill(0),
    ])
    const frames = said.length
    const track = {
      frames,
      cepstra: new Int16Array(frames * cepstrumCount),
      loud: Float32Array.from(said, (sound) => (sound === 0 ? -9 : 0)),
      quiet: -9,
      silentBelow: -6,
      high: 0,
    } as unknown as Track
    const chain = chainWith(texts.map((_, k) => k))
    const stage: Stage = { track, chain, from: 0, to: frames, pins, breathe: async () => {} }
    const startOf = (k: number) => spoken.indexOf(k) * (unitFrames + pause)
    const placedAt = (k: number, start: number, score: number): Placed => ({
      start,
      end: start + unitFrames,
      score,
      firstScore: score,
      lastScore: score,
      path: Int32Array.from(
        { length: unitFrames },
        (_, t) => (chain.boundary[k] as number) + 2 + Math.floor(t / (phoneFrames / 2)),
      ),
      words: [{ word: 0, start, end: start + unitFrames, score }],
    })
    const scorer = saidScorer(said, sounds)
    const models: PhoneModels = {
      count: 2 * sounds,
      perVoice: 2 * sounds,
      mean: new Float32Array(2 * sounds * 2 * cepstrumCount),
      variance: new Float32Array(2 * sounds * 2 * cepstrumCount).fill(1),
      shared: new Float64Array(2 * sounds * 2 * cepstrumCount),
    }
    const findAll = (placed: readonly (Placed | null)[]) =>
      withLostText(stage, { placed, earlier: placed, levels, models }, () => scorer)
    const find = async (placed: readonly (Placed | null)[]) => (await findAll(placed)).placed
    return { startOf, placedAt, find, findAll, chain }
  }
  const all = texts.map((_, k) => k)
  const near = (unit: Placed | null | undefined, start: number) =>
    expect(Math.abs((unit?.start ?? Number.NaN) - start)).toBeLessThanOrEqual(4)

  it('finds its place behind text that was never said and took it along', async () => {
    const spoken = all.filter((k) => k < 10 || k >= 34)
    const { startOf, placedAt, find } = recording(spoken)
    const placed = all.map((k) => (k < 10 ? placedAt(k, startOf(k), 0) : null))
    const found = await find(placed)
    for (const k of spoken) near(found[k], startOf(k))
    for (const k of all) if (k >= 10 && k < 34) expect(found[k]).toBeNull()
  })

  it('has not moved where two rounds agree on its place', async () => {
    const spoken = all.filter((k) => k < 10 || k >= 34)
    const { startOf, placedAt, findAll } = recording(spoken)
    const { placed, earlier } = await findAll(all.map((k) => (k < 10 ? placedAt(k, startOf(k), 0) : null)))
    for (const k of spoken) expect(earlier[k]?.start, `${k}`).toBe(placed[k]?.start)
  })

  it('leaves what is not its own', async () => {
    const spoken = all.filter((k) => k < 12 || k >= 30)
    const { startOf, placedAt, find } = recording(spoken)
    // What is missing lies on the sound of what is said behind it.
    const placed = all.map((k) => {
      if (k < 12) return placedAt(k, startOf(k), 0)
      return k < 30 ? placedAt(k, startOf(Math.min(k + 18, 39)), -3) : null
    })
    const found = await find(placed.map((unit, k) => (k >= 22 && k < 30 ? null : unit)))
    for (const k of spoken) near(found[k], startOf(k))
    for (const k of all) if (k >= 12 && k < 30) expect(found[k]).toBeNull()
  })

  it('stays on its side of a pin', async () => {
    const spoken = all.filter((k) => k < 10 || k >= 34)
    const { startOf } = recording(spoken)
    const pin = { unit: 36, frame: startOf(34) }
    const { placedAt, find } = recording(spoken, [pin])
    const found = await find(all.map((k) => (k < 10 ? placedAt(k, startOf(k), 0) : null)))
    for (const [k, unit] of found.entries())
      if (unit && k < pin.unit) expect(unit.end).toBeLessThanOrEqual(pin.frame + 1)
      else if (unit) expect(unit.start).toBeGreaterThanOrEqual(pin.frame)
    near(found[38], startOf(38))
  })

  it('stays where it is when nothing better is found', async () => {
    const spoken = all.filter((k) => k < 10)
    const { startOf, placedAt, find } = recording(spoken)
    const placed = all.map((k) => (k < 10 ? placedAt(k, startOf(k), 0) : null))
    expect(await find(placed)).toEqual(placed)
  })

  it('is counted in seconds of right text', () => {
    const { placedAt, chain } = recording(all)
    const placed = [placedAt(0, 0, 0), null, placedAt(2, 500, -2), placedAt(3, 800, -1)]
    expect(gainsOf(chain, placed, levels)).toEqual([2, 0, -2, 0])
  })

  it('has the states of the chain that it is moved to', () => {
    const { placedAt, chain } = recording(all)
    const some = chainWith([3, 5])
    const unit = (state: number, k: number) => ({
      ...placedAt(k, 0, 0),
      path: Int32Array.from([state + 2, state + 3]),
    })
    const placed = [unit(some.boundary[0] as number, 3), unit(some.boundary[1] as number, 5)]
    const moved = movedTo(chain, some, [3, 5], placed)
    expect(moved.flatMap((one, k) => (one ? [k] : []))).toEqual([3, 5])
    for (const k of [3, 5]) {
      const at = chain.boundary[k] as number
      expect([...(moved[k]?.path ?? [])]).toEqual([at + 2, at + 3])
    }
  })
})
