import { describe, expect, it } from 'vitest'
import { leadsOf } from '../../../../shared/alignment/confidence/runnerUp'
import { type Chain, chainOf, kind } from '../../../../shared/alignment/search/chain'
import type { Costs } from '../../../../shared/alignment/search/costs'
import type { Placed, Stage } from '../../../../shared/alignment/search/placing'
import { saidScorer } from '../../../support/saidScorer'

const sounds = 12
const framesAPhone = 8
const levels = { right: 0, filler: -1 }
/** What right text gains over filler in a second is 50 here, as rows are 20 ms. */
const costs: Costs = {
  filler: -1,
  fillerIn: 20,
  skipUnit: 125,
  skipTurn: 125,
  dropHalf: 1.2,
  stretch: 1,
  longestHalf: 12,
  pauseIn: 15,
  beam: 1e6,
}

interface Said {
  /** Each sound of each unit. */
  readonly texts: readonly (readonly number[])[]
  /** Sounds and for how many frames; sound 0 is silence. */
  readonly said: readonly (readonly [number, number])[]
  /** Where each unit was placed, frames. */
  readonly places: readonly number[]
  readonly turns?: readonly number[]
  readonly pins?: Stage['pins']
}

function stageOf({ texts, said, places, turns = texts.map((_, k) => k), pins = [] }: Said) {
  const frames = said.flatMap(([sound, count]) => Array<number>(count).fill(sound))
  const chain = chainOf(
    texts.map((phones, k) => ({
      words: [{ from: 0, to: 1, isAfterMark: false, phones }],
      turn: turns[k] as number,
      voice: 0,
      isAfterUnknown: false,
    })),
    2 * sounds,
  )
  const stage = { track: {}, chain, from: 0, to: frames.length, pins, breathe: async () => {} }
  const placed = places.map((start, k): Placed => {
    const states = (chain.boundary[k + 1] as number) - (chain.boundary[k] as number) - 2
    const path = Int32Array.from(
      { length: (states * framesAPhone) / 2 },
      (_, t) => (chain.boundary[k] as number) + 2 + Math.floor((2 * t) / framesAPhone),
    )
    return { start, end: start + path.length, score: 0, firstScore: 0, lastScore: 0, path, words: [] }
  })
  return { stage: stage as unknown as Stage, scorer: saidScorer(frames, sounds), placed }
}

async function leads(set: Said): Promise<(number | null)[]> {
  const { stage, scorer, placed } = stageOf(set)
  return leadsOf(stage, scorer, placed, levels, costs, () => true)
}

interface Step {
  readonly from: number
  readonly cost: number
}

/** From where each state of a chain is come to, and what that costs. */
function stepsOf({ kinds, boundary, turnSkip, states }: Chain): Step[][] {
  const { dropHalf: drop, pauseIn: pause, fillerIn, skipUnit, skipTurn } = costs
  // By how many states below.
  const below: Partial<Record<number, readonly number[]>> = {
    [kind.second]: [0],
    [kind.inner]: [0, drop],
    [kind.pause]: [0, drop],
    [kind.link]: [pause, pause + drop],
    [kind.word]: [0, 0, drop],
    [kind.sentence]: [0, 0, 0, drop],
  }
  return Array.from({ length: states }, (_, to) => {
    const what = kinds[to] as number
    const steps = [{ from: to, cost: 0 }]
    below[what]?.forEach((cost, far) => {
      steps.push({ from: to - far - 1, cost })
    })
    if (what !== kind.quiet && what !== kind.filler) return steps
    const f = what === kind.filler ? to : to - 1
    const enter = to === f ? fillerIn : 0
    const k = boundary.indexOf(f)
    steps.push({ from: to === f ? f + 1 : f, cost: enter })
    if (k > 0) {
      steps.push({ from: f - 1, cost: enter }, { from: f - 2, cost: enter + drop })
      steps.push({ from: (boundary[k - 1] as number) + to - f, cost: skipUnit })
    }
    if ((turnSkip[k] as number) >= 0)
      steps.push({ from: (boundary[turnSkip[k] as number] as number) + to - f, cost: skipTurn })
    return steps
  })
}

/** What the best path is worth that comes to `middle` in row `at`, by going over all states in each row. */
function bestThrough(
  chain: Chain,
  scores: Float32Array,
  width: number,
  rows: number,
  middle: number,
  at: number,
) {
  const { kinds, models, boundary, states } = chain
  const steps = stepsOf(chain)
  const first = boundary[0] as number
  const never = Number.NEGATIVE_INFINITY
  let now = Array<number>(states).fill(never)
  now[first] = -costs.fillerIn
  now[first + 1] = 0
  for (let row = 0; row < rows; row++) {
    now = steps.map((list, to) => {
      if (row === at && to !== middle) return never
      const own =
        kinds[to] === kind.filler ? costs.filler : (scores[row * width + (models[to] as number)] as number)
      return (
        own +
        Math.max(
          ...list.map(({ from, cost }) => (row === at && from === to ? never : (now[from] ?? never) - cost)),
        )
      )
    })
  }
  return Math.max(now[states - 2] as number, now[states - 1] as number)
}

const pause = [0, 100] as const
const word = (sound: number) => [sound, 4 * framesAPhone] as const
const text = (sound: number) => Array<number>(4).fill(sound)

describe('how far a place leads over the runner-up', () => {
  it('is what the best path loses that has the unit elsewhere, as going over all paths finds', async () => {
    const set: Said = {
      texts: [
        [1, 2, 3],
        [4, 5, 6],
        [4, 7, 6],
      ],
      turns: [0, 1, 1],
      said: [
        [0, 20],
        [1, 8],
        [2, 8],
        [3, 8],
        [0, 30],
        [4, 8],
        [5, 8],
        [6, 8],
        [0, 10],
        [9, 30],
        [0, 30],
        [4, 8],
        [7, 8],
        [6, 8],
        [0, 20],
      ],
      places: [20, 74, 168],
    }
    const { stage, scorer, placed } = stageOf(set)
    const found = await leadsOf(stage, scorer, placed, levels, costs, () => true)
    const rows = Math.ceil(stage.to / 2)
    const scores = scorer.score(0, rows, 2).slice()
    for (const [k, { start }] of placed.entries()) {
      const middle = (stage.chain.boundary[k] as number) + 4
      const own = start + framesAPhone
      let [here, there] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
      for (let row = 0; row < rows; row++) {
        const value = bestThrough(stage.chain, scores, scorer.width, rows, middle, row)
        if (Math.abs(2 * row - own) <= 40) here = Math.max(here, value)
        else there = Math.max(there, value)
      }
      expect(found[k]).toBeCloseTo((here - there) / 50, 4)
    }
  })

  it('is small where the same is said twice, and large where it is said once', async () => {
    const twice = await leads({
      texts: [text(1)],
      said: [pause, word(1), pause, word(1), pause],
      places: [100],
    })
    const once = await leads({
      texts: [text(1)],
      said: [pause, word(1), pause, word(2), pause],
      places: [100],
    })
    expect(Math.abs(twice[0] as number)).toBeLessThan(0.1)
    expect(once[0]).toBeGreaterThan(0.5)
  })

  it('is negative for a unit on a sound that is not its own, beside one that is', async () => {
    const [lead] = await leads({
      texts: [text(1)],
      said: [pause, word(2), pause, word(1), pause],
      places: [100],
    })
    expect(lead).toBeLessThan(-0.5)
  })

  it('looks for no place across a pin', async () => {
    const said = [pause, word(1), pause, word(1), pause] as const
    const pins = [{ unit: 1, frame: 160 }]
    const [lead] = await leads({ texts: [text(1), text(3)], said, places: [100, 232], pins })
    expect(lead).toBeGreaterThan(0.5)
  })

  it('is told of those units only that were asked for', async () => {
    const { stage, scorer, placed } = stageOf({
      texts: [text(1), text(2)],
      said: [pause, word(1), pause, word(2), pause],
      places: [100, 232],
    })
    const [one, other] = await leadsOf(stage, scorer, placed, levels, costs, (k) => k === 1)
    expect(one).toBeNull()
    expect(other).toBeGreaterThan(0.5)
  })
})
