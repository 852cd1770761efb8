import type { Levels } from '../search/calibrate'
import type { Placed } from '../search/placing'
import { usualFrames } from '../sound/spectrum'
import { mean, median } from '../statistics'
import type { Clip } from '../voice/clips'

/** How long units take in a recording, by their number of sounds. */
export interface Lengths {
  /** How far a length (frames) lies from the usual one: standard deviations of its logarithm, negative where it is short. */
  deviation(phones: number, frames: number): number
  /** Frames. */
  usual(phones: number): number
}

const fewest = 12
/** A recording whose units are all alike says little about others. */
const leastDeviation = 0.2

/** A line through the logarithms of lengths and sounds of the units that score as right text. `null` where there are too few. */
export function lengthsOf(
  phones: ArrayLike<number>,
  placed: readonly (Placed | null)[],
  { filler }: Pick<Levels, 'filler'>,
): Lengths | null {
  const points = placed.flatMap((unit, k) =>
    unit && unit.score > filler && (phones[k] as number) > 0
      ? [{ x: Math.log(phones[k] as number), y: Math.log(unit.end - unit.start) }]
      : [],
  )
  if (points.length < fewest) return null
  const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))]
  const spread = mean(points.map((point) => (point.x - x) ** 2))
  const slope = spread > 1e-6 ? mean(points.map((point) => (point.x - x) * (point.y - y))) / spread : 1
  const usual = (count: number) => y + slope * (Math.log(Math.max(1, count)) - x)
  const residuals = points.map((point) => point.y - (y + slope * (point.x - x)))
  const deviation = Math.max(leastDeviation, Math.sqrt(mean(residuals.map((value) => value ** 2))))
  return {
    deviation: (count, frames) => (Math.log(Math.max(1, frames)) - usual(count)) / deviation,
    usual: (count) => Math.exp(usual(count)),
  }
}

/** The median of frames a sound, over the units that score better than `leastScore`; what voices usually take where there are none. */
export function usualPace(
  placed: readonly (Placed | null)[],
  phones: ArrayLike<number>,
  leastScore = Number.NEGATIVE_INFINITY,
): number {
  const paces = placed.flatMap((unit, k) =>
    unit && unit.score > leastScore ? [(unit.end - unit.start) / Math.max(1, phones[k] as number)] : [],
  )
  return median(paces) ?? usualFrames
}

const fewestAlike = 4
/** The median deviation of logarithms in a group whose lengths say something. */
const mostSpread = 0.5

/** How long units take that differ by their last word alone: about the same, also where the recording says less than the text ("B" for "the
 *  letter B"). */
export interface AlikeLengths {
  /** The median of those like this one, frames; `null` where there are few, or they differ. */
  of(clip: Pick<Clip, 'words'> | undefined): number | null
}

export function alikeLengths(
  placed: readonly (Pick<Placed, 'start' | 'end'> | null)[],
  clips: readonly (Pick<Clip, 'words'> | undefined)[],
): AlikeLengths {
  const groups = new Map<string, number[]>()
  placed.forEach((unit, k) => {
    const key = beginningOf(clips[k])
    if (!unit || key === null) return
    const group = groups.get(key) ?? []
    group.push(Math.max(1, unit.end - unit.start))
    groups.set(key, group)
  })
  const usual = new Map<string, number>()
  for (const [key, lengths] of groups) {
    if (lengths.length < fewestAlike) continue
    const middle = median(lengths) as number
    const spread = median(lengths.map((length) => Math.abs(Math.log(length / middle)))) as number
    if (spread <= mostSpread) usual.set(key, middle)
  }
  return { of: (clip) => usual.get(beginningOf(clip) ?? '') ?? null }
}

// The sounds of all words but the last.
function beginningOf(clip: Pick<Clip, 'words'> | undefined): string | null {
  const words = clip?.words ?? []
  return words.length < 2
    ? null
    : words
        .slice(0, -1)
        .map(({ phones }) => phones.join(' '))
        .join(', ')
}
