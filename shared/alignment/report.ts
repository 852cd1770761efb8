import type { AlignedRange, AlignedTurn, Alignment, AlignmentRefusal, AlignmentText } from './alignment'
import { confidences, doubtfulBelow } from './confidence/confidence'
import { wordConfidences } from './confidence/wordConfidence'
import { withOtherWords } from './repair/otherWords'
import { withOverlaps } from './repair/overlaps'
import { type AlikeLengths, alikeLengths, type Lengths, lengthsOf, usualPace } from './repair/unitLengths'
import type { Levels } from './search/calibrate'
import type { Placed } from './search/placing'
import type { Features } from './sound/features'
import { loudest, soundOf } from './sound/soundEdges'
import { frameRate } from './sound/spectrum'
import type { Track } from './sound/track'
import { mean } from './statistics'
import { type Unit, wordsOf } from './text/segments'
import type { Clip } from './voice/clips'

/** Seconds from the time of a sound's first frame to its begin, and from that of the first frame behind it to its end: a frame tells of the 25 ms
 *  from its time on. */
const startShift = 0.018
const endShift = 0.003
/** How far sounds are above the noise where their end can be heard, and seconds of it that noise hides for each decibel less. */
const tailDecibels = 33
const tailSecondsPerDecibel = 0.005
/** 10 log₁₀ e: loudness is a natural logarithm of power. */
const decibelsPerNeper = 4.34
/** Loud frames from which on sound between two sentences is told to be speech without text. */
const fewestLoud = 150
/** What is left of confidence where the text may be another recording's. */
const unclearShare = 0.5

/** What was found of a text, to be reported. Without `clips`, `track` and `levels` nothing was. */
export interface Findings {
  readonly text: AlignmentText
  readonly units: readonly Unit[]
  /** One a unit, as `placed`, `earlier` and `leads`. */
  readonly clips?: readonly Clip[]
  readonly features: Features
  readonly track?: Track
  readonly language: string
  readonly placed: readonly (Placed | null)[]
  /** The placement of the round before. */
  readonly earlier?: readonly (Placed | null)[]
  readonly levels?: Levels | null
  /** How far each unit's place leads over the runner-up, seconds; `null` where that was not asked. */
  readonly leads?: readonly (number | null)[]
  /** Where they are known from more than these units: how long units take, and those that are alike; whether the text is complete. */
  readonly lengths?: Lengths | null
  readonly alike?: AlikeLengths
  readonly isComplete?: boolean
  /** The text may be another recording's: all of it is doubtful. */
  readonly isUnclear?: boolean
  readonly refused?: AlignmentRefusal
}

/** When a unit is said, seconds. */
export interface Timed {
  readonly start: number
  readonly end: number
  readonly confidence: number
}

/** Puts what was found into seconds: sentences, words, turns, unknown speech, speech without text. */
export function report(findings: Findings): Alignment {
  return reportWhole(findings).alignment
}

/** The same, and whether hardly anything is said that is not in the text, and the reverse. */
export function reportWhole(findings: Findings): {
  readonly alignment: Alignment
  readonly isComplete: boolean
} {
  const { units, clips = [], features, language, track, levels } = findings
  const phones = clips.map((clip) => clip.phones)
  const lengths = findings.lengths ?? (levels ? lengthsOf(phones, findings.placed, levels) : null)
  const alike = findings.alike ?? alikeLengths(findings.placed, clips)
  const placed = withOverlaps(findings.placed, units, clips, lengths, alike)
  const found =
    findings.refused || !track ? units.map(() => null) : timesOf({ ...findings, alike }, placed, track)
  const refused = findings.refused ?? (found.some(Boolean) ? undefined : 'foreignText')
  const { timed, isComplete } =
    refused || !track
      ? { timed: found.map(() => null), isComplete: false }
      : withOtherWords(found, units, track, findings.isComplete)
  const sentences = sentencesFrom(units, timed)
  const sureOfWords = wordConfidencesOf(findings, phones, timed)
  const alignment: Alignment = {
    language,
    duration: features.frames / frameRate,
    turns: turnsFrom(findings.text, units, timed),
    sentences,
    words: units.flatMap((unit, k) =>
      wordsFrom(unit, findings.clips?.[k], placed[k] ?? null, timed[k] ?? null, sureOfWords[k] ?? []),
    ),
    unknown: unknownFrom(findings.text, sentences),
    speechWithoutText: refused || !track ? [] : speechBetween(found, track),
    doubtfulBelow,
    ...(refused ? { refused } : {}),
  }
  return { alignment, isComplete }
}

function timesOf(
  { units, placed: found, clips = [], levels, earlier, leads, alike, isUnclear = false }: Findings,
  placed: readonly (Placed | null)[],
  track: Track,
): (Timed | null)[] {
  const turns = units.map(({ turn }) => turn)
  const sure = confidences({
    placed: found,
    earlier,
    clips,
    levels: levels ?? null,
    track,
    leads,
    turns,
    alike,
  })
  const result: (Timed | null)[] = placed.map(() => null)
  const befores: number[] = []
  placed.reduce((end, unit, k) => {
    befores[k] = end
    return Math.max(end, unit?.end ?? 0)
  }, 0)
  let next: { readonly start: number; readonly frame: number } | null = null
  for (let k = placed.length - 1; k >= 0; k--) {
    const unit = placed[k]
    if (!unit) continue
    const range = decibelsPerNeper * (loudest(track, unit.start, unit.end) - track.quiet)
    const hidden = Math.max(0, tailDecibels - range) * tailSecondsPerDecibel
    const sound = soundOf(unit, befores[k] as number, next?.frame ?? track.frames, track)
    const start = sound.start / frameRate + startShift
    const end = sound.end / frameRate + endShift
    result[k] = {
      start,
      end: Math.max(end, Math.min((next?.start ?? Number.POSITIVE_INFINITY) - 0.01, end + hidden)),
      confidence: (sure[k] ?? 0) * (isUnclear ? unclearShare : 1),
    }
    next = { start, frame: unit.start }
  }
  return result
}

/** The sentences that units belong to. */
export function sentencesFrom(units: readonly Unit[], timed: readonly (Timed | null)[]): AlignedRange[] {
  const result: AlignedRange[] = []
  for (let k = 0; k < units.length; ) {
    let j = k + 1
    while (j < units.length && units[j]?.sentence === units[k]?.sentence) j++
    result.push({
      from: (units[k] as Unit).from,
      to: (units[j - 1] as Unit).to,
      ...joined(timed.slice(k, j)),
    })
    k = j
  }
  return result
}

function joined(parts: readonly (Timed | null)[]): Pick<AlignedRange, 'start' | 'end' | 'confidence'> {
  const known = parts.flatMap((part) => (part ? [part] : []))
  return {
    start: known[0]?.start ?? null,
    end: known.at(-1)?.end ?? null,
    confidence: known.length > 0 ? Math.min(...known.map(({ confidence }) => confidence)) : 0,
  }
}

/** @param limit turns with less confidence are doubtful */
export function turnsFrom(
  text: AlignmentText,
  units: readonly Pick<Unit, 'turn'>[],
  timed: readonly (Timed | null)[],
  limit = doubtfulBelow,
): AlignedTurn[] {
  const parts: Timed[][] = Array.from({ length: text.turns }, () => [])
  units.forEach(({ turn }, k) => {
    const time = timed[k]
    if (time) parts[turn]?.push(time)
  })
  return parts.map((known, turn) => {
    const confidence =
      known.length > 0 ? (mean(known.map((part) => part.confidence)) + (known[0] as Timed).confidence) / 2 : 0
    return {
      turn,
      start: known[0]?.start ?? null,
      end: known.at(-1)?.end ?? null,
      confidence,
      placement: known.length === 0 ? 'notPlaced' : confidence < limit ? 'doubtful' : 'placed',
    }
  })
}

// Of the words of each unit that have times of their own.
function wordConfidencesOf(
  { placed, clips = [], levels, isUnclear = false }: Findings,
  phones: readonly number[],
  timed: readonly (Timed | null)[],
): readonly (readonly number[])[] {
  if (!levels) return []
  const usual = usualPace(placed, phones, levels.filler)
  const share = isUnclear ? unclearShare : 1
  return placed.map((unit, k) => {
    const [clip, time] = [clips[k], timed[k]]
    if (!unit || !clip || !time) return []
    return wordConfidences(unit, clip, levels, time.confidence / share, usual).map((sure) => share * sure)
  })
}

// Words without sounds of their own are read together with the one before them ("in the"): they share its time by their letters.
function wordsFrom(
  unit: Unit,
  clip: Clip | undefined,
  placed: Placed | null,
  timed: Timed | null,
  sure: readonly number[],
): AlignedRange[] {
  const words = wordsOf(unit.text, unit.language)
  const range = (
    index: number,
    start: number | null,
    end: number | null,
    confidence = timed?.confidence ?? 0,
  ): AlignedRange => {
    const { from, to } = words[index] as (typeof words)[number]
    return {
      from: unit.from + from,
      to: unit.from + to,
      start,
      end,
      confidence: start === null ? 0 : confidence,
    }
  }
  if (!clip || !placed || !timed) return words.map((_, index) => range(index, null, null))
  const times = new Map(
    placed.words.map((word, index) => [clip.words[word.word]?.from, { ...word, sure: sure[index] }]),
  )
  const result: AlignedRange[] = []
  let last = timed.start
  for (let k = 0; k < words.length; ) {
    const time = times.get(words[k]?.from)
    let next = k + 1
    while (next < words.length && !times.has(words[next]?.from)) next++
    const begin = time ? Math.max(last, time.start / frameRate + startShift) : last
    const end = time ? Math.max(begin, Math.min(timed.end, time.end / frameRate + endShift)) : begin
    const letters = words.slice(k, next).map(({ from, to }) => to - from)
    const all = letters.reduce((sum, count) => sum + count, 0)
    let passed = 0
    for (const [index, count] of letters.entries()) {
      const start = begin + ((end - begin) * passed) / all
      passed += count
      result.push(range(k + index, start, begin + ((end - begin) * passed) / all, time?.sure))
      last = start
    }
    k = next
  }
  return result
}

/** The stretches between the sentences around each inaudible mark. */
export function unknownFrom(text: AlignmentText, sentences: readonly AlignedRange[]): AlignedRange[] {
  return text.pieces.flatMap((piece) => {
    if (piece.kind !== 'unknown') return []
    const before = sentences.filter(({ to, end }) => to <= piece.from && end !== null).at(-1)
    const after = sentences.find(({ from, start }) => from >= piece.to && start !== null)
    const start = before?.end ?? null
    const end = after?.start ?? null
    const isKnown = start !== null && end !== null
    return [
      {
        from: piece.from,
        to: piece.to,
        start: isKnown ? start : null,
        end: isKnown ? Math.max(start, end) : null,
        confidence: isKnown ? Math.min(before?.confidence ?? 0, after?.confidence ?? 0) : 0,
      },
    ]
  })
}

// Gaps with that much loud sound, from the first to the last of it.
function speechBetween(timed: readonly (Timed | null)[], track: Track): [number, number][] {
  const known = timed.flatMap((time) => (time ? [time] : []))
  const result: [number, number][] = []
  for (let i = 0; i <= known.length; i++) {
    const from = Math.round((known[i - 1]?.end ?? 0) * frameRate)
    const next = known[i]
    const to = next ? Math.round((next.start - startShift) * frameRate) : track.frames
    let [first, last, count] = [-1, -1, 0]
    for (let t = Math.max(0, from); t < Math.min(to, track.frames); t++) {
      if ((track.loud[t] as number) <= track.silentBelow) continue
      if (first < 0) first = t
      last = t
      count++
    }
    if (count >= fewestLoud) result.push([first / frameRate, (last + 1) / frameRate])
  }
  return result
}
