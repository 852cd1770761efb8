import type { Placed } from '../search/placing'
import { isLoud, type Position, type Track } from '../sound/track'

/** Frames of silence that part a sound from the next. */
const parting = 6
/** Frames of its sound that a stretch may leave to nobody. */
const mostRest = 12
/** How much faster or slower than usual words are said that may stand by themselves. */
const mostHaste = 1.6
const mostTime = 2.5

/** Whether words that a pause parts from the rest of their sentence are said there: they score as right text and take up the sound in which
 *  they lie, at about the usual pace. What was laid over a part of somebody else's sound leaves the rest of that to nobody.
 *  @param usual frames that the words take as a rule
 *  @param filler what they score at least
 *  @param room where nothing else of the text lies */
export function areSaidApart(
  track: Pick<Track, 'loud' | 'silentBelow'>,
  words: Placed['words'],
  usual: number,
  filler: number,
  room: Position,
): boolean {
  const [start, end] = [words[0]?.start ?? 0, words.at(-1)?.end ?? 0]
  if (end - start < usual / mostHaste || end - start > usual * mostTime) return false
  const spoken = words.reduce((sum, word) => sum + word.end - word.start, 0)
  const score = words.reduce((sum, word) => sum + word.score * (word.end - word.start), 0)
  if (score < filler * spoken) return false
  return rest(track, start - 1, -1, room.start) + rest(track, end, 1, room.end) <= mostRest
}

// Loud frames from `from` on, up to a silence or to `stop`.
function rest(track: Pick<Track, 'loud' | 'silentBelow'>, from: number, step: 1 | -1, stop: number): number {
  let [count, silent] = [0, 0]
  for (let t = from; silent < parting && (step > 0 ? t < stop : t >= stop); t += step) {
    if (isLoud(track, t)) count++
    silent = isLoud(track, t) ? 0 : silent + 1
  }
  return count
}
