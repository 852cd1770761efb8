import type { Pieces } from '../pieces'
import { hasWords, linesOfLists, saysSomething, withoutFrontMatter } from './frontMatter'
import { type Fact, factsOf } from './labelFacts'
import type { Candidate, LabelForm } from './labelForms'
import { initialsOf, isClause, isShortName, nameKey } from './labelNames'
import type { Line } from './lines'
import { withoutLineWraps } from './lineWraps'

/** Which candidates are labels, in pieces. The document decides: a form counts when it recurs or is unmistakable, and what occurs once counts
 *  when it fits the form that the others have. */
export function* decideLabels(lines: readonly Line[], candidates: readonly Candidate[]): Pieces<Candidate[]> {
  const listed = linesOfLists(lines)
  yield
  const usable = asColons(
    lines,
    withoutNamesCalled(withoutNameLists(lines, candidates)).filter(({ line }) => !listed.has(line)),
  )
  yield
  const facts = factsOf(usable)
  yield
  const forms = formsInUse(facts, lines)
  yield
  const certain = new Set(facts.filter((fact) => isCertain(fact, forms, lines)))
  const called = new Set(facts.filter(({ candidate }) => isInitials(candidate)).map(({ key }) => key))
  // A name that stands in full but once, before its initials do for the rest.
  const isIntroduced = ({ candidate, isNameLike, isNoName }: Fact) => {
    const short = candidate.form === 'colon' && isNameLike && !isNoName ? initialsOf(candidate.name) : null
    return short !== null && short.length > 1 && called.has(short)
  }
  const initials = new Set(
    usable.flatMap((candidate) => (candidate.initials ? [nameKey(candidate.initials)] : [])),
  )
  for (const fact of facts) {
    const short = certain.has(fact) || isIntroduced(fact) ? initialsOf(fact.candidate.name) : null
    if (short) initials.add(short)
  }
  yield
  const document = documentOf(lines, facts, [...certain])
  yield
  const accepted = facts.filter(
    (fact) =>
      certain.has(fact) ||
      (initials.has(fact.key) && isInitials(fact.candidate)) ||
      isIntroduced(fact) ||
      (certain.size > 2 && isChorus(lines, fact)) ||
      isLikely(fact, document),
  )
  yield
  const unwrapped = withoutLineWraps(lines, accepted)
  yield
  const labels = withoutFrontMatter(lines, unwrapped)
  yield
  return isConversation(lines, labels) ? labels.map(({ candidate }) => candidate) : []
}

// Names under each other, with nothing said between them, are a list.
function withoutNameLists(lines: readonly Line[], candidates: readonly Candidate[]): readonly Candidate[] {
  const named = new Set(candidates.filter(({ form }) => form === 'line').map(({ line }) => line))
  return candidates.filter(({ form, line }) => {
    return form !== 'line' || !named.has(nextWritten(lines, line))
  })
}

// Index of the next line that is not blank; behind the last line where there is none.
function nextWritten(lines: readonly Line[], line: number): number {
  let below = line + 1
  while (lines[below]?.isBlank) below++
  return below
}

// `Mr. Hale.` on a line of its own, where labels have a colon: he is called to speak.
function withoutNamesCalled(candidates: readonly Candidate[]): readonly Candidate[] {
  const colons = candidates.filter(({ form }) => form === 'colon').length
  const records = candidates.filter(({ form }) => form === 'record').length
  return colons < records
    ? candidates
    : candidates.filter(({ form, isAlone }) => form !== 'record' || !isAlone)
}

function isInitials({ name, form }: Candidate): boolean {
  return form === 'colon' && name.length <= 6 && /^[\p{Lu}.]+$/u.test(name)
}

// `Members: Hear, hear!`
function isChorus(lines: readonly Line[], { candidate: { name, form, body, line } }: Fact): boolean {
  const { writing, content } = lines[line] as Line
  return (
    form === 'colon' &&
    /^(?:(?:some |several |many |hon\.? |opposition |government )*(?:members|senators|deputies|delegates)|audience|public)$/iu.test(
      name,
    ) &&
    /^(?:\p{L}{2,}[,!]? ?){1,4}[.!]$/u.test(writing.text.slice(body - content.from, body - content.from + 40))
  )
}

// Without questions, `A:` is somebody called A.
function asColons(lines: readonly Line[], candidates: readonly Candidate[]): readonly Candidate[] {
  const asked = candidates.filter(({ form }) => form === 'question')
  if (asked.some(isQuestion)) return candidates
  return candidates.map((candidate) =>
    candidate.form === 'question' && /[:：]/u.test(signBehind(lines, candidate))
      ? { ...candidate, form: 'colon' }
      : candidate,
  )
}

function signBehind(lines: readonly Line[], { line, label }: Candidate): string {
  const { writing, content } = lines[line] as Line
  return writing.text[label.to - content.from] ?? ''
}

function isQuestion({ name }: Candidate): boolean {
  return /^(?:[qｑ]|question|问|問|문|в|f|p|fr)$/iu.test(name)
}

function paragraphStarts(lines: readonly Line[]): number {
  let starts = 0
  for (const [index, line] of lines.entries())
    if (!line.isBlank && (lines[index - 1]?.isBlank ?? true)) starts++
  return Math.max(starts, 1)
}

function formsInUse(facts: readonly Fact[], lines: readonly Line[]): ReadonlySet<LabelForm> {
  const of = (form: LabelForm) => facts.filter(({ candidate }) => candidate.form === form)
  const starts = paragraphStarts(lines)
  const used = new Set<LabelForm>(['chevron'])
  const asked = of('question')
  const questions = asked.filter(({ candidate }) => isQuestion(candidate))
  // At press briefings many ask, and one who has a name answers.
  const hasAnswers =
    asked.length > questions.length || of('colon').some(({ count, isNoName }) => !isNoName && count > 1)
  if (questions.length > 0 && hasAnswers) used.add('question')
  const timed = of('timed')
  if (timed.length >= 2 && timed.filter((fact) => isProgramme(lines, fact)).length < timed.length * 0.5)
    used.add('timed')
  const recorded = of('record').filter((fact) => isSpeakerOfRecord(fact, lines))
  if (recorded.length >= 2) used.add('record')
  if (of('circle').length >= 2) used.add('circle')
  const dashes = of('dash').filter(
    ({ candidate, count, isNoName }) =>
      !isNoName && (count > 1 || candidate.name.length < candidate.label.to - candidate.label.from),
  )
  if (dashes.length >= 2 && (dashes.some(({ isCaps }) => isCaps) || dashes.length >= starts * 0.3))
    used.add('dash')
  const brackets = of('bracket').filter(({ isNoName }) => !isNoName)
  const stamped = brackets.filter(
    (fact) => fact.candidate.time && (fact.isRole || /\p{L}\s\S/u.test(fact.candidate.name)),
  )
  if (
    stamped.length >= 2 ||
    brackets.some(({ candidate }) => !candidate.isBare) ||
    isSeries(brackets, starts * 0.3)
  )
    used.add('bracket')
  const alone = of('line').filter(({ isNoName }) => !isNoName)
  const over = alone.filter((fact) => !standsApart(lines, fact))
  if (
    !of('colon').some(({ isNoName, count }) => !isNoName && count > 1) &&
    (isSeries(over, starts * 0.4) || isSeries(alternating(lines, alone), starts * 0.25))
  )
    used.add('line')
  const columns = of('column').filter((fact) => !fact.isNoName && (fact.isCaps || fact.isNameLike))
  const names = new Set(columns.map(({ key }) => key)).size
  if (
    columns.length >= 3 &&
    names >= 2 &&
    columns.filter(({ count }) => count > 1).length >= columns.length * 0.4
  )
    used.add('column')
  const bold = of('bold')
  if (bold.filter(({ count }) => count > 1).length >= 2 && bold.length >= starts * 0.3) used.add('bold')
  return used
}

// `9:30 Opening` with nothing below it.
function isProgramme(lines: readonly Line[], { candidate: { time, label, isAlone, line } }: Fact): boolean {
  return isAlone && time !== null && time.from < label.from && (lines[line + 1]?.isBlank ?? true)
}

function standsApart(lines: readonly Line[], { candidate }: Fact): boolean {
  return lines[candidate.line + 1]?.isBlank ?? true
}

// Names on lines of their own, blank lines around, each over words that are no such name.
function alternating(lines: readonly Line[], facts: readonly Fact[]): readonly Fact[] {
  const named = new Set(facts.map(({ candidate }) => candidate.line))
  return facts.filter(({ candidate: { line, name, written }, count }) => {
    const below = nextWritten(lines, line)
    return (count > 1 || name !== written) && below < lines.length && !named.has(below)
  })
}

// Two names at least that come back, before so many paragraphs.
function isSeries(facts: readonly Fact[], least: number): boolean {
  const recurring = new Set(facts.filter(({ count }) => count > 1).map(({ key }) => key))
  return recurring.size >= 2 && facts.length >= least
}

// Behind the full stop a dash; an office or a voice from the floor; a surname with initials.
function isSpeakerOfRecord({ candidate, count, isTitled, isRole }: Fact, lines: readonly Line[]): boolean {
  if (count > 1 || isTitled || isRole || /^\p{Lu}[\p{L}-]+ \p{Lu}\. ?\p{Lu}\.?$/u.test(candidate.name))
    return true
  const { writing, content } = lines[candidate.line] as Line
  return /[–—-]/u.test(writing.text.slice(candidate.label.to - content.from, candidate.body - content.from))
}

// `【事務局】`
function opensThick(lines: readonly Line[], { line, name }: Candidate): boolean {
  return /^【/u.test((lines[line] as Line).writing.text.slice(0, 1)) && isShortName(name, 12)
}

function endsWithColon({ candidate }: Fact): boolean {
  return candidate.form === 'bold' && candidate.body - candidate.label.to >= 3
}

function isCertain(fact: Fact, forms: ReadonlySet<LabelForm>, lines: readonly Line[]): boolean {
  const { candidate, count, isCaps, isRole, isCaseless, isNoName } = fact
  const { name, form } = candidate
  switch (form) {
    case 'chevron':
    case 'circle':
    case 'question':
      return forms.has(form)
    case 'timed':
      return forms.has(form) && !isNoName
    case 'record':
      return forms.has(form) && (isCaps || isSpeakerOfRecord(fact, lines))
    case 'dash':
      return forms.has(form) && (count > 1 || isCaps || fact.isTitled || isCaseless) && !isNoName
    case 'column':
      return forms.has(form) && !isNoName && (isCaps || fact.isNameLike)
    case 'line':
      return forms.has(form) && !isNoName && (count > 1 || isCaps || name !== candidate.written)
    case 'bracket':
      return (
        !isNoName &&
        (!candidate.isBare ||
          (forms.has(form) && (count > 1 || fact.isNameLike || opensThick(lines, candidate))))
      )
    case 'bold':
      return (
        !isNoName && (forms.has(form) || (endsWithColon(fact) && (count > 1 || fact.isNameLike || isCaps)))
      )
    case 'colon':
      if (isNoName || fact.isSmall) return false
      if (/^(?:Anf|\d{2}\.\d{2})/u.test(candidate.numbering)) return true
      if (candidate.numbering !== '') return count > 1 && (fact.isNameLike || isCaps)
      if (isCaseless)
        return !isClause(name) && isShortName(name, 20) && (count > 1 || (isRole && isShortName(name, 12)))
      if (isCaps) return count > 1 || isRole || (fact.isNameLike && !isHeading(fact))
      if (isRole) return true
      return count > 1 && fact.isNameLike
  }
}

// Capitals alone on their line that occur once and read like a title.
function isHeading({ candidate }: Fact): boolean {
  const words = candidate.name.split(/\s+/u)
  return (
    candidate.isAlone &&
    (words.length > 4 ||
      words.some((word) => /^(?:OF|THE|ON|FOR|AND|TO|IN|ITEM|DES|DER|DU|DE|DEL|DELLA|DO|DA)$/u.test(word)))
  )
}

interface Document {
  /** Labels that are certain, with a colon, and those among them in scripts without capitals. */
  readonly colons: number
  readonly caselessColons: number
  /** Labels have their lines for themselves. */
  readonly isAlone: boolean
  /** Certain labels, of any form. */
  readonly certain: number
  readonly convention: 'capitals' | 'names' | null
  /** What follows the labels begins with a capital. */
  readonly saysCapitals: boolean
  /** Share of paragraphs that begin with something like a label. */
  readonly density: number
  readonly names: number
}

function documentOf(lines: readonly Line[], facts: readonly Fact[], certain: readonly Fact[]): Document {
  const colons = certain.filter(({ candidate }) => candidate.form === 'colon')
  const cased = colons.filter(({ isCaseless }) => !isCaseless)
  const inCapitals = cased.filter(({ isCaps }) => isCaps)
  const weak = facts.filter(({ candidate, isNoName }) => candidate.form === 'colon' && !isNoName)
  return {
    colons: colons.length,
    caselessColons: colons.length - cased.length,
    isAlone:
      colons.length >= 2 && colons.filter(({ candidate }) => candidate.isAlone).length >= colons.length * 0.8,
    certain: certain.length,
    convention: cased.length === 0 ? null : inCapitals.length >= cased.length * 0.8 ? 'capitals' : 'names',
    saysCapitals: colons.filter(({ candidate }) => candidate.saysSmall).length <= colons.length * 0.1,
    density: weak.length / paragraphStarts(lines),
    names: weak.length,
  }
}

function isLikely(fact: Fact, document: Document): boolean {
  const { colons, caselessColons, certain, convention, density, names } = document
  const { candidate, isCaseless, isCaps, count } = fact
  const { name } = candidate
  if (candidate.form !== 'colon' || fact.isNoName) return false
  if (candidate.time && (fact.isNameLike || isCaps || isCaseless)) return true
  const isDense = density >= 0.5 && names >= 2
  if (isCaseless) {
    if (isClause(name) || !isShortName(name, 12)) return false
    // A personal name of two to four characters beside labels of the same kind is a speaker who is heard once.
    return (
      (isDense && certain === 0) ||
      (caselessColons > 0 && density >= 0.4) ||
      (candidate.isAlone && document.isAlone) ||
      (colons > 0 && fact.isTitled) ||
      (caselessColons >= 2 && /^\p{Script=Han}{2,4}$/u.test(name))
    )
  }
  // Where other forms label the turns, a colon is punctuation.
  if (colons < certain * 0.25 && !(isCaps && !isHeading(fact)) && !fact.isTitled) return false
  const hasBrackets = candidate.written.endsWith(')')
  // `Q2 Ana Reed:` in committee evidence, and a list whose entries have a name.
  if (candidate.numbering !== '')
    return hasBrackets || (fact.isNameLike && colons > 1 && candidate.numbering.startsWith('Q'))
  if (convention === 'capitals') {
    if ((isCaps && !isHeading(fact)) || (fact.isTitled && fact.isNameLike)) return true
    if (/^(?:\p{Lu}[\p{Lu}.'’-]+ ){2,}\p{Ll}{3}/u.test(name)) return true
    return fact.isNameLike && (hasCapitalSurname(name) || (density >= 0.8 && colons > 1 && /\s/u.test(name)))
  }
  if (fact.isNameLike) {
    if (colons < 2 && !isDense) return false
    return count > 1 || fact.isTitled || hasBrackets || !candidate.saysSmall || !document.saysCapitals
  }
  // An office in small letters before the name, or a party behind it.
  if (isDense && colons > 0 && holdsName(name)) return true
  // `ana: hi` all through: no capitals, but nothing else either.
  return isDense && count >= 2 && name.split(/\s+/u).length <= 2
}

// `Consigliere ROSSI`
function hasCapitalSurname(name: string): boolean {
  return /(?:^|\s)\p{Lu}[\p{Lu}'’-]{2,}$/u.test(name)
}

// `Ministr dopravy Petr Hora`, `Matti Laine kesk`
function holdsName(name: string): boolean {
  const words = name.split(/\s+/u)
  const begins = (word: string | undefined) => word !== undefined && /^\p{Lu}/u.test(word)
  if (words.length > 7 || words.length < 3 || !begins(words[0])) return false
  return (begins(words.at(-1)) && begins(words.at(-2))) || (words.length === 3 && begins(words[1]))
}

// People who talk come back. Where nobody does, keys with values look like labels.
function isConversation(lines: readonly Line[], labels: readonly Fact[]): boolean {
  if (labels.length === 0 || labels.some(({ candidate }) => candidate.form !== 'colon')) return true
  // Scores and figures.
  if (labels.filter((fact) => hasWords(lines, fact)).length < labels.length * 0.3) return false
  if (labels.some(({ count }) => count > 1)) return true
  const speaking = labels.filter((fact) => saysSomething(lines, fact)).length
  const named = labels.filter(
    (fact) => fact.isRole || fact.isTitled || fact.isCaseless || /\s/u.test(fact.candidate.name),
  ).length
  if (labels.length === 1 && named === 0) return labels.every(({ isCaps }) => isCaps)
  if (labels.length > 3) return speaking >= labels.length * 0.5 && named >= labels.length * 0.5
  return speaking >= labels.length * 0.5 || labels.every(({ isCaps }) => isCaps)
}
