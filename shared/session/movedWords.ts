import type { ChangeDesc } from '@codemirror/state'
import { wordsOf } from '../alignment/text/segments'
import { lastWhere } from '../lastWhere'
import type { WordTiming } from './words'

interface Changed {
  readonly fromA: number
  readonly toA: number
  readonly fromB: number
  readonly toB: number
}

/** Words of a text as they lie in the text that it was changed into. A word keeps its stretch of the recording whatever becomes of its
 *  letters; what is typed at its edge shares the stretch, and so do the words that replace others; what is pasted behind a line end has none. */
export class MovedWords {
  readonly #changed: readonly Changed[]

  /** @param words of the earlier text, in order, apart @param slice reads the present text */
  constructor(
    private readonly words: readonly WordTiming[],
    changes: ChangeDesc | null,
    private readonly slice: (from: number, to: number) => string,
  ) {
    const changed: Changed[] = []
    changes?.iterChangedRanges((fromA, toA, fromB, toB) => changed.push({ fromA, toA, fromB, toB }))
    this.#changed = changed
  }

  /** All of them. */
  all(): WordTiming[] {
    if (this.#changed.length === 0) return [...this.words]
    const result: WordTiming[] = []
    for (let index = 0; index < this.words.length; ) {
      const cluster = this.#clusterOf(index)
      for (const word of this.#placed(cluster)) result.push(word)
      index = cluster.last + 1
    }
    return result
  }

  /** The word that is said at `time` (seconds); `null` between words. */
  at(time: number): WordTiming | null {
    const index = lastWhere(this.words, ({ start }) => start <= time)
    if (index < 0) return null
    return this.#near(index).findLast(({ start, end }) => start <= time && time < end) ?? null
  }

  /** The word that a position of the present text stands in, at its start or its end; `null` where no time is known. */
  over(position: number): WordTiming | null {
    const index = lastWhere(this.words, ({ from }) => from <= this.before(position))
    for (const candidate of [index + 1, index]) {
      if (candidate < 0 || candidate >= this.words.length) continue
      const word = this.#near(candidate).findLast(({ from, to }) => from <= position && position <= to)
      if (word) return word
    }
    return null
  }

  /** Where a position of the earlier text lies now; `side` as in `ChangeDesc.mapPos`. */
  now(position: number, side: 1 | -1): number {
    const change = this.#changed[lastWhere(this.#changed, ({ fromA }) => fromA <= position)]
    if (!change || (position === change.fromA && (side < 0 || change.toA > change.fromA)))
      return change ? change.fromB : position
    if (position < change.toA) return side < 0 ? change.fromB : change.toB
    return change.toB + position - change.toA
  }

  /** Where a position of the present text was; inside new text, where that begins. */
  before(position: number): number {
    const change = this.#changed[lastWhere(this.#changed, ({ fromB }) => fromB <= position)]
    if (!change) return position
    return position <= change.toB ? change.fromA : change.toA + position - change.toB
  }

  #near(index: number): readonly WordTiming[] {
    return this.#placed(this.#clusterOf(index))
  }

  // The words and changes that hang together: each touches the next.
  #clusterOf(index: number): Cluster {
    let first = index
    let last = index
    const touching = (word: WordTiming, side: 1 | -1): number => {
      const { from, to } = word
      const change =
        side > 0
          ? lastWhere(this.#changed, ({ fromA }) => fromA <= to)
          : lastWhere(this.#changed, ({ toA }) => toA < from) + 1
      const entry = this.#changed[change]
      return entry && entry.fromA <= to && entry.toA >= from ? change : -1
    }
    for (;;) {
      const change = this.#changed[touching(this.words[first] as WordTiming, -1)]
      const before = this.words[first - 1]
      if (!change || !before || before.to < change.fromA) break
      first--
    }
    for (;;) {
      const change = this.#changed[touching(this.words[last] as WordTiming, 1)]
      const after = this.words[last + 1]
      if (!change || !after || after.from > change.toA) break
      last++
    }
    return {
      first,
      last,
      changeFrom: touching(this.words[first] as WordTiming, -1),
      changeTo: touching(this.words[last] as WordTiming, 1),
    }
  }

  #placed({ first, last, changeFrom, changeTo }: Cluster): readonly WordTiming[] {
    const own = this.words.slice(first, last + 1)
    if (changeFrom < 0 && changeTo < 0) {
      return own.map((word) => ({ ...word, from: this.now(word.from, 1), to: this.now(word.to, -1) }))
    }
    const changes = this.#changed.slice(changeFrom < 0 ? changeTo : changeFrom, changeTo + 1)
    const pieces: Piece[] = []
    const left: (Piece | null)[] = changes.map(() => null)
    const right: (Piece | null)[] = changes.map(() => null)
    const gone: WordTiming[][] = changes.map(() => [])
    for (const word of own) {
      let { from, to } = word
      for (const { fromA, toA } of changes) {
        if (fromA <= from && toA > from) from = Math.min(to, toA)
        if (toA >= to && fromA < to) to = Math.max(from, fromA)
      }
      if (from >= to) {
        gone[changes.findIndex(({ fromA, toA }) => fromA <= word.from && toA >= word.to)]?.push(word)
        continue
      }
      const place = { from: this.now(from, 1), to: this.now(to, -1) }
      const isWhole = changes.every(({ fromA, toA }) => toA <= word.from || fromA >= word.to)
      const piece = { word, whole: isWhole ? place : null, ...place }
      pieces.push(piece)
      changes.forEach(({ fromA, toA }, index) => {
        if (fromA === to) left[index] = piece
        if (toA === from) right[index] = piece
      })
    }
    changes.forEach((change, index) => {
      const lost = gone[index] as WordTiming[]
      if (lost.length === 0) this.#share(change, left[index] ?? null, right[index] ?? null)
      else pieces.push({ word: pooled(lost), whole: null, from: change.fromB, to: change.toB })
    })
    pieces.sort((a, b) => a.from - b.from || a.to - b.to)
    return pieces.flatMap((piece) => this.#split(piece))
  }

  // New text between two words: letters that touch a word belong to it, whole words to the one before, up to the end of the line.
  #share({ fromB, toB }: Changed, left: Piece | null, right: Piece | null): void {
    const text = this.slice(fromB, toB)
    const line = /[\n\r]/u.exec(text)
    const attached = /\S*$/u.exec(text)?.[0].length ?? 0
    const isWhole = attached === text.length
    if (left && right) {
      const tail = isWhole ? 0 : attached
      left.to = fromB + Math.min(line ? line.index : text.length, text.length - tail)
      right.from = toB - tail
    } else if (left) left.to = fromB + (line ? line.index : text.length)
    else if (right) right.from = toB - (line ? attached : text.length)
  }

  #split({ word, whole, from, to }: Piece): WordTiming[] {
    const text = this.slice(from, to)
    // A mark may hold several words; as long as it is whole it is one.
    if (from === whole?.from && to === whole.to) return [{ ...word, from, to }]
    const words = wordsOf(text, 'und')
    if (words.length <= 1) {
      // Signs without letters are a word up to the first gap.
      const signs = /\S+/u.exec(text)
      if (!signs) return []
      const { from: start, to: end } = words[0] ?? { from: signs.index, to: signs.index + signs[0].length }
      return [{ ...word, from: from + start, to: from + end }]
    }
    const total = words.reduce((sum, entry) => sum + entry.to - entry.from, 0)
    let passed = 0
    return words.map((entry) => {
      const at = () => word.start + (passed / total) * (word.end - word.start)
      const start = at()
      passed += entry.to - entry.from
      return { ...word, from: from + entry.from, to: from + entry.to, start, end: at() }
    })
  }
}

interface Cluster {
  readonly first: number
  readonly last: number
  /** Indices of the first and the last change; −1: none. */
  readonly changeFrom: number
  readonly changeTo: number
}

interface Piece {
  readonly word: WordTiming
  /** Where all its letters lie, untouched. */
  readonly whole: { readonly from: number; readonly to: number } | null
  from: number
  to: number
}

function pooled(words: readonly WordTiming[]): WordTiming {
  const [first] = words as [WordTiming]
  const last = words.at(-1) as WordTiming
  return {
    ...first,
    to: last.to,
    end: Math.max(first.end, last.end),
    confidence: Math.min(...words.map(({ confidence }) => confidence)),
  }
}
