import { type Rows, warpAlongDiagonal } from '../search/warp'
import { soundingFrames, soundRows, spokenFrames, textRows } from '../search/warpRows'
import { cepstrumCount } from '../sound/spectrum'
import type { Track } from '../sound/track'
import { mean } from '../statistics'
import type { Clip } from '../voice/clips'

/** Orders that its own one is compared with. */
const shuffles = 12
/** Frames of a row, at least, and rows, at most. */
const shortestRow = 6
const mostRows = 3000
/** Frames of a piece where there are too few clips to shuffle. */
const pieceFrames = 24
const fewestClips = 8

/** How much better a text fits a recording in its own order than with its sentences (or, in a short text, pieces of them) shuffled: in
 *  deviations of the shuffled ones. To a text that is not said there one order is as good as another: 0 ± 1.
 *  @param parts frames `[from, to)` that are looked at */
export function orderFit(
  clips: readonly Clip[],
  track: Track,
  parts: readonly { readonly from: number; readonly to: number }[],
): number {
  const spoken = spokenFrames(clips, track.silentBelow)
  const sounding = parts.flatMap(({ from, to }) => [...soundingFrames(track, from, to)])
  const factor = Math.max(shortestRow, Math.ceil(Math.max(spoken.count, sounding.length) / mostRows))
  if (Math.min(spoken.count, sounding.length) < 8 * factor) return 0
  const a = textRows(clips, spoken, factor, cepstrumCount)
  const b = soundRows(track, sounding, factor, cepstrumCount)
  const pieces: number[][] = []
  const pieceOf = (row: number) =>
    clips.length >= fewestClips ? spoken.clipOf[row * factor] : Math.floor((row * factor) / pieceFrames)
  for (let row = 0; row < a.count; row++) {
    if (row === 0 || pieceOf(row) !== pieceOf(row - 1)) pieces.push([])
    pieces.at(-1)?.push(row)
  }
  const own = warpAlongDiagonal(a, b).cost
  const random = randomNumbers()
  const costs = Array.from(
    { length: shuffles },
    () => warpAlongDiagonal(reordered(a, shuffled(pieces, random).flat()), b).cost,
  )
  const middle = mean(costs)
  const deviation = Math.sqrt(costs.reduce((sum, cost) => sum + (cost - middle) ** 2, 0) / (shuffles - 1))
  return (middle - own) / Math.max(1e-6 * middle, deviation)
}

function reordered({ count, size, values }: Rows, order: readonly number[]): Rows {
  const result = new Float32Array(values.length)
  for (const [to, from] of order.entries())
    result.set(values.subarray(from * size, (from + 1) * size), to * size)
  return { count, size, values: result }
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const result = [...list]
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[result[i], result[j]] = [result[j] as T, result[i] as T]
  }
  return result
}

// The same in every run.
function randomNumbers(): () => number {
  let state = 1
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
