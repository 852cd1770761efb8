import { forbidding } from '../search/costs'
import { type PhoneModels, Scorer } from '../search/phoneModels'
import { learn, type Placed, type Stage, scoreOver } from '../search/placing'
import { Search } from '../search/search'
import { mean, standardDeviation } from '../statistics'
import type { Clip } from '../voice/clips'
import { orderFit } from './order'

/** Fewest units that say anything. */
const fewest = 8
const mostUnits = 160
/** How many other places each unit is tried at. */
const otherPlaces = [3, 7, 11, 5]
/** Units with fewer sounds fit anywhere. */
const leastPhones = 10
/** The confidence of a sure unit, before it is known what it would be worth elsewhere. */
const sureFrom = 0.97

/** Of `fitOf` + 2 · the share of sure units: below is a text that may be another's. */
const leastEvidence = 3
/** What `fitOf` gives for foreign text, where it cannot tell. */
const foreignFit = 1.6
/** What no own text of so many units stayed below; a translation has the order of the original, so that its order says nothing. */
const ownEvidence = 2.5
const manyUnits = 24
/** Of `orderFit`. */
const leastOrder = 0.8
/** Sounds below which no text is refused that found a place. */
const leastSounds = 150
/** With fewer sounds (about two minutes) any text finds good places. Own text of so few had orders of 2.9–29, foreign text −1.1–2.4, while
 *  evidence was 2.9–9.3 and 1.6–3.6. */
const fewSounds = 1000
const ownOrder = 2.6
const sureEvidence = 4.5

/** `unclear`: the text may be said in the recording, but nothing shows it. */
export type Belonging = 'own' | 'unclear' | 'foreign'

/** Tells whether a text is said in the recording at all: from how it fits, how sure its places are and, where both leave doubt or the text is
 *  short, whether its order matters (`docs/alignment.md`). */
export async function belongingOf(
  stage: Stage,
  placed: readonly (Placed | null)[],
  confidence: readonly (number | null)[],
  clips: readonly Clip[],
  models: PhoneModels,
  parts: readonly { readonly from: number; readonly to: number }[],
): Promise<Belonging> {
  if (!placed.some(Boolean)) return 'foreign'
  const sounds = clips.reduce((sum, { phones }) => sum + phones, 0)
  const sure = confidence.filter((value) => value !== null && value >= sureFrom).length / confidence.length
  const evidence = ((await fitOf(stage, placed, models)) ?? foreignFit) + 2 * sure
  const isShort = sounds < fewSounds
  if (!isShort && evidence >= leastEvidence) return 'own'
  if (confidence.length >= manyUnits && evidence < ownEvidence) return 'foreign'
  const order = orderFit(clips, stage.track, parts)
  const hasEvidence = !isShort || evidence >= sureEvidence
  if (order >= (hasEvidence ? leastOrder : ownOrder)) return 'own'
  if (isShort && hasEvidence) return 'unclear'
  return order < leastOrder && sounds >= leastSounds ? 'foreign' : 'unclear'
}

/** How well a text fits where it was placed. Models learnt from a text's own placement flatter it, whatever the text; so each
 *  half of the units (every other one) is scored by models learnt from the other half, where it was placed and in the places of others.
 *  @returns how far, in deviations of the wrong places' scores, the right places score above them; `null` where there is too little to say */
async function fitOf(
  stage: Stage,
  placed: readonly (Placed | null)[],
  prior: PhoneModels,
): Promise<number | null> {
  const { chain, track } = stage
  const right: number[] = []
  const wrong: number[] = []
  const search = new Search(chain, forbidding)
  for (const half of [0, 1]) {
    const models = learn(stage, placed, (_, index) => index % 2 !== half, prior)
    const scorer = new Scorer(track, models)
    const own = placed.flatMap((unit, k) =>
      unit && k % 2 === half && (chain.phones[k] as number) >= leastPhones ? [k] : [],
    )
    const step = Math.max(1, own.length / (mostUnits / 2))
    for (let i = 0; i < own.length; i += step) {
      const k = own[Math.floor(i)] as number
      const { start, end } = placed[k] as Placed
      const score = scoreOver(chain, search, scorer, k, start, end)
      if (score === null) continue
      right.push(score)
      for (const far of otherPlaces) {
        const j = own[(Math.floor(i) + far) % own.length] as number
        if (j === k) continue
        const from = Math.min((placed[j] as Placed).start, track.frames - (end - start))
        const other = scoreOver(chain, search, scorer, k, from, from + end - start)
        if (other !== null) wrong.push(other)
      }
      if (right.length % 16 === 0) await stage.breathe(stage.to)
    }
  }
  if (right.length < fewest || wrong.length < fewest) return null
  return (mean(right) - mean(wrong)) / Math.max(0.05, standardDeviation(wrong))
}
