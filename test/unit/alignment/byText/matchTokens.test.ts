import { describe, expect, it } from 'vitest'
import { randomNumbers } from '../../../../electron/dev/speech'
import { alignBlock, type BlockScores } from '../../../../shared/alignment/byText/blockAlignment'
import { matchTokens } from '../../../../shared/alignment/byText/matchTokens'

describe('a block', () => {
  const scores = (a: string, b: string, marks: readonly number[] = []): BlockScores => ({
    pair: (i, j) => (a[i] === b[j] ? 1 : -0.35),
    surplusOpen: (i) => (marks.includes(i) ? 0 : 0.55),
    missingOpen: 0.5,
    gapStep: 0.04,
  })

  // The score of the best alignment, tried out in full.
  function best(a: string, b: string, { pair, surplusOpen, missingOpen, gapStep }: BlockScores): number {
    const go = (i: number, j: number, state: 'pair' | 'missing' | 'surplus'): number => {
      if (i === a.length && j === b.length) return 0
      const ways: number[] = []
      if (i < a.length && j < b.length) ways.push(pair(i, j) + go(i + 1, j + 1, 'pair'))
      if (i < a.length)
        ways.push(-gapStep - (state === 'missing' ? 0 : missingOpen) + go(i + 1, j, 'missing'))
      if (j < b.length)
        ways.push(-gapStep - (state === 'surplus' ? 0 : surplusOpen(i)) + go(i, j + 1, 'surplus'))
      return Math.max(...ways)
    }
    return go(0, 0, 'pair')
  }

  // The score of a result; between two pairs what is missing and what is surplus stand in the cheaper order.
  function scoreOf(
    found: Int32Array,
    b: string,
    { pair, surplusOpen, missingOpen, gapStep }: BlockScores,
  ): number {
    let [sum, lastA, lastB] = [0, -1, -1]
    const gap = (toA: number, toB: number) => {
      const [missing, surplus] = [toA - lastA - 1, toB - lastB - 1]
      if (missing > 0) sum -= missingOpen + gapStep * missing
      const opens = Array.from({ length: missing + 1 }, (_, k) => surplusOpen(lastA + 1 + k))
      // Surplus in the middle of what is missing parts it.
      const dearer = opens.map((open, k) => (k === 0 || k === missing ? open : open + missingOpen))
      if (surplus > 0) sum -= Math.min(...dearer) + gapStep * surplus
    }
    for (const [i, value] of found.entries()) {
      if (value === -1) continue
      const j = value >= 0 ? value : -2 - value
      gap(i, j)
      sum += pair(i, j)
      ;[lastA, lastB] = [i, j]
    }
    gap(found.length, b.length)
    return sum
  }

  it('is aligned as well as it can be', () => {
    const random = randomNumbers(4711)
    const letters = (count: number) =>
      Array.from({ length: count }, () => 'abc'[Math.floor(random() * 3)]).join('')
    for (let round = 0; round < 200; round++) {
      const a = letters(1 + Math.floor(random() * 6))
      const b = letters(1 + Math.floor(random() * 6))
      const own = scores(a, b, round % 2 === 0 ? [] : [Math.floor(random() * a.length)])
      const found = alignBlock([0, a.length], [0, b.length], own)
      expect(scoreOf(found, b, own), `${a} ${b}`).toBeCloseTo(best(a, b, own), 4)
    }
  })

  it('opens gaps for nothing at a free edge', () => {
    const found = alignBlock([0, 2], [0, 6], scores('ab', 'xxxxab'), { atStart: true, atEnd: true })
    expect([...found]).toEqual([4, 5])
  })
})

describe('two texts', () => {
  const random = randomNumbers(99)
  const word = () => {
    const sound = Math.floor(4000 * random() ** 2)
    return `${'bdfgklmnprst'[sound % 12]}${'aeiou'[sound % 5]}${'bdfgklmnprst'[Math.floor(sound / 12) % 12]}${Math.floor(sound / 144).toString(36)}`
  }
  const text = Array.from({ length: 6000 }, word)

  it('with a fifth of the words wrong find nearly all of the others, however long', () => {
    const origin: number[] = []
    const heard: string[] = []
    for (const [k, own] of text.entries()) {
      const fate = random()
      if (fate < 0.05) continue
      origin.push(fate < 0.15 ? -1 : k)
      heard.push(fate < 0.15 ? word() : own)
      if (fate > 0.95) {
        origin.push(-1)
        heard.push(word())
      }
    }
    const { counterpart, share } = matchTokens(text, heard)
    const right = origin.filter((k, j) => k >= 0 && counterpart[k] === j).length
    expect(right / origin.filter((k) => k >= 0).length).toBeGreaterThan(0.985)
    expect(share).toBeGreaterThan(0.75)
    const placed = [...counterpart].filter((j) => j >= 0)
    expect(placed).toEqual([...placed].sort((a, b) => a - b))
  })

  it('leave out what only one of them has', () => {
    const foreign = Array.from({ length: 900 }, (_, k) => `q${k}`)
    const { counterpart } = matchTokens(
      [...text.slice(0, 1000), ...foreign, ...text.slice(1000, 2000)],
      text.slice(0, 2000),
    )
    expect([...counterpart.slice(1000, 1900)].every((j) => j < 0)).toBe(true)
    expect([...counterpart.slice(0, 1000)]).toEqual([...text.slice(0, 1000).keys()])
    expect([...counterpart.slice(1900)]).toEqual([...text.slice(0, 1000).keys()].map((k) => k + 1000))
  })

  it('of nothing in common share next to nothing', () => {
    const other = Array.from({ length: 6000 }, word)
    expect(matchTokens(text, other).share).toBeLessThan(0.05)
    expect(matchTokens([], other).share).toBe(0)
  })
})
