import { cepstrumCount, frameRate, withSlopes } from '../sound/spectrum'
import type { Track } from '../sound/track'
import type { Clip } from '../voice/clips'
import { type Rows, warp } from './warp'

const fineFrames = 4
const coarseRows = 14000
const coarseBand = 0.12
const fineBandSeconds = 12
const margin = 3

/** Where a frame of a clip lies in the recording; −1 for frames left out as silence. */
export type FrameMap = (clip: number, frame: number) => number

/** The frames of clips, in order, that are not silent: of which clip, and which. */
export function spokenRows(clips: readonly Clip[], silentBelow: number) {
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
  return { clipOf: clipOf.subarray(0, count), frameOf: frameOf.subarray(0, count), rowsOf }
}

/** The frames of a recording in and around which something sounds. */
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

/** Lays clips, in order, over frames `from`–`to` of a recording: warping in two steps, without the silences of either side. */
export function placeByVoice(clips: readonly Clip[], track: Track, from: number, to: number): FrameMap {
  const { clipOf, frameOf, rowsOf } = spokenRows(clips, track.silentBelow)
  const source = soundingFrames(track, from, to)
  if (clipOf.length < 2 * fineFrames || source.length < 2 * fineFrames) return () => -1
  const reference = (row: number, out: Float32Array) =>
    withSlopes(clips[clipOf[row] as number] as Clip, frameOf[row] as number, out, 0)
  const recorded = (row: number, out: Float32Array) => withSlopes(track, source[row] as number, out, 0)
  const coarse = Math.max(
    fineFrames,
    Math.min(8, Math.floor(clipOf.length / 8)),
    Math.ceil(clipOf.length / coarseRows),
  )
  const a = condensed(clipOf.length, coarse, cepstrumCount, reference)
  const b = condensed(source.length, coarse, cepstrumCount, recorded)
  const width = Math.max(Math.ceil(b.count * coarseBand), 300)
  const diagonal = (row: number) => Math.round((row * b.count) / a.count)
  const { columns: rough } = warp(
    a,
    b,
    (row) => diagonal(row) - width,
    (row) => diagonal(row) + width,
  )
  const a2 = condensed(clipOf.length, fineFrames, 2 * cepstrumCount, reference)
  const b2 = condensed(source.length, fineFrames, 2 * cepstrumCount, recorded)
  const reach = (fineBandSeconds * frameRate) / fineFrames
  const ratio = coarse / fineFrames
  const at = (row: number) => (rough[Math.min(a.count - 1, row)] as number) * ratio
  const { columns: fine } = warp(
    a2,
    b2,
    (row) => Math.round(at(Math.floor(row / ratio)) - reach),
    (row) => Math.round(at(Math.floor(row / ratio) + 1) + ratio + reach),
  )
  return (clip, frame) => {
    const rows = rowsOf[clip] as Int32Array
    const row = rows[Math.max(0, Math.min(rows.length - 1, frame))] ?? -1
    if (row < 0) return -1
    const column = fine[Math.min(a2.count - 1, Math.floor(row / fineFrames))] as number
    return source[Math.min(source.length - 1, column * fineFrames + (row % fineFrames))] as number
  }
}

/** Rows that are means of `factor` frames. Each dimension is centred and divided by the root of its deviation: in full it would give noise
 *  too much weight. */
export function condensed(
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
