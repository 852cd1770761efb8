import type { Position, Track } from './track'

/** Frames that a sound reaches over a unit's edge, at most. */
const longestReach = 120
/** Frames of silence that end a sound; the closure of a plosive is shorter. */
const shortestSilence = 6
/** Frames of silence in which a unit may begin. */
const longestClosure = 10
/** So far under its loudest frames a sound is over: 40 dB, in natural logarithms of power. */
const under = 9.2

/** The sound that a unit is part of. What goes on without a pause belongs to whoever spoke: a breath, a word that stands otherwise in the text.
 *  Where it runs into a neighbour without a silence between them the unit's own edge stands.
 *  @param before end of the unit before, frames @param after begin of the next one, frames */
export function soundOf(unit: Position, before: number, after: number, track: Track): Position {
  const { loud, silentBelow, frames } = track
  const { start, end } = unit
  const silent = Math.max(silentBelow, loudest(track, start, end) - under)
  const isSilent = (frame: number) => (loud[frame] as number) <= silent
  let onset = start
  while (onset < end && (isSilent(onset) || isSilent(onset + 1))) onset++
  // In noise the closure of a first plosive sounds like the pause before it.
  const late = onset < end ? Math.max(0, onset - start - longestClosure) : 0
  return {
    start:
      start + late - reach(Math.min(start, start - before), (distance) => isSilent(start - 1 - distance)),
    end: end + reach(Math.min(frames - end, after - end), (distance) => isSilent(end + distance)),
  }
}

// How far it is to the first silence, 0 where there is none within `most`.
function reach(most: number, isSilent: (distance: number) => boolean): number {
  let quiet = 0
  for (let distance = 0; distance < Math.min(most, longestReach + shortestSilence); distance++) {
    quiet = isSilent(distance) ? quiet + 1 : 0
    if (quiet === shortestSilence) return distance + 1 - shortestSilence
  }
  return 0
}

/** Loudness that a twentieth of the frames `[start, end)` exceeds. */
export function loudest({ loud }: Track, start: number, end: number): number {
  const sorted = loud.slice(start, end).sort()
  return sorted[Math.floor(0.95 * (sorted.length - 1))] ?? Number.NEGATIVE_INFINITY
}
