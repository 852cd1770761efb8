import type { EditorState } from '@codemirror/state'
import { z } from 'zod'
import { transcriptOf } from './queries'
import {
  type Doubt,
  doubtfulBelowOf,
  noTimings,
  type Untold,
  type WordTiming,
  type WordTimings,
  wordTimingsOf,
} from './words'

const count = z.number().int().min(0)
const seconds = z.number().min(0).finite()
const share = z.number().min(0).max(1)

/** What a sidecar keeps of the words of one turn; described in `docs/sidecar.md`. */
export const turnTimingsShape = z.object({
  /** Characters of the turn, and a hash of them: other text has other words. */
  length: count,
  hash: z.string().max(20),
  words: z.string().max(10_000_000),
  doubts: z.array(z.tuple([count, count, seconds.nullable(), seconds.nullable(), share])).optional(),
  untold: z.array(z.tuple([count, seconds, seconds])).optional(),
})

export type TurnTimings = z.infer<typeof turnTimingsShape>

/** All that is known of a text's words in a file that has the text, too: each turn by its offset. */
export const allTimingsShape = z.object({
  doubtfulBelow: share,
  turns: z.array(turnTimingsShape.extend({ from: count })).max(1_000_000),
})

/** What `readAllTimings` reads. */
export function allTimings(session: EditorState): z.infer<typeof allTimingsShape> {
  return { doubtfulBelow: doubtfulBelowOf(session), turns: [...turnTimings(session)] }
}

/** @param text that the timings were written for */
export function readAllTimings(
  { doubtfulBelow, turns }: z.infer<typeof allTimingsShape>,
  text: string,
): WordTimings {
  return joinedTimings(
    turns.map(({ from, ...turn }) => readTurnTimings(turn, text.slice(from, from + turn.length), from)),
    doubtfulBelow,
  )
}

/** What is known of one turn after the other as a whole. What is not in order is left out. */
export function joinedTimings(parts: readonly WordTimings[], doubtfulBelow: number): WordTimings {
  const words: WordTiming[] = []
  for (const word of parts.flatMap((part) => part.words)) {
    const last = words.at(-1)
    if (!last || (word.from >= last.to && word.start >= last.start)) words.push(word)
  }
  return {
    words,
    doubts: parts.flatMap(({ doubts }) => doubts).sort((a, b) => a.from - b.from),
    untold: parts.flatMap(({ untold }) => untold).sort((a, b) => a.start - b.start),
    doubtfulBelow,
  }
}

const milliseconds = (time: number) => Math.round(time * 1000)

/** The words' times, turn by turn.
 *  @returns each with the offset of its turn; only turns of which something is known */
export function turnTimings(session: EditorState): readonly (TurnTimings & { readonly from: number })[] {
  const { words, doubts, untold } = wordTimingsOf(session)
  const { turns } = transcriptOf(session)
  const own = { words: cursor(words), doubts: cursor(doubts), untold: cursor(untold) }
  return turns.flatMap(({ from, to }, index) => {
    const next = turns[index + 1]?.from ?? Number.POSITIVE_INFINITY
    const said = own.words((word) => word.from < next).filter((word) => word.from >= from && word.to <= to)
    const unsure = own
      .doubts((doubt) => doubt.from < next)
      .filter((doubt) => doubt.from >= from && doubt.to <= to)
    const missing = own.untold((entry) => entry.position < next).filter((entry) => entry.position <= to)
    if (said.length + unsure.length + missing.length === 0) return []
    return [
      {
        from,
        length: to - from,
        hash: hashOf(session.sliceDoc(from, to)),
        words: written(said, from),
        ...(unsure.length > 0 ? { doubts: unsure.map((doubt) => doubtEntry(doubt, from)) } : {}),
        ...(missing.length > 0 ? { untold: missing.map((entry) => untoldEntry(entry, from)) } : {}),
      },
    ]
  })
}

// The entries that a test holds for, from where the last call stopped; the test holds for a beginning of them.
function cursor<T>(entries: readonly T[]): (test: (entry: T) => boolean) => T[] {
  let at = 0
  return (test) => {
    const first = at
    while (at < entries.length && test(entries[at] as T)) at++
    return entries.slice(first, at)
  }
}

const rounded = (time: number) => milliseconds(time) / 1000

function doubtEntry({ from, to, start, end, confidence }: Doubt, base: number) {
  const time = (value: number | null) => (value === null ? null : rounded(value))
  return [from - base, to - base, time(start), time(end), Math.round(confidence * 1000) / 1000] as [
    number,
    number,
    number | null,
    number | null,
    number,
  ]
}

function untoldEntry({ position, start, end }: Untold, base: number): [number, number, number] {
  return [Math.max(0, position - base), rounded(start), rounded(end)]
}

// Each word by how far it lies from the one before, in characters and milliseconds; its confidence in per cent where that changes.
function written(words: readonly WordTiming[], base: number): string {
  let [at, time, sure] = [base, 0, -1]
  return words
    .map(({ from, to, start, end, confidence }) => {
      const percent = Math.round(confidence * 100)
      const entry = [
        from - at,
        to - from,
        milliseconds(start) - time,
        milliseconds(end) - milliseconds(start),
      ]
      if (percent !== sure) entry.push(percent)
      ;[at, time, sure] = [to, milliseconds(end), percent]
      return entry.join(' ')
    })
    .join(';')
}

/** Reads what `turnTimings` wrote for one turn, for the text that now stands there.
 *  @param text of the turn @param base its offset
 *  @returns nothing where the text is another one or the entry makes no sense */
export function readTurnTimings(
  { length, hash, words, doubts = [], untold = [] }: TurnTimings,
  text: string,
  base: number,
): WordTimings {
  if (text.length !== length || hashOf(text) !== hash) return noTimings
  const result: WordTiming[] = []
  let [at, time, sure] = [0, 0, 0]
  for (const entry of words === '' ? [] : words.split(';')) {
    const [gap, letters, pause, lasts, percent = sure] = entry.split(' ').map(Number)
    if (gap === undefined || letters === undefined || pause === undefined || lasts === undefined)
      return noTimings
    const from = at + gap
    const start = time + pause
    const isSound =
      [gap, letters, lasts].every((value) => value >= 0) && start >= 0 && from + letters <= length
    if (!isSound || !Number.isFinite(start + lasts) || !(percent >= 0 && percent <= 100)) return noTimings
    ;[at, time, sure] = [from + letters, start + lasts, percent]
    result.push({
      from: base + from,
      to: base + at,
      start: start / 1000,
      end: time / 1000,
      confidence: percent / 100,
    })
  }
  return {
    words: result,
    doubts: doubts
      .filter(([from, to]) => from < to && to <= length)
      .map(([from, to, start, end, confidence]) => ({
        from: base + from,
        to: base + to,
        start: end === null ? null : start,
        end: start === null ? null : end,
        confidence,
      })),
    untold: untold
      .filter(([position]) => position <= length)
      .map(([position, start, end]) => ({ position: base + position, start, end: Math.max(start, end) })),
    doubtfulBelow: 0,
  }
}

/** FNV-1a over UTF-16 units, base 36: it tells whether a text is the same, no more. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(36)
}
