import { MixDown } from './mixDown'
import type { SampleWindow } from './sampleWindows'

/** Values that a lane of a detail holds at most; a longer stretch keeps the lowest and highest of several samples each. */
const mostValues = 1 << 19

/** The true samples of a stretch, for a picture of it at any zoom. */
export interface Detail {
  /** Samples of the recording before the stretch. */
  readonly first: number
  readonly sampleRate: number
  /** Samples of the stretch. */
  readonly length: number
  /** 1: each lane holds samples. More: the lowest and the highest of so many samples, by turns. */
  readonly stride: number
  /** The mix, then each channel where channels were asked for. */
  readonly lanes: readonly Float32Array[]
}

/** @param isSplit keeps the channels, too, where there are several */
export function detailOf({ first, sampleRate, channels }: SampleWindow, isSplit: boolean): Detail {
  const lanes = [new MixDown().mix(channels), ...(isSplit && channels.length > 1 ? channels : [])]
  const length = channels[0]?.length ?? 0
  const stride = length <= mostValues ? 1 : Math.ceil((length * 2) / mostValues)
  return {
    first,
    sampleRate,
    length,
    stride,
    lanes: stride === 1 ? lanes : lanes.map((lane) => extremesOf(lane, stride)),
  }
}

function extremesOf(samples: Float32Array, stride: number): Float32Array {
  const pairs = new Float32Array(Math.ceil(samples.length / stride) * 2)
  for (let index = 0; index < pairs.length / 2; index++) {
    let low = 1
    let high = -1
    for (const sample of samples.subarray(index * stride, (index + 1) * stride)) {
      if (sample < low) low = sample
      if (sample > high) high = sample
    }
    pairs[index * 2] = low
    pairs[index * 2 + 1] = high
  }
  return pairs
}

/** The lowest and highest samples of `columns` equal stretches between two instants (seconds), by turns. A column takes in the sample
 *  before it, so that neighbours join. Columns of which nothing is there keep what `into` holds. */
export function detailColumns(
  { first, sampleRate, stride, lanes }: Detail,
  lane: number,
  from: number,
  to: number,
  columns: number,
  into: Float32Array,
): void {
  const values = lanes[lane]
  if (!values) return
  const count = stride === 1 ? values.length : values.length / 2
  const start = (from * sampleRate - first) / stride
  const perColumn = ((to - from) * sampleRate) / stride / columns
  for (let column = 0; column < columns; column++) {
    const begin = Math.max(0, Math.floor(start + column * perColumn) - 1)
    const end = Math.min(count, Math.ceil(start + (column + 1) * perColumn))
    if (end <= begin || start + column * perColumn >= count || start + (column + 1) * perColumn <= 0) continue
    let low = 1
    let high = -1
    for (let index = begin; index < end; index++) {
      const lowest = values[stride === 1 ? index : index * 2] as number
      const highest = values[stride === 1 ? index : index * 2 + 1] as number
      if (lowest < low) low = lowest
      if (highest > high) high = highest
    }
    into[column * 2] = low
    into[column * 2 + 1] = high
  }
}
