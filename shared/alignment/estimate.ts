/** Where somebody speaks: `[start, end]` in seconds, in order, apart. */
export type Speech = readonly (readonly [number, number])[]

/** Seconds a boundary may move to fall into a pause. */
const snapDistance = 1.5

/** How long a text takes to say, in syllables, roughly: vowel groups, one for each Chinese or Japanese character and Korean block,
 *  two for a digit. Never 0 for a text with letters. */
export function syllables(text: string): number {
  let count = 0
  let isVowelBefore = false
  for (const character of text) {
    if (/[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff]/u.test(character)) {
      count++
      isVowelBefore = false
    } else if (/\d/u.test(character)) {
      count += 2
      isVowelBefore = false
    } else if (/[aeiouyàâäáãåæéèêëíìîïóòôöõøœúùûüýÿаеёиоуыэюяіїєαεηιουωάέήίόύώ]/iu.test(character)) {
      if (!isVowelBefore) count++
      isVowelBefore = true
    } else {
      // Arabic and Hebrew do not write their vowels.
      if (/[\u0590-\u06ff]/u.test(character)) count += 0.45
      isVowelBefore = false
    }
  }
  return count === 0 && /\p{L}/u.test(text) ? 1 : count
}

/** Places turns between two instants by their length over the stretches where there is speech; a boundary prefers a pause nearby.
 *  @param weights of the turns, in order, any unit
 *  @param from start of the first turn, seconds @param to end of the last one
 *  @returns the start of each turn, never decreasing, within `from`–`to`; the first is `from` */
export function estimateStarts(
  weights: readonly number[],
  from: number,
  to: number,
  speech: Speech,
): number[] {
  const inside = clip(speech, from, to)
  const spoken: Speech = inside.length > 0 ? inside : [[from, Math.max(from, to)]]
  const total = spoken.reduce((sum, [start, end]) => sum + end - start, 0)
  const sum = weights.reduce((all, weight) => all + weight, 0)
  const pauses = pausesOf(spoken)
  const starts: number[] = []
  let before = 0
  let earliest = from
  for (const [index, weight] of weights.entries()) {
    if (index === 0) starts.push(from)
    else {
      const share = sum > 0 ? before / sum : index / weights.length
      const plain = timeAtSpoken(spoken, share * total)
      const reach = Math.min(
        snapDistance,
        ((weights[index - 1] as number) / Math.max(sum, 1e-9)) * total * 0.4,
        (weight / Math.max(sum, 1e-9)) * total * 0.4,
      )
      earliest = Math.min(to, Math.max(earliest, nearest(pauses, plain, reach)))
      starts.push(earliest)
    }
    before += weight
  }
  return starts
}

function clip(speech: Speech, from: number, to: number): (readonly [number, number])[] {
  const inside: (readonly [number, number])[] = []
  for (const [start, end] of speech) {
    if (end <= from || start >= to) continue
    inside.push([Math.max(start, from), Math.min(end, to)])
  }
  return inside
}

/** The recording's time at which `spoken` seconds of speech have passed. */
function timeAtSpoken(speech: Speech, spoken: number): number {
  let left = spoken
  for (const [start, end] of speech) {
    if (left <= end - start) return start + left
    left -= end - start
  }
  return speech.at(-1)?.[1] ?? 0
}

// The instant at which speech begins again after a pause is where a turn starts.
function pausesOf(speech: Speech): readonly number[] {
  return speech.slice(1).map(([start]) => start)
}

function nearest(instants: readonly number[], time: number, reach: number): number {
  let low = 0
  let high = instants.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((instants[middle] as number) < time) low = middle + 1
    else high = middle
  }
  let best = time
  let distance = reach
  for (const candidate of [instants[low - 1], instants[low]]) {
    if (candidate !== undefined && Math.abs(candidate - time) <= distance) {
      best = candidate
      distance = Math.abs(candidate - time)
    }
  }
  return best
}
