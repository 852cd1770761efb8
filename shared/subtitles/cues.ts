import { remembered } from '../transcript/writing'
import { secondsSpoken, timesOfPieces } from './cueTimes'

/** A turn, ready to be cut into subtitles. */
export interface TimedTurn {
  readonly speaker: string | null
  /** Seconds. */
  readonly start: number
  readonly end: number
  /** What is said; paragraphs by newlines. */
  readonly text: string
  /** When words of it are said, in order: offsets that count no white space, seconds. */
  readonly words?: readonly {
    readonly from: number
    readonly to: number
    readonly start: number
    readonly end: number
  }[]
}

/** One subtitle as exported. */
export interface Cue {
  /** Seconds. */
  readonly start: number
  readonly end: number
  /** One or two lines. */
  readonly lines: readonly string[]
  readonly speaker: string | null
}

export interface CueStyle {
  /** Columns a line holds; a wide character takes two. */
  readonly columns: number
  readonly lines: number
  /** Seconds. */
  readonly shortest: number
  readonly longest: number
}

/** 42 columns and two lines are what broadcasters' guidelines agree on. */
export const usualStyle: CueStyle = { columns: 42, lines: 2, shortest: 0.8, longest: 7 }

export type CueWarning = 'tooFast' | 'tooShort' | 'tooLong' | 'overlap'

// East Asian wide and fullwidth ranges of UAX #11, emoji among them.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u
const narrowless = /\p{Mn}|\p{Me}|\p{Cf}/u

/** Columns that a text takes: wide characters two, combining and invisible ones none. */
export function columnsOf(text: string): number {
  let columns = 0
  for (const character of text) columns += columnsOfOne(character)
  return columns
}

const columnsOfOne = remembered((character) =>
  narrowless.test(character) ? 0 : wide.test(character) ? 2 : 1,
)

/** Cuts turns into cues at the ends of sentences and clauses, each within the lines and columns of the style. They begin with their first word
 *  and end with their last one where words have times, and share the turn by length where not.
 *  Every character but the gaps at the cuts is there once, in order. Turns without length are left out. */
export function cuesFromTurns(turns: readonly TimedTurn[], style: CueStyle = usualStyle): Cue[] {
  const cues: Cue[] = []
  for (const turn of turns) {
    const text = turn.text.replace(/\s+/gu, ' ').trim()
    if (text === '' || turn.end <= turn.start) continue
    const pieces = chunks(text, style, columnsOf(text) / secondsSpoken(turn))
    const times = timesOfPieces(
      turn,
      pieces,
      pieces.map((piece) => Math.max(1, columnsOf(piece))),
    )
    for (const [index, piece] of pieces.entries()) {
      const [start, end] = times[index] as readonly [number, number]
      cues.push({ start, end, lines: breakLines(piece, style), speaker: turn.speaker })
    }
  }
  return cues
}

interface Unit {
  readonly text: string
  /** How good a cut behind it is: 3 sentence, 2 clause, 1 word, 0 inside a word. */
  readonly strength: 0 | 1 | 2 | 3
}

const sentenceEnd = /[.!?…。！？‥؟۔।]["'”’」』)）\]】»]*\s*$/u
const clauseEnd = /[,;:，、；：،؛—–]["'”’」』)）\]】»]*\s*$/u
const abbreviation = /(?:^|\s)(?:\p{Lu}|Mr|Mrs|Ms|Dr|Prof|Sr|St|Jr|vs|etc|e\.g|i\.e|No|p|pp|Inc|Ltd)\.\s*$/u

let segmenter: Intl.Segmenter | null = null

// Words as they may stand at the end of a line; what has no gaps between words is cut by the platform's word rules.
function unitsOf(text: string, columns: number): Unit[] {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' })
  const units: string[] = []
  for (const { segment } of segmenter.segment(text)) {
    const last = units.at(-1)
    const sticks = /^[\s\p{P}\p{S}]/u.test(segment) && !/^[([{（【「『“‘«¿¡—–-]/u.test(segment)
    const isOpen =
      last !== undefined &&
      (/[([{（【「『“‘«¿¡]$/u.test(last) ||
        (/\S$/u.test(last) &&
          !wide.test(last.at(-1) as string) &&
          !wide.test(segment) &&
          !/\p{Pd}$/u.test(last)))
    if (last !== undefined && (sticks || isOpen)) units[units.length - 1] = last + segment
    else units.push(segment)
  }
  return units
    .flatMap((unit) => breakLong(unit, columns))
    .map(({ text: unit, isBroken }) => ({ text: unit, strength: isBroken ? 0 : strengthOf(unit) }))
}

function strengthOf(unit: string): 1 | 2 | 3 {
  if (sentenceEnd.test(unit) && !abbreviation.test(unit)) return 3
  return clauseEnd.test(unit) ? 2 : 1
}

function breakLong(unit: string, columns: number): { text: string; isBroken: boolean }[] {
  if (columnsOf(unit.trimEnd()) <= columns) return [{ text: unit, isBroken: false }]
  const parts: { text: string; isBroken: boolean }[] = []
  let part = ''
  for (const character of unit) {
    if (part !== '' && columnsOf(part + character) > columns) {
      parts.push({ text: part, isBroken: true })
      part = ''
    }
    part += character
  }
  parts.push({ text: part, isBroken: false })
  return parts
}

// A sentence joins the one before it while both fit; one that does not fit at all is cut into parts of like length, at the ends of
// clauses where that costs little.
function chunks(text: string, style: CueStyle, columnsPerSecond: number): string[] {
  const capacity = Math.min(
    style.columns * style.lines,
    Math.max(style.columns / 2, columnsPerSecond * style.longest),
  )
  const fits = (units: readonly Unit[]) => widthOf(units) <= capacity && layout(units, style) !== null
  const pieces: string[] = []
  let open: Unit[] = []
  const flush = () => {
    const piece = textOf(open).trim()
    if (piece !== '') pieces.push(piece)
    open = []
  }
  for (const sentence of sentencesOf(unitsOf(text, style.columns))) {
    if (open.length > 0 && !fits([...open, ...sentence])) flush()
    for (const part of fits(sentence) ? [sentence] : balancedParts(sentence, capacity, fits)) {
      if (open.length > 0 && !fits([...open, ...part])) flush()
      open = [...open, ...part]
      if (widthOf(open) >= capacity * 0.45) flush()
    }
  }
  flush()
  return pieces
}

const textOf = (units: readonly Unit[]) => units.map((unit) => unit.text).join('')
const widthOf = (units: readonly Unit[]) => columnsOf(textOf(units).trimEnd())

function sentencesOf(units: readonly Unit[]): Unit[][] {
  const sentences: Unit[][] = [[]]
  for (const unit of units) {
    ;(sentences.at(-1) as Unit[]).push(unit)
    if (unit.strength === 3) sentences.push([])
  }
  return sentences.filter((sentence) => sentence.length > 0)
}

function balancedParts(
  units: readonly Unit[],
  capacity: number,
  fits: (units: readonly Unit[]) => boolean,
): Unit[][] {
  const total = widthOf(units)
  for (let count = Math.max(2, Math.ceil(total / capacity)); count < units.length; count++) {
    const parts = cutInto(units, count, total / count)
    if (parts.every(fits)) return parts
  }
  return units.map((unit) => [unit])
}

// Cuts near the multiples of `length` columns; a clause's end is worth a third of a part.
function cutInto(units: readonly Unit[], count: number, length: number): Unit[][] {
  const parts: Unit[][] = []
  let from = 0
  let passed = 0
  for (let part = 1; part < count; part++) {
    let best = from + 1
    let cost = Number.POSITIVE_INFINITY
    let width = passed
    for (let at = from; at < units.length - (count - part); at++) {
      const unit = units[at] as Unit
      width += columnsOf(unit.text)
      const value =
        Math.abs(width - part * length) -
        (unit.strength >= 2 ? length / 3 : 0) +
        (unit.strength === 0 ? length / 2 : 0)
      if (value < cost) {
        cost = value
        best = at + 1
      }
    }
    parts.push(units.slice(from, best))
    passed += units.slice(from, best).reduce((sum, unit) => sum + columnsOf(unit.text), 0)
    from = best
  }
  parts.push(units.slice(from))
  return parts.filter((part) => part.length > 0)
}

// The lines of a cue, or null when they do not fit: as few as possible, as equal as possible, broken where a clause ends if that
// costs little.
function layout(units: readonly Unit[], style: CueStyle): string[] | null {
  const whole = units
    .map((unit) => unit.text)
    .join('')
    .trim()
  if (columnsOf(whole) <= style.columns) return [whole]
  if (style.lines < 2) return null
  let best: string[] | null = null
  let cost = Number.POSITIVE_INFINITY
  for (let cut = 1; cut < units.length; cut++) {
    const first = units
      .slice(0, cut)
      .map((unit) => unit.text)
      .join('')
      .trim()
    const rest = units.slice(cut)
    const second = rest
      .map((unit) => unit.text)
      .join('')
      .trim()
    if (columnsOf(first) > style.columns) break
    const below =
      columnsOf(second) <= style.columns ? [second] : layout(rest, { ...style, lines: style.lines - 1 })
    if (!below) continue
    const strength = (units[cut - 1] as Unit).strength
    const value = Math.abs(columnsOf(first) - columnsOf(second)) - strength * 4
    if (value < cost) {
      cost = value
      best = [first, ...below]
    }
  }
  return best
}

function breakLines(piece: string, style: CueStyle): string[] {
  return layout(unitsOf(piece, style.columns), style) ?? [piece]
}

/** Columns a second that can be read: about 17 Latin characters, 9 Chinese ones (which count double). */
const readable = 20

/** What is wrong with the cue at `index`. */
export function checkCue(cues: readonly Cue[], index: number, style: CueStyle = usualStyle): CueWarning[] {
  const cue = cues[index] as Cue
  const next = cues[index + 1]
  const seconds = cue.end - cue.start
  const warnings: CueWarning[] = []
  if (columnsOf(cue.lines.join(' ')) / Math.max(seconds, 0.001) > readable) warnings.push('tooFast')
  if (seconds < style.shortest) warnings.push('tooShort')
  if (seconds > style.longest + 0.001) warnings.push('tooLong')
  if (next && next.start < cue.end - 0.0005) warnings.push('overlap')
  return warnings
}
