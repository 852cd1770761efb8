import type { Located } from '../locate'
import { type Levels, normalisedScore } from '../search/calibrate'
import type { Placed } from '../search/placing'
import { type Features, featuresBetween, withOwnSpectra } from '../sound/features'
import { frameRate } from '../sound/spectrum'
import type { Clip } from '../voice/clips'
import { lostRuns, sumOf } from './lostText'
import { usualPace } from './unitLengths'

/** Seconds of text without a good place from which on a stretch is aligned by itself. */
const leastLost = 240
/** Of what a stretch lacks, the least that must be found so. */
const leastFound = 0.25

/** In a recording of which some part sounds otherwise (another room, noise), the text of that part scores like wrong text on the whole, and
 *  is left out. Where minutes of text have no good place, that stretch is aligned like a recording of its own, with models and levels of its
 *  own, and taken if its text belongs there.
 *  @param locate aligns units `[first, last)` with a part of the features, which begins with frame 0 */
export async function withOwnLevels(
  found: Located,
  clips: readonly Clip[],
  features: Features,
  locate: (first: number, last: number, part: Features) => Promise<Located>,
): Promise<Pick<Located, 'placed' | 'earlier' | 'leads'>> {
  const { placed, levels } = found
  if (!levels) return found
  const gains = secondsGained(placed, levels)
  const counts = clips.map(({ phones }) => phones)
  const pace = usualPace(placed, counts, levels.filler) / frameRate
  const usual = counts.map((count) => count * pace)
  const result = {
    placed: [...placed],
    earlier: [...found.earlier],
    leads: found.leads && [...found.leads],
  }
  for (const run of lostRuns(usual, gains)) {
    const { first, last } = run
    const lost = sumOf(usual, first, last) - sumOf(gains, first, last)
    if (lost < leastLost || (first === 0 && last === placed.length)) continue
    const from = lastEnd(placed, first)
    const to = nextStart(placed, last) ?? features.frames
    if (to - from < frameRate) continue
    const own = await locate(
      first,
      last,
      withOwnSpectra(featuresBetween(features, from / frameRate, to / frameRate)),
    )
    if (own.belonging !== 'own' || !own.levels) continue
    const gained = secondsGained(own.placed, own.levels).reduce((sum, gain) => sum + gain, 0)
    if (gained - sumOf(gains, first, last) < leastFound * lost) continue
    const { levels: ownLevels } = own
    const moved = (unit: Placed | null | undefined) => (unit ? rescored(unit, ownLevels, levels, from) : null)
    for (let k = first; k < last; k++) {
      result.placed[k] = moved(own.placed[k - first])
      result.earlier[k] = moved(own.earlier[k - first])
      if (result.leads) result.leads[k] = own.leads?.[k - first] ?? null
    }
  }
  return result
}

// What each unit gains, as `gainsOf` in `lostText.ts` tells it, but for the silences in it: the part's own paths are those of another chain.
function secondsGained(placed: readonly (Placed | null)[], levels: Levels): number[] {
  return placed.map((unit) =>
    unit ? ((unit.end - unit.start) / frameRate) * normalisedScore(unit.score, levels) : 0,
  )
}

/** A unit `frames` later, scored so that it lies as far between filler and right text of one recording as it does in the other. */
export function rescored(
  unit: Placed,
  from: Pick<Levels, 'filler' | 'right'>,
  to: Pick<Levels, 'filler' | 'right'>,
  frames: number,
): Placed {
  const score = (value: number) => to.filler + normalisedScore(value, from) * (to.right - to.filler)
  return {
    ...unit,
    start: unit.start + frames,
    end: unit.end + frames,
    score: score(unit.score),
    firstScore: score(unit.firstScore),
    lastScore: score(unit.lastScore),
    words: unit.words.map((word) => ({
      ...word,
      start: word.start + frames,
      end: word.end + frames,
      score: score(word.score),
    })),
  }
}

function lastEnd(placed: readonly (Placed | null)[], first: number): number {
  for (let k = first - 1; k >= 0; k--) if (placed[k]) return (placed[k] as Placed).end
  return 0
}

function nextStart(placed: readonly (Placed | null)[], last: number): number | null {
  return placed.slice(last).find((unit) => unit !== null)?.start ?? null
}
