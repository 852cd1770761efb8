import { syllables } from '../text/syllables'

/** A word that a recogniser heard, or somebody's subtitle shows. */
export interface HeardWord {
  /** As written there, with its punctuation. */
  readonly text: string
  /** Seconds. */
  readonly start: number
  readonly end: number
  /** Its start was given, not shared out from a longer stretch. */
  readonly isTimed: boolean
}

/** A piece of a recogniser's output: a word, a longer stretch, or punctuation. Seconds; `null` where no time is given. */
export interface HeardPart {
  readonly text: string
  readonly start: number | null
  readonly end: number | null
}

/** Seconds a syllable takes where no time tells. */
const usualSyllable = 0.22

const hasSound = /[\p{L}\p{N}]/u
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** Cuts parts into words in the order of time. Stretches of several words share their time by syllables, words without a time take what
 *  lies between their neighbours, punctuation joins the word before it. Parts that end before they start are taken as instants. */
export function heardWords(parts: readonly HeardPart[]): HeardWord[] {
  const words: { text: string; start: number | null; end: number | null; isTimed: boolean }[] = []
  for (const { text, start, end } of parts) {
    const pieces = piecesOf(text)
    if (!pieces.some((piece) => hasSound.test(piece))) {
      const last = words.at(-1)
      if (last) last.text += text.trim()
      continue
    }
    if (pieces.length === 1 || start === null || end === null) {
      for (const [index, piece] of pieces.entries())
        words.push({
          text: piece,
          start: index === 0 ? start : null,
          end: index === pieces.length - 1 ? end : null,
          isTimed: index === 0 && start !== null,
        })
      continue
    }
    const weights = pieces.map((piece) => Math.max(0.5, syllables(piece)))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const length = Math.max(0, end - start)
    let before = 0
    for (const [index, piece] of pieces.entries()) {
      const weight = weights[index] as number
      words.push({
        text: piece,
        start: start + (length * before) / total,
        end: start + (length * (before + weight)) / total,
        isTimed: index === 0,
      })
      before += weight
    }
  }
  const timed = withTimes(words)
  const isRising = timed.every(({ start }, k) => k === 0 || start >= (timed[k - 1] as HeardWord).start)
  return isRising ? timed : timed.sort((a, b) => a.start - b.start)
}

/** Cuts a text at white space, and between the words of scripts that write none; punctuation stays with the word before it. */
function piecesOf(text: string): string[] {
  return text
    .split(/\s+/u)
    .filter((piece) => piece !== '')
    .flatMap((piece) => {
      if (!unspaced.test(piece) || piece.length < 2) return [piece]
      const cut: string[] = []
      for (const { segment, isWordLike } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(
        piece,
      )) {
        if (isWordLike || cut.length === 0) cut.push(segment)
        else cut[cut.length - 1] += segment
      }
      return cut
    })
}

function withTimes(
  words: readonly { text: string; start: number | null; end: number | null; isTimed: boolean }[],
): HeardWord[] {
  const result: HeardWord[] = []
  for (let k = 0; k < words.length; ) {
    const { text, start, end, isTimed } = words[k] as (typeof words)[number]
    const next = words[k + 1]?.start ?? null
    if (start !== null) {
      const stop = end ?? Math.min(next ?? Number.POSITIVE_INFINITY, start + usualSyllable * syllables(text))
      result.push({ text, start, end: Math.max(start, stop), isTimed })
      k++
      continue
    }
    let last = k
    while (last + 1 < words.length && words[last]?.end === null && words[last + 1]?.start === null) last++
    const run = words.slice(k, last + 1)
    const weights = run.map((word) => Math.max(0.5, syllables(word.text)))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const stop = run.at(-1)?.end ?? words[last + 1]?.start ?? null
    const from = result.at(-1)?.end ?? Math.max(0, (stop ?? 0) - total * usualSyllable)
    const length = Math.max(0, Math.min((stop ?? Number.POSITIVE_INFINITY) - from, total * usualSyllable * 2))
    let before = 0
    for (const [index, word] of run.entries()) {
      const weight = weights[index] as number
      result.push({
        text: word.text,
        start: from + (length * before) / total,
        end: from + (length * (before + weight)) / total,
        isTimed: false,
      })
      before += weight
    }
    k = last + 1
  }
  return result
}
