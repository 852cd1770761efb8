import type { AlignedRange, Alignment, AlignmentRefusal, AlignmentText, Pin } from '../alignment'
import { sentencesFrom, type Timed, turnsFrom, unknownFrom } from '../report'
import { type Unit, unitsOf, wordsOf } from '../text/segments'
import { syllables } from '../text/syllables'
import { confidenceOf, type FoundWord } from './foundWord'
import type { HeardWord } from './heardWords'
import { matchTokens, type TokenMatch } from './matchTokens'
import { placeUnmatched } from './placeUnmatched'
import { type Suggestion, suggestionsFor } from './suggestions'
import { type Token, tokensOf } from './tokens'

/** Sentences with less confidence are doubtful. */
const doubtfulBelow = 0.8

/** Least share of the shorter text that must have found its like, so that both can be of the same speech. */
const leastShare = 0.25

/** The same for a sentence of four words or more. */
const leastOfSentence = 0.2

/** Seconds of heard words without a counterpart that count as speech without text. */
const leastSpeech = 1.5

export interface TransferOptions {
  readonly language?: string
  readonly pins?: readonly Pin[]
  /** Of the recording, seconds; otherwise as far as words were heard. */
  readonly duration?: number
}

export interface Transfer {
  /** As the acoustic aligner tells it. */
  readonly alignment: Alignment
  /** What was heard where the text has an inaudible mark. */
  readonly suggestions: readonly Suggestion[]
}

/** Gives a text the times of words that a recogniser heard in the same recording, by laying text beside text (see `docs/alignment.md`). The
 *  text stays as it is. */
export function transferTimes(
  text: AlignmentText,
  heard: readonly HeardWord[],
  options: TransferOptions = {},
): Transfer {
  const pins = [...(options.pins ?? [])].sort((a, b) => a.at - b.at || a.time - b.time)
  const { units, language } = unitsOf(text, pins, options.language)
  const { words, tokens } = wordsAndTokens(units)
  const heardTokens = tokensOf(
    heard.map((word) => word.text),
    language,
  )
  const match = matchTokens(
    tokens.map(({ key }) => key),
    heardTokens.map(({ key }) => key),
    behindMarks(text, tokens, words),
  )
  const duration = Math.max(options.duration ?? 0, heard.at(-1)?.end ?? 0)
  const refused = refusal(tokens, heardTokens, match)
  if (!refused) {
    takeTimes(words, tokens, match, heard, heardTokens)
    dropAcrossPins(words, pins)
    placeUnmatched(words, heard, duration)
  }
  const timed = timesOfUnits(units, words, tokens, match)
  const sentences = sentencesFrom(units, timed)
  const suggestions = refused ? [] : suggestionsFor(text, words, heard)
  const alignment: Alignment = {
    language,
    duration,
    turns: turnsFrom(text, units, timed, doubtfulBelow),
    sentences,
    words: words.map((word): AlignedRange => {
      const { from, to, start, end } = word
      return { from, to, start, end, confidence: start === null ? 0 : confidenceOf(word) }
    }),
    unknown: unknownFrom(text, sentences),
    speechWithoutText: refused ? [] : withoutText(words, heard, suggestions),
    doubtfulBelow,
    ...(refused ? { refused } : {}),
  }
  return { alignment, suggestions }
}

function refusal(
  tokens: readonly Token[],
  heard: readonly Token[],
  { share }: TokenMatch,
): AlignmentRefusal | null {
  if (tokens.length === 0) return 'noText'
  if (heard.length === 0) return 'noSpeech'
  return share < leastShare ? 'foreignText' : null
}

function wordsAndTokens(units: readonly Unit[]): { words: FoundWord[]; tokens: Token[] } {
  const words: FoundWord[] = []
  const tokens: Token[] = []
  for (const [unit, { from, text: said, language }] of units.entries()) {
    const ranges = wordsOf(said, language)
    const texts = ranges.map((range) => said.slice(range.from, range.to))
    const first = words.length
    for (const token of tokensOf(texts, language)) tokens.push({ ...token, word: first + token.word })
    for (const [k, range] of ranges.entries())
      words.push({
        from: from + range.from,
        to: from + range.to,
        unit,
        syllables: Math.max(0.5, syllables(texts[k] as string)),
        start: null,
        end: null,
        evidence: 'none',
        isTimed: false,
        heard: null,
      })
  }
  return { words, tokens }
}

function behindMarks(
  { pieces }: AlignmentText,
  tokens: readonly Token[],
  words: readonly FoundWord[],
): ReadonlySet<number> {
  const marks = new Set<number>()
  let next = 0
  for (const { kind, to } of pieces) {
    if (kind !== 'unknown') continue
    while (next < tokens.length && (words[(tokens[next] as Token).word] as FoundWord).from < to) next++
    marks.add(next)
  }
  return marks
}

// A word starts with its first key that has a counterpart, and ends with its last.
function takeTimes(
  words: readonly FoundWord[],
  tokens: readonly Token[],
  { counterpart }: TokenMatch,
  heard: readonly HeardWord[],
  heardTokens: readonly Token[],
): void {
  for (const [index, { word: number, from }] of tokens.entries()) {
    const found = counterpart[index] as number
    if (found === -1) continue
    const isReplaced = found < 0
    const theirs = heardTokens[isReplaced ? -2 - found : found] as Token
    const { start, end, isTimed } = heard[theirs.word] as HeardWord
    const word = words[number] as FoundWord
    const isSame = !isReplaced && tokens[index]?.key === theirs.key
    if (word.start === null) {
      word.start = start + (end - start) * theirs.from
      word.isTimed = isTimed && theirs.from === 0 && from === 0
      word.evidence = isReplaced ? 'replaced' : isSame ? 'same' : 'alike'
      word.heard = [theirs.word, theirs.word]
    } else {
      word.heard = [word.heard?.[0] ?? theirs.word, theirs.word]
      if (word.evidence === 'replaced' && !isReplaced) word.evidence = 'alike'
    }
    word.end = Math.max(word.start, start + (end - start) * theirs.to)
  }
}

function dropAcrossPins(words: readonly FoundWord[], pins: readonly Pin[]): void {
  const latest: number[] = []
  let limit = Number.POSITIVE_INFINITY
  for (let k = words.length - 1, pin = pins.length - 1; k >= 0; k--) {
    while (pin >= 0 && (pins[pin] as Pin).at > (words[k] as FoundWord).from)
      limit = Math.min(limit, (pins[pin--] as Pin).time)
    latest[k] = limit
  }
  let [earliest, pin] = [0, 0]
  for (const [k, word] of words.entries()) {
    while (pin < pins.length && (pins[pin] as Pin).at <= word.from)
      earliest = Math.max(earliest, (pins[pin++] as Pin).time)
    if (word.start === null || word.end === null) continue
    // What only reaches over a pin is cut there: a recogniser's times are not that sharp.
    const [start, end] = [Math.max(word.start, earliest), Math.min(word.end, latest[k] as number)]
    const isAcross = word.end < earliest || word.start > (latest[k] as number)
    word.start = isAcross ? null : start
    word.end = isAcross ? null : Math.max(start, end)
    if (isAcross) {
      word.evidence = 'none'
      word.heard = null
    }
  }
}

function timesOfUnits(
  units: readonly Unit[],
  words: readonly FoundWord[],
  tokens: readonly Token[],
  { counterpart, weight }: TokenMatch,
): (Timed | null)[] {
  const [matched, all] = [new Float64Array(units.length), new Float64Array(units.length)]
  for (const [k, { word }] of tokens.entries()) {
    const { unit } = words[word] as FoundWord
    all[unit] = (all[unit] as number) + (weight[k] as number)
    if ((counterpart[k] as number) >= 0) matched[unit] = (matched[unit] as number) + (weight[k] as number)
  }
  const result: (Timed | null)[] = units.map(() => null)
  for (let k = 0; k < words.length; ) {
    const { unit } = words[k] as FoundWord
    let last = k
    while (words[last + 1]?.unit === unit) last++
    const own = words.slice(k, last + 1)
    const placed = own.filter(({ start }) => start !== null)
    k = last + 1
    const first = placed[0]
    const share = (matched[unit] as number) / Math.max(1e-9, all[unit] as number)
    const isChance = share < leastOfSentence && own.length >= 4 && first?.evidence !== 'far'
    // Most of it was not heard, and there is no room for it.
    if (!first || isChance || 2 * placed.length < own.length) {
      for (const word of own) word.start = word.end = null
      continue
    }
    const isWhole = own[0] === first
    result[unit] = {
      start: first.start as number,
      end: placed.at(-1)?.end as number,
      confidence: confidenceOf(first) * Math.min(1, 0.5 + share) * (isWhole ? 1 : 0.6),
    }
  }
  return result
}

// What was heard between two words that follow each other in the text, and what follows or precedes all of it.
function withoutText(
  words: readonly FoundWord[],
  heard: readonly HeardWord[],
  suggestions: readonly Suggestion[],
): [number, number][] {
  const used = new Uint8Array(heard.length)
  let reached = 0
  for (const word of words) {
    if (word.heard) used.fill(1, word.heard[0], word.heard[1] + 1)
    else if (word.start !== null && word.end !== null) {
      while (reached < heard.length && (heard[reached] as HeardWord).end <= word.start) reached++
      for (let k = reached; k < heard.length && (heard[k] as HeardWord).start < word.end; k++) used[k] = 1
    }
  }
  // What a mark stands for is in the text.
  let suggested = 0
  for (const { start, end } of suggestions) {
    while (suggested < heard.length && (heard[suggested] as HeardWord).start < start) suggested++
    while (suggested < heard.length && (heard[suggested] as HeardWord).end <= end) used[suggested++] = 1
  }
  const result: [number, number][] = []
  for (let k = 0; k < heard.length; k++) {
    if (used[k]) continue
    let last = k
    while (last + 1 < heard.length && !used[last + 1]) last++
    const run = heard.slice(k, last + 1)
    const said = run.reduce((sum, { start, end }) => sum + end - start, 0)
    if (said >= leastSpeech) result.push([(heard[k] as HeardWord).start, (heard[last] as HeardWord).end])
    k = last
  }
  return result
}
