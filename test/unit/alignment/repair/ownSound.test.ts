import { describe, expect, it } from 'vitest'
import { areSaidApart } from '../../../../shared/alignment/repair/ownSound'

// Sounds at 100–140 and 260–400; frames 140–260 are a pause.
const sounds = (list: readonly (readonly [number, number])[]) => ({
  loud: Float32Array.from({ length: 500 }, (_, t) =>
    list.some(([from, to]) => t >= from && t < to) ? 1 : 0,
  ),
  silentBelow: 0.5,
})
const track = sounds([
  [100, 140],
  [260, 400],
])
const word = (start: number, end: number, score = -0.5) => ({ word: 0, start, end, score })
const room = { start: 60, end: 260 }
const filler = -1

describe('areSaidApart', () => {
  it('knows a first word with a sound of its own before a pause', () => {
    expect(areSaidApart(track, [word(100, 140)], 40, filler, room)).toBe(true)
    expect(areSaidApart(track, [word(102, 120), word(120, 138)], 35, filler, room)).toBe(true)
  })

  it('does not take words that leave much of the sound to nobody', () => {
    expect(areSaidApart(track, [word(118, 140)], 25, filler, room)).toBe(false)
    expect(areSaidApart(track, [word(100, 120)], 25, filler, room)).toBe(false)
  })

  it('takes them where the rest of the sound is a neighbour’s', () => {
    expect(areSaidApart(track, [word(118, 140)], 25, filler, { start: 117, end: 260 })).toBe(true)
  })

  it('lets a sound behind a silence be somebody else’s', () => {
    const other = sounds([
      [62, 90],
      [100, 140],
    ])
    expect(areSaidApart(other, [word(100, 140)], 40, filler, room)).toBe(true)
  })

  it('does not take words that are hurried, drawn out or other than what is said', () => {
    expect(areSaidApart(track, [word(100, 140)], 80, filler, room)).toBe(false)
    expect(areSaidApart(track, [word(100, 140)], 10, filler, room)).toBe(false)
    expect(areSaidApart(track, [word(100, 140, -1.5)], 40, filler, room)).toBe(false)
  })
})
