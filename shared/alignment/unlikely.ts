import type { Levels } from './calibrate'
import type { Clip } from './clips'
import type { Placed } from './placing'
import type { Unit } from './segments'

/** A turn whose surest unit is less likely than this was not said. */
const leastConfidence = 0.5
/** Its mean score, from filler (0) to right text (1). */
const mostScore = -0.3

/** Leaves out the turns of which no unit is likely to be where it was placed, and which sound like other text on the whole. In a search, a
 *  turn that was never said hides well beside speech that is not in the text: unit by unit that is cheaper than leaving both out.
 *  @param fewestPhones sounds of a turn that may be left out: a shorter one may have been said in other words */
export function withoutUnlikely(
  placed: readonly (Placed | null)[],
  confidence: readonly (number | null)[],
  units: readonly Unit[],
  clips: readonly Clip[],
  { filler, right }: Levels,
  fewestPhones = 0,
): (Placed | null)[] {
  const turns = new Map<number, { surest: number; sum: number; phones: number }>()
  placed.forEach((unit, k) => {
    if (!unit) return
    const turn = (units[k] as Unit).turn
    const { surest, sum, phones } = turns.get(turn) ?? { surest: 0, sum: 0, phones: 0 }
    const own = (clips[k] as Clip).phones
    turns.set(turn, {
      surest: Math.max(surest, confidence[k] ?? 0),
      sum: sum + own * ((unit.score - filler) / (right - filler)),
      phones: phones + own,
    })
  })
  const isUnlikely = new Set(
    [...turns].flatMap(([turn, { surest, sum, phones }]) =>
      phones >= fewestPhones && surest < leastConfidence && sum / Math.max(1, phones) < mostScore
        ? [turn]
        : [],
    ),
  )
  return placed.map((unit, k) => (unit && isUnlikely.has((units[k] as Unit).turn) ? null : unit))
}
