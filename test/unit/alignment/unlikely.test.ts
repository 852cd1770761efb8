import { expect, it } from 'vitest'
import type { Levels } from '../../../shared/alignment/calibrate'
import type { Clip } from '../../../shared/alignment/clips'
import type { Placed } from '../../../shared/alignment/placing'
import type { Unit } from '../../../shared/alignment/segments'
import { withoutUnlikely } from '../../../shared/alignment/unlikely'

const levels: Levels = { right: 0, rightDeviation: 0.2, wrong: -2, wrongDeviation: 0.5, share: 1, filler: -1 }
const unit = (score: number): Placed => ({
  start: 0,
  end: 10,
  score,
  path: new Int32Array(0),
  firstScore: score,
  lastScore: score,
  words: [],
})

it('a turn that no unit speaks for is left out; one with a single good unit stays whole', () => {
  const placed = [unit(-2), unit(-2), unit(-0.1), unit(-3), null, unit(-1)]
  const units = [0, 0, 1, 1, 1, 2].map((turn) => ({ turn })) as unknown as Unit[]
  const clips = placed.map(() => ({ phones: 10 })) as unknown as Clip[]
  const left = withoutUnlikely(placed, [0.1, 0.3, 0.99, 0.01, null, 0.2], units, clips, levels)
  expect(left.map(Boolean)).toEqual([false, false, true, true, false, true])
})

it('unless it is short, where short ones may have been said otherwise', () => {
  const placed = [unit(-2), unit(-2), unit(-2)]
  const units = [0, 0, 1].map((turn) => ({ turn })) as unknown as Unit[]
  const clips = placed.map(() => ({ phones: 10 })) as unknown as Clip[]
  const left = withoutUnlikely(placed, [0.1, 0.3, 0.1], units, clips, levels, 15)
  expect(left.map(Boolean)).toEqual([false, false, true])
})
