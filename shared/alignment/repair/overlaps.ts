import type { Placed } from '../search/placing'
import { usualFrames } from '../sound/spectrum'
import { median } from '../statistics'
import type { Unit } from '../text/segments'
import type { Clip } from '../voice/clips'
import { type AlikeLengths, alikeLengths, type Lengths } from './unitLengths'

/** Frames between turns that are as good as none. */
const touching = 2
/** Sounds at a unit's edge that another turn may cover. */
const mostPhones = 16
/** How many sounds of the usual pace a unit's own pace leans on. */
const leaning = 10
/** Frames that words at an edge are faster than usual by chance: so many of the edges that nobody covers, in a recording of its own, and at
 *  least so many frames. */
const chanceShare = 0.9
const leastChance = 10
/** Frames that turns overlap at most. */
const longestOverlap = 90
/** A unit of so few sounds may be covered from end to end: what a search leaves of it, at most so many frames from the other turn, is shorter
 *  than usual by so many deviations. */
const mostHidden = -2
const nearHidden = 15
/** Words that were cut off a unit's edge because they sounded wrong were said at once with another turn that is at most so many frames away. */
const nearCut = 30

/** In a search two turns that are spoken at once come one after the other, so the last words of the one, the first of the other, or both are
 *  hurried, or cut off as text that nobody says. Gives such words their usual time: the turns then overlap. Paths are left as they were.
 *  @param lengths of units in the recording, where they are known @param alike of those that are alike */
export function withOverlaps(
  placed: readonly (Placed | null)[],
  units: readonly Pick<Unit, 'turn'>[],
  clips: readonly Clip[],
  lengths: Lengths | null = null,
  alike: AlikeLengths = alikeLengths(placed, clips),
): (Placed | null)[] {
  const result = [...placed]
  const usual = usualWordPace(placed, clips)
  const isTouched = placed.map(() => [false, false] as [boolean, boolean])
  let last = -1
  for (let k = 0; k < placed.length; k++) {
    const unit = placed[k]
    if (!unit) continue
    const before = placed[last]
    if (before && units[last]?.turn !== units[k]?.turn && unit.start - before.end <= touching) {
      ;(isTouched[last] as boolean[])[1] = true
      ;(isTouched[k] as boolean[])[0] = true
    }
    last = k
  }
  const hidden = placed.map((unit, k) => unit && lengths && hiddenOf(unit, clips[k], lengths, alike))
  const hasteAt = (k: number, isEnd: boolean) => hasteOf(placed[k] as Placed, clips[k], usual, isEnd)
  const chance = [false, true].map((isEnd) => {
    const hastes = placed.flatMap((unit, k) =>
      unit && !isTouched[k]?.[isEnd ? 1 : 0] ? [hasteAt(k, isEnd).frames] : [],
    )
    hastes.sort((one, other) => one - other)
    return Math.max(leastChance, hastes[Math.floor(chanceShare * (hastes.length - 1))] ?? 0)
  })
  const lackAt = (k: number, isEnd: boolean): Haste => {
    const haste = hasteAt(k, isEnd)
    const lack = { ...haste, frames: haste.frames - (chance[isEnd ? 1 : 0] as number) }
    return hidden[k] && hidden[k].frames > lack.frames ? hidden[k] : lack
  }
  last = -1
  for (let k = 0; k < placed.length; k++) {
    const unit = placed[k]
    if (!unit) continue
    const before = placed[last]
    const gap =
      before && units[last]?.turn !== units[k]?.turn ? unit.start - before.end : Number.POSITIVE_INFINITY
    if (before && gap <= nearCut) {
      const lackOf = (one: number, isEnd: boolean) =>
        gap <= touching ? lackAt(one, isEnd) : gap <= nearHidden ? hidden[one] : null
      const widened = (one: number, most: number, isEnd: boolean) => {
        const own = result[one] as Placed
        const whole = withCutWords(own, clips[one], usual, most, isEnd)
        const lack = lackOf(one, isEnd)
        return whole ?? (lack ? stretched(own, lack, most, isEnd) : own)
      }
      result[last] = widened(last, unit.end - before.end, true)
      result[k] = widened(k, unit.start - before.start, false)
    }
    last = k
  }
  return result
}

function usualWordPace(placed: readonly (Placed | null)[], clips: readonly Clip[]): number {
  const paces = placed.flatMap((unit, k) =>
    (unit?.words ?? []).map((word) => lengthOf(word) / phonesOf(clips[k], word)),
  )
  return median(paces) ?? usualFrames
}

type Word = Placed['words'][number]

function lengthOf({ start, end }: Word): number {
  return end - start
}

function phonesOf(clip: Clip | undefined, { word }: Word): number {
  return Math.max(1, clip?.words[word]?.phones.length ?? 1)
}

interface Haste {
  /** By how much the words are shorter than at the unit's own pace. */
  readonly frames: number
  /** How many words, from the edge. */
  readonly words: number
}

function hasteOf(unit: Placed, clip: Clip | undefined, usual: number, isEnd: boolean): Haste {
  const words = isEnd ? [...unit.words].reverse() : unit.words
  let [phones, frames, inner] = [0, leaning * usual, leaning]
  for (const word of words) {
    phones += phonesOf(clip, word)
    if (phones <= mostPhones) continue
    frames += lengthOf(word)
    inner += phonesOf(clip, word)
  }
  const pace = frames / inner
  let [passed, lacking, lack, count] = [0, 0, 0, 0]
  for (const [index, word] of words.entries()) {
    passed += phonesOf(clip, word)
    if (index > 0 && passed > mostPhones) break
    lacking += phonesOf(clip, word) * pace - lengthOf(word)
    if (lacking > lack) [lack, count] = [lacking, index + 1]
  }
  return { frames: lack, words: count }
}

// With the words that were cut off, at the unit's own pace. `null` where there are none.
function withCutWords(
  unit: Placed,
  clip: Clip | undefined,
  usual: number,
  most: number,
  isEnd: boolean,
): Placed | null {
  const edge = (isEnd ? unit.words.at(-1) : unit.words[0])?.word
  const cut = (clip?.words ?? []).flatMap(({ phones }, word) =>
    edge !== undefined && phones.length > 0 && (isEnd ? word > edge : word < edge)
      ? [{ word, phones: phones.length }]
      : [],
  )
  const phones = cut.reduce((sum, word) => sum + word.phones, 0)
  const inner = unit.words.reduce((sum, word) => sum + phonesOf(clip, word), leaning)
  const pace = (unit.end - unit.start + leaning * usual) / inner
  const by = Math.min(longestOverlap, most, Math.round(phones * pace))
  if (phones === 0 || by <= 0) return null
  let at = isEnd ? unit.end : unit.start - by
  const words = cut.map((word) => {
    const start = Math.round(at)
    at += (by * word.phones) / phones
    return { word: word.word, start, end: Math.round(at), score: unit.score }
  })
  return {
    ...unit,
    ...(isEnd ? { end: unit.end + by } : { start: unit.start - by }),
    words: isEnd ? [...unit.words, ...words] : [...words, ...unit.words],
  }
}

// What a unit lacks of which only a rest is left. `null` where it is no such unit.
function hiddenOf(unit: Placed, clip: Clip | undefined, lengths: Lengths, alike: AlikeLengths): Haste | null {
  const phones = clip?.phones ?? 0
  if (phones === 0 || phones > mostPhones) return null
  const length = unit.end - unit.start
  const usual = lengths.usual(phones)
  const own = alike.of(clip) ?? usual
  if (lengths.deviation(phones, (length * usual) / own) > mostHidden) return null
  return { frames: own - length, words: unit.words.length }
}

function stretched(unit: Placed, haste: Haste, most: number, isEnd: boolean): Placed {
  const by = Math.min(longestOverlap, most, Math.round(haste.frames))
  if (by <= 0) return unit
  const words = isEnd ? [...unit.words].reverse() : unit.words
  const innermost = words[haste.words - 1] as Word
  const fixed = isEnd ? innermost.start : innermost.end
  const factor = 1 + by / Math.max(1, Math.abs((isEnd ? unit.end : unit.start) - fixed))
  const moved = (frame: number) => Math.round(fixed + (frame - fixed) * factor)
  const wider = words.map((word, index) =>
    index < haste.words ? { ...word, start: moved(word.start), end: moved(word.end) } : word,
  )
  return {
    ...unit,
    ...(isEnd ? { end: unit.end + by } : { start: unit.start - by }),
    words: isEnd ? wider.reverse() : wider,
  }
}
