import type { ScoringKernel } from './scoringKernel'

const { fround } = Math

/** The kernel without SIMD: the same operations in the same order and precision, so the same results. */
export function plainScoringKernel(): ScoringKernel {
  let memory = new Float32Array(0)
  return {
    memory: () => memory,
    reserve: (numbers) => {
      if (numbers <= memory.length) return
      const larger = new Float32Array(numbers)
      larger.set(memory)
      memory = larger
    },
    likelihoods: (x, size, models, count, ...to) => {
      for (const [frame, out] of to.entries())
        for (let k = 0; k < count; k++) {
          const block = models + (k >> 2) * (4 + size * 8) + (k & 3)
          let sum = memory[block] as number
          for (let d = x + frame * size, at = block + 4; at < block + 4 + size * 8; d++, at += 8) {
            const far = fround((memory[d] as number) - (memory[at] as number))
            sum = fround(sum + fround(fround(far * far) * (memory[at + 4] as number)))
          }
          memory[out + k] = sum
        }
    },
    relate: (ring, slots, count, first, last, centre, to, scale, floor, ceiling) => {
      let top = Number.NEGATIVE_INFINITY
      for (let k = 0; k < count; k++) {
        let sum = memory[ring + (first % slots) * count + k] as number
        for (let row = first + 1; row < last; row++)
          sum = fround(sum + (memory[ring + (row % slots) * count + k] as number))
        if (sum > top) top = sum
      }
      const middle = fround(top / (last - first))
      const from = ring + (centre % slots) * count
      for (let k = 0; k < count; k++) {
        const value = fround(fround(scale) * fround((memory[from + k] as number) - middle))
        memory[to + k] = Math.max(fround(floor), Math.min(fround(ceiling), value))
      }
    },
  }
}
