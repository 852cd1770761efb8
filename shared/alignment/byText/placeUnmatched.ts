import type { FoundWord } from './foundWord'
import type { HeardWord } from './heardWords'

/** Seconds a syllable takes where nothing was heard that tells. */
const usualPace = 0.2

/** Gives words that were not heard a time between those that were, where there is room for them; what cannot have been said there keeps
 *  none. */
export function placeUnmatched(words: FoundWord[], heard: readonly HeardWord[], duration: number): void {
  const pace = paceOf(words)
  for (let k = 0; k < words.length; k++) {
    if (words[k]?.start !== null) continue
    let last = k
    while (last + 1 < words.length && words[last + 1]?.start === null) last++
    const [before, after] = [words[k - 1], words[last + 1]]
    const between = heard.slice((before?.heard?.[1] ?? -1) + 1, after?.heard?.[0] ?? heard.length)
    place(words.slice(k, last + 1), { before, after, between, duration, pace })
    k = last
  }
}

interface Surroundings {
  readonly before: FoundWord | undefined
  readonly after: FoundWord | undefined
  /** What was heard there instead. */
  readonly between: readonly HeardWord[]
  readonly duration: number
  readonly pace: number
}

function place(run: readonly FoundWord[], { before, after, between, duration, pace }: Surroundings): void {
  let from = before?.end ?? 0
  let to = Math.max(from, after?.start ?? duration)
  const length = (words: readonly FoundWord[]) => pace * words.reduce((sum, word) => sum + word.syllables, 0)
  if (before && after && before.unit === after.unit) {
    const needed = length(run)
    if (run.length > 2 && to - from < 0.35 * needed) return
    const [first, last] = [between[0], between.at(-1)]
    if (first && last) [from, to] = [Math.max(from, first.start), Math.min(to, last.end)]
    else if (to - from > 2 * needed + 0.5) to = from + needed
    spread(run, from, Math.max(from, to), 'between')
    return
  }
  // What is left of the sentences on either side adjoins them; whole sentences lie between.
  const tail = run.filter(({ unit }) => unit === before?.unit)
  const lead = run.filter(({ unit }) => unit === after?.unit)
  const whole = run.slice(tail.length, run.length - lead.length)
  const room = to - from
  const [tailLength, leadLength] = [length(tail), length(lead)]
  const isTight = tailLength + leadLength > 0 && room < 0.35 * (tailLength + leadLength)
  const scale = Math.min(1, room / Math.max(1e-9, tailLength + leadLength))
  if (tail.length > 0 && (tail.length <= 2 || !isTight)) {
    spread(tail, from, from + tailLength * scale, 'between')
    from += tailLength * scale
  }
  if (lead.length > 0 && (lead.length <= 2 || !isTight)) {
    spread(lead, to - leadLength * scale, to, 'between')
    to -= leadLength * scale
  }
  if (whole.length > 0) placeWhole(whole, length(whole), from, to, between, pace)
}

// Sentences of which nothing was heard: only where about as much else was heard, or where there is room for them and not much more.
function placeWhole(
  whole: readonly FoundWord[],
  needed: number,
  from: number,
  to: number,
  between: readonly HeardWord[],
  pace: number,
): void {
  const inside = between.filter(({ start, end }) => start >= from - 0.01 && end <= to + 0.01)
  const [first, last] = [inside[0], inside.at(-1)]
  if (first && last) {
    const said = inside.reduce((sum, { start, end }) => sum + end - start, 0)
    if (needed > 0.6 * said && needed < 1.6 * said) spread(whole, first.start, last.end, 'far')
    return
  }
  const room = to - from
  if (room < 0.8 * needed || room > 3 * needed + 20 * pace) return
  const pause = Math.max(0, (room - needed) / 2)
  spread(whole, from + pause, to - pause, 'far')
}

function spread(run: readonly FoundWord[], from: number, to: number, evidence: 'between' | 'far'): void {
  const total = run.reduce((sum, { syllables }) => sum + syllables, 0)
  let before = 0
  for (const word of run) {
    word.start = from + ((to - from) * before) / total
    before += word.syllables
    word.end = from + ((to - from) * before) / total
    word.evidence = evidence
  }
}

function paceOf(words: readonly FoundWord[]): number {
  let [seconds, syllables] = [0, 0]
  for (const word of words) {
    if (word.evidence !== 'same' || word.start === null || word.end === null) continue
    seconds += word.end - word.start
    syllables += word.syllables
  }
  return syllables > 50 ? seconds / syllables : usualPace
}
