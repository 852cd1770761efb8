import type { TimedTurn } from './cues'

/** Seconds that a cue stays behind its last word, if nothing follows at once. */
const linger = 0.4

/** Characters that are seen, those of gaps left out. */
export function inkOf(text: string): number {
  return text.replace(/\s/gu, '').length
}

/** Pauses count up to this; seconds. */
const longestPause = 0.5

/** How long somebody speaks in a turn: without its long pauses where the words' times tell them. */
export function secondsSpoken({ start, end, words = [], text }: TimedTurn): number {
  const timed = words.reduce((sum, { from, to }) => sum + to - from, 0)
  // A few known words tell nothing of the rest.
  if (timed < 0.8 * inkOf(text)) return end - start
  let seconds = 0
  for (const [index, word] of words.entries()) {
    const pause = word.start - (words[index - 1]?.end ?? word.start)
    seconds += word.end - word.start + Math.min(longestPause, Math.max(0, pause))
  }
  return Math.max(0.1, Math.min(end - start, seconds))
}

/** When the pieces of a turn are said, by its words as far as they have times; between them, and without any, by `weights`.
 *  @param pieces of the turn's text, in order, all of it but gaps @param weights of the pieces, above 0
 *  @returns `[start, end]` in seconds: within the turn, in order, apart */
export function timesOfPieces(
  { start, end, words = [] }: TimedTurn,
  pieces: readonly string[],
  weights: readonly number[],
): readonly (readonly [number, number])[] {
  const known: (readonly [number, number] | null)[] = []
  let [ink, word] = [0, 0]
  for (const piece of pieces) {
    const until = ink + inkOf(piece)
    while (word < words.length && (words[word] as { to: number }).to <= ink) word++
    let [first, last] = [Number.NaN, Number.NaN]
    for (let index = word; index < words.length && (words[index] as { from: number }).from < until; index++) {
      const entry = words[index] as NonNullable<TimedTurn['words']>[number]
      if (Number.isNaN(first)) first = entry.start
      last = entry.end
    }
    known.push(Number.isNaN(first) ? null : [first, last])
    ink = until
  }
  const clamp = (time: number, from: number) => Math.min(end, Math.max(from, time))
  const starts = startsOf(known, weights, start, end, clamp)
  return starts.map((begin, index) => {
    const next = starts[index + 1] ?? end
    const own = known[index]
    return [begin, own ? clamp(Math.min(next, own[1] + linger), begin) : next] as const
  })
}

// A piece without any known word shares the time up to the next known one with those beside it, by weight.
function startsOf(
  known: readonly (readonly [number, number] | null)[],
  weights: readonly number[],
  start: number,
  end: number,
  clamp: (time: number, from: number) => number,
): number[] {
  const starts: number[] = []
  for (let index = 0; index < known.length; index++) {
    const before = starts.at(-1) ?? start
    const own = known[index]
    if (own) {
      starts.push(clamp(own[0], before))
      continue
    }
    let behind = index
    while (behind < known.length && !known[behind]) behind++
    const from = index === 0 ? start : clamp(known[index - 1]?.[1] ?? before, before)
    const to = clamp(known[behind]?.[0] ?? end, from)
    const total = weights.slice(index, behind).reduce((sum, weight) => sum + weight, 0)
    let passed = 0
    for (; index < behind; index++) {
      starts.push(from + (passed / total) * (to - from))
      passed += weights[index] as number
    }
    index--
  }
  return starts
}
