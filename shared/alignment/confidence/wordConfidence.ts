import { type Levels, normalisedScore } from '../search/calibrate'
import type { Placed } from '../search/placing'
import { frameRate } from '../sound/spectrum'
import type { Clip } from '../voice/clips'

// Fitted by logistic regression to recordings of spontaneous speech made by script (`docs/alignment.md`): whether a word starts within 0.2 s of
// the truth and is what is said there. The sentence's confidence counted for little there, as most doubts were about begins; it has more weight here,
// since nothing in them was quite misplaced. Units: z = `normalisedScore`, logarithms of a pace against the usual one, seconds.
const weights = {
  bias: 1.31,
  score: 0.59,
  /** The score counts the more, the more sounds the word has, up to `manySounds`. */
  scoreBySounds: 1.55,
  /** The worse of the two words beside it. */
  scoreBeside: 0.46,
  hurried: -1.66,
  slow: -2.06,
  short: 3.96,
  pauseBehind: -1.7,
  last: -0.8,
  /** Logit of the sentence's confidence, less that of a sure one. */
  doubt: 0.2,
} as const
const manySounds = 8
const leastScore = -2.5
const mostScore = 1.5
const sureLogit = 4
const leastLogit = -3
/** Words of no unit are as good as right text. */
const scoreOfNone = 1

/** How likely each placed word of a unit is said where it was placed, 0–1.
 *  @param sentence the unit's confidence
 *  @param usual frames that a sound takes in this recording */
export function wordConfidences(
  { words }: Pick<Placed, 'words'>,
  clip: Pick<Clip, 'words'>,
  levels: Pick<Levels, 'filler' | 'right'>,
  sentence: number,
  usual: number,
): number[] {
  const z = (word: Placed['words'][number] | undefined) =>
    word ? Math.max(leastScore, Math.min(mostScore, normalisedScore(word.score, levels))) : scoreOfNone
  const logit = Math.max(leastLogit, Math.min(sureLogit, Math.log(sentence / (1 - sentence))))
  return words.map((word, index) => {
    const sounds = Math.max(1, clip.words[word.word]?.phones.length ?? 1)
    const pace = Math.log(Math.max(1, word.end - word.start) / (sounds * usual))
    const next = words[index + 1]
    const pause = next ? Math.max(0, Math.min(1, (next.start - word.end) / frameRate)) : 0
    const own = z(word)
    const sum =
      weights.bias +
      weights.score * own +
      weights.scoreBySounds * own * (Math.min(manySounds, sounds) / manySounds) +
      weights.scoreBeside * Math.min(z(words[index - 1]), z(next)) +
      weights.hurried * Math.max(0, -pace) +
      weights.slow * Math.max(0, pace) +
      weights.short / sounds +
      weights.pauseBehind * pause +
      (next ? 0 : weights.last) +
      weights.doubt * (logit - sureLogit)
    return 1 / (1 + Math.exp(-sum))
  })
}
