import { type Candidate, isNameShape } from './labelForms'
import { eastAsianRole, notNamePhrase, notNames, roles } from './labelWords'
import type { Line } from './lines'
import { ofWriting, remembered } from './writing'

/** What is the same for every spelling of a name: case, dots, gaps and invisible marks aside. */
export const nameKey = remembered((name) =>
  name
    .normalize('NFKC')
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[.*_]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase(),
)

const listHeading =
  /^(?:\*\*|#+\s*)?(?:speakers?|participants?|panel(?:ists?)?|present|attendees|attendance|in attendance|also present|members present|appearances|members|staff present|teilnehmer|anwesend|participants?|présents|asistentes|participantes|presenti|partecipanti|участники|присутствовали|出席(?:者|人员)?|参加者|与会者|與會者|参会人员|참석자|발언자|المشاركون|משתתפים)(?:\*\*)?\s*[:：]?(?:\*\*)?\s*$/iu

const particles = new Set(
  'de la le les du des del della di da dos das do von van der den ter ten zu zum zur of the and & y e und et i bin ibn al el bint ben o für für pro for'.split(
    ' ',
  ),
)
const caseless =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Thai}\p{Script=Devanagari}]/u

const honorific =
  /^(?:el|la|los|las|o|a|os|as|il|der|die) (?:señora?|señores|sra?|srta|signora?|herr|frau)\.? /iu

const isCapitals = remembered((full) => {
  const name = full.replace(honorific, '')
  const letters = name.match(/\p{L}/gu) ?? []
  const upper = letters.filter((letter) => letter !== letter.toLowerCase()).length
  return letters.length >= 2 && upper / letters.length >= 0.75 && !caseless.test(name)
})

const isNameLike = remembered((full) => {
  const name = full.replace(honorific, '')
  const words = name.split(/[\s,]+/u).filter(Boolean)
  if (words.length === 0 || words.length > 6 || name.length > 48) return false
  if (particles.has((words[0] as string).toLowerCase()) && words.length === 1) return false
  return words.every(
    (word, index) => /^[\p{Lu}\d#(]/u.test(word) || (index > 0 && particles.has(word.toLowerCase())),
  )
})

// A clause in Chinese or Japanese that leads up to a quotation or a list, no name.
function isClause(name: string): boolean {
  return (
    /(?:[是说說道问問为為有即称稱曰想讲講写寫知]|如下|认为|認為|表示|指出|强调|例如|比如|包括|问题|問題|方面|部分|内容|原因|结论|而言|来说|的话|とは|は|が|を|に|で|と)$/u.test(
      name,
    ) ||
    /^[第]?[一二三四五六七八九十\d]+[、.．是点項项个]?$/u.test(name) ||
    (/^(?:第[一二三四五六七八九十\d]+|首先|其次|最后|所以|因此|但是|不过|例如|比如|另外|此外|我|你|您|他|她|它|这|那|這|有|在|如果|因为)/u.test(
      name,
    ) &&
      !eastAsianRole.test(name))
  )
}

const isNoName = remembered((name) => {
  // "I:" is an interviewer, not a sentence that begins with "I".
  if (/^\p{Lu}$/u.test(name)) return false
  const key = nameKey(name)
  return notNames.has(key) || notNamePhrase.test(key) || !isNameShape(name)
})

const isCaseless = remembered((name) => caseless.test(name))
const isRole = remembered((name) => roles.test(name) || eastAsianRole.test(name))

/** The initials by which a name may be called after it was given in full: `op` for Mrs. Olga Petrova, `i` for Interviewer. */
export const initialsOf = remembered((name): string | null => {
  const words = nameKey(name)
    .replace(/^(?:mr|mrs|ms|miss|dr|prof|professor|sir|rev|hon) /u, '')
    .split(/[\s-]+/u)
    .filter((word) => /^\p{L}/u.test(word) && !particles.has(word))
  if (words.length === 0 || words.length > 4 || (words[0] as string).length < 3) return null
  return words.map((word) => word[0]).join('')
})

interface Facts {
  readonly candidate: Candidate
  readonly key: string
  readonly isCaps: boolean
  readonly isCaseless: boolean
  readonly isRole: boolean
  count: number
}

/** Which candidates are labels. The document decides: a form counts when it recurs or is unmistakable, and what occurs once counts
 *  when it fits the form that the others have. */
export function decideLabels(lines: readonly Line[], candidates: readonly Candidate[]): Candidate[] {
  const listed = linesOfLists(lines)
  const usable = asColons(
    lines,
    candidates.filter((candidate) => !listed.has(candidate.line)),
  )
  const counts = new Map<string, number>()
  const facts: Facts[] = usable.map((candidate) => {
    const key = nameKey(candidate.name)
    counts.set(key, (counts.get(key) ?? 0) + 1)
    return {
      candidate,
      key,
      isCaps: isCapitals(candidate.name),
      isCaseless: isCaseless(candidate.name),
      isRole: isRole(candidate.name),
      count: 0,
    }
  })
  for (const fact of facts) {
    const { initials } = fact.candidate
    fact.count = (counts.get(fact.key) ?? 0) + (initials ? (counts.get(nameKey(initials)) ?? 0) : 0)
  }
  const forms = formsInUse(facts, lines)
  const first = facts.filter((fact) => isCertain(fact, forms))
  const certain = new Set(first)
  const initials = new Set(usable.flatMap(({ initials }) => (initials ? [nameKey(initials)] : [])))
  for (const { candidate } of first) {
    const short = initialsOf(candidate.name)
    if (short) initials.add(short)
  }
  const convention = conventionOf(first)
  const starts = paragraphStarts(lines)
  const weak = facts.filter(({ candidate }) => candidate.form === 'colon' && !isNoName(candidate.name))
  const density = starts === 0 ? 0 : weak.length / starts
  const document: Document = {
    certain: first.length,
    certainCaseless: first.filter((fact) => fact.isCaseless).length,
    convention,
    density,
    names: weak.length,
  }
  const accepted = facts.filter(
    (fact) =>
      certain.has(fact) ||
      (initials.has(fact.key) && /^[\p{Lu}.]+$/u.test(fact.candidate.name)) ||
      isLikely(fact, document),
  )
  return withoutFrontMatter(lines, withoutLineWraps(lines, accepted)).map(({ candidate }) => candidate)
}

// Without questions, `A:` is somebody called A.
function asColons(lines: readonly Line[], candidates: readonly Candidate[]): readonly Candidate[] {
  const asked = candidates.filter(({ form }) => form === 'question')
  if (asked.some(isQuestion)) return candidates
  return candidates.map((candidate) =>
    candidate.form === 'question' &&
    /[:：]/u.test(writtenFrom(lines, candidate, candidate.label.to).slice(0, 1))
      ? { ...candidate, form: 'colon' }
      : candidate,
  )
}

// What stands on the candidate's line from a place on.
function writtenFrom(lines: readonly Line[], { line }: Candidate, from: number): string {
  const { writing, content } = lines[line] as Line
  return writing.text.slice(from - content.from)
}

function isQuestion({ name }: Candidate): boolean {
  return /^(?:q|question|问|問|в|f|p|fr)$/iu.test(name)
}

// The block under "Speakers:", "Present:" lists names; its lines are no turns, with or without colons.
const isListHeading = ofWriting((text) => listHeading.test(text))

function linesOfLists(lines: readonly Line[]): ReadonlySet<number> {
  const listed = new Set<number>()
  for (const [index, line] of lines.entries()) {
    if (line.isBlank || !isListHeading(line.writing)) continue
    listed.add(index)
    let at = index + 1
    if (lines[at]?.isBlank) at++
    for (; at < lines.length && !(lines[at] as Line).isBlank; at++) {
      const entry = (lines[at] as Line).writing.text
      if (entry.length > 110 || /[.!?。！？]$/u.test(entry)) break
      listed.add(at)
    }
  }
  return listed
}

function paragraphStarts(lines: readonly Line[]): number {
  let starts = 0
  for (const [index, line] of lines.entries())
    if (!line.isBlank && (lines[index - 1]?.isBlank ?? true)) starts++
  return Math.max(starts, 1)
}

type Form = Candidate['form']

function formsInUse(facts: readonly Facts[], lines: readonly Line[]): ReadonlySet<Form> {
  const of = (form: Form) => facts.filter(({ candidate }) => candidate.form === form)
  const used = new Set<Form>(['chevron', 'bracket'])
  const asked = of('question')
  const questions = asked.filter(({ candidate }) => isQuestion(candidate)).length
  // At press briefings many ask, and one who has a name answers.
  const hasAnswers = asked.length > questions || of('colon').some(({ count, isCaps }) => isCaps && count > 1)
  if (questions > 0 && hasAnswers) used.add('question')
  if (of('timed').length >= 2) used.add('timed')
  if (
    of('record').filter(
      ({ candidate, count }) => count > 1 || isTitled(candidate.name) || isDashed(candidate),
    ).length >= 2
  )
    used.add('record')
  if (of('circle').length >= 2) used.add('circle')
  const dashes = of('dash').filter(
    ({ candidate, count }) => count > 1 || candidate.name.length < candidate.label.to - candidate.label.from,
  )
  if (dashes.length >= 2) used.add('dash')
  const columns = of('column')
  if (
    columns.length >= 3 &&
    columns.some(({ count }) => count > 1) &&
    new Set(columns.map(({ key }) => key)).size >= 2
  )
    used.add('column')
  const bold = of('bold')
  const boldSeries = bold.filter(({ count }) => count > 1).length
  if (boldSeries >= 2 && bold.length >= paragraphStarts(lines) * 0.3) used.add('bold')
  return used
}

// Full stop, gap, dash, gap.
function isDashed({ body, label }: Candidate): boolean {
  return body - label.to >= 4
}

function isTitled(name: string): boolean {
  return /^(?:mr|mrs|ms|miss|dr|m|mme|mlle|senator|representative|chair|judge|justice|secretary|vice|the|señor|señora|sr|sra|on|deputato|frau|herr|abg)\b/iu.test(
    name,
  )
}

function endsWithColon({ candidate }: Facts): boolean {
  return candidate.form === 'bold' && candidate.body - candidate.label.to >= 3
}

function isCertain(fact: Facts, forms: ReadonlySet<Form>): boolean {
  const { candidate, count, isCaps, isRole, isCaseless } = fact
  const { name } = candidate
  switch (candidate.form) {
    case 'chevron':
    case 'question':
    case 'timed':
    case 'record':
    case 'circle':
      return (
        forms.has(candidate.form) &&
        (candidate.form !== 'record' || count > 1 || isTitled(name) || isCaps || isDashed(candidate))
      )
    case 'dash':
      return forms.has('dash') && (count > 1 || isCaps) && !isNoName(name)
    case 'column':
      return forms.has('column') && !isNoName(name)
    case 'bracket':
      return !isNoName(name)
    case 'bold':
      return (
        !isNoName(name) &&
        (forms.has('bold') || (endsWithColon(fact) && (count > 1 || isNameLike(name) || isCaps)))
      )
    case 'colon':
      if (isNoName(name)) return false
      if (isCaseless)
        return !isClause(name) && name.length <= 20 && (count > 1 || (isRole && name.length <= 12))
      if (isCaps) return count > 1 || isRole || (isNameLike(name) && !isHeading(fact))
      if (isRole) return true
      return count > 1 && isNameLike(name)
  }
}

// Capitals alone on their line that occur once and read like a title.
function isHeading({ candidate }: Facts): boolean {
  const words = candidate.name.split(/\s+/u)
  return (
    candidate.isAlone &&
    (words.length > 4 ||
      words.some((word) => /^(?:OF|THE|ON|FOR|AND|TO|IN|ITEM|DES|DER|DU|DE|DEL|DELLA|DO|DA)$/u.test(word)))
  )
}

function conventionOf(certain: readonly Facts[]): 'capitals' | 'names' | null {
  const cased = certain.filter(({ isCaseless, candidate }) => !isCaseless && candidate.form === 'colon')
  if (cased.length === 0) return null
  return cased.filter(({ isCaps }) => isCaps).length >= cased.length * 0.8 ? 'capitals' : 'names'
}

interface Document {
  /** Labels that are certain, and those among them in scripts without capitals. */
  readonly certain: number
  readonly certainCaseless: number
  readonly convention: 'capitals' | 'names' | null
  /** Share of paragraphs that begin with something like a label. */
  readonly density: number
  readonly names: number
}

function isLikely(fact: Facts, { certain, certainCaseless, convention, density, names }: Document): boolean {
  const { candidate, isCaseless, isCaps, count } = fact
  const { name } = candidate
  if (candidate.form !== 'colon' || isNoName(name)) return false
  if (candidate.time && (isNameLike(name) || isCaps || isCaseless)) return true
  const isDense = density >= 0.5 && names >= 2
  if (isCaseless) {
    if (isClause(name) || name.length > 12) return false
    // A personal name of two to four characters beside labels of the same kind is a speaker who is heard once.
    return (
      (isDense && certain === 0) ||
      (certainCaseless > 0 && density >= 0.4) ||
      (certainCaseless >= 2 && /^\p{Script=Han}{2,4}$/u.test(name))
    )
  }
  if (convention === 'capitals') return isCaps && !isHeading(fact)
  if (isNameLike(name)) return certain >= 2 || isDense
  // `ana: hi` all through: no capitals, but nothing else either.
  return isDense && count >= 2 && name.split(/\s+/u).length <= 2
}

const isClosed = ofWriting((text) => /[.?!:;…。？！：»”"\])）】*]$/u.test(text.slice(-1)))

// A sentence that goes on in the next line may put a word before a colon at its beginning. Where turns are set apart by blank lines, or
// by arrows, a label does not stand in the middle of one.
function withoutLineWraps(lines: readonly Line[], accepted: readonly Facts[]): Facts[] {
  const isTight = ({ candidate }: Facts) => !(lines[candidate.line - 1]?.isBlank ?? true)
  const labelled = new Set(accepted.map(({ candidate }) => candidate.line))
  const arrows = accepted.filter(({ candidate }) => candidate.form === 'chevron').length
  const apart = accepted.filter((fact) => !isTight(fact)).length
  if (arrows < accepted.length * 0.6 && apart < accepted.length * 0.7) return [...accepted]
  return accepted.filter((fact) => {
    const { candidate } = fact
    const above = lines[candidate.line - 1]
    if (
      candidate.form !== 'colon' ||
      candidate.time ||
      !above ||
      !isTight(fact) ||
      labelled.has(candidate.line - 1)
    )
      return true
    return isClosed(above.writing)
  })
}

// Lines such as "MODERATOR: Jane Doe" before the first turn tell who is there; nothing is said in them.
function withoutFrontMatter(lines: readonly Line[], accepted: readonly Facts[]): Facts[] {
  const saysSomething = ({ candidate }: Facts) => {
    const said = writtenFrom(lines, candidate, candidate.body)
    return (
      candidate.form !== 'colon' ||
      candidate.isAlone ||
      said.length > (caseless.test(said) ? 24 : 60) ||
      /(?:[.?!…。？！"”؟]|-{2}|—{2})$/u.test(said)
    )
  }
  const recurs = ({ count }: Facts) => count > 1
  const start = accepted.findIndex((fact) => recurs(fact) || (saysSomething(fact) && !fact.candidate.isAlone))
  if (start <= 0) return [...accepted]
  return accepted.filter((fact, index) => index >= start || saysSomething(fact))
}
