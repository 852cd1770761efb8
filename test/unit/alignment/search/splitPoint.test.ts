import { describe, expect, it } from 'vitest'
import { randomNumbers } from '../../../../electron/dev/speech'
import { type Stretch, splitPoint } from '../../../../shared/alignment/search/splitPoint'

const size = 4

function noise(count: number, seed: number): number[][] {
  const random = randomNumbers(seed)
  return Array.from({ length: count }, () => Array.from({ length: size }, () => random() * 2 - 1))
}

function stretch(rows: readonly (readonly number[])[]): Stretch {
  return {
    rows: { count: rows.length, size, values: Float32Array.from(rows.flat()) },
    from: 0,
    to: rows.length,
  }
}

describe('splitPoint', () => {
  const [first, second, between] = [noise(30, 1), noise(20, 2), noise(200, 3)]

  it('finds where one text parts and what the other has between, also at another pace', () => {
    const slowly = (rows: readonly number[][]) => rows.flatMap((row) => [row, row])
    const whole = stretch([...first, ...second])
    expect(splitPoint(whole, stretch([...first, ...between, ...second]), () => true)).toEqual({
      at: 30,
      before: 30,
      after: 230,
    })
    const slow = splitPoint(
      whole,
      stretch([...slowly(first), ...between, ...slowly(second)]),
      (row) => row % 5 === 0,
    )
    expect(slow?.at).toBe(30)
    expect(Math.abs((slow?.before ?? 0) - 60)).toBeLessThanOrEqual(2)
    expect(Math.abs((slow?.after ?? 0) - 260)).toBeLessThanOrEqual(2)
  })

  it('leaves a whole that lies at one end alone on that side', () => {
    const whole = stretch(first)
    expect(splitPoint(whole, stretch([...first, ...between]), () => false)).toEqual({
      at: 30,
      before: 30,
      after: 230,
    })
    expect(splitPoint(whole, stretch([...between, ...first]), () => false)).toEqual({
      at: 0,
      before: 0,
      after: 200,
    })
  })

  it('counts from where the stretches begin', () => {
    const whole = { ...stretch([...between, ...first, ...second]), from: 200 }
    const part = { ...stretch([...second, ...first, ...between, ...second]), from: 20 }
    expect(splitPoint(whole, part, () => true)).toEqual({ at: 230, before: 50, after: 250 })
  })

  it('answers null where nothing is passed over', () => {
    expect(splitPoint(stretch(first), stretch(first.slice(0, 12)), () => true)).toBeNull()
  })
})
