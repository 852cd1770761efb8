import type { Slices } from '../../shared/recording/channelPeaks'
import { leadIn } from '../../shared/recording/mp3Split'
import { peaksPerSecond } from '../../shared/recording/peaks'
import type { TailMessage } from './analysisMessages'

type Result = Extract<TailMessage, { kind: 'done' }>

/** Samples that differ by less are the same. */
const rounding = 1e-6

/** The second half of an mp3, read by a worker of its own while the first half is read here. */
export class SecondHalf {
  private beginning: Extract<TailMessage, { kind: 'begins' }> | null = null
  private port: MessagePort | null = null
  private settle: (result: Result | null) => void = () => undefined
  /** When it is read to the end; `null` when it cannot be. */
  readonly result: Promise<Result | null>
  /** Share of the whole file that it has read, 0–1. */
  share = 0

  /** @param onPeaks told slices as they are read; `from` is the half's first */
  constructor(private readonly onPeaks: (from: number, slices: Slices) => void) {
    this.result = new Promise((settle) => {
      this.settle = settle
    })
  }

  /** @param port where the other worker speaks */
  listen(port: MessagePort): void {
    this.port = port
    port.onmessage = ({ data }: MessageEvent<TailMessage>) => {
      if (data.kind === 'begins') this.beginning = data
      else if (data.kind === 'done') this.settle(data)
      else if (data.kind === 'none') this.settle(null)
      else if (this.beginning) {
        this.share = data.share
        this.onPeaks(this.beginning.time * peaksPerSecond, data)
      }
    }
  }

  /** Where in `samples`, which begin with sample `position` of the recording, the second half takes over. `null`: not in these.
   *  `missed`: it should be there and is not, for what both know does not agree. */
  startIn(position: number, samples: Float32Array, sampleRate: number): number | 'missed' | null {
    if (!this.beginning) return null
    const seam = this.beginning.time * this.beginning.sampleRate
    const at = seam - position
    if (at > samples.length) return null
    if (at < 0 || sampleRate !== this.beginning.sampleRate) return 'missed'
    const theirs = this.beginning.samples
    const from = Math.max(0, at - leadIn)
    const to = Math.min(samples.length, at - leadIn + theirs.length)
    for (let index = from; index < to; index++) {
      const difference = (samples[index] as number) - (theirs[index - at + leadIn] as number)
      if (Math.abs(difference) > rounding) return 'missed'
    }
    return to - from < Math.min(leadIn, samples.length) ? 'missed' : at
  }

  /** It is not to be had, or not wanted any more. */
  stop(): void {
    this.port?.close()
    this.settle(null)
  }
}
