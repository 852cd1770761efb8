import type { Timed } from '../report'
import { frameRate } from '../sound/spectrum'
import { loudFrames, soundsBetween, type Track } from '../sound/track'
import type { Unit } from '../text/segments'

/** Frames of silence that part what a sentence says in other words from what somebody else says. */
const parting = 30
/** Frames of silence within a sound. */
const closure = 6
/** Frames of other words that count, and at most. */
const fewest = 20
const most = 700
/** A recording whose text is complete: stretches of speech (so many loud frames at least) that are neither in a sentence nor right beside one, for each
 *  that is right beside one by itself (of what others say between sentences, one in three lies so by chance); other loud frames outside all
 *  sentences, as a share of those within; and units without a place, as a share of all. */
const stretchFrames = 40
const spareForEach = 0.25
const spareShare = 0.03
const lostShare = 0.02
/** How often a sentence must come with like words beside it, as a share of all times it is said, and by how much their lengths may differ. */
const usualShare = 0.75
const leastTimes = 2
const likeLength = 1.25

/** Where hardly anything is said that is not in the text, and hardly any text that is not said, what is said right in front of a sentence or
 *  right behind it is that sentence in other words ("Press 1" for "For English press 1"): it begins and ends there. Elsewhere it may as well
 *  be somebody's whose words are not in the text, unless that sentence comes with as long other words whenever it is said. What is said at an
 *  inaudible mark stays what is said there.
 *  @param known whether the text is complete, where this is a stretch of a recording, which by itself does not tell
 *  @returns also whether it is */
export function withOtherWords(
  timed: readonly (Timed | null)[],
  units: readonly Pick<Unit, 'isAfterUnknown' | 'text'>[],
  track: Track,
  known?: boolean,
): { readonly timed: (Timed | null)[]; readonly isComplete: boolean } {
  const { claims, isComplete } = claimsOf(timed, units, track)
  const parted = claims.filter(({ isParted }) => isParted)
  const own = (known ?? isComplete) ? parted : known === undefined ? usual(claims, timed, units) : []
  const result: (Timed | null)[] = [...timed]
  for (const { unit, edge, frame } of own)
    result[unit] = { ...(result[unit] as Timed), [edge]: frame / frameRate }
  return { timed: result, isComplete: known ?? isComplete }
}

/** Speech beside a unit that may be its own. */
interface Claim {
  /** A silence parts it from the unit on its other side. */
  readonly isParted: boolean
  readonly unit: number
  readonly edge: 'start' | 'end'
  /** Where the unit would begin or end. */
  readonly frame: number
  readonly frames: number
}

function claimsOf(
  timed: readonly (Timed | null)[],
  units: readonly Pick<Unit, 'isAfterUnknown'>[],
  track: Track,
): { readonly claims: readonly Claim[]; readonly isComplete: boolean } {
  const claims: Claim[] = []
  let [spare, within, spareStretches] = [0, 0, 0]
  const known = timed.flatMap((time, unit) =>
    time ? [{ unit, start: frameOf(time.start), end: frameOf(time.end) }] : [],
  )
  let end = 0
  known.forEach(({ unit, ...own }, index) => {
    within += loudFrames(track, Math.max(end, own.start), own.end)
    if (index === 0) between(0, own.start, null, unit)
    end = Math.max(end, own.end)
    const next = known[index + 1]
    between(end, next?.start ?? track.frames, unit, next?.unit ?? null)
  })
  const lost = timed.length - known.length
  const beside = claims.filter(({ isParted, frames }) => isParted && frames >= stretchFrames).length
  const isComplete =
    spareStretches <= spareForEach * beside &&
    spare <= spareShare * within &&
    lost <= lostShare * timed.length
  return { claims, isComplete }

  // The sounds between two units, as far as they may be theirs.
  function between(from: number, to: number, before: number | null, after: number | null): void {
    const isUnknown = units
      .slice(before === null ? 0 : before + 1, after === null ? units.length : after + 1)
      .some((unit) => unit.isAfterUnknown)
    if (isUnknown) return
    const sounds = soundsBetween(track, from, to, closure)
    let [behind, front] = [from, to]
    for (const sound of sounds) {
      if (sound.start - behind >= parting) break
      behind = sound.end
    }
    for (const sound of [...sounds].reverse()) {
      if (front - sound.end >= parting) break
      front = sound.start
    }
    let [left, right] = [from, to]
    if (before !== null && to - behind >= closure && isWords(behind - from)) {
      const isParted = to - behind >= parting
      claims.push({ isParted, unit: before, edge: 'end', frame: behind, frames: behind - from })
      if (isParted) left = behind
    }
    if (after !== null && front - from >= closure && isWords(to - front)) {
      const isParted = front - from >= parting
      claims.push({ isParted, unit: after, edge: 'start', frame: front, frames: to - front })
      if (isParted) right = front
    }
    spare += loudFrames(track, left, right)
    for (const { start, end } of soundsBetween(track, left, right, parting)) {
      const isApart = start - from >= parting && to - end >= parting
      if ((isApart || end - start > most) && loudFrames(track, start, end) >= stretchFrames) spareStretches++
    }
  }
}

function usual(
  claims: readonly Claim[],
  timed: readonly (Timed | null)[],
  units: readonly Pick<Unit, 'text'>[],
): Claim[] {
  const texts = units.map(({ text }) => text.trim().toLowerCase())
  const times = new Map<string, number>()
  for (const [unit, time] of timed.entries()) {
    const text = texts[unit] as string
    if (time) times.set(text, (times.get(text) ?? 0) + 1)
  }
  const groups = new Map<string, Claim[]>()
  for (const claim of claims) {
    const key = `${claim.edge} ${texts[claim.unit]}`
    groups.set(key, [...(groups.get(key) ?? []), claim])
  }
  return [...groups.values()].flatMap((group) =>
    group.filter(({ unit, frames }) => {
      const like = group.filter(
        (other) => Math.abs(Math.log(other.frames / frames)) <= Math.log(likeLength),
      ).length
      return like >= leastTimes && like >= usualShare * (times.get(texts[unit] as string) as number)
    }),
  )
}

function isWords(frames: number): boolean {
  return frames >= fewest && frames <= most
}

function frameOf(seconds: number): number {
  return Math.round(seconds * frameRate)
}
