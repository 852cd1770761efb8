import { expect, it } from 'vitest'
import { withoutUnlikely } from '../../../../shared/alignment/repair/unlikely'
import type { Levels } from '../../../../shared/alignment/search/calibrate'
import type { Placed } from '../../../../shared/alignment/search/placing'
import type { Unit } from '../../../../shared/alignment/text/segments'
import type { Clip } from '../../../../shared/alignment/voice/clips'

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
  const clips = placed.map(() => ({ phones: 10, words: [] })) as unknown as Clip[]
  const left = withoutUnlikely({
    placed,
    confidence: [0.1, 0.3, 0.99, 0.01, null, 0.2],
    units,
    clips,
    levels,
  })
  expect(left.map(Boolean)).toEqual([false, false, true, true, false, true])
})

it('unless it is short, where short ones may have been said otherwise', () => {
  const placed = [unit(-2), unit(-2), unit(-2)]
  const units = [0, 0, 1].map((turn) => ({ turn })) as unknown as Unit[]
  const clips = placed.map(() => ({ phones: 10, words: [] })) as unknown as Clip[]
  const left = withoutUnlikely({ placed, confidence: [0.1, 0.3, 0.1], units, clips, levels }, 15)
  expect(left.map(Boolean)).toEqual([false, false, true])
})

// Eight turns of ten frames a sound and right, and one of 20 sounds of which `frames`, `score` and `surest` are given.
function squeezedInto(frames: number, score: number, surest: number, phones = 20): boolean {
  const placed = [
    ...Array.from({ length: 8 }, () => ({ ...unit(0), end: 200 })),
    { ...unit(score), end: frames },
  ]
  const units = placed.map((_, turn) => ({ turn })) as unknown as Unit[]
  const clips = placed.map((_, k) => ({ phones: k < 8 ? 20 : phones, words: [] })) as unknown as Clip[]
  const confidence = placed.map((_, k) => (k < 8 ? 0.99 : surest))
  const left = withoutUnlikely({ placed, confidence, units, clips, levels })
  expect(left.slice(0, 8).every(Boolean)).toBe(true)
  return left[8] === null
}

it('a turn that would have been said twice as fast as the rest is left out, unless it sounds like its text, is sure or short', () => {
  expect(squeezedInto(90, -2, 0.9)).toBe(true)
  expect(squeezedInto(150, -2, 0.9)).toBe(false)
  expect(squeezedInto(90, -0.1, 0.9)).toBe(false)
  expect(squeezedInto(90, -2, 0.97)).toBe(false)
  expect(squeezedInto(45, -2, 0.9, 10)).toBe(false)
})

it('but not where the recording always says less than such text', () => {
  const letters = ['a', 'b', 'c', 'd', 'e']
  const wordsOf = (last: string) => [['l', 'a'], ['l', 'e', 't'], [last]].map((phones) => ({ phones }))
  const left = (shortOnes: number) => {
    const placed = [
      ...Array.from({ length: 8 }, () => ({ ...unit(0), end: 200 })),
      ...letters.slice(0, shortOnes).map(() => ({ ...unit(-2), end: 50 })),
    ]
    const clips = placed.map((_, k) =>
      k < 8 ? { phones: 20, words: [] } : { phones: 12, words: wordsOf(letters[k - 8] as string) },
    ) as unknown as Clip[]
    const units = placed.map((_, turn) => ({ turn })) as unknown as Unit[]
    const confidence = placed.map((_, k) => (k < 8 ? 0.99 : 0.9))
    return withoutUnlikely({ placed, confidence, units, clips, levels }).filter((one) => one === null).length
  }
  expect(left(1)).toBe(1)
  expect(left(5)).toBe(0)
})
