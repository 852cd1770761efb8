import { describe, expect, it } from 'vitest'
import { confidenceOf, type FoundWord } from '../../../../shared/alignment/byText/foundWord'
import { placeUnmatched } from '../../../../shared/alignment/byText/placeUnmatched'

/** Words of five syllables; a second each, where they were heard. */
function wordsOf(list: readonly (readonly [unit: number, start: number | null])[]): FoundWord[] {
  return list.map(([unit, start], k) => ({
    from: 2 * k,
    to: 2 * k + 1,
    unit,
    syllables: 5,
    start,
    end: start === null ? null : start + 1,
    evidence: start === null ? 'none' : 'same',
    isTimed: start !== null,
    heard: start === null ? null : [k, k],
  }))
}
const placed = (list: readonly (readonly [number, number | null])[], duration = 100) => {
  const words = wordsOf(list)
  placeUnmatched(words, [], duration)
  return words
}

describe('words that were not heard', () => {
  it('share the time between those of their sentence that were, at the pace of the rest where there is more', () => {
    const words = placed([
      [0, 0],
      [0, null],
      [0, null],
      [0, 3],
    ])
    expect(words.map(({ start, end }) => [start, end])).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
    ])
    const [, wide] = placed([
      [0, 0],
      [0, null],
      [0, 20],
    ])
    expect([wide?.start, wide?.end, wide?.evidence]).toEqual([1, 2, 'between'])
  })

  it('have no time where three or more of them would have next to none', () => {
    const tight = (count: number) =>
      placed([[0, 0], ...Array.from({ length: count }, () => [0, null] as const), [0, 1.5]])[1]?.start
    expect(tight(2)).toBe(1)
    expect(tight(3)).toBeNull()
  })

  it('adjoin their own sentences where those are parted', () => {
    const words = placed([
      [0, 0],
      [0, null],
      [1, null],
      [1, 20],
    ])
    expect(words.map(({ start, end }) => [start, end]).slice(1, 3)).toEqual([
      [1, 2],
      [19, 20],
    ])
  })

  it('that are a sentence lie in the middle of the time there is, where that is not much too long or short', () => {
    const between = (to: number) => {
      const [, one, two] = placed([
        [0, 0],
        [1, null],
        [1, null],
        [2, to],
      ])
      return one?.start === null ? null : [one?.start, two?.end, one?.evidence]
    }
    expect(between(5)).toEqual([2, 4, 'far'])
    expect(between(2.5)).toBeNull()
    expect(between(40)).toBeNull()
  })

  it('that are a sentence take the time of what was heard instead, where that is about as long', () => {
    const instead = (seconds: number) => {
      const words = wordsOf([
        [0, 0],
        [1, null],
        [1, null],
        [2, 50],
      ])
      const last = words[3] as FoundWord
      last.heard = [2, 2]
      const other = { text: 'other', start: 20, end: 20 + seconds, isTimed: true }
      placeUnmatched(words, [{ ...other, start: 0, end: 1 }, other, { ...other, start: 50, end: 51 }], 100)
      return words[1]?.start
    }
    expect(instead(2)).toBe(20)
    expect(instead(1)).toBeNull()
    expect(instead(4)).toBeNull()
  })
})

it('a word is the surer the better it was heard, and less sure where its time was shared out', () => {
  const [word] = wordsOf([[0, 0]]) as [FoundWord]
  const sure = (['same', 'alike', 'replaced', 'between', 'far', 'none'] as const).map((evidence) =>
    confidenceOf({ ...word, evidence }),
  )
  expect(sure).toEqual([...sure].sort((a, b) => b - a))
  expect(confidenceOf({ ...word, isTimed: false })).toBeCloseTo(0.6 * (sure[0] as number), 9)
  expect(confidenceOf({ ...word, evidence: 'far', isTimed: false })).toBe(sure[4])
})
