import type { Fact } from './labelFacts'
import type { Candidate } from './labelForms'
import { caseless, isNameLike, isNoName, isSentenceStart } from './labelNames'
import type { Line } from './lines'
import { ofWriting } from './writing'

const listHeading =
  /^(?:\*\*|#+\s*)?(?:(?:list of |meeting |call )?(?:speakers?|participants?|panel(?:ists?)?|attendees|attendance|appearances|members|witnesses|guests|apologies|excused|absent)|(?:in |staff |also |others? |members |commissioners |council ?members )?(?:present|attendance|absent)|(?:icann )?staff|teilnehmer(?:innen)?|teilnehmende|anwesend|abwesend|présents|absents|excusés|participants|asistentes|participantes|presentes|ausentes|presenti|assenti|partecipanti|участники|присутствовали|приглашённые|出席(?:者|人员|委员|委員)?|列席(?:人员|者)?|参加者|参加人员|与会者|與會者|参会人员|出席議員|缺席|請假|참석자|발언자|المشاركون|الحضور|משתתפים|נכחו|מוזמנים|חברי הוועדה|סדר היום|מנהלת? הוועדה|רישום פרלמנטרי)(?:\*\*)?\s*[:：](?:\*\*)?\s*$|^(?:\*\*|#+\s*)?(?:(?:corporate|company|other|conference call|call) (?:participants|representatives)|executives|analysts|council members present|speakers|participants|panel(?:ists)?|attendees|attendance|in attendance|also present|members present|staff present|present|appearances|出席(?:者|人员)|参加者|与会者)(?:\*\*)?\s*$/iu

const isListHeading = ofWriting((text) => text.length <= 60 && listHeading.test(text))

/** The block under "Speakers:", "Present:" lists names; its lines are no turns, with or without colons. */
export function linesOfLists(lines: readonly Line[]): ReadonlySet<number> {
  const listed = new Set<number>()
  let isInList = false
  for (const [index, { isBlank, writing }] of lines.entries()) {
    const above = lines[index - 1]
    if (isBlank) isInList &&= above !== undefined && !above.isBlank && isListHeading(above.writing)
    else if (isListHeading(writing)) isInList = true
    else isInList &&= writing.text.length <= 110 && !/[.!?。！？]$/u.test(writing.text.slice(-1))
    if (isInList && !isBlank) listed.add(index)
  }
  return listed
}

function saidOn(lines: readonly Line[], { line, body }: Candidate): string {
  const { writing, content } = lines[line] as Line
  return writing.text.slice(body - content.from)
}

/** What follows the label on its line is speech by its looks: long, or closed like a sentence. */
export function saysSomething(lines: readonly Line[], { candidate }: Fact): boolean {
  const said = saidOn(lines, candidate)
  const below = lines[candidate.line + 1]
  return (
    (candidate.form !== 'colon' && candidate.form !== 'dash') ||
    candidate.isAlone ||
    said.length > (caseless.test(said) ? 24 : 60) ||
    (below !== undefined && beginsSmall(below.writing)) ||
    /(?:[.?!…。？！"”؟]|-{2}|[—–]{1,2})$/u.test(said)
  )
}

/** What follows the label has letters in it, or stands on lines below. */
export function hasWords(lines: readonly Line[], { candidate }: Fact): boolean {
  const said = saidOn(lines, candidate)
  return candidate.isAlone || said.length > 60 || /\p{L}/u.test(said)
}

const beginsSmall = ofWriting((text) => /^\p{Ll}/u.test(text.slice(0, 2)))

const keyAndValue = /^([^:：]{1,40}?)\s*[:：]\s*\S/u

const isCardLine = ofWriting((text) => {
  const key = keyAndValue.exec(text.slice(0, 60))
  return key !== null && isNoName(key[1] as string) && !isSentenceStart(key[1] as string)
})

// `Date: …` and the lines around it, up to a blank line: a card that describes the document.
function linesOfCard(lines: readonly Line[], last: number): ReadonlySet<number> {
  const card = new Set<number>()
  let group: number[] = []
  let isCard = false
  const close = () => {
    if (isCard) for (const index of group) card.add(index)
    group = []
    isCard = false
  }
  for (let index = 0; index <= last; index++) {
    const line = lines[index] as Line
    if (line.isBlank) {
      close()
      continue
    }
    group.push(index)
    if (isCardLine(line.writing)) isCard = true
  }
  close()
  return card
}

// A value that is a name, as in `Interviewer: Tom Hale`, `书记员：李敏`.
function isNameValue(said: string): boolean {
  if (said.length > 60) return false
  if (/^\p{Script=Han}{2,4}(?:[、，,]\s?\p{Script=Han}{2,4})*$/u.test(said)) return true
  return said.split(/\s+/u).length >= 2 && isNameLike(said) && !/[.?!]$/u.test(said)
}

/** Takes out what stands before the first turn and says nothing, such as "MODERATOR: Jane Doe". */
export function withoutFrontMatter(lines: readonly Line[], accepted: readonly Fact[]): Fact[] {
  const speaks = (fact: Fact) => saysSomething(lines, fact)
  const opening = accepted.findIndex((fact) => fact.count > 1 && (fact.candidate.isAlone || speaks(fact)))
  const card = linesOfCard(lines, accepted[opening]?.candidate.line ?? -1)
  const colons = accepted.filter(({ candidate }) => candidate.form === 'colon').length
  const rest = accepted.filter((fact, index) => {
    const { form, line } = fact.candidate
    // `PRESIDENT: Jane Doe` above turns that have no colon.
    if (
      index < 4 &&
      form === 'colon' &&
      colons < accepted.length * 0.4 &&
      isNameValue(saidOn(lines, fact.candidate))
    )
      return false
    return form !== 'colon' || !card.has(line) || speaks(fact) || !isNameValue(saidOn(lines, fact.candidate))
  })
  const start = rest.findIndex(
    (fact) => fact.count > 1 || (speaks(fact) && !fact.candidate.isAlone && !card.has(fact.candidate.line)),
  )
  if (start <= 0) return rest
  return rest.filter((fact, index) => index >= start || (speaks(fact) && !card.has(fact.candidate.line)))
}
