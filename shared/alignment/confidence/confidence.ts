import { areSaidApart } from '../repair/ownSound'
import { type AlikeLengths, alikeLengths, usualPace } from '../repair/unitLengths'
import { type Levels, normalisedScore } from '../search/calibrate'
import type { Placed } from '../search/placing'
import { soundOf } from '../sound/soundEdges'
import { frameRate } from '../sound/spectrum'
import { loudFrames, type Track } from '../sound/track'
import type { Clip } from '../voice/clips'

/** Sentences with less confidence are doubtful: few of those placed rightly, nearly all of the others (`docs/alignment.md`). */
export const doubtfulBelow = 0.985

/** Frames before a start that are looked at for speech that runs into it. */
const nearFrames = 30
/** Seconds of a pause behind which it matters whether the first words are said apart from the rest. */
const shortestPause = 0.1
/** Sounds of first words that may be told to be said apart: less are found in anybody's speech. */
const fewestApart = 3

// Fitted by logistic regression to 19 recordings in five languages (`docs/alignment.md`), near weights that were fitted to 21 others: whether
// a sentence starts within 0.4 s of the truth.
// Units: seconds, logarithms of a pace against the usual one, z = `normalisedScore`.
const weights = {
  bias: 7.09,
  unmeasured: -3,
  hurried: -2.58,
  /** Speech that belongs to nobody runs into the start. */
  attached: -7.88,
  speechBefore: -0.48,
  speechAfter: -0.7,
  short: -0.31,
  shortBesideSpeech: -0.23,
  badScore: -0.35,
  wrongWords: -2.13,
  pauseAtStart: -10.15,
  moved: -1.62,
  scoreBefore: 0.32,
} as const

/** Only units that are less sure than this are looked at again, by what they would be worth elsewhere. */
export const sureWithoutLead = 0.998

// Fitted to 54 others: the same in the end, when it is known by how much a place leads over the runner-up (`runnerUp.ts`) and how long units
// take that are alike.
const settled = {
  bias: 5.64,
  hurried: -1.7,
  attached: -6.1,
  wrongWords: -1.2,
  pauseAtStart: -10.8,
  moved: -0.95,
  scoreBefore: 0.27,
  rivalled: -2,
  /** A silence parts the unit from the one before, and no speech beside it is nobody's: wherever else it were, something would be missing. */
  accounted: 2.5,
  /** Speech that belongs to nobody runs on behind a short unit. */
  overrun: -3.5,
  /** It is as long as others that differ by their last word, or far from that. */
  asOthers: 0.7,
  /** No unit of its turn sounds like its text: perhaps nobody said it. */
  strangeTurn: -1.5,
  /** It touches the unit before, and one of the two is hurried or sounds wrong: where one ends and the other begins is open. */
  openEdge: -1.75,
} as const
/** Frames of that silence, at least, and seconds of speech of nobody, at most. */
const partingFrames = 6
const unaccounted = 0.15
/** Sounds of a short unit, at most, and the share of loud frames behind it that is much. */
const fewPhones = 8
const muchSpeech = 0.6
/** Seconds by which a place leads that is as good as rivalled by another, and how fast that changes. */
const narrowLead = 1.3
const leadSlope = 4
/** Logarithm of its length against that of others like it from which on a unit is not as long as they, and how odd one is at most. */
const otherLength = 0.35
const mostOdd = 2
/** Frames between units that touch, at most. */
const touching = 4
/** The score, from filler (0) to right text (1), of what does not sound like its text. */
const strange = -0.5

export interface Evidence {
  readonly placed: readonly (Placed | null)[]
  /** The placement of the round before. */
  readonly earlier?: readonly (Placed | null)[] | undefined
  readonly clips: readonly Clip[]
  readonly levels: Levels | null
  readonly track: Track
  /** How far each place leads over the runner-up, seconds; `null` where that was not asked. */
  readonly leads?: readonly (number | null)[] | undefined
  /** The turn of each unit. */
  readonly turns?: readonly number[] | undefined
  /** Where they are known from more than these units. */
  readonly alike?: AlikeLengths | undefined
}

type Sign = keyof typeof weights | keyof typeof settled

/** How likely each placed unit starts where it was placed, 0–1; `null` where nothing was placed. */
export function confidences(evidence: Evidence): (number | null)[] {
  const own: Readonly<Partial<Record<Sign, number>>> = evidence.leads ? settled : weights
  return signsOf(evidence).map((signs) => {
    if (!signs) return null
    let logit = 0
    for (const sign in own) logit += (own[sign as Sign] as number) * signs[sign as Sign]
    return 1 / (1 + Math.exp(-logit))
  })
}

// From 0 to 1 the closer the runner-up comes.
function rivalry(lead: number | null): number {
  return lead === null ? 0 : 1 / (1 + Math.exp(leadSlope * (lead - narrowLead)))
}

// 1 for a unit as long as others like it, negative for one that is not.
function likeness(length: number, others: number | null): number {
  return others === null
    ? 0
    : Math.max(-mostOdd, 1 - Math.abs(Math.log(Math.max(1, length) / others)) / otherLength)
}

/** What speaks for and against the place of each unit, to be weighed. */
function signsOf(evidence: Evidence): (Readonly<Record<Sign, number>> | null)[] {
  const { placed, clips, levels, track } = evidence
  const counts = placed.map((_, k) => phonesOf(clips[k]))
  const usual = usualPace(placed, counts, levels?.filler)
  const alike = evidence.alike ?? alikeLengths(placed, clips)
  const z = (score: number) => (levels ? normalisedScore(score, levels) : 0)
  const likeText = new Set(
    evidence.turns?.filter((_, k) => {
      const unit = placed[k]
      return unit && z(unit.score) >= strange
    }),
  )
  const next: (Placed | null)[] = []
  placed.reduceRight<Placed | null>((after, unit, k) => {
    next[k] = after
    return unit ?? after
  }, null)
  let before: Placed | null = null
  return placed.map((unit, k) => {
    if (!unit) return null
    // What is loud in it beside the unit is nobody's.
    const room = { start: before?.end ?? 0, end: next[k]?.start ?? track.frames }
    const { start, end } = soundOf(unit, room.start, room.end, track)
    const running = loudFrames(track, start - nearFrames, start) / nearFrames
    const unclaimed = loudFrames(track, room.start, start) / frameRate
    const behind = loudFrames(track, unit.end, room.end) / frameRate
    const onward = loudFrames(track, unit.end, Math.min(unit.end + nearFrames, room.end)) / nearFrames
    const free = unclaimed + loudFrames(track, end, room.end) / frameRate
    const isParted = !before || unit.start - before.end >= partingFrames
    const phones = phonesOf(clips[k])
    const earlier = evidence.earlier?.[k]
    const wrong = levels ? unit.words.filter(({ score }) => z(score) < 0).length : 0
    const isApart = (count: number) =>
      phonesOfWords(clips[k], unit.words.slice(0, count)) >= fewestApart &&
      areSaidApart(
        track,
        unit.words.slice(0, count),
        usual * phonesOfWords(clips[k], unit.words.slice(0, count)),
        levels?.filler ?? Number.POSITIVE_INFINITY,
        room,
      )
    const short = 10 / Math.max(3, phones)
    const hurried = Math.max(0, -Math.log(paceOf(unit, phones) / usual))
    const wrongWords = wrong / Math.max(1, unit.words.length)
    const isTouching = before !== null && unit.start - before.end <= touching
    const wrongBefore = before ? clamp(-z(before.score), 0, 1) : 0
    const signs = {
      bias: 1,
      unmeasured: levels ? 0 : 1,
      hurried,
      attached: running * Math.min(1, unclaimed),
      speechBefore: Math.min(2, unclaimed),
      speechAfter: Math.min(2, behind),
      short,
      shortBesideSpeech: Math.min(2, short) * Math.min(2, unclaimed + behind),
      badScore: clamp(-z(unit.score), 0, 3),
      wrongWords,
      pauseAtStart: clamp(Math.max(0, ...firstGaps(unit, isApart)), 0, 1.5),
      moved: earlier ? Math.min(2, Math.abs(earlier.start - unit.start) / frameRate) : 2,
      scoreBefore: before ? clamp(z(before.score), -2, 1) : 1,
      rivalled: rivalry(evidence.leads?.[k] ?? null),
      accounted: isParted && free < unaccounted ? 1 : 0,
      overrun: phones <= fewPhones && onward * Math.min(1, behind) > muchSpeech ? 1 : 0,
      openEdge: isTouching ? Math.min(1, hurried + wrongWords + wrongBefore) : 0,
      strangeTurn: evidence.turns && !likeText.has(evidence.turns[k] as number) ? 1 : 0,
      asOthers: likeness(unit.end - unit.start, alike.of(clips[k])),
    }
    before = unit
    return signs
  })
}

function clamp(value: number, from: number, to: number): number {
  return Math.max(from, Math.min(to, value))
}

// Seconds of pause behind the first two words, where these are not said apart from the rest.
function firstGaps({ words }: Placed, areApart: (count: number) => boolean): number[] {
  return words.slice(1, 3).map((word, index) => {
    const gap = (word.start - (words[index]?.end ?? word.start)) / frameRate
    return gap > shortestPause && areApart(index + 1) ? 0 : gap
  })
}

function phonesOfWords(clip: Clip | undefined, words: Placed['words']): number {
  return words.reduce((sum, { word }) => sum + (clip?.words[word]?.phones.length ?? 0), 0)
}

function phonesOf(clip: Clip | undefined): number {
  return Math.max(1, clip?.phones ?? 1)
}

function paceOf(unit: Placed, phones: number): number {
  return (unit.end - unit.start) / phones
}
