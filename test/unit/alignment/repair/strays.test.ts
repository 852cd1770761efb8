import { describe, expect, it } from 'vitest'
import { withoutStrays } from '../../../../shared/alignment/repair/strays'
import { chainOf } from '../../../../shared/alignment/search/chain'
import { forbidding } from '../../../../shared/alignment/search/costs'
import type { Scorer } from '../../../../shared/alignment/search/phoneModels'
import { type Placed, placedUnit, type Stage } from '../../../../shared/alignment/search/placing'
import { Search } from '../../../../shared/alignment/search/search'
import type { Track } from '../../../../shared/alignment/sound/track'
import { saidScorer } from '../../../support/saidScorer'

// Sound p scores 0 where p is said and −4 elsewhere; both halves alike. Sound 0 is silence.
const sounds = 12
const width = 2 * sounds
const scorerOf = (said: readonly number[]) => saidScorer(said, sounds)

const units = (words: readonly (readonly number[])[][]) =>
  words.map((own, turn) => ({
    words: own.map((phones) => ({ from: 0, to: 1, isAfterMark: false, phones: [...phones] })),
    turn,
    voice: 0,
    isAfterUnknown: false,
  }))

/** The sounds said, ten frames each; 0 is silence, one number more says for how long. */
const spoken = (...list: readonly (number | readonly [number, number])[]) =>
  list.flatMap((item) => {
    const [sound, frames] = typeof item === 'number' ? [item, 10] : item
    return Array<number>(frames).fill(sound)
  })

const levels = { filler: -2, right: -1.8 }

function stageOf(text: readonly (readonly number[])[][], said: readonly number[]): Stage {
  const chain = chainOf(units(text), width)
  const frames = said.length
  const loud = Float32Array.from(said, (sound) => (sound === 0 ? -9 : 0))
  const track = { frames, loud, silentBelow: -5 } as unknown as Track
  return { track, chain, from: 0, to: frames, pins: [], breathe: async () => {} }
}

/** Lays the states of a unit so: each half of sound (or −1, a pause behind a word) for as many frames as given. */
function laid(stage: Stage, scorer: Scorer, k: number, start: number, runs: readonly number[]): Placed {
  const { chain } = stage
  const first = (chain.boundary[k] as number) + 2
  const path = Int32Array.from(runs.flatMap((frames, state) => Array<number>(frames).fill(first + state)))
  return placedUnit(chain, k, path, scorer.score(start, path.length, 1), width, start) as Placed
}

describe('strays', () => {
  it('a first word behind which there is a pause goes where its sound is', async () => {
    const said = spoken(0, 9, 9, [0, 60], 1, 2, 3, 4, 0)
    const scorer = scorerOf(said)
    const stage = stageOf([[[1], [2, 3, 4]]], said)
    // Word one over the sound of somebody else, the first half of the next over word one.
    const wrong = laid(stage, scorer, 0, 10, [10, 10, 60, 15, 5, 5, 5, 5, 5])
    expect(wrong.start).toBe(10)
    const [right] = await withoutStrays(stage, scorer, [wrong], levels)
    expect([right?.start, right?.end]).toEqual([90, 130])
    expect(right?.words.map(({ start }) => start)).toEqual([90, 100])
  })

  it('a last word likewise', async () => {
    const said = spoken(0, 1, 2, 3, 4, [0, 60], 9, 9, 0)
    const scorer = scorerOf(said)
    const stage = stageOf([[[1, 2, 3], [4]]], said)
    const wrong = laid(stage, scorer, 0, 10, [5, 5, 5, 5, 15, 5, 60, 10, 10])
    const [right] = await withoutStrays(stage, scorer, [wrong], levels)
    expect([right?.start, right?.end]).toEqual([10, 50])
  })

  it('somebody who hesitates keeps the first word', async () => {
    const said = spoken(0, 1, [0, 60], 2, 3, 4, 0)
    const scorer = scorerOf(said)
    const stage = stageOf([[[1], [2, 3, 4]]], said)
    const right = laid(stage, scorer, 0, 10, [5, 5, 60, 5, 5, 5, 5, 5, 5])
    expect(await withoutStrays(stage, scorer, [right], levels)).toEqual([right])
  })

  it('hurried first words in the end of somebody else’s sound go to the rest, however well they fit there', async () => {
    const said = spoken(0, 1, 2, 3, 4, [9, 4], [10, 4], [0, 60], [5, 30], 0)
    const scorer = scorerOf(said)
    const stage = stageOf([[[1, 2, 3, 4]], [[9, 10], [5]], [[1, 2, 3, 4]]], said)
    const halves = [5, 5, 5, 5, 5, 5, 5, 5]
    const before = laid(stage, scorer, 0, 10, halves)
    const stray = laid(stage, scorer, 1, 50, [2, 2, 2, 2, 60, 15, 15])
    const usual = laid(stage, scorer, 2, 10, halves)
    const [, unit] = await withoutStrays(stage, scorer, [before, stray, usual], levels)
    expect(unit?.start).toBeGreaterThan(110)
    expect(unit?.end).toBe(148)
    const [, alone] = await withoutStrays(stage, scorer, [null, stray, usual], levels)
    expect(alone).toEqual(stray)
  })

  it('text that nobody says is no longer squeezed into the end, and gives its sound back to the next unit', async () => {
    const said = spoken(0, 1, 2, 3, 4, [0, 10], 5, 6, 7, 8, 0)
    const scorer = scorerOf(said)
    const surplus = [9, 10, 9, 10, 9, 10, 9, 10]
    const stage = stageOf([[[1, 2, 3, 4], surplus], [[5, 6, 7, 8]], [[1, 2, 3, 4]]], said)
    const halves = [5, 5, 5, 5, 5, 5, 5, 5]
    const full = laid(stage, scorer, 0, 10, [...halves, 3, ...Array<number>(16).fill(1)])
    const robbed = laid(stage, scorer, 1, 69, [1, 0, 5, 5, 5, 5, 5, 5])
    const [first, second] = await withoutStrays(stage, scorer, [full, robbed, null], levels)
    expect([first?.start, first?.end]).toEqual([10, 50])
    expect(first?.score).toBe(0)
    expect([second?.start, second?.end]).toEqual([60, 100])
  })

  it('but not over a pin', async () => {
    const said = spoken(0, 1, 2, 3, 4, [0, 10], 5, 6, 7, 8, 0)
    const scorer = scorerOf(said)
    const surplus = [9, 10, 9, 10, 9, 10, 9, 10]
    const stage = stageOf([[[1, 2, 3, 4], surplus], [[5, 6, 7, 8]], [[1, 2, 3, 4]]], said)
    const full = laid(stage, scorer, 0, 10, [...Array<number>(8).fill(5), 3, ...Array<number>(16).fill(1)])
    const robbed = laid(stage, scorer, 1, 69, [1, 0, 5, 5, 5, 5, 5, 5])
    const pinned = { ...stage, pins: [{ unit: 1, frame: 69 }] }
    const [first, second] = await withoutStrays(pinned, scorer, [full, robbed, null], levels)
    expect(first?.end).toBe(50)
    expect(second).toEqual(robbed)
  })

  it('a unit whose words are all too fast stays whole: nothing shows which of them were said', async () => {
    const said = spoken(0, 9, 9, 0)
    const scorer = scorerOf(said)
    const stage = stageOf(
      [
        [
          [1, 2, 3, 4],
          [5, 6, 7, 8],
        ],
        [[1, 2, 3, 4]],
      ],
      said,
    )
    const squeezed = laid(stage, scorer, 0, 10, [...Array<number>(8).fill(1), 0, ...Array<number>(8).fill(1)])
    const [unit] = await withoutStrays(stage, scorer, [squeezed, null], levels)
    expect(unit).toEqual(squeezed)
  })

  it('of two units in the sound of one, the other goes to a sound of its length that is nobody’s', async () => {
    // The first is said otherwise than the text has it; all that fits it is a begin of the second.
    const said = spoken([0, 20], 9, 10, 9, [0, 30], 5, 6, 7, 8, [0, 20])
    const scorer = scorerOf(said)
    const stage = stageOf([[[5, 1, 2]], [[5, 6, 7, 8]], [[5, 6, 7, 8]]], said)
    const squeezed = laid(stage, scorer, 0, 80, [2, 2, 1, 1, 1, 1])
    const robbed = laid(stage, scorer, 1, 88, [1, 1, 5, 5, 5, 5, 5, 5])
    const usual = laid(stage, scorer, 2, 80, [5, 5, 5, 5, 5, 5, 5, 5])
    const [first, second] = await withoutStrays(stage, scorer, [squeezed, robbed, usual], levels)
    expect([second?.start, second?.end]).toEqual([80, 120])
    expect(first?.start).toBeGreaterThanOrEqual(20)
    expect(first?.end).toBeLessThanOrEqual(50)
    const taken = spoken([0, 50], [0, 30], 5, 6, 7, 8, [0, 20])
    const nowhere = await withoutStrays(
      stageOf([[[5, 1, 2]], [[5, 6, 7, 8]], [[5, 6, 7, 8]]], taken),
      scorer,
      [squeezed, robbed, usual],
      levels,
    )
    expect(nowhere[0]).toEqual(squeezed)
  })

  it('longer text that is far too fast in the begin of another’s sound is left out, and the other has all of its sound', async () => {
    const said = spoken([0, 20], 5, 6, 7, 8, 5, 6, 7, 8, 0)
    const scorer = scorerOf(said)
    const halves = Array<number>(16).fill(5)
    const unsaid = [9, 10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11, 9]
    const other = [5, 6, 7, 8, 5, 6, 7, 8]
    const tell = async (text: readonly number[], runs: readonly number[]) => {
      const stage = stageOf([[text], [other], [other], [other]], said)
      const hidden = laid(stage, scorer, 0, 20, runs)
      const robbed = laid(stage, scorer, 1, hidden.end, [...Array<number>(8).fill(1), ...halves.slice(8)])
      const usual = [2, 3].map((k) => laid(stage, scorer, k, 20, halves))
      return withoutStrays(stage, scorer, [hidden, robbed, ...usual], levels)
    }
    const [left, whole] = await tell(unsaid, Array<number>(32).fill(1))
    expect(left).toBeNull()
    expect([whole?.start, whole?.end]).toEqual([20, 100])
    // A short one may be said so fast.
    const [short] = await tell(unsaid.slice(0, 8), Array<number>(16).fill(2))
    expect(short).not.toBeNull()
  })

  it('a unit squeezed into the begin of a sound of its length takes all of it, unless a neighbour is in it', async () => {
    const halves = [5, 5, 5, 5, 5, 5, 5, 5]
    const tell = async (said: readonly number[]) => {
      const scorer = scorerOf(said)
      const stage = stageOf([[[1, 2, 3, 4]], [[5, 6, 7, 8]], [[1, 2, 3, 4]]], said)
      const usual = laid(stage, scorer, 0, 10, halves)
      const squeezed = laid(stage, scorer, 1, 80, [2, 1, 1, 1, 1, 1, 1, 1])
      const after = laid(stage, scorer, 2, 160, halves)
      const [, unit] = await withoutStrays(stage, scorer, [usual, squeezed, after], levels)
      return [unit?.start, unit?.end]
    }
    // It is said otherwise than the text has it.
    const sound = [0, 1, 2, 3, 4, [0, 30], 5, 10, 9, 8, [0, 40], 1, 2, 3, 4, 0] as const
    const [start, end] = await tell(spoken(...sound))
    expect(start).toBe(80)
    expect(end).toBe(120)
    // The sound goes on from what was said before.
    expect(await tell(spoken(0, 1, 2, 3, 4, [9, 30], 5, 10, 9, 8, [0, 40], 1, 2, 3, 4, 0))).toEqual([80, 89])
  })

  it('the path of a cut unit is that of what is left', async () => {
    const said = spoken(0, 1, 2, 3, 4, 0)
    const scorer = scorerOf(said)
    const stage = stageOf(
      [
        [
          [1, 2, 3, 4],
          [9, 10, 9, 10, 9, 10, 9, 10],
        ],
      ],
      said,
    )
    const full = laid(stage, scorer, 0, 10, [5, 5, 5, 5, 5, 5, 5, 5, 0, ...Array<number>(16).fill(1)])
    const usual = [full, ...Array<Placed>(4).fill(laid(stage, scorer, 0, 10, [5, 5, 5, 5, 5, 5, 5, 5]))]
    const [unit] = await withoutStrays(
      { ...stage, chain: { ...stage.chain } },
      scorer,
      usual.slice(0, 1),
      levels,
    )
    expect(unit?.path.length).toBe((unit?.end as number) - (unit?.start as number))
  })
})

it('forbids to leave a unit out, so that a stray is weighed against nothing but its own place', () => {
  const said = spoken(0, 1, 2, 0)
  const scorer = scorerOf(said)
  const { chain } = stageOf([[[1], [2]]], said)
  const only = () => 0
  const path = new Search(chain, forbidding).forced(scorer.score(0, 40, 1), width, 0, 1, 0, 40, only, only)
  expect(new Set(path).size).toBeGreaterThan(4)
})
