import type { Candidate } from './labelForms'
import {
  caseless,
  isAmbiguous,
  isCapitals,
  isNameLike,
  isNoName,
  isRoleName,
  isTitled,
  nameKey,
} from './labelNames'

/** A candidate, and what the document says about it. */
export interface Fact {
  readonly candidate: Candidate
  readonly key: string
  readonly isCaps: boolean
  /** Its script has no capitals. */
  readonly isCaseless: boolean
  readonly isRole: boolean
  readonly isTitled: boolean
  /** Every word begins with a capital. */
  readonly isNameLike: boolean
  /** It begins with a small letter. */
  readonly isSmall: boolean
  /** A word such as `Note` that names nobody, or no name by its shape. */
  readonly isNoName: boolean
  /** Candidates of this name in the document, by initials too. */
  readonly count: number
}

/** Looks at every candidate and counts its name. */
export function factsOf(candidates: readonly Candidate[]): Fact[] {
  const counts = new Map<string, number>()
  for (const { name } of candidates) {
    const key = nameKey(name)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return candidates.map((candidate) => {
    const { name, initials } = candidate
    const key = nameKey(name)
    const count = (counts.get(key) ?? 0) + (initials ? (counts.get(nameKey(initials)) ?? 0) : 0)
    return {
      candidate,
      key,
      isCaps: isCapitals(name),
      isCaseless: caseless.test(name),
      isRole: isRoleName(name),
      isTitled: isTitled(name),
      isNameLike: isNameLike(name),
      isSmall: /^\p{Ll}/u.test(name),
      // `RE:` is a heading once, and somebody's initials where it comes back.
      isNoName: isNoName(name) && !(count > 1 && (isAmbiguous(name) || /^\p{Lu}{2,3}$/u.test(name))),
      count,
    }
  })
}
