import { expect, test } from 'vitest'
import { wordConfidences } from '../../../../shared/alignment/confidence/wordConfidence'
import type { Clip } from '../../../../shared/alignment/voice/clips'

const levels = { filler: -2, right: -1 }
/** Words of eight sounds, ten frames a sound, one behind the other. */
function sureOf(
  words: readonly { readonly score?: number; readonly frames?: number; readonly pause?: number }[],
  { sentence = 1, sounds = 8 } = {},
): number[] {
  let at = 100
  const placed = words.map(({ score = -1, frames = 10 * sounds, pause = 0 }, word) => {
    const start = at
    at += frames + pause
    return { word, start, end: start + frames, score }
  })
  const clip = {
    words: words.map((_, word) => ({ from: word * 10, phones: Array(sounds).fill(1) })),
  } as unknown as Clip
  return wordConfidences({ words: placed }, clip, levels, sentence, 10)
}

test('a word that sounds like right text at the usual pace is sure, one that sounds like something else is not', () => {
  const [first, odd, third] = sureOf([{}, { score: -3.5 }, {}]) as [number, number, number]
  expect(odd).toBeLessThan(0.3)
  expect(first).toBeGreaterThan(0.8)
  expect(third).toBeGreaterThan(odd)
  expect(Math.min(...sureOf([{}, {}, {}]))).toBeGreaterThan(0.9)
})

test('a bad score tells less of a short word than of a long one', () => {
  const odd = [{}, { score: -3 }, {}]
  expect(sureOf(odd, { sounds: 2 })[1]).toBeGreaterThan((sureOf(odd)[1] as number) + 0.1)
})

test('hurried and drawn out words, and such as a pause follows, are less sure', () => {
  const usual = sureOf([{}, {}, {}])[1] as number
  for (const other of [{ frames: 30 }, { frames: 240 }, { pause: 90 }])
    expect(sureOf([{}, other, {}])[1]).toBeLessThan(usual - 0.01)
})

test('words of a doubtful sentence are less sure', () => {
  const sure = sureOf([{}, {}])[0] as number
  const doubted = sureOf([{}, {}], { sentence: 0.1 })[0] as number
  expect(doubted).toBeLessThan(sure - 0.02)
  expect(sureOf([{}, {}], { sentence: 0 })[0]).toBeLessThan(doubted)
})
