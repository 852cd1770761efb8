import type { Candidate } from './labelForms'
import { initialsOf, nameKey } from './labelNames'
import { roles } from './labelWords'
import type { AlikeSpeakers, Speaker } from './transcript'
import { remembered } from './writing'

/** Speakers that may differ at most so many that all pairs are compared. */
const mostCompared = 600

/** Who speaks: labels of one name in any spelling are one speaker, and so are initials given after a name.
 *  @returns the speakers in order of appearance, and for each label its speaker, `null` for a bare `>>` */
export function speakersOf(labels: readonly Candidate[]): {
  speakers: Speaker[]
  ofLabel: (number | null)[]
} {
  const byInitials = new Map<string, string>()
  for (const { name } of labels) {
    const short = initialsOf(name)
    // Initials that two people share name neither.
    if (short)
      byInitials.set(
        short,
        (byInitials.get(short) ?? nameKey(name)) === nameKey(name) ? nameKey(name) : short,
      )
  }
  for (const { initials, name } of labels) if (initials) byInitials.set(nameKey(initials), nameKey(name))
  const byKey = new Map<
    string,
    { names: Map<string, number>; spellings: Map<string, number>; turns: number; index: number }
  >()
  const ofLabel = labels.map((label) => {
    const own = nameKey(label.name)
    if (own === '') return null
    const key = (label.form === 'question' ? null : byInitials.get(own)) ?? own
    const found = byKey.get(key) ?? { names: new Map(), spellings: new Map(), turns: 0, index: byKey.size }
    byKey.set(key, found)
    found.spellings.set(label.written, (found.spellings.get(label.written) ?? 0) + 1)
    if (own === key) found.names.set(label.name, (found.names.get(label.name) ?? 0) + 1)
    found.turns++
    return found.index
  })
  const most = (counts: Map<string, number>) => [...counts].sort((a, b) => b[1] - a[1])
  const speakers = [...byKey.values()].map(({ names, spellings, turns }) => ({
    name: most(names)[0]?.[0] ?? most(spellings)[0]?.[0] ?? '',
    labels: most(spellings).map(([spelling, count]) => ({ text: spelling, turns: count })),
    turns,
  }))
  return { speakers, ofLabel }
}

const titles =
  /^(?:mr|mrs|ms|miss|dr|prof|professor|sir|hon|rev|senator|sen|rep|judge|justice|mayor|commissioner|council ?(?:member|man|woman)|chair(?:man|woman|person)?|president|secretary|director|minister|frau|herr|m|mme|señor|señora|sr|sra|don|doña|signor|signora|the)\s+/u

/** Names that look like one person's: a letter apart, or one is part of the other. */
export function alikeSpeakers(speakers: readonly Speaker[]): readonly AlikeSpeakers[] {
  return alikeKeys(
    speakers
      .slice(0, mostCompared)
      .map(({ name }) => nameKey(name))
      .join('\n'),
  )
}

const alikeKeys = remembered((joined): readonly AlikeSpeakers[] => {
  const keys = joined.split('\n')
  const pairs: AlikeSpeakers[] = []
  for (let first = 0; first < keys.length; first++) {
    for (let second = first + 1; second < keys.length; second++) {
      if (areAlike(keys[first] as string, keys[second] as string)) pairs.push({ first, second })
    }
  }
  return pairs
}, 8)

function areAlike(a: string, b: string): boolean {
  // "Unidentified male" and "Speaker A" name nobody: they differ on purpose.
  if (roles.test(a) && roles.test(b)) return false
  if (a.replace(/\d+/gu, '') === b.replace(/\d+/gu, '') && /\d/u.test(a + b)) return false
  const plainA = withoutTitle(a)
  const plainB = withoutTitle(b)
  if (plainA.length < 2 || plainB.length < 2) return false
  if (plainA === plainB) return true
  const wordsA = plainA.split(' ')
  const wordsB = plainB.split(' ')
  const [short, long] = wordsA.length <= wordsB.length ? [wordsA, wordsB] : [wordsB, wordsA]
  const isPart =
    short.length < long.length && short.join('').length >= 3 && short.every((word) => long.includes(word))
  if (isPart) return true
  if (/[\u3040-\u9fff\uac00-\ud7a3]/u.test(plainA + plainB)) return isPrefixName(plainA, plainB)
  const length = Math.min(plainA.length, plainB.length)
  if (/\d/u.test(plainA + plainB)) return false
  const most = length >= 9 ? 2 : length >= 4 ? 1 : 0
  return most > 0 && distance(plainA, plainB, most) <= most
}

// 王主席 and 王建国主席 may be two people; 王建国 and 王建国主席 look like one.
function isPrefixName(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  return short.length >= 2 && short !== long && long.startsWith(short)
}

function withoutTitle(name: string): string {
  return name.replace(titles, '')
}

/** Edit distance, given up beyond `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const change = a[row - 1] === b[column - 1] ? 0 : 1
      current[column] = Math.min(
        (previous[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (previous[column - 1] as number) + change,
      )
    }
    if (Math.min(...current) > limit) return limit + 1
    previous = current
  }
  return previous[b.length] as number
}
