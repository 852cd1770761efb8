import { expect, test } from 'vitest'
import { randomNumbers } from '../../../../electron/dev/speech'
import { belongingOf } from '../../../../shared/alignment/confidence/belonging'
import { chainOf } from '../../../../shared/alignment/search/chain'
import { estimateModels, Statistics } from '../../../../shared/alignment/search/phoneModels'
import { learn, type Placed, type Stage } from '../../../../shared/alignment/search/placing'
import { cepstrumCount, cepstrumScale } from '../../../../shared/alignment/sound/spectrum'
import type { Clip } from '../../../../shared/alignment/voice/clips'

const random = randomNumbers(3)
const [phones, phoneFrames, pause, kinds] = [12, 8, 20, 20]
/** Sounds that the text may have, of which the recording has the first few. */
const sounds = 2 * 90 + 2
const unitFrames = phones * phoneFrames
const count = 90
const spectra = Array.from({ length: kinds }, () =>
  Array.from({ length: cepstrumCount }, () => 5 * random() - 2.5),
)
const textOf = () =>
  Array.from({ length: count }, () =>
    Array.from({ length: phones }, () => 1 + Math.floor((kinds - 1) * random())),
  )
const said = textOf()
const frames = count * (unitFrames + pause)
const heard = said.flatMap((unit) => [
  ...unit.flatMap((phone) => Array<number>(phoneFrames).fill(phone)),
  ...Array<number>(pause).fill(0),
])
const track = {
  frames,
  cepstra: Int16Array.from(
    heard.flatMap((phone) => spectra[phone] as number[]),
    (value) => (value + random() - 0.5) * cepstrumScale,
  ),
  loud: Float32Array.from(heard, (phone) => (phone === 0 ? -9 : 0)),
  quiet: -9,
  high: 0,
  silentBelow: -6,
}

/** Whether a text belongs, each unit of it placed where one is said. */
async function tell(text: readonly (readonly number[])[], confidence: number) {
  const chain = chainOf(
    text.map((own, turn) => ({
      words: [{ from: 0, to: 1, isAfterMark: false, phones: own }],
      turn,
      voice: 0,
      isAfterUnknown: false,
    })),
    2 * sounds,
  )
  const stage: Stage = { track, chain, from: 0, to: frames, pins: [], breathe: async () => {} }
  const placed = text.map((_, k): Placed => {
    const start = k * (unitFrames + pause)
    const first = (chain.boundary[k] as number) + 2
    const path = Int32Array.from({ length: unitFrames }, (_, t) => first + Math.floor((2 * t) / phoneFrames))
    return { start, end: start + unitFrames, score: 0, firstScore: 0, lastScore: 0, path, words: [] }
  })
  const models = learn(
    stage,
    placed,
    () => true,
    estimateModels(new Statistics(2 * sounds), 2 * sounds, null),
  )
  const clips = text.map((own): Clip => {
    const list = own.flatMap((phone) => Array<number>(phoneFrames).fill(phone))
    return {
      frames: list.length,
      phones: own.length,
      words: [],
      events: [{ phone: 1, frame: 0 }],
      cepstra: Int16Array.from(
        list.flatMap((phone) => spectra[phone % kinds] as number[]),
        (value) => value * cepstrumScale,
      ),
      loud: new Float32Array(list.length),
    }
  })
  return belongingOf(
    stage,
    placed,
    text.map(() => confidence),
    clips,
    models,
    [{ from: 0, to: frames }],
  )
}

test('a text that is said there is its own', async () => {
  expect(await tell(said, 0.99)).toBe('own')
  // Though nothing of it is sure, its order tells.
  expect(await tell(said, 0.5)).toBe('own')
})

test('another text is foreign, though models that were learned from its own placement flatter it', async () => {
  expect(await tell(textOf(), 0.5)).toBe('foreign')
})

test('so is a text whose sounds none of its other units have: nothing but its own places speaks for it', async () => {
  const own = said.map((_, k) => Array.from({ length: phones }, (_phone, p) => 2 + 2 * k + (p % 2)))
  expect(await tell(own, 0.5)).toBe('foreign')
})

test('of a few words of another text nothing is told for sure', async () => {
  expect(await tell(textOf().slice(0, 9), 0.5)).toBe('unclear')
})

test('where nothing was placed it is foreign', async () => {
  const stage = { track, chain: chainOf([], 4) } as unknown as Stage
  expect(await belongingOf(stage, [null], [null], [], estimateModels(new Statistics(4), 4, null), [])).toBe(
    'foreign',
  )
})
