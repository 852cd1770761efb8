import { expect, test } from 'vitest'
import { report, sentencesFrom, turnsFrom, unknownFrom } from '../../../shared/alignment/report'
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

/** One unit of one word a turn, each a second long; loud where the units are and where it is said, `quiet` elsewhere. */
function reported(
  starts: readonly (number | null)[],
  loudAt: readonly (readonly [number, number])[] = [],
  { quiet = -15, isUnclear = false } = {},
) {
  const units = starts.map(
    (_, turn): Unit => ({
      from: 5 * turn,
      to: 5 * turn + 4,
      text: 'word',
      turn,
      speaker: null,
      language: 'en',
      sentence: turn,
      isAfterUnknown: false,
    }),
  )
  const loud = new Float32Array(3000).fill(quiet)
  const placed = starts.map((start): Placed | null => {
    if (start === null) return null
    loud.fill(-3, start, start + 100)
    const words = [{ word: 0, start, end: start + 100, score: 0 }]
    return { start, end: start + 100, score: 0, firstScore: 0, lastScore: 0, path: new Int32Array(0), words }
  })
  for (const [from, to] of loudAt) loud.fill(-3, from, to)
  return report({
    text: {
      turns: units.length,
      pieces: units.map(({ from, to, text, turn }) => ({
        from,
        to,
        text,
        turn,
        speaker: null,
        kind: 'speech',
      })),
    },
    units,
    clips: units.map(() => ({
      phones: 8,
      words: [{ from: 0, to: 4, isAfterMark: false, phones: Array(8).fill(1) }],
    })) as unknown as Clip[],
    features: { frames: 3000 } as Features,
    track: { frames: 3000, loud, silentBelow: quiet + 4, quiet, high: -3, cepstra: new Int16Array(0) },
    language: 'en',
    placed,
    earlier: placed,
    levels: { right: 0, rightDeviation: 0.3, wrong: -2, wrongDeviation: 0.3, share: 0.9, filler: -1 },
    isUnclear,
  })
}

test('a second and a half of loud sound between sentences is speech without text, from its first to its last', () => {
  const between = reported(
    [100, 2000],
    [
      [600, 700],
      [720, 770],
      [1300, 1340],
    ],
  )
  expect(between.duration).toBe(30)
  expect(between.speechWithoutText).toEqual([[6, 13.4]])
  expect(
    reported(
      [100],
      [
        [600, 700],
        [720, 770],
        [1300, 1340],
      ],
    ).speechWithoutText,
  ).toEqual([[6, 13.4]])
  expect(reported([100, 2000], [[600, 740]]).speechWithoutText).toEqual([])
  expect(reported([100, 2000], [[2500, 2700]]).speechWithoutText).toEqual([[25, 27]])
})

test('what was not placed has no time and no confidence, and nothing placed is another recording’s text', () => {
  const { turns, words, sentences, refused } = reported([100, null])
  expect(refused).toBeUndefined()
  expect(turns[1]).toEqual({ turn: 1, start: null, end: null, confidence: 0, placement: 'notPlaced' })
  expect(sentences[1]).toMatchObject({ start: null, end: null, confidence: 0 })
  expect(words[1]).toMatchObject({ from: 5, to: 9, start: null, end: null, confidence: 0 })
  expect(reported([null, null], [[600, 900]])).toMatchObject({
    refused: 'foreignText',
    speechWithoutText: [],
  })
})

test('noise hides the end of a sound: the louder it is, the longer that goes on, up to the next one', () => {
  const endOf = (quiet: number, next: number | null = null) =>
    reported([100, next], [], { quiet }).sentences[0]?.end
  expect(endOf(-15)).toBeCloseTo(2.003, 3)
  // 26 decibels above the noise are 7 less than all.
  expect(endOf(-9)).toBeCloseTo(2.003 + 0.005 * (33 - 26.04), 3)
  expect(endOf(-9, 201)).toBeCloseTo(2.018, 3)
})

test('where the text may be another recording’s, all of it is half as sure', () => {
  const [sure, unclear] = [reported([100, 600]), reported([100, 600], [], { isUnclear: true })]
  for (const list of ['sentences', 'words', 'turns'] as const)
    for (const [k, { confidence }] of sure[list].entries())
      expect(unclear[list][k]?.confidence, list).toBeCloseTo(confidence / 2, 9)
  expect(unclear.turns.every(({ placement }) => placement === 'doubtful')).toBe(true)
})

const timed = (start: number, confidence: number) => ({ start, end: start + 1, confidence })

test('a sentence in parts is as sure as the least sure of them, a turn as all of them, its first one above all', () => {
  const units = [0, 0, 1].map((sentence, k) => ({ from: k, to: k + 1, sentence, turn: 0 }) as Unit)
  const times = [timed(1, 0.9), timed(2, 0.5), timed(3, 1)]
  expect(sentencesFrom(units, times)).toEqual([
    { from: 0, to: 2, start: 1, end: 3, confidence: 0.5 },
    { from: 2, to: 3, start: 3, end: 4, confidence: 1 },
  ])
  const text = { turns: 2, pieces: [] }
  const [turn, other] = turnsFrom(text, units, times, 0.8)
  expect(turn).toMatchObject({ start: 1, end: 4, placement: 'placed' })
  expect(turn?.confidence).toBeCloseTo((0.8 + 0.9) / 2, 9)
  expect(turnsFrom(text, units, times, 0.86)[0]?.placement).toBe('doubtful')
  expect(other?.placement).toBe('notPlaced')
})

test('an inaudible mark lies between the sentences around it, where both have a place', () => {
  const mark = { from: 10, to: 20, text: '[inaudible]', turn: 0, speaker: null, kind: 'unknown' as const }
  const range = (from: number, start: number | null) => ({
    from,
    to: from + 5,
    start,
    end: start === null ? null : start + 1,
    confidence: from / 100,
  })
  const tell = (...sentences: ReturnType<typeof range>[]) =>
    unknownFrom({ turns: 1, pieces: [mark] }, sentences)[0]
  expect(tell(range(0, 1), range(4, 3), range(30, 9))).toMatchObject({
    from: 10,
    to: 20,
    start: 4,
    end: 9,
    confidence: 0.04,
  })
  expect(tell(range(0, 1), range(4, null), range(30, 9))).toMatchObject({ start: 2, end: 9 })
  expect(tell(range(0, 1), range(30, 1.5))).toMatchObject({ start: 2, end: 2 })
  expect(tell(range(0, 1), range(30, null))).toMatchObject({ start: null, end: null, confidence: 0 })
})
