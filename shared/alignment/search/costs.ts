import { frameRate } from '../sound/spectrum'
import type { Levels } from './calibrate'

/** What a path pays; all in the unit of the scores. */
export interface Costs {
  /** Score of a frame of filler. */
  readonly filler: number
  readonly fillerIn: number
  readonly skipUnit: number
  readonly skipTurn: number
  /** For leaving out half a phone. */
  readonly dropHalf: number
  /** For every frame that half a phone lasts longer than `longestHalf`. */
  readonly stretch: number
  readonly longestHalf: number
  /** For a silence where the text has no punctuation. */
  readonly pauseIn: number
  /** Paths this far behind the best are given up. */
  readonly beam: number
}

/** Costs of a search in which all text is spoken and hardly anything else. */
export const strict = (hop: number): Costs => ({
  filler: -6,
  fillerIn: 20,
  skipUnit: 1e6,
  skipTurn: 1e6,
  dropHalf: 2.4 / hop,
  stretch: 1,
  longestHalf: 24 / hop,
  pauseIn: 20 / hop,
  beam: 400,
})

/** Costs of laying units over frames of 10 ms where nothing is left out and nothing but the text is said. */
export const forbidding: Costs = { ...strict(1), fillerIn: 1e6 }

/** What right text gains over filler in a second of a search that looks at every `hop`th frame. */
export function secondsGain({ right, filler }: Pick<Levels, 'filler' | 'right'>, hop: number): number {
  return ((right - filler) * frameRate) / hop
}

/** Costs of a search in which text may be missing and surplus; their unit is what right text gains over filler in a second.
 *  @param beam in that unit */
export function tolerant(levels: Levels, hop: number, beam: number): Costs {
  const second = secondsGain(levels, hop)
  return {
    filler: levels.filler,
    fillerIn: 2.2 * second,
    skipUnit: 2.5 * second,
    skipTurn: 2.5 * second,
    dropHalf: 2.4 / hop,
    stretch: 1,
    longestHalf: 24 / hop,
    pauseIn: 0.3 * second,
    beam: beam * second,
  }
}
