import { expect, test } from 'vitest'
import { withOtherWords } from '../../../../shared/alignment/repair/otherWords'
import type { Track } from '../../../../shared/alignment/sound/track'

/** A recording of which these frames are loud, after a minute that a sentence of its own takes up. */
function trackOf(loudAt: readonly (readonly [number, number])[]): Track {
  const frames = 8000
  const loud = new Float32Array(frames).fill(-15)
  for (const [from, to] of [[0, 6000] as const, ...loudAt]) loud.fill(-3, from, to)
  return { frames, loud, silentBelow: -11, quiet: -15, high: -3, cepstra: new Int16Array(0) }
}
const minute = { start: 0, end: 60, confidence: 1 }
const sentence = { start: 65, end: 67, confidence: 0.5 }

function startAndEnd(
  loudAt: readonly (readonly [number, number])[],
  { others = [], isAfterUnknown = false }: { others?: readonly null[]; isAfterUnknown?: boolean } = {},
) {
  const timed = [minute, sentence, ...others]
  const units = timed.map((_, k) => ({ text: `Sentence ${k}.`, isAfterUnknown: k === 1 && isAfterUnknown }))
  const { timed: found } = withOtherWords(timed, units, trackOf(loudAt))
  expect(found[0]).toEqual(minute)
  return [found[1]?.start, found[1]?.end]
}

test('what is said right in front of a sentence or right behind it is the sentence in other words', () => {
  expect(startAndEnd([[6390, 6700]])).toEqual([63.9, 67])
  expect(
    startAndEnd([
      [6390, 6480],
      [6500, 6700],
      [6728, 6760],
    ]),
  ).toEqual([63.9, 67.6])
})

test('what a pause parts from a sentence is somebody’s, and so is what is as close to another sentence', () => {
  expect(
    startAndEnd([
      [6380, 6465],
      [6500, 6700],
    ]),
  ).toEqual([65, 67])
  expect(startAndEnd([[6020, 6700]])).toEqual([65, 67])
})

test('a click is not a word', () => {
  expect(startAndEnd([[6485, 6700]])).toEqual([65, 67])
})

test('where others speak whose words are not in the text, it stays so', () => {
  const clear = [6390, 6700] as const
  expect(startAndEnd([clear, [7000, 7030]])).toEqual([63.9, 67])
  expect(startAndEnd([clear, [7000, 7100]])).toEqual([65, 67])
})

test('one stretch of speech by itself is let pass where four lie beside sentences', () => {
  const said = [6100, 6500, 6900, 7300]
  const starts = (others: readonly (readonly [number, number])[]) =>
    withOtherWords(
      [minute, ...said.map((start) => ({ start: start / 100, end: start / 100 + 1, confidence: 1 }))],
      [0, ...said].map((at) => ({ text: `Sentence ${at}.`, isAfterUnknown: false })),
      trackOf([...said.map((start) => [start - 50, start + 100] as const), ...others]),
    ).timed.map((time) => time?.start)
  expect(starts([[7500, 7550]])).toEqual([0, 60.5, 64.5, 68.5, 72.5])
  const two = [
    [7500, 7550],
    [7650, 7700],
  ] as const
  expect(starts(two)).toEqual([0, 61, 65, 69, 73])
})

test('where text has no place, too', () => {
  expect(startAndEnd([[6390, 6700]], { others: [null] })).toEqual([65, 67])
})

test('what is said at an inaudible mark stays what is said there', () => {
  expect(startAndEnd([[6390, 6700]], { isAfterUnknown: true })).toEqual([65, 67])
})

test('what comes with a sentence whenever it is said is its own, however much else is not in the text', () => {
  const frames = 9000
  const sounds = [
    [0, 100],
    [400, 890],
    [2000, 2700],
    [4000, 4320],
    [5000, 5400],
  ] as const
  const loud = new Float32Array(frames).fill(-15)
  for (const [from, to] of sounds) loud.fill(-3, from, to)
  const track: Track = { frames, loud, silentBelow: -11, quiet: -15, high: -3, cepstra: new Int16Array(0) }
  const starts = (texts: readonly string[]) =>
    withOtherWords(
      [
        { start: 0, end: 1, confidence: 1 },
        { start: 7.9, end: 8.9, confidence: 1 },
        { start: 42, end: 43.2, confidence: 1 },
        { start: 53.4, end: 54, confidence: 1 },
      ],
      ['Good morning.', ...texts].map((text) => ({ text, isAfterUnknown: false })),
      track,
    ).timed.map((time) => time?.start)
  // 3.9, 2 and 3.4 seconds in front of them.
  expect(starts(['I second.', 'I object.', 'I second.'])).toEqual([0, 4, 42, 50])
  expect(starts(['I second.', 'I object.', 'I agree.'])).toEqual([0, 7.9, 42, 53.4])
  expect(starts(['I second.', 'I second.', 'I object.'])).toEqual([0, 7.9, 42, 53.4])
})

test('so they are behind a short silence too, but not where they run on from the sentence before', () => {
  const frames = 9000
  const starts = (silence: number) => {
    const loud = new Float32Array(frames).fill(-15)
    const sounds = [
      [0, 100],
      [400, 890],
      [1200, 2000 - silence],
      [2000, 2500],
      [4000, 4100],
    ] as const
    for (const [from, to] of sounds) loud.fill(-3, from, to)
    const track: Track = { frames, loud, silentBelow: -11, quiet: -15, high: -3, cepstra: new Int16Array(0) }
    const timed = [
      { start: 0, end: 1, confidence: 1 },
      { start: 7.9, end: 8.9, confidence: 1 },
      { start: 12, end: 20 - silence / 100, confidence: 1 },
      { start: 24, end: 25, confidence: 1 },
      { start: 40, end: 41, confidence: 1 },
    ]
    const texts = ['Good morning.', 'I second.', 'Any other business?', 'I second.', 'No.']
    const units = texts.map((text) => ({ text, isAfterUnknown: false }))
    return withOtherWords(timed, units, track).timed.map((time) => time?.start)
  }
  expect(starts(15)).toEqual([0, 4, 12, 20, 40])
  expect(starts(3)).toEqual([0, 7.9, 12, 24, 40])
})

test('a stretch of a recording does not tell by itself whether the text is complete', () => {
  const units = [minute, sentence].map((_, k) => ({ text: `Sentence ${k}.`, isAfterUnknown: false }))
  const start = (known?: boolean) => {
    const { timed, isComplete } = withOtherWords([minute, sentence], units, trackOf([[6390, 6700]]), known)
    return [timed[1]?.start, isComplete]
  }
  expect(start()).toEqual([63.9, true])
  expect(start(true)).toEqual([63.9, true])
  expect(start(false)).toEqual([65, false])
})
