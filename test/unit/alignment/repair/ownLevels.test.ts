import { describe, expect, it } from 'vitest'
import type { Located } from '../../../../shared/alignment/locate'
import { rescored, withOwnLevels } from '../../../../shared/alignment/repair/ownLevels'
import type { Levels } from '../../../../shared/alignment/search/calibrate'
import type { Placed } from '../../../../shared/alignment/search/placing'
import type { Features } from '../../../../shared/alignment/sound/features'
import { cepstrumCount } from '../../../../shared/alignment/sound/spectrum'
import type { Clip } from '../../../../shared/alignment/voice/clips'

const levels: Levels = {
  right: 0,
  rightDeviation: 0.3,
  wrong: -2,
  wrongDeviation: 0.3,
  share: 0.9,
  filler: -1,
}
/** Those of a stretch in which everything sounds worse. */
const ownLevels: Levels = { ...levels, right: -1.2, filler: -1.6 }
/** Frames of a unit, one a second behind the other. */
const [length, step] = [500, 600]

const unitAt = (start: number, score: number): Placed => ({
  start,
  end: start + length,
  score,
  firstScore: score,
  lastScore: score,
  path: new Int32Array(length),
  words: [{ word: 0, start, end: start + length, score }],
})
const count = 200
const clips = Array.from({ length: count }, () => ({ phones: 50 }) as Clip)
const frames = count * step
const features = {
  frames,
  cepstra: new Int16Array(frames * cepstrumCount),
  loud: new Int16Array(frames),
} as unknown as Features
const located = (placed: readonly (Placed | null)[], of: Levels, more: Partial<Located> = {}): Located => ({
  placed,
  earlier: placed,
  leads: placed.map(() => 1),
  levels: of,
  belonging: 'own',
  learned: null as unknown as Located['learned'],
  ...more,
})
/** All but units 100–169. */
const found = located(
  clips.map((_, k) => (k >= 100 && k < 170 ? null : unitAt(k * step, 0))),
  levels,
)

describe('a stretch that sounds otherwise', () => {
  it('is aligned by itself, in the times and the scores of the whole', async () => {
    let told: readonly number[] = []
    const { placed, leads } = await withOwnLevels(found, clips, features, async (first, last, part) => {
      told = [first, last, part.frames]
      const begin = 91 * step + length
      return located(
        clips.slice(first, last).map((_, k) => unitAt((first + k) * step - begin, -1.2)),
        ownLevels,
        { leads: clips.slice(first, last).map(() => 7) },
      )
    })
    expect(told).toEqual([92, 178, 178 * step - 91 * step - length])
    for (const k of [100, 140, 169]) {
      expect(placed[k]).toMatchObject({ start: k * step, end: k * step + length })
      expect(placed[k]?.score).toBeCloseTo(0)
      expect(placed[k]?.words[0]?.start).toBe(k * step)
      expect(leads?.[k]).toBe(7)
    }
    expect(placed[20]).toBe(found.placed[20])
    expect(leads?.[20]).toBe(1)
  })

  it('stays as it was where its text does not belong there, or little of it is found', async () => {
    const answers = [
      located(clips.map((_, k) => unitAt(k * step, -1.2)).slice(0, 86), ownLevels, { belonging: 'foreign' }),
      located(clips.map((_, k) => unitAt(k * step, -1.2)).slice(0, 86), ownLevels, { belonging: 'unclear' }),
      located(clips.map((_, k) => (k < 16 ? unitAt(k * step, -1.2) : null)).slice(0, 86), ownLevels),
    ]
    for (const answer of answers)
      expect((await withOwnLevels(found, clips, features, async () => answer)).placed).toEqual(found.placed)
  })

  it('is some minutes long, and not all there is', async () => {
    let calls = 0
    const locate = async () => {
      calls++
      return located([], ownLevels)
    }
    const few = found.placed.map((unit, k) => (k >= 140 && k < 170 ? unitAt(k * step, 0) : unit))
    await withOwnLevels(
      located(
        few.map((unit, k) => (k < 130 ? unitAt(k * step, 0) : unit)),
        levels,
      ),
      clips,
      features,
      locate,
    )
    await withOwnLevels(
      located(
        clips.map(() => null),
        levels,
      ),
      clips,
      features,
      locate,
    )
    await withOwnLevels(located(found.placed, levels, { levels: null }), clips, features, locate)
    expect(calls).toBe(0)
  })

  it('has scores as far from filler as they were among its own', () => {
    const unit = rescored(unitAt(100, -1.4), ownLevels, levels, 1000)
    expect(unit).toMatchObject({ start: 1100, end: 1600 })
    expect(unit.score).toBeCloseTo(-0.5)
    expect(unit.words[0]?.score).toBeCloseTo(-0.5)
  })
})
