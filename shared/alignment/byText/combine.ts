import type { AlignedRange, Alignment, AlignmentText } from '../alignment'
import { turnsFrom, unknownFrom } from '../report'
import { median } from '../statistics'
import type { Transfer } from './transferTimes'

/** Seconds by which two placements of one sentence may differ, above what they differ by as a rule. */
const tolerance = 0.45

/** Confidence from which a placement by itself is believed. */
const sureByEar = 0.95
const sureByText = 0.9

/** Confidence below which a place by text alone is a guess. */
const guessed = 0.8

/** What two alignments of the same text that know nothing of each other say together: `byEar` from the sound, `byText` from a recogniser's
 *  words. Where they agree the ear's times stand and confidence rises; where they do not, the surer one stands and confidence falls; what only
 *  one of them found is taken where it fits between its neighbours. A recogniser that is late or early throughout is put right first. */
export function combine(text: AlignmentText, byEar: Alignment, { alignment: byText }: Transfer): Alignment {
  if (byText.refused !== undefined) return byEar
  if (byEar.refused !== undefined) return byText
  const late = lateness(byEar, byText)
  const heard = byText.sentences.map((sentence) => shifted(sentence, -late))
  const fromText = new Set<number>()
  const decided = byEar.sentences.map((ear, k) => {
    const other = heard[k]
    if (!other || other.from !== ear.from || other.to !== ear.to) return ear
    const decision = decide(ear, other, overlapWith(byText.speechWithoutText, ear, late))
    if (decision.isByText) fromText.add(k)
    return decision.range
  })
  const sentences = inOrder(decided, byEar.sentences, fromText)
  return {
    ...byEar,
    turns: turnsFrom(
      text,
      turnsOfSentences(text, sentences),
      sentences.map(({ start, end, confidence }) =>
        start === null || end === null ? null : { start, end, confidence },
      ),
      byEar.doubtfulBelow,
    ),
    sentences,
    words: wordsOf(sentences, byEar, byText, fromText, late),
    unknown: unknownFrom(text, sentences),
    speechWithoutText: [...withoutSentences(byEar.speechWithoutText, sentences, fromText)],
  }
}

function shifted(range: AlignedRange, by: number): AlignedRange {
  if (range.start === null || range.end === null) return range
  return { ...range, start: Math.max(0, range.start + by), end: Math.max(0, range.end + by) }
}

/** Seconds that the recogniser's starts come after the ear's, in the middle of those that both are sure of. */
function lateness(byEar: Alignment, byText: Alignment): number {
  const differences = byEar.sentences
    .flatMap((ear, k) => {
      const other = byText.sentences[k]
      return other &&
        ear.start !== null &&
        other.start !== null &&
        ear.confidence >= sureByEar &&
        other.confidence >= sureByText
        ? [other.start - ear.start]
        : []
    })
    .filter((difference) => Math.abs(difference) < 5)
  return differences.length >= 5 ? (median(differences) as number) : 0
}

/** @param elsewise share of the ear's stretch in which the recogniser heard what is not in the text */
function decide(
  ear: AlignedRange,
  other: AlignedRange,
  elsewise: number,
): { readonly range: AlignedRange; readonly isByText: boolean } {
  const byEar = (doubt: number) => ({
    range: { ...ear, confidence: ear.confidence * doubt },
    isByText: false,
  })
  const byText = { range: { ...other, confidence: other.confidence * 0.9 }, isByText: true }
  // Where the recogniser heard nothing it says nothing; where it heard something else, the text may never have been said.
  if (other.start === null) return byEar(elsewise > 0.5 ? 0.6 : 1)
  if (ear.start === null) return other.confidence < guessed ? byEar(1) : byText
  if (Math.abs(other.start - ear.start) <= tolerance) {
    const confidence = 1 - (1 - ear.confidence) * (1 - other.confidence)
    return { range: { ...ear, confidence }, isByText: false }
  }
  if (other.confidence < sureByText) return byEar(1)
  return ear.confidence < sureByEar ? byText : byEar(0.75)
}

function overlapWith(
  stretches: Alignment['speechWithoutText'],
  { start, end }: AlignedRange,
  late: number,
): number {
  if (start === null || end === null || end <= start) return 0
  let shared = 0
  for (const [from, to] of stretches)
    shared += Math.max(0, Math.min(end, to - late) - Math.max(start, from - late))
  return shared / (end - start)
}

// What is taken from the recogniser must not run into what the ear placed on either side; then the ear's own finding stands.
function inOrder(
  decided: readonly AlignedRange[],
  byEar: readonly AlignedRange[],
  fromText: Set<number>,
): AlignedRange[] {
  const next: number[] = []
  let after = Number.POSITIVE_INFINITY
  for (let k = decided.length - 1; k >= 0; k--) {
    next[k] = after
    const start = fromText.has(k) ? null : decided[k]?.start
    after = Math.min(after, start ?? Number.POSITIVE_INFINITY)
  }
  let before = 0
  return decided.map((range, k) => {
    const { start } = range
    if (start === null) return range
    const isFitting = start >= before - tolerance && start <= (next[k] as number) + tolerance
    const chosen = fromText.has(k) && !isFitting ? (byEar[k] as AlignedRange) : range
    if (chosen !== range) fromText.delete(k)
    if (fromText.has(k)) {
      const begin = Math.max(before, Math.min(start, next[k] as number))
      before = begin
      return { ...range, start: begin, end: Math.max(begin, Math.min(range.end ?? begin, next[k] as number)) }
    }
    before = Math.max(before, chosen.start ?? before)
    return chosen
  })
}

function turnsOfSentences(
  { pieces }: AlignmentText,
  sentences: readonly AlignedRange[],
): { readonly turn: number }[] {
  let at = 0
  return sentences.map(({ from }) => {
    while (at + 1 < pieces.length && (pieces[at] as { to: number }).to <= from) at++
    return { turn: pieces[at]?.turn ?? 0 }
  })
}

function wordsOf(
  sentences: readonly AlignedRange[],
  byEar: Alignment,
  byText: Alignment,
  fromText: ReadonlySet<number>,
  late: number,
): AlignedRange[] {
  const result: AlignedRange[] = []
  let [ear, other] = [0, 0]
  for (const [k, sentence] of sentences.entries()) {
    const isByText = fromText.has(k)
    while (ear < byEar.words.length && (byEar.words[ear] as AlignedRange).from < sentence.to) {
      const word = byEar.words[ear++] as AlignedRange
      if (!isByText)
        result.push(
          word.start === null
            ? word
            : { ...word, confidence: Math.min(word.confidence, sentence.confidence) },
        )
    }
    while (other < byText.words.length && (byText.words[other] as AlignedRange).from < sentence.to) {
      const word = shifted(byText.words[other++] as AlignedRange, -late)
      if (!isByText) continue
      const [low, high] = [sentence.start ?? 0, sentence.end ?? 0]
      const within = (time: number) => Math.max(low, Math.min(high, time))
      result.push(
        word.start === null || word.end === null
          ? word
          : {
              ...word,
              start: within(word.start),
              end: within(word.end),
              confidence: Math.min(word.confidence, sentence.confidence),
            },
      )
    }
  }
  return result
}

// What the ear took for speech of nobody is a sentence's where the recogniser placed one.
function withoutSentences(
  stretches: Alignment['speechWithoutText'],
  sentences: readonly AlignedRange[],
  fromText: ReadonlySet<number>,
): Alignment['speechWithoutText'] {
  const taken = [...fromText].map((k) => sentences[k] as AlignedRange)
  return stretches.filter(
    ([from, to]) =>
      !taken.some(
        ({ start, end }) =>
          start !== null && end !== null && Math.min(to, end) - Math.max(from, start) > 0.5 * (to - from),
      ),
  )
}
