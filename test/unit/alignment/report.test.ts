import { expect, test } from 'vitest'
import { report } from '../../../shared/alignment/report'
import type { Placed } from '../../../shared/alignment/search/placing'
import type { Features } from '../../../shared/alignment/sound/features'
import type { Track } from '../../../shared/alignment/sound/track'
import type { Unit } from '../../../shared/alignment/text/segments'
import type { Clip } from '../../../shared/alignment/voice/clips'

test('words that are read together with the one before share its time by their letters', () => {
  const text = 'She is in the house.'
  const said = [
    { from: 0, start: 100, end: 140 },
    { from: 4, start: 140, end: 160 },
    { from: 7, start: 160, end: 210 },
    { from: 14, start: 210, end: 280 },
  ]
  const words = said.map(({ start, end }, word) => ({ word, start, end, score: 0 }))
  const placed: Placed = {
    start: 100,
    end: 280,
    score: 0,
    firstScore: 0,
    lastScore: 0,
    path: new Int32Array(0),
    words,
  }
  const clip = {
    phones: 16,
    words: said.map(({ from }) => ({ from, phones: [1, 1, 1, 1] })),
  } as unknown as Clip
  const loud = new Float32Array(400).fill(-15)
  loud.fill(-3, 100, 280)
  const track: Track = {
    frames: 400,
    loud,
    silentBelow: -11,
    quiet: -15,
    high: -3,
    cepstra: new Int16Array(0),
  }
  const unit: Unit = {
    from: 0,
    to: text.length,
    text,
    turn: 0,
    speaker: null,
    language: 'en',
    sentence: 0,
    isAfterUnknown: false,
  }
  const piece = { from: 0, to: text.length, text, turn: 0, speaker: null, kind: 'speech' } as const
  const found = report({
    text: { turns: 1, pieces: [piece] },
    units: [unit],
    clips: [clip],
    features: { frames: 400 } as Features,
    track,
    language: 'en',
    placed: [placed],
  })
  const [, , inside, article, house] = found.words
  expect(inside?.start).toBeCloseTo(1.618, 3)
  // Two of five letters.
  expect(inside?.end).toBeCloseTo(1.812, 3)
  expect(article).toMatchObject({ from: 10, to: 13, start: inside?.end })
  expect(article?.end).toBeCloseTo(2.103, 3)
  expect(house?.start).toBeCloseTo(2.118, 3)
})
