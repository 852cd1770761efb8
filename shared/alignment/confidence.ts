import type { Levels } from './calibrate'
import type { Clip } from './clips'
import type { Placed } from './placing'
import { soundOf } from './soundEdges'
import { frameRate, usualFrames } from './spectrum'
import { median } from './statistics'
import type { Track } from './track'

/** Sentences with less confidence are doubtful: few of those placed rightly, nearly all of the others (`docs/alignment.md`). */
export const doubtfulBelow = 0.95

/** Frames before a start that are looked at for speech that runs into it. */
const nearFrames = 30

// Fitted by logistic regression to 21 recordings in five languages (`docs/alignment.md`): whether a sentence starts within 0.4 s of the truth.
// Units: seconds, logarithms of a pace against the usual one, z = (score − filler) / (right − filler).
const weights = {
  bias: 5.76,
  unmeasured: -3,
  hurried: -2.68,
  firstWordHurried: -1.44,
  /** Speech that belongs to nobody runs into the start. */
  attached: -8.51,
  speechAfter: -0.7,
  short: -0.21,
  wrongWords: -1.9,
  pauseAtStart: -9.78,
  moved: -0.72,
  scoreBefore: 0.71,
} as const

export interface Evidence {
  readonly placed: readonly (Placed | null)[]
  /** The placement of the round before. */
  readonly earlier?: readonly (Placed | null)[] | undefined
  readonly clips: readonly Clip[]
  readonly levels: Levels | null
  readonly track: Track
}

/** How likely each placed unit starts where it was placed, 0–1; `null` where nothing was placed. */
export function confidences(evidence: Evidence): (number | null)[] {
  const { placed, clips, levels, track } = evidence
  const paces = placed.flatMap((unit, k) =>
    unit && unit.score > (levels?.filler ?? Number.NEGATIVE_INFINITY)
      ? [paceOf(unit, phonesOf(clips[k]))]
      : [],
  )
  const usual = median(paces) ?? usualFrames
  const loud = loudFrames(track)
  const between = (from: number, to: number) =>
    to > from ? (loud[Math.min(track.frames, to)] as number) - (loud[Math.max(0, from)] as number) : 0
  const after: number[] = []
  let next = track.frames
  for (let k = placed.length - 1; k >= 0; k--) {
    after[k] = next
    next = placed[k]?.start ?? next
  }
  let before: Placed | null = null
  return placed.map((unit, k) => {
    if (!unit) return null
    const { start } = soundOf(unit, before?.end ?? 0, after[k] as number, track)
    const running = between(start - nearFrames, start) / nearFrames
    const unclaimed = between(before?.end ?? 0, start) / frameRate
    const logit = logitOf(unit, clips[k], usual, evidence, {
      attached: running * Math.min(1, unclaimed),
      speechAfter: Math.min(2, between(unit.end, after[k] as number) / frameRate),
      earlier: evidence.earlier?.[k],
      before,
    })
    before = unit
    return 1 / (1 + Math.exp(-logit))
  })
}

function logitOf(
  unit: Placed,
  clip: Clip | undefined,
  usual: number,
  { levels }: Evidence,
  beside: {
    readonly attached: number
    readonly speechAfter: number
    readonly earlier: Placed | null | undefined
    readonly before: Placed | null
  },
): number {
  const z = (score: number) => (levels ? (score - levels.filler) / (levels.right - levels.filler) : 0)
  const phones = phonesOf(clip)
  const pace = Math.log(paceOf(unit, phones) / usual)
  const [first] = unit.words
  const firstPace = first
    ? Math.log((first.end - first.start) / Math.max(1, clip?.words[first.word]?.phones.length ?? 1) / usual)
    : 0
  const gaps = unit.words
    .slice(1, 3)
    .map((word, index) => (word.start - (unit.words[index]?.end ?? word.start)) / frameRate)
  const wrong = levels ? unit.words.filter(({ score }) => z(score) < 0).length : 0
  const moved = beside.earlier ? Math.min(2, Math.abs(beside.earlier.start - unit.start) / frameRate) : 2
  const clamp = (value: number, from: number, to: number) => Math.max(from, Math.min(to, value))
  return (
    weights.bias +
    (levels ? 0 : weights.unmeasured) +
    weights.hurried * Math.max(0, -pace) +
    weights.firstWordHurried * clamp(-firstPace - 0.3, 0, 2) +
    weights.attached * beside.attached +
    weights.speechAfter * beside.speechAfter +
    (weights.short * 10) / Math.max(3, phones) +
    (weights.wrongWords * wrong) / Math.max(1, unit.words.length) +
    weights.pauseAtStart * clamp(Math.max(0, ...gaps), 0, 1.5) +
    weights.moved * moved +
    weights.scoreBefore * (beside.before ? clamp(z(beside.before.score), -2, 1) : 1)
  )
}

function phonesOf(clip: Clip | undefined): number {
  return Math.max(1, clip?.phones ?? 1)
}

function paceOf(unit: Placed, phones: number): number {
  return (unit.end - unit.start) / phones
}

/** Entry i: how many of the first i frames are loud. */
function loudFrames({ frames, loud, silentBelow }: Track): Int32Array {
  const result = new Int32Array(frames + 1)
  for (let t = 0; t < frames; t++)
    result[t + 1] = (result[t] as number) + ((loud[t] as number) > silentBelow ? 1 : 0)
  return result
}
