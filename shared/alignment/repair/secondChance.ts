import type { Levels } from '../search/calibrate'
import type { Placed } from '../search/placing'
import { loudFrames, type Track } from '../sound/track'
import { usualPace } from './unitLengths'

/** Frames that a restored stretch may reach into its neighbours. */
const overlap = 30

/** Deviations of wrong text above its mean from which text that fills a hole may be right. */
const leastDeviations = 1.5
/** Share of the loud frames of a hole that text must take up to fill it, and how much slower or faster than usual it may be. */
const filledShare = 0.85
const oddPace = 1.5

/** What tells that text fills a hole. */
export interface Holes {
  readonly track: Pick<Track, 'loud' | 'silentBelow' | 'frames'>
  /** Phones of each unit. */
  readonly phones: ArrayLike<number>
  readonly levels: Pick<Levels, 'wrong' | 'wrongDeviation'>
}

/** In a recording whose right text scores very evenly, what somebody says through a wall or in an odd voice falls below the filler that is
 *  fitted to the rest. A run of skipped units is given back where it scored as right text while nothing could be skipped (`plain`), and
 *  where that place is still free.
 *  @param filler what right text scores more than
 *  @param holes also given back is what scored better there than wrong text does and takes up all of the sound between its neighbours at
 *  the usual pace */
export function secondChance(
  placed: readonly (Placed | null)[],
  plain: readonly (Placed | null)[],
  filler: number,
  holes: Holes | null = null,
): (Placed | null)[] {
  const result: (Placed | null)[] = [...placed]
  const pace = holes ? usualPace(placed, holes.phones) : 0
  for (let k = 0; k < placed.length; k++) {
    if (placed[k]) continue
    let last = k
    while (last + 1 < placed.length && !placed[last + 1]) last++
    const run = plain.slice(k, last + 1)
    const hole = {
      from: placed[k - 1]?.end ?? 0,
      to: placed[last + 1]?.start ?? Number.POSITIVE_INFINITY,
    }
    const isRight = run.every(
      (unit) =>
        unit && unit.score > filler && unit.start >= hole.from - overlap && unit.end <= hole.to + overlap,
    )
    if (isRight || (holes && fills(run, hole, holes, (index) => pace * (holes.phones[k + index] as number))))
      run.forEach((unit, index) => {
        result[k + index] = unit
      })
    k = last
  }
  return result
}

function fills(
  run: readonly (Placed | null)[],
  hole: { readonly from: number; readonly to: number },
  { track, levels: { wrong, wrongDeviation } }: Holes,
  usual: (index: number) => number,
): boolean {
  const least = wrong + leastDeviations * wrongDeviation
  const isFit = run.every((unit, index) => {
    if (!unit || unit.score < least || unit.start < hole.from || unit.end > hole.to) return false
    const pace = (unit.end - unit.start) / usual(index)
    return pace < oddPace && pace > 1 / oddPace
  })
  if (!isFit) return false
  const inside = run.reduce((sum, unit) => sum + (unit ? loudFrames(track, unit.start, unit.end) : 0), 0)
  return inside >= filledShare * loudFrames(track, hole.from, hole.to)
}
