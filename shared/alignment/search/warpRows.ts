import { cepstrumCount, withSlopes } from '../sound/spectrum'
import type { Track } from '../sound/track'
import type { Clip } from '../voice/clips'
import type { Rows } from './warp'

/** Frames beside a sound that belong to it. */
const margin = 3

/** The frames of clips, in order, that are not silent. */
export interface SpokenFrames {
  readonly count: number
  /** Of which clip each is, and which frame of that. */
  readonly clipOf: Int32Array
  readonly frameOf: Int32Array
  /** Which of them each frame of each clip is; −1 where it is silent. */
  readonly rowsOf: readonly Int32Array[]
}

/** @param silentBelow the recording's; what is not softer by 1 than the loudest frame of its clip is never silent */
export function spokenFrames(clips: readonly Clip[], silentBelow: number): SpokenFrames {
  const most = clips.reduce((sum, { frames }) => sum + frames, 0)
  const clipOf = new Int32Array(most)
  const frameOf = new Int32Array(most)
  let count = 0
  const rowsOf = clips.map((clip, index) => {
    const rows = new Int32Array(clip.frames).fill(-1)
    const start = clip.events.find(({ phone }) => phone > 0)?.frame ?? 0
    let top = Number.NEGATIVE_INFINITY
    for (const level of clip.loud) top = Math.max(top, level)
    for (let frame = start; frame < clip.frames; frame++) {
      if ((clip.loud[frame] as number) <= Math.min(silentBelow, top - 1)) continue
      rows[frame] = count
      clipOf[count] = index
      frameOf[count++] = frame
    }
    return rows
  })
  return { count, clipOf: clipOf.subarray(0, count), frameOf: frameOf.subarray(0, count), rowsOf }
}

/** The frames of a recording, between two, in and around which something sounds. */
export function soundingFrames(track: Track, from: number, to: number): Int32Array {
  const isLoud = new Uint8Array(to - from)
  for (let t = from; t < to; t++)
    if ((track.loud[t] as number) > track.silentBelow)
      isLoud.fill(1, Math.max(0, t - from - margin), Math.min(to - from, t - from + margin + 1))
  const frames = new Int32Array(to - from)
  let count = 0
  for (let t = from; t < to; t++) if (isLoud[t - from]) frames[count++] = t
  return frames.subarray(0, count)
}

/** Text as rows to be warped, means of `factor` frames each: the first `size` of a frame's cepstra and slopes. */
export function textRows(
  clips: readonly Clip[],
  { count, clipOf, frameOf }: SpokenFrames,
  factor: number,
  size: number,
): Rows {
  return condensed(count, factor, size, (row, out) =>
    withSlopes(clips[clipOf[row] as number] as Clip, frameOf[row] as number, out, 0),
  )
}

/** The same of a recording's `frames`. */
export function soundRows(track: Track, frames: ArrayLike<number>, factor: number, size: number): Rows {
  return condensed(frames.length, factor, size, (row, out) =>
    withSlopes(track, frames[row] as number, out, 0),
  )
}

// Rows that are means of `factor` frames. Each dimension is centred and divided by the root of its deviation: in full it would give noise
// too much weight.
function condensed(
  frames: number,
  factor: number,
  size: number,
  read: (frame: number, out: Float32Array) => void,
): Rows {
  const count = Math.max(1, Math.floor(frames / factor))
  const values = new Float32Array(count * size)
  const one = new Float32Array(2 * cepstrumCount)
  const sum = new Float64Array(size)
  const square = new Float64Array(size)
  for (let row = 0; row < count; row++) {
    for (let part = 0; part < factor; part++) {
      read(Math.min(frames - 1, row * factor + part), one)
      for (let d = 0; d < size; d++)
        values[row * size + d] = (values[row * size + d] as number) + (one[d] as number) / factor
    }
    for (let d = 0; d < size; d++) {
      const value = values[row * size + d] as number
      sum[d] = (sum[d] as number) + value
      square[d] = (square[d] as number) + value * value
    }
  }
  for (let d = 0; d < size; d++) {
    const mean = (sum[d] as number) / count
    const variance = Math.max(0, (square[d] as number) / count - mean * mean)
    const scale = (d === 0 ? 0.7 : 1) / Math.sqrt(Math.sqrt(variance) + 1e-6)
    for (let i = d; i < values.length; i += size) values[i] = ((values[i] as number) - mean) * scale
  }
  return { count, size, values }
}
