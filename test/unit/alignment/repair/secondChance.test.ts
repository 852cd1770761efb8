import { describe, expect, it } from 'vitest'
import { type Holes, secondChance } from '../../../../shared/alignment/repair/secondChance'
import type { Placed } from '../../../../shared/alignment/search/placing'

function at(start: number, end: number, score: number): Placed {
  return { start, end, score, firstScore: score, lastScore: score, path: new Int32Array(0), words: [] }
}

/** Loud in the frames given, silent elsewhere; units of ten phones. */
function holesOf(loudAt: readonly (readonly [number, number])[]): Holes {
  const loud = new Float32Array(1000).fill(-15)
  for (const [from, to] of loudAt) loud.fill(-3, from, to)
  return {
    track: { frames: 1000, loud, silentBelow: -11 },
    phones: [10, 10, 10],
    levels: { wrong: -2, wrongDeviation: 0.5 },
  }
}

const before = at(100, 200, 0)
const after = at(500, 600, 0)
const placed = [before, null, after]
const filler = -0.5
const sounds = [
  [100, 200],
  [300, 400],
  [500, 600],
] as const

describe('text that was left out', () => {
  it('comes back where it scored as right text', () => {
    const plain = [before, at(300, 400, -0.4), after]
    expect(secondChance(placed, plain, filler)).toEqual(plain)
    const below = [before, at(300, 400, -0.6), after]
    expect(secondChance(placed, below, filler)).toEqual(placed)
  })

  it('comes back below that where it takes up all of the sound between its neighbours, better than wrong text', () => {
    const plain = [before, at(300, 400, -1.2), after]
    expect(secondChance(placed, plain, filler, holesOf(sounds))).toEqual(plain)
  })

  it('not where it scores like wrong text', () => {
    const plain = [before, at(300, 400, -1.3), after]
    expect(secondChance(placed, plain, filler, holesOf(sounds))).toEqual(placed)
  })

  it('not where a part of the sound is nobody’s', () => {
    const plain = [before, at(300, 400, -1.2), after]
    expect(secondChance(placed, plain, filler, holesOf([...sounds, [430, 460]]))).toEqual(placed)
  })

  it('not where it would be said too fast or reach into a neighbour', () => {
    const fast = [before, at(300, 360, -1.2), after]
    expect(
      secondChance(
        placed,
        fast,
        filler,
        holesOf([
          [100, 200],
          [300, 360],
          [500, 600],
        ]),
      ),
    ).toEqual(placed)
    const reaching = [before, at(300, 510, -1.2), after]
    expect(secondChance(placed, reaching, filler, holesOf(sounds))).toEqual(placed)
  })

  it('of a run all or nothing, and hardly over its neighbours', () => {
    const two = [before, null, null, after]
    const right = [before, at(250, 300, 0), at(320, 480, 0), after]
    expect(secondChance(two, right, filler)).toEqual(right)
    expect(secondChance(two, [before, at(250, 300, 0), at(320, 480, -1), after], filler)).toEqual(two)
    const over = (start: number) => [before, at(start, 400, 0), after]
    expect(secondChance(placed, over(170), filler)).toEqual(over(170))
    expect(secondChance(placed, over(169), filler)).toEqual(placed)
  })
})
