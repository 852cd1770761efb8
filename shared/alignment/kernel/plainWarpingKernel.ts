import { grown, viewsOf } from './plainMemory'
import type { WarpingKernel } from './warpingKernel'

const { fround, min } = Math

/** The warping kernel without SIMD: the same operations in the same order and precision, so the same results. */
export function plainWarpingKernel(): WarpingKernel {
  let { bytes, words, numbers } = viewsOf(new ArrayBuffer(0))
  return {
    memory: () => bytes.buffer,
    reserve: (room) => {
      ;({ bytes, words, numbers } = viewsOf(grown(bytes.buffer, room)))
    },
    distances: (x, size, columns, stride, count, to) => {
      for (let j = 0; j < count; j++) {
        let sum = 0
        for (let d = 0, at = (columns >> 2) + j; d < size; d++, at += stride >> 2) {
          const far = fround((numbers[(x >> 2) + d] as number) - (numbers[at] as number))
          sum = fround(sum + fround(far * far))
        }
        numbers[(to >> 2) + j] = Math.sqrt(sum)
      }
    },
    warpRow: (own, count, before, wholeBase, now, steps) => {
      const base = fround(wholeBase)
      let left = Number.POSITIVE_INFINITY
      let least = Number.POSITIVE_INFINITY
      let packed = 0
      for (let j = 0; j < count; j++) {
        let best = numbers[(before >> 2) + j - 1] as number
        const up = numbers[(before >> 2) + j] as number
        let step = 0
        if (up < best) {
          best = up
          step = 1
        }
        best = fround(best - base)
        if (left < best) {
          best = left
          step = 2
        }
        left = fround(best + (numbers[(own >> 2) + j] as number))
        numbers[(now >> 2) + j] = left
        least = min(least, left)
        packed |= step << ((j & 3) << 1)
        if ((j & 3) === 3) {
          bytes[steps + (j >> 2)] = packed
          packed = 0
        }
      }
      if (count & 3) bytes[steps + (count >> 2)] = packed
      return least
    },
    placeRow: (own, count, cost, start, olderCost, olderStart, beforeOwn, toCost, toStart) => {
      for (let j = 0; j < count; j++) {
        let best = numbers[(cost >> 2) + j - 1] as number
        let from = words[(start >> 2) + j - 1] as number
        for (let far = 2; far <= 3; far++) {
          const other = numbers[(cost >> 2) + j - far] as number
          if (other >= best) continue
          best = other
          from = words[(start >> 2) + j - far] as number
        }
        const four = fround(
          (numbers[(olderCost >> 2) + j - 1] as number) + (numbers[(beforeOwn >> 2) + j] as number),
        )
        if (four < best) {
          best = four
          from = words[(olderStart >> 2) + j - 1] as number
        }
        numbers[(toCost >> 2) + j] = best + (numbers[(own >> 2) + j] as number)
        words[(toStart >> 2) + j] = from
      }
    },
  }
}
