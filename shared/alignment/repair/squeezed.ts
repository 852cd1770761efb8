import type { Levels } from '../search/calibrate'
import type { layUnit, Placed, Stage } from '../search/placing'
import { freeSound, mostHaste } from './freeSound'

/** Frames of units that are looked at, at most. */
export const longestUnit = 9000
/** Frames between units that are in one sound. */
export const touching = 5
/** Sounds from which on a text does not hide in a neighbour's sound, and how many times too fast it is there. */
const unhidden = 15
const hiddenHaste = 3

/** Lays unit `k` over frames `[from, to)`; `null` where it does not fit. */
export type LayUnit = (k: number, from: number, to: number) => ReturnType<typeof layUnit>

/** Puts right, in `result`, units that were squeezed in beside another or into a part of a sound though a sound of their length is nobody's.
 *  @param usualFrames that a unit takes as a rule */
export function unsqueeze(
  result: (Placed | null)[],
  stage: Stage,
  { filler, right }: Pick<Levels, 'filler' | 'right'>,
  usualFrames: (k: number) => number,
  lay: LayUnit,
): void {
  for (let k = 0; k + 1 < result.length; k++) partSqueezed(k)
  for (let k = 0; k < result.length; k++) takeWholeSound(k)

  // Two units in the sound of one: where that one alone explains it better, the other goes to a sound beside it that is nobody's. Where there
  // is none, a longer text that is far too fast was not said.
  function partSqueezed(k: number): void {
    const [one, other] = [result[k], result[k + 1]]
    if (!one || !other || other.start - one.end > touching || other.end - one.start > longestUnit) return
    const frames = [usualFrames(k), usualFrames(k + 1)] as const
    const isSqueezed = [one, other].some(
      ({ start, end, score }, index) =>
        end - start < (frames[index] as number) / mostHaste || score < 2 * filler - right,
    )
    if (!isSqueezed) return
    const lengths = [one.end - one.start, other.end - other.start] as const
    const both = (one.score * lengths[0] + other.score * lengths[1]) / (lengths[0] + lengths[1])
    const before = { start: k > 0 ? (result[k - 1]?.end ?? one.start) : stage.from, end: one.start }
    const next = k + 2 < result.length ? (result[k + 2]?.start ?? other.end) : stage.to
    const after = { start: other.end, end: next }
    for (const [gap, moving, staying] of [[before, k, k + 1] as const, [after, k + 1, k] as const]) {
      const free = freeSound(stage, gap, frames[moving - k] as number)
      const moved = free && lay(moving, free.start, free.end)
      const alone = moved && lay(staying, one.start, other.end)
      if (!alone || alone.unit.score < both) continue
      result[moving] = moved.unit
      result[staying] = alone.unit
      return
    }
    for (const [index, hidden] of [one, other].entries()) {
      const isHidden =
        (stage.chain.phones[k + index] as number) >= unhidden &&
        hidden.end - hidden.start < (frames[index] as number) / hiddenHaste &&
        hidden.score < filler
      const alone = isHidden && lay(k + 1 - index, one.start, other.end)
      if (!alone || alone.unit.score < both) continue
      result[k + index] = null
      result[k + 1 - index] = alone.unit
      return
    }
  }

  // A unit that was squeezed into a part of a sound of which the rest is nobody's, and that is parted from its neighbours', takes all of it.
  function takeWholeSound(k: number): void {
    const unit = result[k]
    if (!unit || unit.end - unit.start >= usualFrames(k) / mostHaste) return
    let [last, next] = [k - 1, k + 1]
    while (last >= 0 && !result[last]) last--
    while (next < result.length && !result[next]) next++
    const gap = { start: result[last]?.end ?? stage.from, end: result[next]?.start ?? stage.to }
    const sound = freeSound(stage, gap, usualFrames(k))
    if (!sound || sound.start >= unit.end || sound.end <= unit.start) return
    const whole = lay(k, sound.start, sound.end)
    if (whole) result[k] = whole.unit
  }
}
