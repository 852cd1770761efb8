import { hannWindow, PowerSpectrum } from './powerSpectrum'

/** Seconds under one window: long enough to part the harmonics of a voice, short enough to part its syllables. */
const windowLength = 0.025

/** Windows looked at for one column where a column is longer than that. */
const mostWindows = 4

/** Decibels from the faintest that shows to the loudest. */
const range = 75

/** Highest frequency that is shown, Hz: speech has little above. */
export const highestShown = 8000

/** Strength by frequency and time. */
export interface Spectrogram {
  /** Seconds at the left edge and at the right one. */
  readonly from: number
  readonly to: number
  /** Hz at the upper edge. */
  readonly highest: number
  readonly columns: number
  readonly rows: number
  /** Row by row from the highest frequency down, 0 nothing to 255 the loudest. */
  readonly strengths: Uint8Array
}

/** Makes a spectrogram column by column; the columns may come in any pieces. */
export class SpectrogramMaker {
  readonly rows: number
  readonly highest: number
  private readonly size: number
  private readonly spectrum: PowerSpectrum
  private readonly strengths: Uint8Array

  /** @param loudest the highest magnitude of the recording, 0–1; what is as loud shows strongest */
  constructor(
    private readonly sampleRate: number,
    private readonly stretch: { readonly from: number; readonly to: number; readonly columns: number },
    private readonly loudest: number,
  ) {
    this.size = 2 ** Math.round(Math.log2(sampleRate * windowLength))
    this.spectrum = new PowerSpectrum(this.size, hannWindow(this.size))
    const binWidth = sampleRate / this.size
    this.rows = Math.min(this.size / 2, Math.round(highestShown / binWidth))
    this.highest = this.rows * binWidth
    this.strengths = new Uint8Array(stretch.columns * this.rows)
  }

  /** The samples, counted from the recording's start, that a column needs: `[from, to)`; `from` may be negative. */
  samplesOf(column: number): readonly [number, number] {
    const [first, last] = this.centres(column)
    return [Math.floor(first) - this.size / 2, Math.floor(last) + this.size / 2]
  }

  /** Fills a column. @param samples of the recording from sample `first` on; what is missing counts as silence */
  fill(column: number, samples: Float32Array, first: number): void {
    const { size, rows, strengths, stretch } = this
    const [start, end] = this.centres(column)
    const count = Math.min(mostWindows, 1 + Math.floor((end - start) / (size / 2)))
    const frame = new Float32Array(size)
    const most = new Float64Array(rows)
    for (let index = 0; index < count; index++) {
      const centre = count === 1 ? (start + end) / 2 : start + ((end - start) * index) / (count - 1)
      const at = Math.floor(centre) - size / 2 - first
      let heard: readonly [Float32Array, number] = [samples, at]
      if (at < 0 || at + size > samples.length) {
        frame.fill(0)
        const part = samples.subarray(Math.max(0, at), Math.max(0, at + size))
        frame.set(part, Math.max(0, -at) % size)
        heard = [frame, 0]
      }
      const power = this.spectrum.measure(...heard)
      for (let row = 0; row < rows; row++) most[row] = Math.max(most[row] as number, power[row] as number)
    }
    // A sine of full height under this window has the power (size / 4)².
    const full = (size / 4) ** 2 * Math.max(this.loudest, 0.01) ** 2
    for (let row = 0; row < rows; row++) {
      const decibels = 10 * Math.log10((most[row] as number) / full + 1e-12)
      const strength = Math.max(0, Math.min(255, ((decibels + range) / range) * 255))
      strengths[(rows - 1 - row) * stretch.columns + column] = strength
    }
  }

  finish(): Spectrogram {
    const { rows, highest, strengths } = this
    return { ...this.stretch, rows, highest, strengths }
  }

  // The middles of the first and the last window of a column, samples.
  private centres(column: number): readonly [number, number] {
    const { from, to, columns } = this.stretch
    const width = ((to - from) * this.sampleRate) / columns
    const start = from * this.sampleRate + column * width
    return [
      start + width / 2 - Math.max(0, width - this.size) / 2,
      start + width / 2 + Math.max(0, width - this.size) / 2,
    ]
  }
}
