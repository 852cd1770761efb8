import { describe, expect, it } from 'vitest'
import { estimateModels, Scorer, Statistics } from '../../../../shared/alignment/search/phoneModels'
import { type Cepstra, cepstrumCount, cepstrumScale } from '../../../../shared/alignment/sound/spectrum'

const size = 2 * cepstrumCount
const perVoice = 4
/** Frames whose cepstra are all one number, a little noise in it. */
const cepstraOf = (values: readonly number[]): Cepstra => ({
  frames: values.length,
  cepstra: Int16Array.from({ length: values.length * cepstrumCount }, (_, i) => {
    const frame = Math.floor(i / cepstrumCount)
    return Math.round(((values[frame] as number) + 0.3 * Math.sin(i * 12.9898)) * cepstrumScale)
  }),
})
const run = (value: number, count = 40) => Array<number>(count).fill(value)
const none = { priorFrames: 0.001, voiceFrames: 0.001 }

/** Statistics of frames by their sounds. */
function statisticsOf(source: Cepstra, sounds: readonly number[], count = perVoice): Statistics {
  const statistics = new Statistics(count)
  sounds.forEach((sound, frame) => {
    statistics.add(sound, source, frame)
  })
  return statistics
}
const meanOf = ({ mean }: { readonly mean: Float32Array }, model: number) => mean[model * size] as number

describe('models', () => {
  const source = cepstraOf([...run(0), ...run(4)])
  const statistics = statisticsOf(source, [...run(2), ...run(3)])

  it('have the means of what was heard, and lean on the prior where little was', () => {
    const heard = estimateModels(statistics, perVoice, null, none)
    expect(meanOf(heard, 2)).toBeCloseTo(0, 0)
    expect(meanOf(heard, 3)).toBeCloseTo(4, 0)
    const few = statisticsOf(cepstraOf(run(8, 10)), run(3, 10))
    const leaning = estimateModels(few, perVoice, heard, { priorFrames: 30, voiceFrames: 0.001 })
    expect(leaning.shared[3 * size] as number).toBeCloseTo((10 * 8 + 30 * 4) / 40, 0)
    // What was not heard is as it was before.
    expect(leaning.shared[2 * size] as number).toBeCloseTo(heard.shared[2 * size] as number, 5)
  })

  it('of a voice are those of all, moved by how far it lies from them, where it has not said a sound', () => {
    const both = new Statistics(2 * perVoice)
    const one = cepstraOf([...run(0, 400), ...run(4, 400)])
    const other = cepstraOf(run(2, 4000))
    run(0, 400).forEach((_, k) => {
      both.add(2, one, k)
      both.add(3, one, 400 + k)
    })
    // The second voice says the first sound alone, two above the other voice.
    run(0, 4000).forEach((_, k) => {
      both.add(perVoice + 2, other, k)
    })
    const models = estimateModels(both, perVoice, null, { priorFrames: 1, voiceFrames: 10 })
    expect(meanOf(models, perVoice + 2)).toBeCloseTo(2, 1)
    const moved = meanOf(models, perVoice + 3) - (models.shared[3 * size] as number)
    expect(moved).toBeGreaterThan(0.05)
    expect(meanOf(models, 3)).toBeCloseTo(4, 0)
  })

  it('have variances of their own where much was heard, and those of all sounds where nothing was', () => {
    const wide = cepstraOf([...run(0, 2000), ...Array.from({ length: 2000 }, (_, k) => (k % 2 ? 3 : -3))])
    const { variance } = estimateModels(
      statisticsOf(wide, [...run(2, 2000), ...run(3, 2000)], 6),
      6,
      null,
      none,
    )
    const at = (model: number) => variance[model * size] as number
    expect(at(3)).toBeGreaterThan(20 * at(2))
    expect(at(4)).toBeGreaterThan(at(2))
    expect(at(4)).toBeLessThan(at(3))
  })
})

describe('scores', () => {
  const values = [...run(0), ...run(4), ...run(-4)]
  const source = cepstraOf(values)
  const sounds = [...run(0), ...run(2), ...run(3)]
  const models = estimateModels(statisticsOf(source, sounds), perVoice, null, {
    priorFrames: 1,
    voiceFrames: 1,
  })

  it('are best for the sound that is heard, about 0, and never below −4', () => {
    const scorer = new Scorer(source, models)
    const rows = scorer.score(0, values.length, 1).slice()
    for (const frame of [10, 20, 60, 100]) {
      const own = sounds[frame] as number
      const row = rows.subarray(frame * scorer.width, frame * scorer.width + perVoice)
      for (let sound = 0; sound < perVoice; sound++) {
        if (sound === 1) continue
        const score = row[sound] as number
        if (sound === own) expect(Math.abs(score)).toBeLessThan(0.6)
        else expect(score).toBe(-4)
      }
    }
  })

  it('of a frame are the same whatever is asked for with it', () => {
    const scorer = new Scorer(source, models)
    const all = scorer.score(0, values.length, 1).slice()
    const few = scorer.score(57, 5, 1)
    expect([...few]).toEqual([...all.subarray(57 * scorer.width, 62 * scorer.width)])
  })

  it('are those of the own models of each of two scorers that take turns', () => {
    const other = estimateModels(
      statisticsOf(source, [...run(0), ...run(3), ...run(2)]),
      perVoice,
      null,
      none,
    )
    const [one, two] = [new Scorer(source, models), new Scorer(source, other)]
    const before = one.score(60, 1, 1).slice()
    expect(two.score(60, 1, 1)[2]).toBe(-4)
    expect([...one.score(60, 1, 1)]).toEqual([...before])
  })

  it('of a sound that is best thereabouts, but not in the frame itself, are below 0', () => {
    const scorer = new Scorer(source, models)
    const [before] = [scorer.score(39, 1, 1).slice(0, perVoice)]
    // Two frames on the next sound begins: what is best on the average counts.
    expect(Math.max(...before)).toBeGreaterThan(-4)
    expect(before[3]).toBe(-4)
  })
})
