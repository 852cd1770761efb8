import { describe, expect, it } from 'vitest'
import { randomNumbers } from '../../../electron/dev/speech'
import { detailColumns, detailOf } from '../../../shared/recording/detail'
import { PeakCollector, Peaks } from '../../../shared/recording/peaks'

const rate = 44_100
const noise = (length: number, seed: number) => {
  const random = randomNumbers(seed)
  return new Float32Array(length).map(() => random() * 2 - 1)
}

describe('the detail of a stretch', () => {
  it('shows a click at its place, wherever the stretch begins', () => {
    const click = 441_007
    for (const first of [441_000, 440_000, 400_001]) {
      const samples = new Float32Array(50_000)
      samples[click - first] = 0.8
      const detail = detailOf({ first, sampleRate: rate, channels: [samples] }, false)
      // A column each sample.
      const columns = new Float32Array(200)
      detailColumns(detail, 0, (click - 50) / rate, (click + 50) / rate, 100, columns)
      const at = [...columns.keys()].filter((index) => index % 2 === 1 && (columns[index] as number) > 0.5)
      expect(at[0]).toBeDefined()
      expect(Math.abs(((at[0] as number) - 1) / 2 - 50)).toBeLessThanOrEqual(1)
    }
  })

  it('is what the peaks are, at their own steps', () => {
    const samples = noise(rate * 3, 5)
    const collector = new PeakCollector(rate)
    collector.add([samples])
    collector.finish()
    const peaks = new Peaks()
    peaks.append(collector.take())
    const detail = detailOf({ first: 0, sampleRate: rate, channels: [samples] }, false)
    const columns = new Float32Array(600)
    detailColumns(detail, 0, 0, 3, 300, columns)
    for (const [index, value] of peaks.columns(0, 3, 300).entries())
      expect(Math.abs(value - (columns[index] as number))).toBeLessThan(0.01)
  })

  it('keeps the lowest and highest of a stretch that is too long for every sample', () => {
    const samples = noise(rate * 40, 6)
    samples[rate * 20] = -1.5
    const detail = detailOf({ first: 100, sampleRate: rate, channels: [samples, samples] }, true)
    expect(detail.stride).toBeGreaterThan(1)
    expect(detail.lanes).toHaveLength(3)
    for (const lane of detail.lanes) expect(lane.length).toBeLessThanOrEqual(2 ** 19 + 2)
    const columns = new Float32Array(8000)
    detailColumns(detail, 2, 0, 40, 4000, columns)
    expect(columns.findIndex((value) => value < -1.4) / 2).toBeCloseTo(2000, -1)
  })

  it('leaves alone what it does not know', () => {
    const detail = detailOf({ first: rate, sampleRate: rate, channels: [noise(rate, 7)] }, true)
    expect(detail.lanes).toHaveLength(1)
    const columns = new Float32Array(60).fill(9)
    detailColumns(detail, 0, 0, 3, 30, columns)
    expect([...columns.subarray(0, 20)].every((value) => value === 9)).toBe(true)
    expect([...columns.subarray(20, 40)].every((value) => value < 2)).toBe(true)
    expect([...columns.subarray(42)].every((value) => value === 9)).toBe(true)
  })
})
