import { cepstrumCount, frameRate } from '../sound/spectrum'
import type { Track } from '../sound/track'
import type { Clip } from '../voice/clips'
import { warp, warpAlongDiagonal } from './warp'
import { soundingFrames, soundRows, spokenFrames, textRows } from './warpRows'

/** Frames of a row of the second warping, and rows of the first, at most. */
const fineFrames = 4
const coarseRows = 14000
/** How far from the first warping the second may lie. */
const fineBandSeconds = 12

/** Where a frame of a clip lies in the recording; −1 for frames left out as silence. */
export type FrameMap = (clip: number, frame: number) => number

/** Lays clips, in order, over frames `from`–`to` of a recording: warping in two steps, without the silences of either side. */
export function placeByVoice(clips: readonly Clip[], track: Track, from: number, to: number): FrameMap {
  const spoken = spokenFrames(clips, track.silentBelow)
  const sounding = soundingFrames(track, from, to)
  const { count } = spoken
  if (count < 2 * fineFrames || sounding.length < 2 * fineFrames) return () => -1
  const coarse = Math.max(fineFrames, Math.min(8, Math.floor(count / 8)), Math.ceil(count / coarseRows))
  const a = textRows(clips, spoken, coarse, cepstrumCount)
  const { columns: rough } = warpAlongDiagonal(a, soundRows(track, sounding, coarse, cepstrumCount))
  const a2 = textRows(clips, spoken, fineFrames, 2 * cepstrumCount)
  const b2 = soundRows(track, sounding, fineFrames, 2 * cepstrumCount)
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
    const rows = spoken.rowsOf[clip] as Int32Array
    const row = rows[Math.max(0, Math.min(rows.length - 1, frame))] ?? -1
    if (row < 0) return -1
    const column = fine[Math.min(a2.count - 1, Math.floor(row / fineFrames))] as number
    return sounding[Math.min(sounding.length - 1, column * fineFrames + (row % fineFrames))] as number
  }
}
