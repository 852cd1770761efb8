import type { Line } from './lines'
import { ofWriting } from './writing'

/** When a subtitle is shown, seconds. */
export interface CueTimes {
  readonly start: number
  readonly end: number
}

/** Which lines of SubRip or WebVTT are words of which cue. */
export interface CueLines {
  /** By the line, for every line of a cue's words; one object a cue. */
  readonly words: ReadonlyMap<number, CueTimes>
  /** Lines that are no words: numbers, names and times of cues, the file's head, notes, styles and regions. */
  readonly furniture: ReadonlySet<number>
}

const timing =
  /^(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s*-->\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})(?:\s.*)?$/u

/** The times of a timing line, white space around it or not; `null` for other lines. */
export function cueTimesOf(line: string): CueTimes | null {
  const match = line.includes('-->') ? timing.exec(line.trim()) : null
  if (!match) return null
  const [, h1, m1 = '', s1 = '', f1 = '', h2, m2 = '', s2 = '', f2 = ''] = match
  return { start: seconds(h1, m1, s1, f1), end: seconds(h2, m2, s2, f2) }
}

function seconds(hours: string | undefined, minutes: string, whole: string, fraction: string): number {
  const thousandths = Number(fraction.padEnd(3, '0'))
  return (
    (Number(hours ?? 0) * 3_600_000 + Number(minutes) * 60_000 + Number(whole) * 1000 + thousandths) / 1000
  )
}

const timesOf = ofWriting(cueTimesOf)
const isHead = ofWriting((text) => /^WEBVTT(?:[ \t]|$)/u.test(text))
const isNumber = ofWriting((text) => /^\d+$/u.test(text))
const opensBlock = ofWriting((text) => /^(?:NOTE(?:[ \t]|$)|(?:STYLE|REGION)$)/u.test(text))

/** Lines from the first one among which a cue's times stand. */
const nearTop = 4

/** The cues of a text that is SubRip or WebVTT, as W3C's WebVTT (4.1) has them; `null` for any other text. A cue whose blank line is missing ends at
 *  the next timing line, its number taken back. */
export function cueLines(lines: readonly Line[]): CueLines | null {
  const first = lines.find(({ isBlank }) => !isBlank)?.writing
  if (!first || !(isHead(first) || areSubtitles(lines, first))) return null
  const words = new Map<number, CueTimes>()
  const furniture = new Set<number>()
  const isBlank = (index: number) => lines[index]?.isBlank ?? true
  let cue: CueTimes | null = null
  let inBlock = false
  for (const [index, line] of lines.entries()) {
    const times = timesOf(line.writing)
    if (line.isBlank) {
      cue = null
      inBlock = false
    } else if (times) {
      const above = lines[index - 1]
      const isNamed = above && !above.isBlank && (isBlank(index - 2) || isNumber(above.writing))
      if (isNamed && !timesOf(above.writing)) {
        words.delete(index - 1)
        furniture.add(index - 1)
      }
      furniture.add(index)
      cue = { ...times }
      inBlock = false
    } else if (cue) words.set(index, cue)
    else if (inBlock || (isBlank(index - 1) && (isHead(line.writing) || opensBlock(line.writing)))) {
      furniture.add(index)
      inBlock = true
    }
  }
  return { words, furniture }
}

function areSubtitles(lines: readonly Line[], first: Line['writing']): boolean {
  return (
    (isNumber(first) || timesOf(first) !== null) &&
    lines.slice(0, nearTop).some(({ writing }) => timesOf(writing) !== null)
  )
}
