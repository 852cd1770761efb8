import { describe, expect, it } from 'vitest'
import { inVoices, otherVoices } from '../../../../shared/alignment/repair/turnVoices'
import { chainOf } from '../../../../shared/alignment/search/chain'
import { estimateModels, Scorer, Statistics } from '../../../../shared/alignment/search/phoneModels'
import type { Placed } from '../../../../shared/alignment/search/placing'
import { cepstrumCount, cepstrumScale } from '../../../../shared/alignment/sound/spectrum'

// Eight turns of one unit of one phone, 40 frames each. Who really speaks: the cepstra of the two differ by 3.
const frames = 40
const speaks = [0, 1, 0, 1, 0, 1, 0, 0]
/** As the labels have it: the last turn is not the second speaker's. */
const labelled = [0, 1, 0, 1, 0, 1, 0, 1]
const perVoice = 4
const noise = (t: number, c: number) => Math.sin(t * 12.9898 + c * 78.233) * 0.3
const track = {
  frames: speaks.length * frames,
  cepstra: Int16Array.from({ length: speaks.length * frames * cepstrumCount }, (_, i) => {
    const t = Math.floor(i / cepstrumCount)
    const speaker = speaks[Math.floor(t / frames)] as number
    return Math.round((3 * speaker + noise(t, i % cepstrumCount)) * cepstrumScale)
  }),
  loud: new Float32Array(speaks.length * frames).fill(1),
  quiet: 0,
  high: 1,
  silentBelow: 0.5,
}
const chain = chainOf(
  labelled.map((voice, turn) => ({
    words: [{ from: 0, to: 1, isAfterMark: false, phones: [1] }],
    turn,
    voice,
    isAfterUnknown: false,
  })),
  perVoice,
)
const placed = labelled.map((_, k): Placed => {
  const first = (chain.boundary[k] as number) + 2
  const path = Int32Array.from({ length: frames }, (_, t) => first + (t < frames / 2 ? 0 : 1))
  const start = k * frames
  return { start, end: start + frames, score: 0, firstScore: 0, lastScore: 0, path, words: [] }
})
const statistics = new Statistics(2 * perVoice)
for (const { path, start } of placed.slice(0, -1))
  path.forEach((state, t) => {
    statistics.add(chain.models[state] as number, track, start + t)
  })
const models = estimateModels(statistics, perVoice, null, { priorFrames: 1, voiceFrames: 1 })
const find = (least: number, named = [0, 1]) =>
  otherVoices({ chain, track }, placed, models, new Scorer(track, models), {
    turnOf: (unit) => unit,
    voiceOf: (unit) => labelled[unit] as number,
    named: new Set(named),
    least,
  })

describe('otherVoices', () => {
  it('finds the turn whose label names another speaker than the one who speaks, and no other', () => {
    expect([...find(-1)]).toEqual([[7, 0]])
  })

  it('leaves a turn to its label where what is said there is other text for every voice', () => {
    expect(find(10).size).toBe(0)
  })

  it('tells nothing by a few frames', () => {
    const cut = (count: number) =>
      placed.map((unit, k) => (k < 7 ? unit : { ...unit, path: unit.path.subarray(0, count) }))
    const tell = (list: readonly Placed[]) =>
      otherVoices({ chain, track }, list, models, new Scorer(track, models), {
        turnOf: (unit) => unit,
        voiceOf: (unit) => labelled[unit] as number,
        named: new Set([0, 1]),
        least: -1,
      })
    expect([...tell(cut(40))]).toEqual([[7, 0]])
    expect(tell(cut(38)).size).toBe(0)
  })

  it('gives no turn to a voice that stands for several people', () => {
    expect(find(-1, [1]).size).toBe(0)
  })

  it('has nothing to choose from where all speak in one voice', () => {
    const one = estimateModels(new Statistics(perVoice), perVoice, null, { priorFrames: 1, voiceFrames: 1 })
    const own = { turnOf: (unit: number) => unit, voiceOf: () => 0, named: new Set([0]), least: -1 }
    expect(otherVoices({ chain, track }, placed, one, new Scorer(track, one), own).size).toBe(0)
  })
})

describe('inVoices', () => {
  it('gives each unit the models of its voice and leaves silence as it is', () => {
    const given = inVoices(chain, (unit) => speaks[unit] as number, perVoice)
    for (let state = 0; state < chain.states; state++) {
      const before = chain.models[state] as number
      const voice = speaks[chain.owner[state] as number] as number
      expect(given.models[state]).toBe(before === 0 ? 0 : voice * perVoice + (before % perVoice))
    }
  })
})
