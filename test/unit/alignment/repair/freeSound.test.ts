import { expect, test } from 'vitest'
import { freeSound } from '../../../../shared/alignment/repair/freeSound'
import type { Stage } from '../../../../shared/alignment/search/placing'

function stageOf(sounds: readonly (readonly [number, number])[], pinned: readonly number[] = []): Stage {
  const loud = new Float32Array(1000).fill(-9)
  for (const [from, to] of sounds) loud.fill(0, from, to)
  const pins = pinned.map((frame) => ({ unit: 1, frame }))
  return { track: { frames: 1000, loud, silentBelow: -5 }, pins } as unknown as Stage
}
const gap = { start: 200, end: 700 }

test('of the sounds in a gap the one of fitting length is found', () => {
  const stage = stageOf([
    [230, 250],
    [300, 390],
    [450, 620],
  ])
  expect(freeSound(stage, gap, 100)).toEqual({ start: 300, end: 390 })
  expect(freeSound(stage, gap, 150)).toEqual({ start: 450, end: 620 })
  expect(freeSound(stage, gap, 60)).toEqual({ start: 300, end: 390 })
  expect(freeSound(stage, gap, 700)).toBeNull()
})

test('a short word may be said slowly by itself', () => {
  expect(freeSound(stageOf([[300, 430]]), gap, 40)).toEqual({ start: 300, end: 430 })
  expect(freeSound(stageOf([[300, 450]]), gap, 40)).toBeNull()
})

test('what goes on into a neighbour is not free, short silences part nothing', () => {
  expect(freeSound(stageOf([[190, 290]]), gap, 100)).toBeNull()
  expect(freeSound(stageOf([[610, 695]]), gap, 100)).toBeNull()
  expect(
    freeSound(
      stageOf([
        [300, 340],
        [350, 400],
      ]),
      gap,
      100,
    ),
  ).toEqual({ start: 300, end: 400 })
})

test('nothing is moved over a pin', () => {
  expect(freeSound(stageOf([[300, 390]], [450]), gap, 100)).toBeNull()
})
