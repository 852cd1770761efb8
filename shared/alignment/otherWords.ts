import type { Timed } from './report'
import type { Unit } from './segments'
import { frameRate } from './spectrum'
import { isLoud, soundsBetween, type Track } from './track'

/** Frames of silence that part what a sentence says in other words from what somebody else says. */
const parting = 30
/** Frames of silence within a sound. */
const closure = 6
/** Frames of other words that count, and at most. */
const fewest = 20
const most = 700
/** Loud frames outside all sentences, as a share of those within, and units without a place, as a share of all, in a recording whose text
 *  is complete. */
const spareShare = 0.03
const lostShare = 0.02

/** Where hardly anything is said that is not in the text, and hardly any text that is not said, what is said right in front of a sentence or
 *  right behind it is that sentence in other words ("Press 1" for "For English press 1"): it begins and ends there. Elsewhere it may as well
 *  be somebody's whose words are not in the text. What is said at an inaudible mark stays what is said there. */
export function withOtherWords(
  timed: readonly (Timed | null)[],
  units: readonly Pick<Unit, 'isAfterUnknown'>[],
  track: Track,
): (Timed | null)[] {
  const wider: (Timed | null)[] = [...timed]
  let [spare, within, lost] = [0, 0, 0]
  const count = (from: number, to: number) => {
    let sum = 0
    for (let t = from; t < to; t++) if (isLoud(track, t)) sum++
    return sum
  }
  const known = timed.flatMap((time, k) => {
    if (!time) lost++
    return time ? [{ k, start: frameOf(time.start), end: frameOf(time.end) }] : []
  })
  let end = 0
  known.forEach((unit, index) => {
    within += count(Math.max(end, unit.start), unit.end)
    const before = end
    end = Math.max(end, unit.end)
    const after = known[index + 1]?.start ?? track.frames
    const next = known[index + 1]?.k ?? null
    if (index === 0 && !hasUnknown(0, unit.k)) spare += claim(0, unit.start, null, unit.k)
    if (!hasUnknown(unit.k + 1, next)) spare += claim(Math.max(before, unit.end), after, unit.k, next)
  })
  return spare <= spareShare * within && lost <= lostShare * timed.length ? wider : [...timed]

  function hasUnknown(from: number, to: number | null): boolean {
    return units.slice(from, to === null ? units.length : to + 1).some((unit) => unit.isAfterUnknown)
  }

  // Gives the sounds between two units to them, as far as they are theirs; the loud frames that are left.
  function claim(from: number, to: number, before: number | null, after: number | null): number {
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
    let left = count(from, to)
    // What reaches from one to the other may be either's.
    if (to - behind >= parting && isWord(behind - from) && before !== null) {
      wider[before] = { ...(wider[before] as Timed), end: behind / frameRate }
      left -= count(from, behind)
    }
    if (front - from >= parting && isWord(to - front) && after !== null) {
      wider[after] = { ...(wider[after] as Timed), start: front / frameRate }
      left -= count(front, to)
    }
    return left
  }
}

function isWord(frames: number): boolean {
  return frames >= fewest && frames <= most
}

function frameOf(seconds: number): number {
  return Math.round(seconds * frameRate)
}
