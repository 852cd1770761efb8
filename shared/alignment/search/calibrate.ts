import { mean, standardDeviation } from '../statistics'

/** What right and wrong text score in a recording. */
export interface Levels {
  readonly right: number
  readonly rightDeviation: number
  readonly wrong: number
  readonly wrongDeviation: number
  /** The share of right text. */
  readonly share: number
  /** As far from right text as from wrong text, each by its own deviation. */
  readonly filler: number
}

/** A score on the scale of a recording: 0 is filler, 1 right text. */
export function normalisedScore(score: number, { filler, right }: Pick<Levels, 'filler' | 'right'>): number {
  return (score - filler) / (right - filler)
}

/** Fits two normal distributions to scores; that of wrong text is known from `wrong`, text laid over what is not its own. `null` where
 *  there are too few. */
export function levelsOf(scores: readonly number[], wrong: readonly number[]): Levels | null {
  if (scores.length < 2 || wrong.length < 2) return null
  const wrongMean = mean(wrong)
  const wrongDeviation = Math.max(0.05, standardDeviation(wrong))
  const sorted = [...scores].sort((a, b) => a - b)
  let right = sorted[Math.floor(sorted.length * 0.75)] as number
  let deviation = wrongDeviation
  let share = 0.8
  const density = (value: number, middle: number, width: number) =>
    Math.exp(-0.5 * ((value - middle) / width) ** 2) / width
  for (let round = 0; round < 30; round++) {
    let [n, sum, square] = [0, 0, 0]
    for (const value of sorted) {
      const isRight = share * density(value, right, deviation)
      const isWrong = (1 - share) * density(value, wrongMean, wrongDeviation)
      const weight = value > right ? 1 : isRight / (isRight + isWrong + 1e-30)
      n += weight
      sum += weight * value
      square += weight * value * value
    }
    if (n < 1e-6) break
    right = Math.max(sum / n, wrongMean + 0.1)
    deviation = Math.max(0.05, Math.sqrt(Math.max(0, square / n - (sum / n) ** 2)))
    share = Math.min(0.999, n / sorted.length)
  }
  return {
    right,
    rightDeviation: deviation,
    wrong: wrongMean,
    wrongDeviation,
    share,
    filler: (right * wrongDeviation + wrongMean * deviation) / (wrongDeviation + deviation),
  }
}
