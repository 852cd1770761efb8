import { describe, expect, it } from 'vitest'
import { withOverlaps } from '../../../../shared/alignment/repair/overlaps'
import type { Placed } from '../../../../shared/alignment/search/placing'
import type { Clip } from '../../../../shared/alignment/voice/clips'

/** Words of four sounds, each as long as given (frames). */
function placedAt(start: number, lengths: readonly number[]): Placed {
  let at = start
  const words = lengths.map((length, word) => {
    at += length
    return { word, start: at - length, end: at, score: 0 }
  })
  return { start, end: at, score: 0, firstScore: 0, lastScore: 0, path: new Int32Array(0), words }
}
const clip = {
  phones: 24,
  words: Array.from({ length: 6 }, () => ({ phones: [1, 1, 1, 1] })),
} as unknown as Clip
const clips = [clip, clip]
const even = [40, 40, 40, 40, 40, 40]
const turns = [{ turn: 0 }, { turn: 1 }]

describe('turns that are spoken at once', () => {
  it('hurried first words behind another turn get their usual time', () => {
    const placed = [placedAt(100, even), placedAt(340, [8, 10, 40, 40, 40, 40])]
    const [before, after] = withOverlaps(placed, turns, clips)
    expect(before).toBe(placed[0])
    expect(after?.start).toBe(340 - 52)
    expect(after?.end).toBe(placed[1]?.end)
    expect(after?.words[0]?.start).toBe(288)
    expect(after?.words[1]?.end).toBe(358)
    expect(after?.words.slice(2)).toEqual(placed[1]?.words.slice(2))
  })

  it('so do hurried last words', () => {
    const placed = [placedAt(100, [40, 40, 40, 40, 12, 10]), placedAt(282, even)]
    const [before, after] = withOverlaps(placed, turns, clips)
    expect(before?.end).toBe(282 + 48)
    expect(before?.words.at(-1)?.end).toBe(before?.end)
    expect(before?.words[4]?.start).toBe(260)
    expect(after).toBe(placed[1])
  })

  it('within a turn, and where a pause parts them, nothing is changed', () => {
    const hurried = [8, 10, 40, 40, 40, 40]
    const touching = [placedAt(100, even), placedAt(340, hurried)]
    expect(withOverlaps(touching, [{ turn: 0 }, { turn: 0 }], clips)).toEqual(touching)
    const apart = [placedAt(100, even), placedAt(350, hurried)]
    expect(withOverlaps(apart, turns, clips)).toEqual(apart)
  })

  it('a short line of which the other turn left only a rest gets the length of lines like it', () => {
    const line = { phones: 4, words: [{ phones: [1, 1, 1, 1] }] } as unknown as Clip
    const lengths = {
      usual: () => 60,
      deviation: (_: number, frames: number) => (Math.log(frames) - Math.log(60)) / 0.3,
    }
    const placed = [placedAt(100, even), placedAt(340, [10])]
    const [before, after] = withOverlaps(placed, turns, [clip, line], lengths)
    expect(before).toBe(placed[0])
    expect([after?.start, after?.end]).toEqual([290, 350])
    expect(after?.words[0]).toMatchObject({ start: 290, end: 350 })
    const first = withOverlaps([placedAt(330, [10]), placedAt(340, even)], turns, [line, clip], lengths)
    expect([first[0]?.start, first[0]?.end]).toEqual([330, 390])
    // Also where what is left of it sounds like an echo of the other.
    const echo = withOverlaps([placedAt(100, even), placedAt(350, [10])], turns, [clip, line], lengths)
    expect([echo[1]?.start, echo[1]?.end]).toEqual([300, 360])
    const apart = [placedAt(100, even), placedAt(360, [10])]
    expect(withOverlaps(apart, turns, [clip, line], lengths)).toEqual(apart)
    // A line that is said a little faster than others hides nothing.
    const fast = [placedAt(100, even), placedAt(340, [40])]
    expect(withOverlaps(fast, turns, [clip, line], lengths)).toEqual(fast)
  })

  it('words that were cut off beside another turn come back', () => {
    const cut = (unit: Placed, first: number, last: number): Placed => {
      const words = unit.words.slice(first, last)
      return { ...unit, start: words[0]?.start as number, end: words.at(-1)?.end as number, words }
    }
    const whole = placedAt(330, even)
    const [, after] = withOverlaps([placedAt(100, even), cut(whole, 1, 6)], turns, clips)
    expect(after?.start).toBe(330)
    expect(after?.words.map(({ start }) => start)).toEqual(whole.words.map(({ start }) => start))
    const [before] = withOverlaps([cut(placedAt(100, even), 0, 5), placedAt(320, even)], turns, clips)
    expect(before?.end).toBe(340)
    expect(before?.words.at(-1)).toMatchObject({ word: 5, start: 300, end: 340 })
    // Farther away nobody covers them.
    const apart = [placedAt(100, even), cut(placedAt(340, even), 1, 6)]
    expect(withOverlaps(apart, turns, clips)).toEqual(apart)
  })

  it('words that are a little faster are left alone, and starts still rise', () => {
    const placed = [placedAt(100, even), placedAt(340, [35, 35, 40, 40, 40, 40])]
    expect(withOverlaps(placed, turns, clips)).toEqual(placed)
    const short = [placedAt(310, [20]), placedAt(330, [1, 1, 1, 40, 40, 40])]
    const [before, after] = withOverlaps([...short, null], [...turns, { turn: 2 }], [clip, clip, clip])
    expect(after?.start).toBeGreaterThanOrEqual(before?.start as number)
  })

  it('they overlap for nine tenths of a second at most', () => {
    const slow = [90, 90, 90, 90, 90, 90]
    const [, after] = withOverlaps([placedAt(100, slow), placedAt(640, [4, 5, 90, 90, 90, 90])], turns, clips)
    expect(after?.start).toBe(640 - 90)
  })
})
