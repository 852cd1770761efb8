import type { Stage } from '../search/placing'
import { type Position, soundsBetween } from '../sound/track'

/** Frames of silence that part two sounds. */
const shortestSilence = 15
/** How much shorter or longer than usual a unit may be said. */
export const mostHaste = 2
const mostTime = 2.5
/** A word by itself may be said slowly: frames more. */
const slowFrames = 40

/** The sound between two units that could be a third one: parted by silences from whatever is beside it, and about as long.
 *  @param usual frames that the unit takes as a rule
 *  @returns the one whose length fits best, `null` where there is none */
export function freeSound({ track, pins }: Stage, { start, end }: Position, usual: number): Position | null {
  let best: Position | null = null
  let misfit = Number.POSITIVE_INFINITY
  for (const run of soundsBetween(track, start, end, shortestSilence)) {
    const ratio = (run.end - run.start) / usual
    const isParted = run.start - start >= shortestSilence && end - run.end >= shortestSilence
    const isPinned = pins.some(({ frame }) => frame > start && frame < end)
    if (!isParted || isPinned || ratio < 1 / mostHaste) continue
    if (run.end - run.start > mostTime * usual + slowFrames) continue
    if (Math.abs(Math.log(ratio)) >= misfit) continue
    misfit = Math.abs(Math.log(ratio))
    best = run
  }
  return best
}
