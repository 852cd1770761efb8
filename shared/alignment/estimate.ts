/** Where somebody speaks: `[start, end]` in seconds, in order, apart. */
export type Speech = readonly (readonly [number, number])[]

/** Seconds a boundary may move to fall into a pause. */
const snapDistance = 1.5

/** How long a text takes to say, in syllables, roughly: vowel groups, one for each Chinese or Japanese character and Korean block,
 *  two for a digit. Never 0 for a text with letters. */
export function syllables(text: string): number {
  let count = 0
  let isVowelBefore = false
  for (let at = 0; at < text.length; at++) {
    const kind = kindAt(text, at)
    if (kind !== vowel || !isVowelBefore) count += syllablesOfKind[kind] as number
    isVowelBefore = kind === vowel
  }
  return count === 0 && /\p{L}/u.test(text) ? 1 : count
}

// Kinds of characters and what each adds. Arabic and Hebrew do not write their vowels.
const [unknown, silent, ideograph, digit, vowel, abjad] = [0, 1, 2, 3, 4, 5]
const syllablesOfKind = [0, 0, 1, 2, 1, 0.45]
const kinds = new Uint8Array(0x10000)

function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  const known = kinds[code] as number
  if (known !== unknown) return known
  const character = text[at] as string
  const kind = /[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff]/u.test(character)
    ? ideograph
    : /\d/u.test(character)
      ? digit
      : /[aeiouyàâäáãåæéèêëíìîïóòôöõøœúùûüýÿаеёиоуыэюяіїєαεηιουωάέήίόύώ]/iu.test(character)
        ? vowel
        : /[\u0590-\u06ff]/u.test(character)
          ? abjad
          : silent
  kinds[code] = kind
  return kind
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
  const clock = spokenClock(spoken)
  const starts: number[] = []
  let before = 0
  let earliest = from
  for (const [index, weight] of weights.entries()) {
    if (index === 0) starts.push(from)
    else {
      const share = sum > 0 ? before / sum : index / weights.length
      const plain = clock(share * total)
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
  let first = 0
  let last = speech.length
  while (first < last) {
    const middle = (first + last) >> 1
    if ((speech[middle] as readonly [number, number])[1] <= from) first = middle + 1
    else last = middle
  }
  const inside: (readonly [number, number])[] = []
  for (let at = first; at < speech.length; at++) {
    const stretch = speech[at] as readonly [number, number]
    const [start, end] = stretch
    if (start >= to) break
    inside.push(start >= from && end <= to ? stretch : [Math.max(start, from), Math.min(end, to)])
  }
  return inside
}

/** Tells the recording's time at which so many seconds of speech have passed; asked for more and more of them. */
function spokenClock(speech: Speech): (spoken: number) => number {
  let at = 0
  let passed = 0
  return (spoken) => {
    for (; at < speech.length; at++) {
      const [start, end] = speech[at] as readonly [number, number]
      if (spoken - passed <= end - start) return start + spoken - passed
      passed += end - start
    }
    return speech.at(-1)?.[1] ?? 0
  }
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
