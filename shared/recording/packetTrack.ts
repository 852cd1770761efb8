/** A track of packets that decode one by one, as its container tells it. */
export interface PacketTrack {
  /** What the codec's decoder is told. */
  readonly description: Uint8Array
  readonly packets: Packets
  /** What of the track is heard, one after the other, from zero on. */
  readonly stretches: readonly Stretch[]
}

/** Packets in the order of their times. */
export interface Packets {
  /** Where each lies in the file, and how long it is; bytes. */
  readonly offsets: Float64Array
  readonly sizes: Uint32Array
  /** Samples of the track before each, and before its end; one more than there are packets. */
  readonly starts: Float64Array
}

/** So many samples of a track, from a place in it on; silence where there is none. */
export interface Stretch {
  readonly from: number | null
  readonly samples: number
}

/** The last packet that begins no later than `sample`; the first, where none does. */
export function packetAt({ sizes, starts }: Packets, sample: number): number {
  let [low, high] = [0, sizes.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] as number) <= sample) low = middle
    else high = middle
  }
  return low
}

export function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { samples }) => sum + samples, 0)
}
