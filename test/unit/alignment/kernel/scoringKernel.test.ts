import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { compileKernel, kernelModule, kernelPath, kernels } from '../../../../electron/dev/kernel'
import { randomNumbers } from '../../../../electron/dev/speech'
import { plainScoringKernel } from '../../../../shared/alignment/kernel/plainScoringKernel'
import {
  layModel,
  modelNumbers,
  type ScoringKernel,
  simdScoringKernel,
} from '../../../../shared/alignment/kernel/scoringKernel'

const size = 26
const count = 24
const frames = 8
const slots = 8
const modelsAt = 4 * size

/** Scores random frames against random models; row 3 among rows 1 to 5, and among fewer. */
function worked(kernel: ScoringKernel) {
  const random = randomNumbers(7)
  const ring = modelsAt + modelNumbers(count, size)
  const out = ring + slots * count
  kernel.reserve(out + 5 * count)
  const memory = kernel.memory()
  const models = Array.from({ length: count }, () => ({
    constant: -random() * 20,
    mean: Array.from({ length: size }, () => random() * 8 - 4),
    factor: Array.from({ length: size }, () => -random()),
  }))
  models.forEach((model, k) => {
    const place = layModel(k, size)
    memory[modelsAt + place.constant] = model.constant
    model.mean.forEach((value, d) => {
      memory[modelsAt + place.mean(d)] = value
    })
    model.factor.forEach((value, d) => {
      memory[modelsAt + place.factor(d)] = value
    })
  })
  const rows: number[][] = []
  for (let row = 0; row < frames; row++) {
    const x = Array.from({ length: size }, () => random() * 8 - 4)
    memory.set(x, (row % 4) * size)
    const place = (back: number) => ring + (row - back) * count
    if (row % 4 === 3) kernel.likelihoods(0, size, modelsAt, count, place(3), place(2), place(1), place(0))
    rows.push(
      models.map(({ constant, mean, factor }) =>
        x.reduce(
          (sum, value, d) => sum + (value - (mean[d] as number)) ** 2 * (factor[d] as number),
          constant,
        ),
      ),
    )
  }
  for (const [k, last] of [6, 5, 4, 3, 2].entries())
    kernel.relate(ring, slots, count, 1, last, 3, out + k * count, 0.5, -60, 1.5)
  const scores = Array.from({ length: 5 }, (_, k) => [
    ...memory.slice(out + k * count, out + (k + 1) * count),
  ])
  return { rows, likelihoods: [...memory.slice(ring, out)], scores }
}

describe('the kernel', () => {
  test('scores by the formula', () => {
    const { rows, scores, likelihoods } = worked(plainScoringKernel())
    for (const [row, place] of [
      [0, 0],
      [5, 5],
    ] as const)
      for (let k = 0; k < count; k++)
        expect(likelihoods[place * count + k]).toBeCloseTo(rows[row]?.[k] as number, 3)
    for (const [index, among] of [5, 4, 3, 2, 1].entries()) {
      const sums = Array.from({ length: count }, (_, k) =>
        rows.slice(1, 1 + among).reduce((sum, row) => sum + (row[k] as number), 0),
      )
      const best = Math.max(...sums) / among
      const own = scores[index] as number[]
      for (let k = 0; k < count; k++)
        expect(own[k]).toBeCloseTo(Math.max(-60, Math.min(1.5, 0.5 * ((rows[3]?.[k] as number) - best))), 3)
      expect(new Set(own).size).toBeGreaterThan(2)
    }
  })

  test('gives the same to the last bit with SIMD', () => {
    const simd = simdScoringKernel()
    if (!simd) throw new Error('no SIMD on this machine')
    expect(worked(simd)).toEqual(worked(plainScoringKernel()))
  })

  test.each(kernels)('is the one that its source compiles to: %s', async (name) => {
    expect(kernelModule(name, await compileKernel(name))).toBe(await readFile(kernelPath(name), 'utf8'))
  })
})
