import { type Levels, normalisedScore } from '../search/calibrate'
import type { Placed } from '../search/placing'
import type { Unit } from '../text/segments'
import type { Clip } from '../voice/clips'
import { alikeLengths, usualPace } from './unitLengths'

/** Of a turn that sounds like other text: how likely its surest unit is, at most, and its mean score. */
const unlikely = { confidence: 0.5, score: -0.3 } as const
/** Of one that was squeezed into sound that is too short for it; also its sounds, at least, and by how much less time it takes than usual
 *  (logarithm). */
const squeezed = { confidence: 0.95, score: 0.3, phones: 12, hurry: 0.5 } as const

/** Where units were placed, one entry a unit. */
interface Evidence {
  readonly placed: readonly (Placed | null)[]
  readonly confidence: readonly (number | null)[]
  readonly units: readonly Pick<Unit, 'turn'>[]
  readonly clips: readonly Pick<Clip, 'phones' | 'words'>[]
  readonly levels: Levels
}

/** Leaves out the turns that were hardly said where they were placed. In a search, a turn that was never said hides well beside speech that is
 *  not in the text: unit by unit that is cheaper than leaving both out. Such are turns of which no unit is likely to be there, and which sound
 *  like other text on the whole; and those that do not sound like their text either and would have been said much faster than the rest, unless
 *  the recording always says less than such text (`alikeLengths`).
 *  @param fewestPhones sounds of a turn that may be left out for its sound: a shorter one may have been said in other words */
export function withoutUnlikely(evidence: Evidence, fewestPhones = 0): (Placed | null)[] {
  const { placed, units } = evidence
  const turns = turnsOf(evidence)
  return placed.map((unit, k) => {
    const turn = unit && turns.get((units[k] as Unit).turn)
    return turn && !isUnlikely(turn, fewestPhones) && !isSqueezed(turn) ? unit : null
  })
}

function isUnlikely({ surest, score, phones }: Turn, fewestPhones: number): boolean {
  return phones >= fewestPhones && surest < unlikely.confidence && score < unlikely.score
}

function isSqueezed({ surest, score, phones, hurry }: Turn): boolean {
  return (
    phones >= squeezed.phones &&
    surest < squeezed.confidence &&
    score < squeezed.score &&
    hurry >= squeezed.hurry
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

function turnsOf({ placed, confidence, units, clips, levels }: Evidence): ReadonlyMap<number, Turn> {
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
  return turns
}
