import { describe, expect, it } from 'vitest'
import type { SampleWindows } from '../../../shared/recording/sampleWindows'
import { windowSketch } from '../../../shared/recording/windowSketch'

const sampleRate = 1000
const duration = 3200

/** Silence for 800 s, then half of full scale, negative in the second channel of the last quarter. */
function recording(asked: number[]): SampleWindows {
  return {
    sampleRate,
    async read(from, to) {
      asked.push(from)
      const sign = from >= 2400 * sampleRate ? -1 : 1
      const level = from >= 800 * sampleRate ? 0.5 : 0
      const length = Math.max(0, Math.min(to, duration * sampleRate) - from)
      const channels = [1, sign].map((side) => new Float32Array(length).fill(level * side))
      return { first: from, sampleRate, channels }
    },
  }
}

describe('the first picture of a recording read by stretches', () => {
  it('has every part where there is time, each looked at once', async () => {
    const asked: number[] = []
    const { pairs, duration: told } = await windowSketch(recording(asked), duration, () => true)
    expect(told).toBe(duration)
    expect(new Set(asked).size).toBe(320)
    expect(asked).toHaveLength(320)
    const highest = Array.from({ length: 320 }, (_, part) => pairs[part * 2 + 1])
    expect(highest.slice(0, 80)).toEqual(Array(80).fill(0))
    expect(highest.slice(80, 240)).toEqual(Array(160).fill(64))
    // The two channels of the last quarter make silence together.
    expect(highest.slice(240)).toEqual(Array(80).fill(0))
  })

  it('is coarse, and whole, where there is none', async () => {
    const asked: number[] = []
    const { pairs } = await windowSketch(recording(asked), duration, () => false)
    expect(asked).toHaveLength(20)
    expect(asked).toEqual([...asked].sort((a, b) => a - b))
    const highest = Array.from({ length: 320 }, (_, part) => pairs[part * 2 + 1])
    expect(highest.slice(0, 80)).toEqual(Array(80).fill(0))
    expect(highest.slice(80, 240)).toEqual(Array(160).fill(64))
  })

  it('fills up evenly until time is over', async () => {
    const asked: number[] = []
    await windowSketch(recording(asked), duration, () => asked.length < 60)
    expect(asked).toHaveLength(60)
    // Forty parts at every eighth place, then twenty of those between.
    const parts = asked.map((from) => Math.floor(from / sampleRate / 10))
    expect(new Set(parts.slice(0, 40).map((part) => part % 8))).toEqual(new Set([0]))
  })

  it('is silent where the recording ends before its header says', async () => {
    const empty: SampleWindows = {
      sampleRate,
      read: async (from) => ({ first: from, sampleRate, channels: [] }),
    }
    const { pairs } = await windowSketch(empty, duration, () => true, 32)
    expect(pairs.every((value) => value === 0)).toBe(true)
  })
})
