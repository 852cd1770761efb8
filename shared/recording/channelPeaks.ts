import { PeakCollector } from './peaks'

/** Channels that are told apart, from the first on; a recording of more is shown mixed, and these. */
export const mostChannels = 16

/** Slices of the mix, and of each channel where there is more than one. */
export interface Slices {
  readonly pairs: Int8Array
  readonly channels: readonly Int8Array[]
}

/** Makes slices of a mix and of its channels out of samples that come in pieces. How many channels there are is decided by the first
 *  piece. */
export class ChannelCollector {
  private readonly mix: PeakCollector
  private channels: readonly PeakCollector[] | null = null

  constructor(private readonly sampleRate: number) {
    this.mix = new PeakCollector(sampleRate)
  }

  /** @param mono the channels mixed down */
  add(channels: readonly Float32Array[], mono: Float32Array): void {
    this.mix.add([mono])
    this.channels ??=
      channels.length < 2 ? [] : channels.slice(0, mostChannels).map(() => new PeakCollector(this.sampleRate))
    // A stream that goes on with fewer channels goes on with its last one in the place of those that are missing.
    for (const [index, collector] of this.channels.entries())
      collector.add([channels[Math.min(index, channels.length - 1)] as Float32Array])
  }

  /** The slices that are complete since the last call. */
  take(): Slices {
    return { pairs: this.mix.take(), channels: (this.channels ?? []).map((channel) => channel.take()) }
  }

  /** Completes the last, short slice. */
  finish(): void {
    for (const collector of [this.mix, ...(this.channels ?? [])]) collector.finish()
  }

  /** Seconds seen so far. */
  get duration(): number {
    return this.mix.duration
  }
}

/** What is handed over with slices rather than copied. */
export function buffersOf({ pairs, channels }: Slices): ArrayBufferLike[] {
  return [pairs.buffer, ...channels.map(({ buffer }) => buffer)]
}
