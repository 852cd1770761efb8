import { describe, expect, test } from 'vitest'
import { randomNumbers } from '../../../../electron/dev/speech'
import { plainSearchKernel } from '../../../../shared/alignment/kernel/plainSearchKernel'
import { type SearchKernel, simdSearchKernel } from '../../../../shared/alignment/kernel/searchKernel'
import { head, layChain, never } from '../../../../shared/alignment/kernel/searchLayout'
import { type ChainUnit, chainOf } from '../../../../shared/alignment/search/chain'
import type { Costs } from '../../../../shared/alignment/search/costs'
import { Notes } from '../../../../shared/alignment/search/notes'

const width = 16
const costs: Costs = {
  filler: -0.7,
  fillerIn: 1.3,
  skipUnit: 3.1,
  skipTurn: 3.7,
  dropHalf: 1.2,
  stretch: 0.9,
  longestHalf: 3,
  pauseIn: 1.7,
  beam: 6,
}

/** Turns of one to four units of one to three words. */
function randomChain(random: () => number) {
  const number = (below: number) => Math.floor(random() * below)
  const units: ChainUnit[] = []
  for (let turn = 0; units.length < 40; turn++)
    for (let left = 1 + number(4); left > 0; left--)
      units.push({
        words: Array.from({ length: 1 + number(3) }, () => ({
          from: 0,
          to: 1,
          isAfterMark: random() < 0.3,
          phones: Array.from({ length: 1 + number(9) }, () => 1 + number(width / 2 - 1)),
        })),
        turn,
        voice: 0,
        isAfterUnknown: random() < 0.1,
      })
  return chainOf(units, width)
}

const frames = 400

/** Frames in which what is asked for is now and then likely. */
function randomRows(random: () => number): Float32Array {
  return Float32Array.from({ length: frames * width }, () => (random() < 0.3 ? 0 : -4 * random()))
}

/** Everything that a search leaves in the kernel's memory after each frame. */
function worked(kernel: SearchKernel, run: (use: (list: Uint32Array) => void) => void) {
  const seen: number[] = []
  run((list) => {
    for (const value of list) seen.push(value)
  })
  return { seen, count: new Int32Array(kernel.memory())[head.noteCount] }
}

describe('the kernel of the search', () => {
  const wide = (kernel: SearchKernel, beam: number, room?: number) => {
    const random = randomNumbers(11)
    const chain = randomChain(random)
    const rows = randomRows(random)
    const laid = layChain(kernel, chain, costs, 0, chain.units)
    const rowsAt = laid.end
    const notes = new Notes(kernel, rowsAt + rows.length * 4, room)
    new Float32Array(kernel.memory()).set(rows, rowsAt >> 2)
    const bests: number[] = []
    // What the paths to the states that are open in the end have begun and ended.
    const paths = () => {
      const words = new Int32Array(kernel.memory())
      const value = new Float32Array(kernel.memory(), words[head.value])
      const record = words.subarray((words[head.record] as number) >> 2)
      return Array.from({ length: laid.states }, (_, s) =>
        (value[s] as number) > never / 2 ? [...notes.back(record[s] as number)] : [],
      )
    }
    return {
      bests,
      paths,
      ...worked(kernel, (use) => {
        let best = 0
        let before = chain.boundary[0] as number
        for (let t = 0; t < frames; t++) {
          const k0 = Math.floor(Math.max(0, t - 200) / 20)
          const k1 = Math.min(chain.units, 8 + Math.floor(t / 8))
          notes.makeRoom(2 * (k1 - k0 + 1), before, (chain.boundary[k1] as number) + 2)
          best = kernel.wide(t, before, k0, k1, rowsAt + t * width * 4, best, best - beam)
          before = chain.boundary[k0] as number
          bests.push(best)
          const words = new Int32Array(kernel.memory())
          use(new Uint32Array(kernel.memory(), words[head.value], laid.states))
          if (t % 20 === 0) use(new Uint32Array(kernel.memory(), words[head.record], laid.states))
        }
      }),
    }
  }

  const forced = (kernel: SearchKernel) => {
    const random = randomNumbers(12)
    const chain = randomChain(random)
    const rows = randomRows(random)
    const [first, last] = [5, 20]
    const laid = layChain(kernel, chain, costs, first, last)
    const rowsAt = laid.end
    const state = (k: number) => (chain.boundary[first + k] as number) - laid.shift
    const back = rowsAt + rows.length * 4
    kernel.reserve(back + laid.states + 16)
    new Float32Array(kernel.memory()).set(rows, rowsAt >> 2)
    const bests: number[] = []
    return {
      bests,
      ...worked(kernel, (use) => {
        let best = 0
        let before = state(0)
        for (let t = 0; t < frames; t++) {
          const k0 = Math.floor(t / 40)
          const k1 = Math.min(last - first, 4 + Math.floor(t / 20))
          best = kernel.forced(before, k0, k1, rowsAt + t * width * 4, best, back)
          before = state(k0)
          bests.push(best)
          use(new Uint32Array(kernel.memory(), new Int32Array(kernel.memory())[head.value], laid.states))
          for (let s = state(k0); s < state(k1) + 2; s++)
            use(Uint32Array.of(new Uint8Array(kernel.memory())[back + s] as number))
        }
      }),
    }
  }

  test('knows every path to its begin, however little room there is for notes', () => {
    const [narrow, roomy] = [64, undefined].map((room) => wide(plainSearchKernel(), 1e9, room))
    expect(narrow?.count).toBeLessThan((roomy?.count as number) / 2)
    expect(narrow?.bests).toEqual(roomy?.bests)
    const paths = roomy?.paths() as readonly (readonly unknown[])[]
    expect(Math.max(...paths.map(({ length }) => length))).toBeGreaterThan(20)
    expect(narrow?.paths()).toEqual(paths)
  })

  const simd = simdSearchKernel()
  test.runIf(simd)('gives the same to the last bit with SIMD, far and near the best path', () => {
    for (const beam of [1e9, costs.beam]) {
      const [fast, plain] = [wide(simd as SearchKernel, beam), wide(plainSearchKernel(), beam)]
      expect(fast.bests.every((best) => best > -100)).toBe(true)
      expect(fast.bests).toEqual(plain.bests)
      expect(fast.count).toBe(plain.count)
      expect(fast.seen).toEqual(plain.seen)
    }
  })

  test.runIf(simd)('gives the same to the last bit with SIMD where all text is said', () => {
    const [fast, plain] = [forced(simd as SearchKernel), forced(plainSearchKernel())]
    expect(fast.bests.every((best) => best > -100)).toBe(true)
    expect(fast.bests).toEqual(plain.bests)
    expect(fast.seen).toEqual(plain.seen)
  })
})
