import { describe, expect, it } from 'vitest'
import { regrouped } from '../../../../shared/alignment/repair/regroup'
import { lengthsOf } from '../../../../shared/alignment/repair/unitLengths'
import { chainOf } from '../../../../shared/alignment/search/chain'
import type { Placed, Stage } from '../../../../shared/alignment/search/placing'
import type { Track } from '../../../../shared/alignment/sound/track'
import { saidScorer } from '../../../support/saidScorer'

const sounds = 24
const width = 2 * sounds
const levels = { right: 0, rightDeviation: 0.3, wrong: -3, wrongDeviation: 0.3, share: 0.95, filler: -1 }

// Sound p scores 0 where it is said and −4 elsewhere, both halves alike. Sound 0 is silence, sound 20 nobody's.
const scorerOf = (said: readonly number[]) => saidScorer(said, sounds)

const phones = 8
const framesAPhone = 8
const length = phones * framesAPhone
/** Turns that are said where they were placed, 200 frames apart: they tell how long text takes. */
const known = 14

/** Units of eight sounds, one a turn unless `turns` says otherwise: 14 that were placed well, then `texts` (a sound each), then another one.
 *  @param said what is said between: a sound and its frames, from `begin` on
 *  @param places where the units were placed, as frames from `begin`
 *  @param alike how long units like them are, frames */
function regroup(
  texts: readonly number[],
  said: readonly (readonly [number, number])[],
  places: readonly (readonly [number, number] | null)[],
  {
    turns = texts.map((_, k) => known + k),
    pins = [] as Stage['pins'],
    isAfterUnknown = false,
    isRunOn = false,
    alike = null as number | null,
  } = {},
): (readonly [number, number] | null)[] {
  const begin = known * 200
  const between = said.flatMap(([sound, frames]) => Array<number>(frames).fill(sound))
  const frames = [
    ...Array.from({ length: known }, (_, k) => [
      ...Array<number>(length).fill(1),
      ...Array<number>(200 - length).fill(isRunOn && k === known - 1 ? 20 : 0),
    ]).flat(),
    ...between,
    ...Array<number>(length).fill(1),
    ...Array<number>(60).fill(0),
  ]
  const all = [...Array<number>(known).fill(1), ...texts, 1]
  const turnOf = (k: number) =>
    k < known ? k : k < known + texts.length ? (turns[k - known] as number) : 1000
  const chain = chainOf(
    all.map((sound, k) => ({
      words: [{ from: 0, to: 1, isAfterMark: false, phones: Array<number>(phones).fill(sound) }],
      turn: turnOf(k),
      voice: 0,
      isAfterUnknown: isAfterUnknown && k === known,
    })),
    width,
  )
  const loud = Float32Array.from(frames, (sound) => (sound === 0 ? -9 : 0))
  const track = { frames: frames.length, loud, quiet: -9, silentBelow: -6, high: 0 } as unknown as Track
  const stage: Stage = { track, chain, from: 0, to: frames.length, pins, breathe: async () => {} }
  const at = (start: number, end: number, sound: number): Placed => {
    const own = frames.slice(start, end)
    const score = own.reduce((sum, one) => sum + (one === sound ? 0 : -4), 0) / own.length
    return {
      start,
      end,
      score,
      firstScore: score,
      lastScore: score,
      path: new Int32Array(end - start).fill((chain.boundary[0] as number) + 2),
      words: [{ word: 0, start, end, score }],
    }
  }
  const placed = all.map((sound, k) => {
    if (k < known) return at(k * 200, k * 200 + length, sound)
    if (k === all.length - 1) return at(begin + between.length, begin + between.length + length, sound)
    const place = places[k - known]
    return place ? at(begin + place[0], begin + place[1], sound) : null
  })
  const units = all.map((_, k) => ({ turn: turnOf(k) }))
  const others = all.map((_, k) => (k < known || k === all.length - 1 ? null : alike))
  const result = regrouped(
    stage,
    scorerOf(frames),
    placed,
    units,
    levels,
    lengthsOf(chain.phones, placed, levels),
    others,
  )
  for (const k of [...Array(known).keys(), all.length - 1]) expect(result[k]).toBe(placed[k])
  return result.slice(known, -1).map((unit) => unit && ([unit.start - begin, unit.end - begin] as const))
}

/** One sound of nobody between pauses. */
const nobodys = [
  [0, 60],
  [20, 60],
  [0, 60],
] as const

describe('sharing sounds out anew', () => {
  it('what was left out goes over the one sound of its length, though that sounds otherwise', () => {
    expect(regroup([2], nobodys, [null])).toEqual([[60, 120]])
  })

  it('text of which less is said, wherever it comes again, goes over a sound as short as that', () => {
    const said = [
      [0, 60],
      [20, 20],
      [0, 60],
      [20, 60],
      [0, 60],
    ] as const
    expect(regroup([2], said, [null])).toEqual([[140, 200]])
    expect(regroup([2], said, [null], { alike: 20 })).toEqual([[60, 80]])
  })

  it('but text that takes its usual time there is no shorter for it', () => {
    const said = [
      [0, 60],
      [20, 53],
      [0, 60],
      [20, 64],
      [0, 60],
    ] as const
    expect(regroup([2], said, [null], { alike: 53 })).toEqual(regroup([2], said, [null]))
  })

  it('but not over what its neighbour runs on into', () => {
    const said = [
      [20, 60],
      [0, 60],
    ] as const
    expect(regroup([2], said, [null], { isRunOn: true })).toEqual([null])
    expect(regroup([2], said, [null])).toEqual([[0, 60]])
  })

  it('what was squeezed into the sound of its neighbour goes over one of its own, though it sounds no better there', () => {
    expect(regroup([2], nobodys, [[-130, -70]], { isRunOn: true })).toEqual([[60, 120]])
  })

  it('nor over a sound of another length', () => {
    expect(
      regroup(
        [2],
        [
          [0, 60],
          [20, 400],
          [0, 60],
        ],
        [null],
      ),
    ).toEqual([null])
    expect(
      regroup(
        [2],
        [
          [0, 60],
          [20, 16],
          [0, 60],
        ],
        [null],
      ),
    ).toEqual([null])
  })

  it('of two sounds over the one that sounds right', () => {
    const two = (first: number, second: number) =>
      regroup(
        [2],
        [
          [0, 60],
          [first, 64],
          [0, 60],
          [second, 64],
          [0, 60],
        ],
        [null],
      )
    expect(two(20, 2)).toEqual([[184, 248]])
    expect(two(2, 20)).toEqual([[60, 124]])
  })

  it('what was squeezed in beside its sound goes there', () => {
    const said = [
      [0, 60],
      [20, 64],
      [0, 60],
    ] as const
    // Units 2 and 3 share what unit 3 says.
    expect(
      regroup(
        [2, 3],
        [...said, [3, 64], [0, 60]],
        [
          [184, 192],
          [192, 248],
        ],
      ),
    ).toEqual([
      [60, 124],
      [192, 248],
    ])
  })

  it('units that moved up by one sound go back', () => {
    // The first was squeezed in, the second lies over the first one's sound, and the last sound is nobody's.
    expect(
      regroup(
        [2, 3],
        [
          [0, 60],
          [2, 64],
          [0, 60],
          [20, 64],
          [0, 60],
        ],
        [
          [50, 58],
          [60, 124],
        ],
      ),
    ).toEqual([
      [60, 124],
      [184, 248],
    ])
  })

  it('what sounds right stays, whatever is beside it', () => {
    expect(
      regroup(
        [2],
        [
          [0, 60],
          [2, 64],
          [0, 60],
          [20, 64],
          [0, 60],
        ],
        [[60, 124]],
      ),
    ).toEqual([[60, 124]])
  })

  it('nor is a slow place given up that is more like it than the sound of others, for one of its length that is not', () => {
    const said = [
      [0, 60],
      [2, 48],
      [20, 48],
      [0, 60],
      [20, 64],
      [0, 60],
    ] as const
    expect(regroup([2], said, [[60, 156]])).toEqual([[60, 156]])
  })

  it('a short sound of nobody is more than a rest of another', () => {
    const said = [
      [0, 60],
      [20, 33],
      [0, 60],
      [3, 64],
      [0, 60],
    ] as const
    expect(
      regroup([2, 3], said, [
        [153, 161],
        [161, 217],
      ]),
    ).toEqual([
      [60, 93],
      [161, 217],
    ])
  })

  it('nor is a fair place given up to take up more sounds', () => {
    const said = [
      [0, 60],
      [20, 20],
      [0, 20],
      [20, 20],
      [0, 60],
      [2, 30],
      [20, 34],
      [0, 60],
    ] as const
    expect(regroup([2], said, [[180, 244]])).toEqual([[180, 244]])
  })

  it('of a turn that was left out all or nothing is placed', () => {
    const turns = [50, 50]
    expect(
      regroup(
        [2, 3],
        [
          [0, 60],
          [20, 64],
          [0, 60],
        ],
        [null, null],
        { turns },
      ),
    ).toEqual([null, null])
    expect(
      regroup(
        [2, 3],
        [
          [0, 60],
          [20, 64],
          [0, 60],
          [20, 64],
          [0, 60],
        ],
        [null, null],
        { turns },
      ),
    ).toEqual([
      [60, 124],
      [184, 248],
    ])
  })

  it('nothing is moved across a pin', () => {
    const pins = [{ unit: known + 1, frame: known * 200 + 40 }]
    expect(regroup([2], nobodys, [null], { pins })).toEqual([null])
  })

  it('nor to where something unknown is said', () => {
    expect(regroup([2], nobodys, [null], { isAfterUnknown: true })).toEqual([null])
  })

  it('nor is a puzzle of many units solved', () => {
    const shared = (count: number) => {
      const texts = Array<number>(count).fill(2)
      const said = texts.flatMap(() => [[0, 60] as const, [20, 64] as const])
      return regroup(
        texts,
        [...said, [0, 60]],
        texts.map(() => null),
      )
    }
    expect(shared(6).every(Boolean)).toBe(true)
    expect(shared(7).some(Boolean)).toBe(false)
  })

  it('where hardly anything was placed well, all stays as it is', () => {
    const track = { frames: 100, loud: new Float32Array(100), quiet: -9, silentBelow: -6, high: 0 }
    const chain = chainOf(
      [
        {
          words: [{ from: 0, to: 1, isAfterMark: false, phones: [1] }],
          turn: 0,
          voice: 0,
          isAfterUnknown: false,
        },
      ],
      width,
    )
    const stage = { track, chain, from: 0, to: 100, pins: [], breathe: async () => {} } as unknown as Stage
    expect(regrouped(stage, scorerOf([]), [null], [{ turn: 0 }], levels, null, [])).toEqual([null])
  })
})
