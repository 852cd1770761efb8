import type { Chain } from '../search/chain'
import { type PhoneModels, type Scorer, soundOfModel } from '../search/phoneModels'
import type { Placed, Stage } from '../search/placing'
import { cepstrumCount, withSlopes } from '../sound/spectrum'

const size = 2 * cepstrumCount
/** Every other frame tells enough. */
const step = 2
/** Frames that a turn must have, and how much likelier they must be in another voice, nats a frame: 0.4 and more less as a rule where labels are right. */
const fewestFrames = 20
const leastGain = 0.2

export interface Labelling {
  readonly turnOf: (unit: number) => number
  /** The voice of a unit so far. */
  readonly voiceOf: (unit: number) => number
  /** The voices of one named speaker each: no turn is given to several people. */
  readonly named: ReadonlySet<number>
  /** What a turn must score at its place in another voice: what nobody says there fits that speaker no better. */
  readonly least: number
}

/** Whose voice each turn is said in, where that is not whom its label names: a label may be wrong, or stand for several people (a bare `>>`,
 *  "AUDIENCE MEMBER"). In a voice that is not its own right text scores like wrong text.
 *  @returns the turns that are said in another voice, with that */
export function otherVoices(
  { chain, track }: Pick<Stage, 'chain' | 'track'>,
  placed: readonly (Placed | null)[],
  models: PhoneModels,
  scorer: Scorer,
  { turnOf, voiceOf, named, least }: Labelling,
): ReadonlyMap<number, number> {
  const others = new Map<number, number>()
  if (models.count === models.perVoice) return others
  for (let first = 0, last = 0; first < placed.length; first = last) {
    while (last < placed.length && turnOf(last) === turnOf(first)) last++
    const units = placed.slice(first, last).flatMap((unit) => (unit ? [unit] : []))
    const { likelihood, frames } = likelihoods(units)
    if (frames < fewestFrames) continue
    const own = voiceOf(first)
    const best = [...named].reduce(
      (a, b) => ((likelihood[b] as number) > (likelihood[a] as number) ? b : a),
      own,
    )
    const gain = ((likelihood[best] as number) - (likelihood[own] as number)) / frames
    if (best !== own && gain >= leastGain && scoreIn(best, units) >= least) others.set(turnOf(first), best)
  }
  return others

  // Of each voice, over so many frames. Variances are those of all voices, so that only the distances differ.
  function likelihoods(units: readonly Placed[]) {
    const { mean, variance, perVoice, count } = models
    const likelihood = new Float64Array(count / perVoice)
    const x = new Float32Array(size)
    let frames = 0
    forSounds(units, step, (frame, sound) => {
      withSlopes(track, frame, x, 0)
      frames++
      for (let voice = 0; voice < likelihood.length; voice++) {
        const at = (voice * perVoice + sound) * size
        let sum = 0
        for (let d = 0; d < size; d++)
          sum += ((x[d] as number) - (mean[at + d] as number)) ** 2 / (variance[at + d] as number)
        likelihood[voice] = (likelihood[voice] as number) - sum / 2
      }
    })
    return { likelihood, frames }
  }

  function scoreIn(voice: number, units: readonly Placed[]): number {
    let [sum, frames] = [0, 0]
    for (const unit of units) {
      const scores = scorer.score(unit.start, unit.path.length, 1)
      forSounds([unit], 1, (frame, sound) => {
        sum += scores[(frame - unit.start) * scorer.width + voice * models.perVoice + sound] as number
        frames++
      })
    }
    return sum / Math.max(1, frames)
  }

  function forSounds(
    units: readonly Placed[],
    every: number,
    visit: (frame: number, sound: number) => void,
  ): void {
    for (const { path, start } of units)
      for (let i = 0; i < path.length; i += every) {
        const sound = soundOfModel(chain.models[path[i] as number] as number, models.perVoice)
        if (sound >= 2) visit(start + i, sound)
      }
  }
}

/** The same chain, of which each unit is said in the voice that `voiceOf` tells. */
export function inVoices(chain: Chain, voiceOf: (unit: number) => number, perVoice: number): Chain {
  return {
    ...chain,
    models: chain.models.map((model, state) => {
      const sound = soundOfModel(model, perVoice)
      return sound < 2 ? model : voiceOf(chain.owner[state] as number) * perVoice + sound
    }),
  }
}
