import { expect, test } from 'vitest'
import { confidences, doubtfulBelow } from '../../../../shared/alignment/confidence/confidence'
import type { Placed } from '../../../../shared/alignment/search/placing'
import type { Track } from '../../../../shared/alignment/sound/track'
import type { Clip } from '../../../../shared/alignment/voice/clips'

const levels = { right: 0, rightDeviation: 0.3, wrong: -2, wrongDeviation: 0.3, share: 0.95, filler: -1 }
const framesAPhone = 8

/** A recording that is loud in the frames given, and nowhere else. */
function trackOf(frames: number, loudAt: readonly (readonly [number, number])[]): Track {
  const loud = new Float32Array(frames).fill(-10)
  for (const [from, to] of loudAt) loud.fill(0, from, to)
  return { frames, loud, silentBelow: -5, quiet: -10, high: 0, cepstra: new Int16Array(0) } as Track
}

function clipOf(words: number): Clip {
  const phones = Array.from({ length: 4 }, () => 1)
  return { phones: 4 * words, words: Array.from({ length: words }, () => ({ phones })) } as unknown as Clip
}

/** Words of four sounds each at the usual pace. */
function placedAt(start: number, words: number, change: Partial<Placed> = {}): Placed {
  const length = 4 * framesAPhone
  return {
    start,
    end: start + words * length,
    score: 0,
    path: new Int32Array(0),
    firstScore: 0,
    lastScore: 0,
    words: Array.from({ length: words }, (_, word) => ({
      word,
      start: start + word * length,
      end: start + (word + 1) * length,
      score: 0,
    })),
    ...change,
  }
}

const starts = [100, 600, 1100, 1600, 2100]
const words = 6
const clips = starts.map(() => clipOf(words))
const spoken = (at: number) => [at, at + words * 4 * framesAPhone] as const

/** The confidence of the third of five units, of which the third is changed. */
function third(
  change: Partial<Placed>,
  { loud = [] as (readonly [number, number])[], before = 1100 as number | null } = {},
): number {
  const placed = starts.map((start, k) => placedAt(start, words, k === 2 ? change : {}))
  const earlier = placed.map((unit, k) => (k !== 2 ? unit : before === null ? null : placedAt(before, words)))
  const track = trackOf(2600, [...starts.map(spoken), ...loud])
  return confidences({ placed, earlier, clips, levels, track })[2] as number
}

test('what sounds as it should and stands where it stood is sure', () => {
  expect(third({})).toBeGreaterThan(0.99)
})

test('each sign of a wrong place costs confidence', () => {
  const sure = third({})
  const signs = {
    'words below the filler': third({
      words: placedAt(1100, words).words.map((word) => ({ ...word, score: -3 })),
    }),
    'said much too fast': third({ end: 1150 }),
    'another place the round before': third({}, { before: 400 }),
    'no place the round before': third({}, { before: null }),
    'speech of nobody running into it': third({}, { loud: [[940, 1100]] }),
    'speech of nobody after it': third({}, { loud: [[1400, 1590]] }),
  }
  for (const [sign, value] of Object.entries(signs)) expect(value, sign).toBeLessThan(sure - 0.0005)
  expect(signs['speech of nobody running into it']).toBeLessThan(doubtfulBelow)
  expect(signs['said much too fast']).toBeLessThan(doubtfulBelow)
})

test('a sound that its own unit reaches back to belongs to it', () => {
  expect(third({}, { loud: [[1040, 1100]] })).toBeGreaterThan(0.99)
})

test('a first word that fills a sound of its own before a long pause is sure, one of two sounds is not', () => {
  const sure = (sounds: number) => {
    const length = sounds * framesAPhone
    const head = { word: 0, start: 840, end: 840 + length, score: 0 }
    const unit = placedAt(1100, words)
    const apart = {
      ...unit,
      start: 840,
      words: [head, ...unit.words.map((word) => ({ ...word, word: word.word + 1 }))],
    }
    const clip = clipOf(words)
    const withHead = {
      ...clip,
      words: [{ phones: Array(sounds).fill(1) }, ...clip.words],
    } as unknown as Clip
    const placed = starts.map((start, k) => (k === 2 ? apart : placedAt(start, words)))
    return confidences({
      placed,
      earlier: placed,
      clips: clips.map((own, k) => (k === 2 ? withHead : own)),
      levels,
      track: trackOf(2600, [...starts.map(spoken), [840, 840 + length]]),
    })[2] as number
  }
  expect(sure(4)).toBeGreaterThan(doubtfulBelow)
  expect(sure(2)).toBeLessThan(doubtfulBelow)
})

test('a place that hardly leads over the runner-up is less sure, one that leads by far is as sure as one that was not asked for', () => {
  const placed = starts.map((start) => placedAt(start, words))
  const track = trackOf(2600, starts.map(spoken))
  const leads = [null, 0, 1.3, 4, Number.POSITIVE_INFINITY]
  const [unasked, rivalled, narrow, wide, only] = confidences({
    placed,
    earlier: placed,
    clips,
    levels,
    track,
    leads,
  }) as number[]
  expect(rivalled).toBeLessThan(narrow as number)
  expect(narrow).toBeLessThan(unasked as number)
  expect(wide).toBeCloseTo(unasked as number, 4)
  expect(only).toBe(unasked)
})

test('in the end a unit is surer where all sound beside it has its text and a silence parts it from the one before', () => {
  const sureOf = (loud: readonly (readonly [number, number])[], end: number) => {
    const placed = starts.map((start, k) => placedAt(start, words, k === 1 ? { end } : {}))
    const track = trackOf(2600, [...starts.map(spoken), ...loud])
    const evidence = { placed, earlier: placed, clips, levels, track }
    return {
      first: confidences(evidence)[2] as number,
      last: confidences({ ...evidence, leads: starts.map(() => null) })[2] as number,
    }
  }
  const alone = sureOf([], 792)
  const beside = sureOf([[1500, 1520]], 792)
  const touching = sureOf([[792, 1100]], 1100)
  expect(alone.last - beside.last).toBeGreaterThan(alone.first - beside.first)
  expect(touching.last).toBeLessThan(alone.last)
})

test('in the end a short unit is less sure where speech of nobody runs on behind it, a long one is not', () => {
  const lossOf = (count: number) => {
    const short = placedAt(1100, count)
    const placed = starts.map((start, k) => (k === 2 ? short : placedAt(start, words)))
    const own = clips.map((clip, k) => (k === 2 ? clipOf(count) : clip))
    const logitOf = (loud: readonly (readonly [number, number])[], leads: null[] | undefined) => {
      const track = trackOf(2600, [
        ...starts.map((at, k) => (k === 2 ? ([at, short.end] as const) : spoken(at))),
        ...loud,
      ])
      const value = confidences({ placed, earlier: placed, clips: own, levels, track, leads })[2] as number
      return Math.log(value / (1 - value))
    }
    const onward = [[short.end, short.end + 150]] as const
    const unasked = starts.map(() => null)
    return (
      logitOf([], unasked) - logitOf(onward, unasked) - (logitOf([], undefined) - logitOf(onward, undefined))
    )
  }
  expect(lossOf(2)).toBeGreaterThan(lossOf(3) + 1)
})

test('in the end a unit is surer that is as long as others like it, and less sure where it is not', () => {
  const sureOf = (length: number, beginning: (k: number) => number) => {
    const own = starts.map((_, k) => ({
      phones: 24,
      words: [{ phones: [beginning(k)] }, { phones: [k] }],
    })) as unknown as Clip[]
    const placed = starts.map((start) => placedAt(start, words, { end: start + length }))
    const track = trackOf(
      2600,
      starts.map((start) => [start, start + length] as const),
    )
    const leads = starts.map(() => null)
    const odd = placed.map((unit, k) => (k === 2 ? { ...unit, end: unit.start + 192 } : unit))
    const evidence = { earlier: placed, clips: own, levels, track, leads }
    return {
      like: confidences({ ...evidence, placed })[2] as number,
      unlike: confidences({ ...evidence, placed: odd })[2] as number,
    }
  }
  const shared = sureOf(100, () => 7)
  const other = sureOf(100, (k) => k)
  expect(shared.like).toBeGreaterThan(other.like)
  expect(shared.unlike).toBeLessThan(other.unlike)
})

test('in the end a unit that sounds wrong is less sure where no other of its turn sounds like its text', () => {
  const sureOf = (turns: readonly number[], other: number) => {
    const score = [0, 0, -2, other, 0]
    const placed = starts.map((start, k) => placedAt(start, words, { score: score[k] as number }))
    const leads = starts.map(() => null)
    const track = trackOf(2600, starts.map(spoken))
    return confidences({ placed, earlier: placed, clips, levels, track, leads, turns })[2] as number
  }
  const alone = sureOf([0, 1, 2, 3, 4], 0)
  expect(alone).toBeLessThan(sureOf([0, 1, 2, 2, 4], 0))
  expect(alone).toBeCloseTo(sureOf([0, 1, 2, 2, 4], -2))
})

test('in the end a unit that touches the one before is less sure where one of the two sounds wrong, or is hurried', () => {
  const logitOf = (gap: number, before: Partial<Placed>, own: Partial<Placed>) => {
    const end = 1100 - gap
    const placed = starts.map((start, k) =>
      placedAt(start, words, k === 1 ? { end, ...before } : k === 2 ? own : {}),
    )
    const track = trackOf(
      2600,
      starts.map((start, k) => (k === 1 ? ([start, end] as const) : spoken(start))),
    )
    const leads = starts.map(() => null)
    const value = confidences({ placed, earlier: placed, clips, levels, track, leads })[2] as number
    return Math.log(value / (1 - value))
  }
  const half = placedAt(1100, words).words.map((word, k) => (k % 2 === 0 ? word : { ...word, score: -3 }))
  const lossOf = (before: Partial<Placed>, own: Partial<Placed>) =>
    logitOf(5, before, own) - logitOf(4, before, own)
  expect(lossOf({}, {})).toBeCloseTo(0)
  expect(lossOf({ score: -2 }, {})).toBeGreaterThan(1)
  expect(lossOf({}, { words: half })).toBeGreaterThan(0.5)
  expect(lossOf({}, { end: 1100 + 120 })).toBeGreaterThan(0.3)
})

test('what was not placed has none, and what was not measured is doubtful', () => {
  const placed = [placedAt(100, words), null]
  const track = trackOf(600, [spoken(100)])
  const [known, none] = confidences({ placed, earlier: placed, clips, levels: null, track })
  expect(none).toBeNull()
  expect(known).toBeLessThan(0.99)
})
