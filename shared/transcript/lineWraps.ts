import type { Fact } from './labelFacts'
import type { Line } from './lines'
import { ofWriting } from './writing'

const isClosed = ofWriting((text) => /[.?!:;…。？！：»”"\])）】*–—-]$/u.test(text.slice(-1)))

const endsSmall = ofWriting((text) => /\p{Ll}$/u.test(text.slice(-2)))

// A heading, where what is said is not in capitals.
const isAllCapitals = ofWriting((text) => !/\p{Ll}/u.test(text) && /\p{Lu}.*\p{Lu}/u.test(text))
const holdsSmall = ofWriting((text) => /\p{Ll}{3}/u.test(text))
const hasSmall = (line: Line | undefined) => line !== undefined && holdsSmall(line.writing)

/** A sentence that goes on in the next line may put words before a colon at its beginning. Where lines are wrapped, or turns set apart
 *  by blank lines or by arrows, a label does not stand in the middle of a sentence. */
export function withoutLineWraps(lines: readonly Line[], accepted: readonly Fact[]): Fact[] {
  const isTight = ({ candidate }: Fact) => !(lines[candidate.line - 1]?.isBlank ?? true)
  const labelled = new Set(accepted.map(({ candidate }) => candidate.line))
  const arrows = accepted.filter(({ candidate }) => candidate.form === 'chevron').length
  const apart = accepted.filter((fact) => !isTight(fact)).length
  const isArrowed = arrows >= accepted.length * 0.6
  const isApart = apart >= accepted.length * 0.7
  const isWrapped = hasWraps(lines, labelled)
  const isExamination = accepted.some(({ candidate }) => candidate.form === 'question')
  // In a deposition the only lines that go on may be those of a few long questions.
  if (!isArrowed && !isApart && !isWrapped && !isExamination) return [...accepted]
  return accepted.filter((fact) => {
    const { candidate, count } = fact
    const above = lines[candidate.line - 1]
    if (candidate.form !== 'colon' || candidate.time || !above || !isTight(fact)) return true
    if (isExamination && count === 1 && endsSmall(above.writing)) return false
    if (labelled.has(candidate.line - 1) && !isArrowed && !isWrapped) return true
    if (isWrapped && !isApart && !isArrowed && count > 1 && !fact.isSmall) return true
    return isClosed(above.writing) || (isAllCapitals(above.writing) && hasSmall(lines[candidate.line]))
  })
}

// A good part of the lines goes on from the line above.
function hasWraps(lines: readonly Line[], labelled: ReadonlySet<number>): boolean {
  let written = 0
  let continuing = 0
  for (const [index, line] of lines.entries()) {
    if (line.isBlank) continue
    written++
    if (!(lines[index - 1]?.isBlank ?? true) && !labelled.has(index) && !labelled.has(index - 1)) continuing++
    else if (labelled.has(index - 1) && !labelled.has(index)) continuing++
  }
  return continuing >= written * 0.3
}
