import type { Speech } from './speechActivity'

/** Seconds without speech from which on they are no pause of a speaker. */
const longestPause = 2

/** Seconds of speech between two of those that are more than what music has of it by mistake; half of a shorter stretch is enough. */
const leastSpeech = 1.2

/** Of stretches (seconds) with sound those in which somebody speaks, without the music and applause before and after it. Recordings of which
 *  no speech is known keep all of theirs. */
export function spokenParts(
  stretches: readonly (readonly [number, number])[],
  speech: Speech,
): readonly (readonly [number, number])[] {
  if (speech.length === 0) return stretches
  let at = 0
  return stretches.flatMap(([from, to]): (readonly [number, number])[] => {
    while (at < speech.length && (speech[at]?.[1] as number) <= from) at++
    const runs: { start: number; end: number; spoken: number }[] = []
    for (let index = at; index < speech.length && (speech[index]?.[0] as number) < to; index++) {
      const start = Math.max(from, speech[index]?.[0] as number)
      const end = Math.min(to, speech[index]?.[1] as number)
      const last = runs.at(-1)
      if (last && start - last.end < longestPause) {
        last.end = end
        last.spoken += end - start
      } else runs.push({ start, end, spoken: end - start })
    }
    const kept = runs.filter(({ spoken }) => spoken >= Math.min(leastSpeech, (to - from) / 2))
    const [first, last] = [kept[0], kept.at(-1)]
    if (!first || !last) return []
    // What sounds right beside it belongs to it.
    return [
      [first.start - from < longestPause ? from : first.start, to - last.end < longestPause ? to : last.end],
    ]
  })
}
