import { isNameLike, isNameShape, isOffice, nameOf } from './labelNames'
import type { Range } from './transcript'
import { ofWriting } from './writing'
import { clockPattern, clockSeconds } from './writtenTimes'

export type LabelForm =
  | 'chevron' // >> or >> NAME:
  | 'question' // Q. A. Q: A:
  | 'bold' // **Name:**
  | 'bracket' // [Name]:
  | 'colon' // Name:
  | 'timed' // Name 0:12 on a line of its own, Name [0:12] text
  | 'dash' // NAME (Party - State) - text
  | 'record' // Mr. Hast of Florida. text
  | 'circle' // ○Name　text
  | 'column' // NAME    text
  | 'line' // NAME on a line of its own, its words below

/** Something at the start of a stretch of a line that may label a speaker; offsets are those in the line's writing. */
export interface LabelShape {
  readonly form: LabelForm
  /** Where the turn begins: the written time or the label, with its markup. */
  readonly from: number
  /** The label without closing punctuation, markup and times. */
  readonly label: Range
  /** It, as written. */
  readonly written: string
  /** The name without party, role or initials in brackets; empty for a bare `>>`. */
  readonly name: string
  /** Initials given after the name, as in `Anna Berg (AB):`. */
  readonly initials: string | null
  readonly time: (Range & { readonly seconds: number }) | null
  /** Where speech begins, at or before the end of the line. */
  readonly body: number
  /** Nothing is said on the label's own line. */
  readonly isAlone: boolean
  /** What follows begins with a small letter. */
  readonly saysSmall: boolean
  /** The number of a question or a paragraph before the label: `Q2 ` of `Q2 Ana Reed:`, `14. ` of `14. Ana Reed:`; or empty. */
  readonly numbering: string
  /** The colon that usually closes such a label is missing: `[Ana] Hello`. */
  readonly isBare: boolean
}

/** A shape at its place in a text; offsets are those of the text. */
export interface Candidate extends LabelShape {
  readonly line: number
}

const marks = '[\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff]'
const gap = `(?:[ \\t\\u00a0\\u202f\\u3000]|${marks})*`
const bracketedClock = `(?:\\[${gap}(${clockPattern})${gap}\\]|\\(${gap}(${clockPattern})${gap}\\)|（${gap}(${clockPattern})${gap}）|<${gap}(${clockPattern})${gap}>|(${clockPattern}))`
/** The Knesset's typists set what kind of speaker a label names between arrows on both sides of it: `<< יור >> … << יור >>`. */
const typistTag = new RegExp(`^${gap}<< ?[\\p{L}-]{1,15} ?>>${gap}`, 'u')
const leadingTime = new RegExp(`^${bracketedClock}${gap}(?:[-–—|]${gap})?`, 'u')
const trailingTime = new RegExp(`${gap}[,;@–-]?${gap}${bracketedClock}$`, 'u')

const stampedBody = new RegExp(
  `^(?:\\[(${clockPattern})\\]|\\((${clockPattern})\\)|（(${clockPattern})）)${gap}`,
  'u',
)

const clockAlone = new RegExp(`^${gap}(${clockPattern})${gap}$`, 'u')

const stampedName = new RegExp(
  `^([^\\[\\](){}:.!?]{2,50}?)${gap}(?:\\[(${clockPattern})\\]|\\((${clockPattern})\\))${gap}`,
  'u',
)

const chevron = new RegExp(`^((?:>|&gt;){2,3}|»{1,2}(?=\\s))${gap}(?:[:：](?=\\s)${gap})?`, 'u')
const question =
  /^(?:(Q|A|Question|Answer|В|О|F|R|P|Fr|An)(?:[.．](?=\s|$)|\.?[:：](?=\s|$|\P{ASCII}))|(问|答|問|Ｑ|Ａ|문|답)[.．]?[:：.]|(Q|A)(?=\s{2,}|\t)|(Q|A)(?= ["“(]?\p{Lu}))[ \t\u00a0\u3000]*(?:[–—]\s+)?/u
const bold = /^(\*\*\*|\*\*|\*|__|_)(?=\S)([^*_\n]{1,80}?)\s*([:：])?\s*\1\s*([:：])?/u
const bracket =
  /^(?:\[([^[\]\n:：]{1,60})\]|【([^【】\n:：]{1,30})】|<([\p{L}][\p{L}\d ._'-]{0,30})>)(?:\s*([:：])|(?=\s|\P{ASCII}))/u
const numbering = /^(?:Anf\. \d{1,3}|\d{2}\.\d{2,3}|Q?\d{1,4}[.)]?|Q\.? ?\d{1,4}[.)]?)\s+(?=[\p{L}*])/u
const record =
  /^((?:(?:Mr|Mrs|Ms|Miss|Dr|Messrs)\.? |Senator |Representative |Chairman |Chairwoman |Chair |Chairperson |Judge |Justice |Secretary |Vice Chairman |The )(?:de |van |von |De |Van |Von |La |Mc|O['’])?\p{Lu}[\p{L}'’-]*(?: (?:of|Of) (?:\p{Lu}\p{Ll}+)(?: \p{Lu}\p{Ll}+)?|(?: \p{Lu}[\p{L}'’-]+)| pro tempore| \([^()]{1,40}\))?)\.(?= +(?:["“([]?\p{Lu}|\d|["“])|$)\s*/u
/** Names closed by a full stop: `PRESIDENTE. Text`, `General BROOKS. Text`, `ИВАНОВ А. И. Text`, `M. Jean Morel, ministre. Text`, and
 *  with a dash behind it any: `Anna Berg, rapporteur. – Text`, `Sra. Lopez.- Text`. */
const stopped = [
  /^((?:(?:MR|MRS|MS|MISS|DR|HON|MESSRS)\. ?|(?:VICE )?CHAIR(?:MAN|WOMAN|PERSON)? |GOVERNOR |PRESIDENT |SENATOR )(?:Mc|Mac|O['’]|De|Di|La|Van )?\p{Lu}[\p{Lu}'’-]{1,30}(?: \p{Lu}[\p{Lu}'’-]{1,30})?|SPEAKERS?\(\?\))\.(?=\d{0,2}(?:\s+["“([]?[\p{Lu}\d]|$))\d{0,2}\s*/u,
  /^([\p{Lu}][\p{Lu}\p{M}'’ -]{2,40}(?: \([^()]{1,60}\))?(?:, (?:\p{Ll}|Minist|Sottosegretari|Vice|Presidente|Relat)[^.!?:]{2,70})?)\.(?=\s+["“«(]?\p{Lu}(?:\p{Ll}|\s))\s*/u,
  /^((?:\p{Lu}\p{Ll}[\p{Ll}.-]* ){1,3}(?:\p{Lu}\. )?(?:Mc|Mac|O['’]|De)?\p{Lu}{2}[\p{Lu}'’-]*)\.(?=\s+["“(]?\p{Lu})\s*/u,
  /^(\p{Lu}[\p{Lu}-]{2,30}(?:\s?\p{Lu}\.){1,2})(?:(?=\s+["“«(]?\p{Lu}(?:\p{Ll}|\s))\s*|,\s+(?=\p{Ll}))/u,
  /^(\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)? \p{Lu}\. ?\p{Lu}\.)(?:(?=\s+["“«(]?\p{Lu}\p{Ll})\s*|,\s+(?=\p{Ll}))/u,
  /^((?:Une? (?:député|sénat)\p{L}*|Plusieurs (?:député|sénat)\p{L}+|Une voix|Des voix|Voix diverses)(?: [^.!?:]{3,50})?)\.(?=\s)\s*/u,
  /^(Председательствующ\p{Ll}+|Из зала|С места|Голос(?:а)? (?:из зала|с места)|Головуючий)\.(?=\s)\s*/u,
  /^((?:M|MM|Mme|Mmes|Mlle)\.? (?:(?:le|la|les) [\p{L}’' -]{3,40}|(?:\p{Lu}[\p{L}'’-]+(?: (?:de|du|des|d[’'])(?= ))? ?){1,4}(?:, [^.!?:]{3,70})?))\.(?:\s*[–—-]{1,2}\s*(?=\S)|(?=\s+["“«(]?\p{Lu})\s*)/u,
  /^((?:(?:MM?|Mr|Mrs|Ms|Mme|Mlle|Dr|Sra?|On|Prof)\.? )?\p{Lu}[^.!?:–—]{1,70}(?:\([^()]{1,40}\)[^.!?:–—]{0,50})?)\.(?:\s+[–—]\s*|[–—]\s*|\s?--?\s+)(?:\([A-Z]{2}\)\s*)?(?=\S)/u,
] as const

const circle =
  /^[○◯●◆◎△▲■□]\s*((?:[^\s（(○◯]{1,20}(?: [^\s（(○◯]{1,12}){0,2}(?=\u3000|\s{2}|[（(]))(?:[（(][^）)]{1,20}[）)][^\s（(。、]{0,6})?|[^\s（(○◯]{1,24}(?:[（(][^）)]{1,20}[）)][^\s（(。、]{0,6})?)[\s\u3000]+/u
const dash = new RegExp(
  `^([\\p{Lu}][\\p{L}\\p{M}.'’ -]{1,50}?)(${gap}\\([^()]{1,60}\\))?(?:${gap}[–—]${gap}| --${gap}|(?<=[\\p{Lu})])${gap}-${gap}|${gap} - ${gap})(?=\\S)`,
  'u',
)
/** The Majles sets a kashida as a dash: `رئیس ـ Text`. */
const kashida = /^([\p{Script=Arabic}\p{M}\u200c ]{2,40}?(?: ?\([^()]{1,60}\))?)[ \u200c]+ـ+[ \u200f]+(?=\S)/u
/** `Name -- Title` on a line of its own. */
const nameAndTitle = /^([^\p{Pd}.!?:]{3,40}?) (?:--|[–—-]) ((?:[^.!?:]|\.(?=\S)){3,80})$/u
const column = /^(\p{Lu}[\p{L}\p{M}\d.'’ -]{0,30}?)(?: {3,}|\t+)(?=\S)/u
const colon = /[:：]/u
const trailingGap = new RegExp(`${gap}$`, 'u')
const leadingGap = new RegExp(`^${gap}`, 'u')

/** Characters that a name before a colon may have at most. */
const longestName = 130

/** The shape at the start of a line's content, `null` where there is none of any form. */
export const shapeAtStart = ofWriting((text) => shapeAt(text, 0))

/** The same in a document where `Q Where?` is a question. */
export const shapeOfBareQuestions = ofWriting((text) => shapeAt(text, 0, true))

/** A question whose Q has no sign behind it. */
export const isBareQuestion = ofWriting((text) => /^Q ["“(]?\p{Lu}/u.test(text.slice(0, 5)))

/** A shape at its place.
 *  @param by where the line's content begins */
export function placed(shape: LabelShape, line: number, by: number): Candidate {
  const { label, time } = shape
  return {
    line,
    form: shape.form,
    from: shape.from + by,
    label: { from: label.from + by, to: label.to + by },
    written: shape.written,
    name: shape.name,
    initials: shape.initials,
    time: time && { from: time.from + by, to: time.to + by, seconds: time.seconds },
    body: shape.body + by,
    isAlone: shape.isAlone,
    saysSmall: shape.saysSmall,
    numbering: shape.numbering,
    isBare: shape.isBare,
  }
}

/** The shape that begins at `from` in the content of a line.
 *  @param hasBareQuestions a capital Q or A before a capital labels a question or an answer */
export function shapeAt(text: string, from: number, hasBareQuestions = false): LabelShape | null {
  const to = text.length
  const content = text.slice(from, from + 400)
  let at = 0
  let time: LabelShape['time'] = null
  const lead = leadingTime.exec(content)
  if (lead) {
    const clock = lead.slice(1).find((group) => group !== undefined) as string
    const written = lead[0].replace(/(?:\s|[-–—|])+$/u, '')
    const isBracketed = !/^\d/u.test(lead[0])
    // A bare clock must be followed by a gap: `10:30:` and `12:30pm` are no stamps.
    if (isBracketed || /\s$/u.test(lead[0])) {
      time = { from, to: from + written.length, seconds: clockSeconds(clock) }
      at = lead[0].length
    }
  }
  const tag = typistTag.exec(content.slice(at))?.[0] ?? ''
  at += tag.length
  const number = numbering.exec(content.slice(at))?.[0] ?? ''
  const numbered = number !== '' && colonLabel(content.slice(at)) !== null ? number : ''
  at += numbered.length
  const rest = content.slice(at)
  const make = (
    form: LabelForm,
    labelFrom: number,
    labelTo: number,
    bodyAt: number,
    given: { time?: LabelShape['time']; name?: string; start?: number; isBare?: boolean } = {},
  ): LabelShape => {
    const start = from + at + labelFrom
    const end = from + at + labelTo
    const written = text.slice(start, end)
    const { name, initials } = nameOf(written)
    let body = Math.min(to, from + at + bodyAt)
    let stamp = given.time ?? time
    // `NAME: [00:12:34] text`
    const after = stamp ? null : stampedBody.exec(text.slice(body, to))
    if (after) {
      const clock = after.slice(1).find((group) => group !== undefined) as string
      stamp = { from: body, to: body + after[0].trimEnd().length, seconds: clockSeconds(clock) }
      body += after[0].length
      body += /^[:：]\s*/u.exec(text.slice(body, body + 4))?.[0].length ?? 0
    }
    if (tag !== '') body += typistTag.exec(text.slice(body, body + 40))?.[0].length ?? 0
    const said = text.slice(body, to)
    return {
      form,
      from: time
        ? time.from
        : tag !== ''
          ? from
          : numbered === ''
            ? from + at + (given.start ?? labelFrom)
            : from,
      label: { from: start, to: end },
      written,
      name: given.name ?? name,
      initials,
      time: stamp,
      body,
      isAlone: said.trim() === '',
      saysSmall: /^["“'‘(]?\p{Ll}/u.test(said.slice(0, 4)),
      numbering: numbered,
      isBare: given.isBare ?? false,
    }
  }

  const arrows = chevron.exec(rest)
  if (arrows) {
    const after = arrows[0].length
    const named = colonLabel(rest.slice(after))
    if (named && isNameShape(rest.slice(after, after + named.to))) {
      return make('chevron', 0, after + named.to, after + named.body, {
        name: nameOf(rest.slice(after, after + named.to)).name,
      })
    }
    return make('chevron', 0, (arrows[1] as string).length, after, { name: '' })
  }
  const asked = question.exec(rest)
  if (asked && (asked[4] === undefined || hasBareQuestions)) {
    const sign = asked[1] ?? asked[2] ?? asked[3] ?? asked[4] ?? ''
    return make('question', 0, sign.length, asked[0].length)
  }
  const strong = bold.exec(rest)
  if (strong && ((strong[1] as string).length > 1 || strong[3] || strong[4])) {
    const mark = (strong[1] as string).length
    const inner = stripTime(strong[2] as string)
    const stamped =
      inner.clock === null ? null : timeIn(from + at + mark, strong[2] as string, inner.length, inner.clock)
    return make('bold', mark, mark + inner.length, strong[0].length + gapLength(rest, strong[0].length), {
      start: 0,
      ...(stamped && !time ? { time: stamped } : {}),
    })
  }
  const square = bracket.exec(rest)
  if (square) {
    const inside = square[1] ?? square[2] ?? square[3] ?? ''
    // `[Name] 16:02:05` over the words.
    const clock = clockAlone.exec(rest.slice(square[0].length))
    if (clock && !time && isNameShape(inside)) {
      const start = from + at + square[0].length + clock[0].indexOf(clock[1] as string)
      const written = {
        from: start,
        to: start + (clock[1] as string).length,
        seconds: clockSeconds(clock[1] as string),
      }
      return make('timed', 1, 1 + inside.length, rest.length, { start: 0, time: written })
    }
    const end = square[0].length + gapLength(rest, square[0].length)
    return make('bracket', 1, 1 + inside.length, end, { start: 0, isBare: square[4] === undefined })
  }
  const ring = circle.exec(rest)
  if (ring) {
    const start = ring[0].indexOf(ring[1] as string)
    return make('circle', start, start + (ring[1] as string).length, ring[0].length, { start: 0 })
  }
  const named = colonLabel(rest)
  if (named) {
    const inner = stripTime(rest.slice(0, named.to))
    const stamped =
      inner.clock === null ? null : timeIn(from + at, rest.slice(0, named.to), inner.length, inner.clock)
    const behindDash = / -- (.*)$/u.exec(rest.slice(0, inner.length))?.[1]
    const isSpeech = behindDash !== undefined && !isOffice(behindDash)
    if (inner.length > 0 && !isSpeech && isNameShape(rest.slice(0, inner.length)))
      return make('colon', 0, inner.length, named.body, stamped && !time ? { time: stamped } : {})
  }
  const own = stripTime(rest)
  if (
    own.clock !== null &&
    own.length > 0 &&
    own.length < 60 &&
    isNameShape(rest.slice(0, own.length)) &&
    !time
  )
    return make('timed', 0, own.length, rest.length, { time: timeIn(from + at, rest, own.length, own.clock) })
  const stamp = time ? null : stampedName.exec(rest)
  if (stamp && isNameLike(stamp[1] as string) && isNameShape(stamp[1] as string)) {
    const name = stamp[1] as string
    const clock = (stamp[2] ?? stamp[3]) as string
    const end = stamp[0].trimEnd()
    return make('timed', 0, name.length, stamp[0].length, {
      time: timeIn(from + at, end, name.length, clock),
    })
  }
  if (time && rest.length > 0 && rest.length < 60 && isNameShape(rest) && !/[.!?]$/u.test(rest))
    return make('timed', 0, rest.length, rest.length)
  const spoken = record.exec(rest)
  if (spoken) return make('record', 0, (spoken[1] as string).length, spoken[0].length)
  for (const form of time ? [] : stopped) {
    const closed = form.exec(rest)
    if (closed) return make('record', 0, (closed[1] as string).trimEnd().length, closed[0].length)
  }
  const titled = time ? null : nameAndTitle.exec(rest)
  if (titled && isNameLike(titled[1] as string) && isOffice(titled[2] as string))
    return make('line', 0, rest.length, rest.length)
  const drawn = time ? null : kashida.exec(rest)
  if (drawn) return make('dash', 0, (drawn[1] as string).length, drawn[0].length)
  const party = dash.exec(rest)
  if (party && !time) {
    const written = (party[1] as string) + (party[2] ?? '')
    // In "PRÉSIDENTE. — Bonsoir" the full stop belongs to the dash.
    const length = /\p{Lu}{3,}\.$/u.test(written) ? written.length - 1 : written.length
    return make('dash', 0, length, party[0].length)
  }
  const columned = column.exec(rest)
  if (columned) return make('column', 0, (columned[1] as string).length, columned[0].length)
  if (!time && rest.length <= 40 && isNameLike(rest) && isNameShape(rest) && !/[\p{P}\d]$/u.test(rest))
    return make('line', 0, rest.length, rest.length)
  return null
}

function gapLength(text: string, at: number): number {
  return (leadingGap.exec(text.slice(at))?.[0] ?? '').length
}

function timeIn(
  offset: number,
  written: string,
  nameLength: number,
  clock: string,
): Range & { seconds: number } {
  const start = nameLength + (written.slice(nameLength).search(/[[(（<\d]/u) ?? 0)
  return { from: offset + start, to: offset + written.trimEnd().length, seconds: clockSeconds(clock) }
}

// Length of what stands before a time at the end, and the time.
function stripTime(written: string): { length: number; clock: string | null } {
  const match = trailingTime.exec(written.trimEnd())
  if (!match || match.index === 0) return { length: written.trimEnd().length, clock: null }
  const before = written[match.index - 1] as string
  if (/\d|:/u.test(before) && /^\d/u.test(match[0])) return { length: written.trimEnd().length, clock: null }
  return { length: match.index, clock: match.slice(1).find((group) => group !== undefined) as string }
}

// The stretch before the first colon that may close a label: not one inside brackets or a clock time.
function colonLabel(rest: string): { to: number; body: number } | null {
  let depth = 0
  for (const { index: at, 0: character } of rest.slice(0, longestName + 1).matchAll(closingSign)) {
    if ('([（【'.includes(character)) depth++
    else if (')]）】'.includes(character)) depth--
    else if (depth > 0 && /[;；]/u.test(character)) continue
    else if (colon.test(character)) {
      if (depth > 0) continue
      const next = rest[at + 1]
      if (character === ':' && next !== undefined && /[\d/\\]/u.test(next)) return null
      const to = rest.slice(0, at).replace(trailingGap, '').length
      if (to === 0) return null
      return { to, body: at + 1 + gapLength(rest, at + 1) }
    } else return null
  }
  return null
}

const closingSign = /[([（【)\]）】:：\t\n。！？；;]/gu
