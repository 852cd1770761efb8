import { describe, expect, it } from 'vitest'
import type { AlignedRange, Alignment, AlignmentText } from '../../../../shared/alignment/alignment'
import { combine } from '../../../../shared/alignment/byText/combine'
import { alignmentFromWords } from '../../../../shared/alignment/byText/fromWords'

type Found = readonly [start: number, confidence: number] | null

const sentence = 'Good evening.'
const textOf = (count: number): AlignmentText => ({
  turns: count,
  pieces: Array.from({ length: count }, (_, turn) => ({
    from: turn * 20,
    to: turn * 20 + sentence.length,
    text: sentence,
    turn,
    speaker: 0,
    kind: 'speech' as const,
  })),
})

// A sentence of two words in each turn; it lasts a second.
function alignmentOf(found: readonly Found[], doubtfulBelow: number): Alignment {
  const words = found.flatMap((place, turn): AlignedRange[] =>
    place === null
      ? []
      : [0, 5].map((at) => ({
          from: turn * 20 + at,
          to: turn * 20 + at + (at === 0 ? 4 : 7),
          start: place[0] + at / 10,
          end: place[0] + at / 10 + 0.5,
          confidence: place[1],
        })),
  )
  return alignmentFromWords(textOf(found.length), words, doubtfulBelow, 1000)
}

function both(ear: readonly Found[], text: readonly Found[], heardElse: readonly [number, number][] = []) {
  const byText = { ...alignmentOf(text, 0.8), speechWithoutText: heardElse }
  return combine(textOf(ear.length), alignmentOf(ear, 0.95), { alignment: byText, suggestions: [] })
}

const sure = (count: number, by = 0): Found[] => Array.from({ length: count }, (_, k) => [10 * k + by, 0.97])

describe('the sound and a recogniser together', () => {
  it('are surer where they agree; the times are those of the sound', () => {
    const { sentences } = both([[0, 0.8], ...sure(6).slice(1)], sure(6, 0.1))
    expect(sentences[0]?.start).toBe(0)
    expect(sentences[0]?.confidence).toBeCloseTo(1 - 0.2 * 0.03, 9)
  })

  it('agree although the recogniser is late throughout', () => {
    const { sentences } = both(sure(8), sure(8, 1.2))
    expect(sentences.every(({ confidence }) => confidence > 0.99)).toBe(true)
  })

  it('doubt where they disagree, and believe the surer one', () => {
    const ear: Found[] = [...sure(6), [63, 0.5], [70, 0.99], ...sure(10).slice(8)]
    const text: Found[] = [...sure(7), [76, 0.97], ...sure(10).slice(8)]
    const { sentences, words, turns } = both(ear, text)
    expect(sentences[6]?.start).toBeCloseTo(60, 9)
    expect(words.find(({ from }) => from === 120)?.start).toBeCloseTo(60, 9)
    expect(sentences[7]).toMatchObject({ start: 70 })
    expect(sentences[7]?.confidence).toBeLessThan(0.8)
    expect(turns[7]?.placement).toBe('doubtful')
  })

  it('have what only one of them found, but no guesses', () => {
    const { sentences } = both(
      [...sure(6), null, [70, 0.99], null],
      [...sure(6), [60, 0.97], null, [80, 0.3]],
    )
    expect(sentences.map(({ start }) => start)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, null])
    expect(sentences[7]?.confidence).toBe(0.99)
  })

  it('doubt text in whose place the recogniser heard something else', () => {
    const { sentences } = both(sure(8), [...sure(7), null], [[69.9, 71.2]])
    expect(sentences[7]?.confidence).toBeLessThan(0.8)
  })

  it('never put a sentence before the one that precedes it', () => {
    const { sentences } = both([...sure(6), null, [70, 0.99]], [...sure(6), [20, 0.97], [70, 0.97]])
    expect(sentences[6]?.start).toBeNull()
  })
})
