import { type Levels, normalisedScore } from '../search/calibrate'
import type { Placed } from '../search/placing'
import type { Unit } from '../text/segments'
import type { Clip } from '../voice/clips'
import { alikeLengths, usualPace } from './unitLengths'

/** A turn whose surest unit is less likely than this was not said. */
const leastConfidence = 0.5
/** Its mean score, from filler (0) to right text (1). */
const mostScore = -0.3

/** Of a turn that was squeezed into sound that is too short for it: how likely its surest unit is, at most, its mean score, its sounds, at
 *  least, and by how much less time it takes than usual (logarithm). */
const squeezed = { confidence: 0.95, score: 0.3, phones: 12, hurry: 0.5 } as const

interface Evidence {
  readonly placed: readonly (Placed | null)[]
  readonly confidence: readonly (number | null)[]
  readonly units: readonly Pick<Unit, 'turn'>[]
  readonly clips: readonly Pick<Clip, 'phones' | 'words'>[]
  readonly levels: Levels
}

/** Leaves out the turns of which no unit is likely to be where it was placed, and which sound like other text on the whole. In a search, a
 *  turn that was never said hides well beside speech that is not in the text: unit by unit that is cheaper than leaving both out.
 *  @param fewestPhones sounds of a turn that may be left out: a shorter one may have been said in other words */
export function withoutUnlikely(evidence: Evidence, fewestPhones = 0): (Placed | null)[] {
  return withoutTurns(
    evidence,
    ({ surest, score, phones }) => phones >= fewestPhones && surest < leastConfidence && score < mostScore,
  )
}

/** Leaves out the turns that do not sound like their text and would have been said much faster than the rest: the sound is something else.
 *  Not so where the recording always says less than such text (`alikeLengths`). */
export function withoutSqueezed(evidence: Evidence): (Placed | null)[] {
  return withoutTurns(
    evidence,
    ({ surest, score, phones, hurry }) =>
      phones >= squeezed.phones &&
      surest < squeezed.confidence &&
      score < squeezed.score &&
      hurry >= squeezed.hurry,
  )
}

interface Turn {
  readonly surest: number
  readonly phones: number
  /** Means over its sounds: from filler (0) to right text (1); how much faster than usual, or than units like it (logarithm, 0 for what is
   *  slower). */
  readonly score: number
  readonly hurry: number
}

function withoutTurns(
  { placed, confidence, units, clips, levels }: Evidence,
  isLeftOut: (turn: Turn) => boolean,
): (Placed | null)[] {
  const counts = clips.map(({ phones }) => Math.max(1, phones))
  const pace = usualPace(placed, counts, levels.filler)
  const alike = alikeLengths(placed, clips)
  const turns = new Map<number, Turn>()
  placed.forEach((unit, k) => {
    if (!unit) return
    const turn = (units[k] as Unit).turn
    const before = turns.get(turn) ?? { surest: 0, phones: 0, score: 0, hurry: 0 }
    const own = counts[k] as number
    const phones = before.phones + own
    const withOwn = (mean: number, value: number) => mean + (own / phones) * (value - mean)
    const usual = alike.of(clips[k]) ?? pace * own
    turns.set(turn, {
      surest: Math.max(before.surest, confidence[k] ?? 0),
      phones,
      score: withOwn(before.score, normalisedScore(unit.score, levels)),
      hurry: withOwn(before.hurry, Math.max(0, Math.log(usual / (unit.end - unit.start)))),
    })
  })
  const leftOut = new Set([...turns].flatMap(([turn, evidence]) => (isLeftOut(evidence) ? [turn] : [])))
  return placed.map((unit, k) => (unit && leftOut.has((units[k] as Unit).turn) ? null : unit))
}
