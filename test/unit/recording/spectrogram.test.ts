import { expect, it } from 'vitest'
import { SpectrogramMaker } from '../../../shared/recording/spectrogram'

const tone = (rate: number, seconds: number, hertz: (time: number) => number, level = 0.5) => {
  let phase = 0
  return new Float32Array(rate * seconds).map((_, index) => {
    phase += (2 * Math.PI * hertz(index / rate)) / rate
    return Math.sin(phase) * level
  })
}

function made(samples: Float32Array, rate: number, columns: number, pieces: number) {
  const maker = new SpectrogramMaker(rate, { from: 0, to: samples.length / rate, columns }, 0.5)
  for (let first = 0; first < columns; first += pieces) {
    const last = Math.min(columns, first + pieces) - 1
    const from = Math.max(0, maker.samplesOf(first)[0])
    const part = samples.subarray(from, maker.samplesOf(last)[1])
    for (let column = first; column <= last; column++) maker.fill(column, part, from)
  }
  return maker.finish()
}

/** The frequency that is strongest in a column, Hz. */
function strongest({ highest, columns, rows, strengths }: ReturnType<typeof made>, column: number): number {
  let best = 0
  for (let row = 0; row < rows; row++)
    if ((strengths[row * columns + column] as number) > (strengths[best * columns + column] as number))
      best = row
  return highest - ((best + 0.5) / rows) * highest
}

it.each([8000, 16_000, 44_100, 48_000])('a tone stands at its frequency at %d samples a second', (rate) => {
  const spectrogram = made(
    tone(rate, 2, () => 1000),
    rate,
    50,
    50,
  )
  for (const column of [1, 25, 48]) expect(Math.abs(strongest(spectrogram, column) - 1000)).toBeLessThan(60)
  expect(Math.max(...spectrogram.strengths)).toBeGreaterThan(240)
  expect(spectrogram.highest).toBeLessThanOrEqual(Math.min(8100, rate / 2))
})

it('a rising tone rises, and where there is silence there is nothing', () => {
  const rate = 16_000
  const samples = tone(rate, 4, (time) => 500 + time * 1000)
  samples.fill(0, rate * 3)
  const spectrogram = made(samples, rate, 400, 400)
  for (const column of [50, 150, 250])
    expect(Math.abs(strongest(spectrogram, column) - (500 + column * 10))).toBeLessThan(80)
  for (let row = 0; row < spectrogram.rows; row++) expect(spectrogram.strengths[row * 400 + 350]).toBe(0)
})

it('is the same in whatever pieces its samples come, also where a column is long', () => {
  const rate = 16_000
  const samples = tone(rate, 6, (time) => 300 + 200 * Math.sin(time * 9))
  for (const columns of [600, 40]) {
    const whole = made(samples, rate, columns, columns)
    expect(made(samples, rate, columns, 7).strengths).toEqual(whole.strengths)
  }
})
