import { type Levels, normalisedScore } from '../search/calibrate'
import { type Chain, kind } from '../search/chain'
import { forbidding } from '../search/costs'
import type { Scorer } from '../search/phoneModels'
import { layUnit, type Placed, type Stage } from '../search/placing'
import { Search } from '../search/search'
import type { Position, Track } from '../sound/track'
import { mean, standardDeviation } from '../statistics'
import type { Unit } from '../text/segments'
import type { Lengths } from './unitLengths'

/** Costs in frames of what right text gains over filler. What a unit sounds like counts for no more than `leastSound` against a place, where
 *  it is as unlike as the sound of other text: somebody may have said it in other words. */
const leastSound = -150
/** But longer units are hardly ever said otherwise from end to end: so much a frame. */
const leastScore = -1
/** Deviations above the mean score over the sound of other text from which nothing speaks against a place; the number of such sounds it is
 *  measured by, and the fewest. */
const likeness = 2.2
const probes = 24
const fewestProbes = 8
const leastDeviation = 0.3
/** A unit's mean score, from filler (0) to right text (1), from which its sound is that of its text. */
const sureScore = 0.3
/** For the square of a length's deviations from the usual, if it is shorter or longer than that: a word by itself may be said slowly. From
 *  `mostOdd` on, for each further deviation. */
const tooShort = 60
const tooLong = 30
const mostOdd = 400
const odder = 40
/** A sound of nobody costs what entering filler costs in a search; what is close behind it hardly anything. */
const unexplained = 220
const unexplainedMore = 20
const leftOut = 250
/** A unit that was left out is placed where that is worth more. */
const mostDoubt = 300
/** What a row of new places must gain. */
const leastGain = 40
/** Deviations of length between which a sound comes into question. */
const shortest = -6
const longest = 2.5
/** Deviations from the usual at which units that are alike have a length of their own. */
const leastOwn = 1.5
/** What a search has placed stays placed. */
const neverLeftOut = 1e6
/** For an edge in the middle of a sound. */
const midSound = 60

/** Frames of silence between sounds, and between a sound and a unit that has nothing to do with it. */
const shortestSilence = 15
const shortestSound = 15
/** Frames beside the sounds that are shared out in which they may begin or end. */
const beside = 100
/** Frames of silence within a word, at most. */
const closure = 8
/** Sound begins where means rise above the first share of the way from the quietest frames to what counts as loud, and ends at the second. */
const seedShare = 0.7
const edgeShare = 0.4
/** A unit that is so many deviations shorter than usual is looked at again if a sound of nobody is near; twice as many where it scores as
 *  right text. */
const weakLength = -1.5
/** Larger puzzles are left alone. */
const mostUnits = 6
const mostSounds = 16
const longestRegion = 6000

/** A unit at a place, and what that is worth. */
interface Candidate extends Position {
  readonly unit: Placed
  readonly value: number
}

/** Where units are weak or left out beside sounds that are nobody's, shares the sounds out anew: in order, each unit over whole sounds of
 *  about its length, or where it was. Short text whose sound the models do not know (said otherwise, or read wrongly) finds its place so.
 *  @param lengths of units in the recording; where they are not known, all stays as it is
 *  @param alike the length (frames) of units like each, where there are some (`alikeLengths`) */
export function regrouped(
  stage: Stage,
  scorer: Scorer,
  placed: readonly (Placed | null)[],
  units: readonly Pick<Unit, 'turn'>[],
  levels: Levels,
  lengths: Lengths | null,
  alike: readonly (number | null)[],
): (Placed | null)[] {
  const result = [...placed]
  if (!lengths) return result
  const search = new Search(stage.chain, forbidding)
  const { track, chain } = stage
  const z = (score: number) => normalisedScore(score, levels)
  const isWeak = (k: number) => {
    const unit = result[k]
    return (
      !unit || z(unit.score) < 0 || deviationOf(k, unit.end - unit.start) < weakLength * (1 + z(unit.score))
    )
  }
  const strangers = new Map<number, Scores | null>()
  let solvedTo = -1
  for (let k = 0; k <= result.length; ) {
    // The gap behind unit k − 1.
    let next = k
    while (next < result.length && !result[next]) next++
    const from = result[k - 1]?.end ?? stage.from
    const to = result[next]?.start ?? stage.to
    const isCandidate =
      (next > k || (k > 0 && isWeak(k - 1)) || (next < result.length && isWeak(next))) &&
      soundsOf(track, from, to).some(
        ({ start, end }) => start - from >= shortestSilence || to - end >= shortestSilence,
      )
    if (isCandidate) solve(k, next)
    k = Math.max(next, solvedTo) + 1
  }
  return result

  // How far a length lies from the usual one of so many sounds, or from that of units like it where that is quite another.
  function deviationOf(k: number, frames: number): number {
    const { deviation, usual } = lengths as Lengths
    const phones = chain.phones[k] as number
    const own = ownLength(k)
    return deviation(phones, own ? (frames * usual(phones)) / own : frames)
  }

  function ownLength(k: number): number | null {
    const others = alike[k] ?? null
    const isOwn =
      others !== null &&
      Math.abs((lengths as Lengths).deviation(chain.phones[k] as number, others)) > leastOwn
    return isOwn ? others : null
  }

  function solve(k: number, next: number): void {
    let [first, last] = [k, next]
    while (first > 0 && isWeak(first - 1)) first--
    while (last < result.length && isWeak(last)) last++
    solvedTo = last
    const from = result[first - 1]?.end ?? stage.from
    const to = result[last]?.start ?? stage.to
    const isPinned = stage.pins.some(
      ({ unit, frame }) => (unit > first && unit < last) || (frame > from && frame < to),
    )
    // Something unknown is said there.
    if (chain.isFree.subarray(first, last + 1).some(Boolean)) return
    if (isPinned || last - first > mostUnits || to - from > longestRegion) return
    // What a neighbour runs on into is its own.
    const sounds = soundsOf(track, from, to).filter(
      ({ start, end }) =>
        (first === 0 || start - from >= closure) && (last === result.length || to - end >= closure),
    )
    if (sounds.length === 0 || sounds.length > mostSounds) return
    // An edge in a sound that a neighbour runs on into is in the middle of it too.
    const around = soundsOf(track, Math.max(stage.from, from - beside), Math.min(stage.to, to + beside))
    const candidates: Candidate[][] = []
    for (let unit = first; unit < last; unit++) candidates.push(candidatesOf(unit, sounds, around))
    const isPlaced = candidates.map((_, index) => result[first + index] !== null)
    let best = bestRow(candidates, isPlaced, sounds, from, to)
    const worth = (row: readonly (Candidate | null)[]) =>
      row.reduce((sum, pick, index) => sum + (isPlaced[index] && pick ? pick.value : 0), 0)
    const own = candidates.map((list, index) => (isPlaced[index] ? list.slice(0, 1) : list))
    // That more sounds are taken up is no reason to give up better places.
    if (worth(best) < worth(own.map(([pick = null]) => pick))) best = bestRow(own, isPlaced, sounds, from, to)
    const isLeftOut = partlyLeftOut(best, first)
    best.forEach((candidate, index) => {
      result[first + index] = isLeftOut[index] ? null : (candidate?.unit ?? null)
    })
  }

  // Of a turn that was left out as a whole all must find a place.
  function partlyLeftOut(row: readonly (Candidate | null)[], first: number): boolean[] {
    const missing = new Set<number>()
    const known = new Set<number>()
    units.forEach(({ turn }, k) => {
      if (result[k]) known.add(turn)
      else if (!row[k - first]) missing.add(turn)
    })
    return row.map((_, index) => {
      const { turn } = units[first + index] as Pick<Unit, 'turn'>
      return !known.has(turn) && missing.has(turn)
    })
  }

  function candidatesOf(k: number, sounds: readonly Position[], around: readonly Position[]): Candidate[] {
    const list: Candidate[] = []
    const own = result[k]
    if (own) list.push(valued(k, own, around))
    for (let i = 0; i < sounds.length; i++)
      for (let j = i; j < sounds.length; j++) {
        const { start } = sounds[i] as Position
        const { end } = sounds[j] as Position
        const deviation = deviationOf(k, end - start)
        if (deviation < shortest || deviation > longest) continue
        if (own && Math.abs(own.start - start) < shortestSilence && Math.abs(own.end - end) < shortestSilence)
          continue
        const unit = laid(k, start, end)
        const candidate = unit && valued(k, unit, around)
        if (candidate && (own || candidate.value > -mostDoubt)) list.push(candidate)
      }
    return list
  }

  function laid(k: number, start: number, end: number): Placed | null {
    const found = layUnit(chain, search, scorer, k, start, end)
    return found && widened(found.unit, start, end)
  }

  // What a unit scores over the sound of other text.
  function overOthers(k: number): Scores | null {
    const known = strangers.get(k)
    if (known !== undefined) return known
    const frames = Math.round(ownLength(k) ?? (lengths as Lengths).usual(chain.phones[k] as number))
    const others = placed.filter(
      (unit, other): unit is Placed =>
        other !== k && unit !== null && z(unit.score) > sureScore && unit.end - unit.start >= frames,
    )
    const scores: number[] = []
    // The picks come again after as many as there are units.
    for (let i = 0; i < Math.min(probes, others.length); i++) {
      const { start } = others[(i * 37 + 11) % others.length] as Placed
      const unit = laid(k, start, start + frames)
      if (unit) scores.push(z(unit.score))
    }
    const found =
      scores.length < fewestProbes
        ? null
        : { mean: mean(scores), deviation: Math.max(leastDeviation, standardDeviation(scores)) }
    strangers.set(k, found)
    return found
  }

  function soundValue(k: number, unit: Placed): number {
    const frames = textFrames(chain, unit)
    const own = z(unit.score)
    if (own >= 0) return own * frames
    const least = Math.min(leastSound, leastScore * frames)
    const others = overOthers(k)
    if (!others) return Math.max(least, own * frames)
    const deviations = (own - others.mean) / others.deviation
    return least * Math.max(0, Math.min(1, (likeness - deviations) / likeness))
  }

  function valued(k: number, unit: Placed, sounds: readonly Position[]): Candidate {
    const { start, end } = unit
    const sound = soundValue(k, unit)
    const deviation = deviationOf(k, end - start)
    const isInside = (frame: number) =>
      sounds.some((one) => frame > one.start + shortestSilence && frame < one.end - shortestSilence)
    const edges = (isInside(start) ? midSound : 0) + (isInside(end) ? midSound : 0)
    return {
      start,
      end,
      unit,
      value: sound - oddness(deviation) - edges + (unit === result[k] ? leastGain : 0),
    }
  }
}

// The row of candidates, one or none a unit, that is worth most.
function bestRow(
  candidates: readonly (readonly Candidate[])[],
  isPlaced: readonly boolean[],
  sounds: readonly Position[],
  from: number,
  to: number,
): (Candidate | null)[] {
  const nobodys = (start: number, end: number) => {
    let [cost, last] = [0, Number.NEGATIVE_INFINITY]
    for (const sound of sounds) {
      if (sound.start + sound.end <= 2 * start || sound.start + sound.end >= 2 * end) continue
      cost -= sound.start - last < shortestSilence ? unexplainedMore : unexplained
      last = sound.end
    }
    return cost
  }
  interface Row {
    readonly value: number
    readonly end: number
    readonly picks: readonly (Candidate | null)[]
  }
  let rows: Row[] = [{ value: 0, end: from, picks: [] }]
  for (const [index, list] of candidates.entries()) {
    const longer = new Map<number, Row>()
    const add = (row: Row) => {
      const known = longer.get(row.end)
      if (!known || row.value > known.value) longer.set(row.end, row)
    }
    for (const row of rows) {
      add({
        value: row.value - (isPlaced[index] ? neverLeftOut : leftOut),
        end: row.end,
        picks: [...row.picks, null],
      })
      for (const pick of list)
        if (pick.start >= row.end)
          add({
            value: row.value + pick.value + nobodys(row.end, pick.start),
            end: pick.end,
            picks: [...row.picks, pick],
          })
    }
    rows = [...longer.values()]
  }
  let best = { value: Number.NEGATIVE_INFINITY, picks: [] as readonly (Candidate | null)[] }
  for (const row of rows) {
    const value = row.value + nobodys(row.end, to)
    if (value > best.value) best = { value, picks: row.picks }
  }
  return [...best.picks]
}

// All of the sound is the unit's.
function widened(unit: Placed, start: number, end: number): Placed {
  const path = new Int32Array(end - start)
  for (let t = start; t < end; t++)
    path[t - start] = unit.path[Math.max(0, Math.min(unit.path.length - 1, t - unit.start))] as number
  const words = unit.words.map((word, index) => ({
    ...word,
    ...(index === 0 ? { start } : {}),
    ...(index === unit.words.length - 1 ? { end } : {}),
  }))
  return { ...unit, start, end, path, words }
}

function oddness(deviation: number): number {
  const price = deviation < 0 ? tooShort : tooLong
  const cost = price * deviation ** 2
  return cost <= mostOdd ? cost : mostOdd + odder * (Math.abs(deviation) - Math.sqrt(mostOdd / price))
}

interface Scores {
  readonly mean: number
  readonly deviation: number
}

function textFrames({ models, kinds }: Chain, { path }: Placed): number {
  let count = 0
  for (const state of path) if (models[state] !== 0 && kinds[state] !== kind.filler) count++
  return count
}

/** The sounds between two frames, parted by silences. Short ones are heard better in means of a few frames than frame by frame. */
function soundsOf({ loud, silentBelow, quiet, frames }: Track, from: number, to: number): Position[] {
  const sounds: { start: number; end: number }[] = []
  const [first, last] = [Math.max(0, from), Math.min(frames, to)]
  const soft = quiet + seedShare * (silentBelow - quiet)
  const edge = quiet + edgeShare * (silentBelow - quiet)
  const smooth = (t: number) => {
    let [sum, count] = [0, 0]
    for (let i = Math.max(0, t - 2); i <= Math.min(frames - 1, t + 2); i++) {
      sum += loud[i] as number
      count++
    }
    return sum / count
  }
  for (let t = first; t < last; t++) {
    if (smooth(t) <= soft) continue
    const before = sounds.at(-1)
    if (before && t - before.end < closure) before.end = t + 1
    else sounds.push({ start: t, end: t + 1 })
  }
  for (const [index, sound] of sounds.entries()) {
    const least = sounds[index - 1]?.end ?? first
    const most = sounds[index + 1]?.start ?? last
    while (sound.start > least && (loud[sound.start - 1] as number) > edge) sound.start--
    while (sound.end < most && (loud[sound.end] as number) > edge) sound.end++
    while (sound.start < sound.end && (loud[sound.start] as number) <= edge) sound.start++
    while (sound.end > sound.start && (loud[sound.end - 1] as number) <= edge) sound.end--
  }
  return sounds.filter(({ start, end }) => end - start >= shortestSound)
}
