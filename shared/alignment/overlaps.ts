import type { Clip } from './clips'
import type { Placed } from './placing'
import type { Unit } from './segments'

/** Frames between turns that are as good as none. */
const touching = 2
/** Sounds at a unit's edge that another turn may cover. */
const mostPhones = 16
/** How many sounds of the usual pace a unit's own pace leans on. */
const leaning = 10
/** Frames that words at an edge are faster than usual by chance, and those that turns overlap at most. */
const chance = 10
const longestOverlap = 90

/** In a search two turns that are spoken at once come one after the other, so the last words of the one, the first of the other, or both are
 *  hurried. Gives such words their usual time: the turns then overlap. Paths are left as they were. */
export function withOverlaps(
  placed: readonly (Placed | null)[],
  units: readonly Pick<Unit, 'turn'>[],
  clips: readonly Clip[],
): (Placed | null)[] {
  const result = [...placed]
  const usual = usualPace(placed, clips)
  let last = -1
  for (let k = 0; k < placed.length; k++) {
    const unit = placed[k]
    if (!unit) continue
    const before = placed[last]
    if (before && units[last]?.turn !== units[k]?.turn && unit.start - before.end <= touching) {
      const own = result[last] as Placed
      result[last] = stretched(own, clips[last], usual, true, unit.end - before.end)
      result[k] = stretched(unit, clips[k], usual, false, unit.start - before.start)
    }
    last = k
  }
  return result
}

function usualPace(placed: readonly (Placed | null)[], clips: readonly Clip[]): number {
  const paces = placed.flatMap((unit, k) =>
    (unit?.words ?? []).map((word) => lengthOf(word) / phonesOf(clips[k], word)),
  )
  return paces.sort((a, b) => a - b)[paces.length >> 1] ?? 8
}

type Word = Placed['words'][number]

function lengthOf({ start, end }: Word): number {
  return end - start
}

function phonesOf(clip: Clip | undefined, { word }: Word): number {
  return Math.max(1, clip?.words[word]?.phones.length ?? 1)
}

function stretched(
  unit: Placed,
  clip: Clip | undefined,
  usual: number,
  isEnd: boolean,
  most: number,
): Placed {
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
  const by = Math.min(longestOverlap, most, Math.round(lack - chance))
  if (by <= 0) return unit
  const hurried = words.slice(0, count)
  const fixed = isEnd ? hurried.at(-1)?.start : hurried.at(-1)?.end
  const edge = isEnd ? unit.end : unit.start
  const factor = 1 + by / Math.max(1, Math.abs(edge - (fixed as number)))
  const moved = (frame: number) => Math.round((fixed as number) + (frame - (fixed as number)) * factor)
  const wider = words.map((word, index) =>
    index < count ? { ...word, start: moved(word.start), end: moved(word.end) } : word,
  )
  return {
    ...unit,
    ...(isEnd ? { end: unit.end + by } : { start: unit.start - by }),
    words: isEnd ? wider.reverse() : wider,
  }
}
