import type { Candidate } from './labelForms'
import { isCapitals, isNameLike, isNoName, isRoleName, isTitled, nameKey } from './labelNames'

/** Words of a name that stands behind arrows only once. */
const mostWords = 4

/** Captions in capitals set a colon inside sentences too: `>> THE NEXT ITEM IS 5: PARKS.` What stands between the arrows and a colon and
 *  names nobody is speech. */
export function withBareArrows(labels: readonly Candidate[]): Candidate[] {
  const counts = new Map<string, number>()
  for (const { form, name } of labels)
    if (name !== '' && (form === 'chevron' || form === 'colon'))
      counts.set(nameKey(name), (counts.get(nameKey(name)) ?? 0) + 1)
  return labels.map((label) =>
    label.form !== 'chevron' ||
    label.name === '' ||
    isSpeaker(label.name, counts.get(nameKey(label.name)) ?? 1)
      ? label
      : withoutName(label),
  )
}

function isSpeaker(name: string, count: number): boolean {
  if (isRoleName(name)) return true
  if (isNoName(name)) return false
  if (count > 1 || isTitled(name)) return true
  return (isCapitals(name) || isNameLike(name)) && name.split(/\s+/u).length <= mostWords
}

function withoutName(candidate: Candidate): Candidate {
  const { from } = candidate.label
  const arrows = /^(?:(?:>|&gt;)+|»+)/u.exec(candidate.written)?.[0] ?? candidate.written
  const said = candidate.written.slice(arrows.length)
  return {
    ...candidate,
    label: { from, to: from + arrows.length },
    written: arrows,
    name: '',
    initials: null,
    body: from + arrows.length + (said.length - said.trimStart().length),
    isAlone: false,
    saysSmall: /^\p{Ll}/u.test(said.trimStart()),
  }
}
