import type { Speech, SpokenStretch } from '../../shared/recording/speechActivity'
import type { TurnTimes } from '../../shared/session/queries'

/** The stretch of time that a strip of pixels shows. */
export interface Viewport {
  /** Seconds at the left edge. */
  readonly start: number
  readonly pixelsPerSecond: number
  /** CSS pixels. */
  readonly width: number
}

export function xOf(view: Viewport, time: number): number {
  return (time - view.start) * view.pixelsPerSecond
}

export function timeOf(view: Viewport, x: number): number {
  return view.start + x / view.pixelsPerSecond
}

const steps = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800,
  3600, 7200,
]

/** Seconds between the labels of a ruler, so that labels have at least `room` pixels. */
export function rulerStep(pixelsPerSecond: number, room = 90): number {
  return steps.find((step) => step * pixelsPerSecond >= room) ?? 14400
}

/** Index of the first turn that ends after `time`; the times are in order of their starts. */
export function firstVisible(times: readonly TurnTimes[], time: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle]?.start ?? 0) <= time) low = middle + 1
    else high = middle
  }
  let index = Math.max(0, low - 1)
  // A long turn may overlap those that start after it.
  while (index > 0 && (times[index - 1]?.end ?? 0) > time) index--
  return index
}

/** A handle that can be dragged. `both` is the one handle of a boundary between two turns. */
export interface Handle {
  readonly turn: number
  readonly edge: 'both' | 'start' | 'end'
  /** Seconds. */
  readonly time: number
}

/** Pixels on each side of a boundary within which it is grasped. */
export const grasp = 6

/** The handle under `x`; of several the nearest, a boundary's own before its neighbour's end. */
export function handleAt(view: Viewport, times: readonly TurnTimes[], x: number): Handle | null {
  let best: Handle | null = null
  let distance = grasp + 0.001
  const consider = (handle: Handle) => {
    const away = Math.abs(xOf(view, handle.time) - x)
    if (away < distance) {
      best = handle
      distance = away
    }
  }
  const limit = timeOf(view, x + grasp)
  for (let index = firstVisible(times, timeOf(view, x - grasp)); index < times.length; index++) {
    const entry = times[index] as TurnTimes
    if (entry.start === null || entry.start > limit + 1) break
    const isJoined = index === 0 || !times[index - 1]?.isParted
    consider({ turn: index, edge: isJoined ? 'both' : 'start', time: entry.start })
    if (entry.isParted && entry.end !== null) consider({ turn: index, edge: 'end', time: entry.end })
  }
  return best
}

/** Pixels within which a dragged boundary snaps. */
export const snapReach = 8

/** The instant that a dragged boundary takes: the nearest of the places it likes within 8 pixels, or where the pointer is.
 *  @param places seconds, in any order */
export function snapped(
  view: Viewport,
  time: number,
  places: Iterable<number>,
): { readonly time: number; readonly isSnapped: boolean } {
  let best = time
  let distance = snapReach / view.pixelsPerSecond
  let isSnapped = false
  for (const place of places) {
    const away = Math.abs(place - time)
    if (away <= distance) {
      best = place
      distance = away
      isSnapped = true
    }
  }
  return { time: best, isSnapped }
}

/** Ends and beginnings of speech around an instant: where silence begins and ends.
 *  @param reach seconds on each side */
export function silenceEdges(speech: Speech, time: number, reach: number): readonly number[] {
  let low = 0
  let high = speech.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((speech[middle] as SpokenStretch)[1] < time - reach) low = middle + 1
    else high = middle
  }
  const edges: number[] = []
  for (let index = low; index < speech.length; index++) {
    const [start, end] = speech[index] as SpokenStretch
    if (start > time + reach) break
    edges.push(start, end)
  }
  return edges
}
