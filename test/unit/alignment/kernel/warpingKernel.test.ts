import { describe, expect, test } from 'vitest'
import { randomNumbers } from '../../../../electron/dev/speech'
import { plainWarpingKernel } from '../../../../shared/alignment/kernel/plainWarpingKernel'
import { simdWarpingKernel, type WarpingKernel } from '../../../../shared/alignment/kernel/warpingKernel'

const [size, count, room] = [13, 44, 52]

/** Distances, three rows of a warping and of places, one laid on the other. */
function worked(kernel: WarpingKernel) {
  const random = randomNumbers(5)
  const list = (index: number) => 64 + index * room * 4
  const columns = list(12)
  kernel.reserve(columns + size * room * 4)
  const numbers = new Float32Array(kernel.memory())
  for (let d = 0; d < size; d++) {
    numbers[d] = 4 * random() - 2
    for (let j = 0; j < room; j++) numbers[(columns >> 2) + d * room + j] = 4 * random() - 2
  }
  kernel.distances(0, size, columns, room * 4, count, list(0))
  const own = numbers.slice(list(0) >> 2, (list(0) >> 2) + count)
  for (const k of [1, 2, 3, 4, 5, 6]) numbers.fill(Number.POSITIVE_INFINITY, list(k) >> 2, list(k + 1) >> 2)
  numbers[(list(1) >> 2) + 3] = 0
  const leasts = [0]
  const steps: number[][] = []
  for (const k of [1, 2, 3]) {
    const [before, now] = [list(k) + 16, list(k + 1) + 16]
    // The second row begins a column later.
    leasts.push(
      kernel.warpRow(list(0), count - 2, before + (k - 1) * 4, leasts[k - 1] as number, now, list(9)),
    )
    steps.push([...new Uint8Array(kernel.memory(), list(9), Math.ceil((count - 2) / 4))])
  }
  const sums = numbers.slice(list(2) >> 2, list(5) >> 2)
  numbers.set(own, (list(5) >> 2) + 4)
  const starts = new Int32Array(kernel.memory())
  for (const k of [7, 8]) for (let j = 0; j < room; j++) starts[(list(k) >> 2) + j] = j + 100 * k
  const at = (index: number) => list(index) + 16
  kernel.placeRow(list(0), count, at(5), at(7), at(6), at(8), list(0), at(9), at(10))
  kernel.placeRow(list(0), count, at(9), at(10), at(5), at(7), list(0), at(6), at(8))
  const places = new Uint32Array(kernel.memory()).slice(list(5) >> 2, list(11) >> 2)
  return { own, leasts, steps, sums, places, first: numbers[0] }
}

describe('the kernel of warping', () => {
  test('measures how far a row lies from each column', () => {
    const kernel = plainWarpingKernel()
    const { own } = worked(kernel)
    const numbers = new Float32Array(kernel.memory())
    const columns = (64 + 12 * room * 4) >> 2
    own.forEach((distance, j) => {
      const far = Array.from(
        { length: size },
        (_, d) => (numbers[d] as number) - (numbers[columns + d * room + j] as number),
      )
      expect(distance).toBeCloseTo(Math.hypot(...far), 4)
    })
  })

  const simd = simdWarpingKernel()
  test.runIf(simd)('gives the same to the last bit with SIMD', () => {
    expect(worked(simd as WarpingKernel)).toEqual(worked(plainWarpingKernel()))
  })
})
