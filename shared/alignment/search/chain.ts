import type { SpokenWord } from '../voice/clips'

/** What a state of the chain stands for. */
export const kind = {
  /** The second half of a phone. */
  second: 0,
  /** The first half of a phone within a word, of the first one of a word, and of the first one of a unit. */
  inner: 1,
  word: 3,
  sentence: 6,
  /** Silence between words: at a mark, and where the text has none. */
  pause: 2,
  link: 7,
  /** Between units: what is not in the text, and silence. */
  filler: 4,
  quiet: 5,
  none: 8,
} as const

/** Unused states before the first, so that predecessors always exist. */
export const padding = 4

/** A unit's sounds, for the chain. */
export interface ChainUnit {
  readonly words: readonly SpokenWord[]
  readonly turn: number
  /** Whose models score it. */
  readonly voice: number
  readonly isAfterUnknown: boolean
}

/** The text as a row of states: before each unit (and behind the last) one of filler and one of silence, then two for every phone, with an
 *  optional silence between words. */
export interface Chain {
  readonly units: number
  readonly states: number
  readonly kinds: Uint8Array
  readonly models: Int32Array
  /** Unit of each state. */
  readonly owner: Int32Array
  /** Word within the unit; −1 between words. */
  readonly word: Int32Array
  /** The filler state before each unit, and behind the last. */
  readonly boundary: Int32Array
  /** Phones of each unit. */
  readonly phones: Int32Array
  /** Behind a turn of several units, the boundary before it: the whole turn can be left out. −1 elsewhere. */
  readonly turnSkip: Int32Array
  /** Something unknown is said before the unit. */
  readonly isFree: Uint8Array
}

/** @param perVoice models of a voice: twice as many as there are phones, silence included */
export function chainOf(units: readonly ChainUnit[], perVoice: number): Chain {
  const kinds: number[] = Array(padding).fill(kind.none)
  const models: number[] = Array(padding).fill(0)
  const owner: number[] = Array(padding).fill(0)
  const word: number[] = Array(padding).fill(-1)
  const boundary: number[] = []
  const push = (what: number, model: number, unit: number, within: number) => {
    kinds.push(what)
    models.push(model)
    owner.push(unit)
    word.push(within)
  }
  const pushBoundary = (unit: number) => {
    boundary.push(kinds.length)
    push(kind.filler, 0, unit, -1)
    push(kind.quiet, 0, unit, -1)
  }
  units.forEach(({ words, voice }, unit) => {
    const base = voice * perVoice
    pushBoundary(unit)
    words.forEach(({ phones, isAfterMark }, w) => {
      if (w > 0) push(isAfterMark ? kind.pause : kind.link, 0, unit, -1)
      phones.forEach((phone, p) => {
        push(p > 0 ? kind.inner : w > 0 ? kind.word : kind.sentence, base + 2 * phone, unit, w)
        push(kind.second, base + 2 * phone + 1, unit, w)
      })
    })
  })
  pushBoundary(units.length)
  const turnSkip = new Int32Array(units.length + 1).fill(-1)
  for (let k = 1; k <= units.length; k++) {
    const turn = units[k - 1]?.turn
    if (units[k]?.turn === turn) continue
    let first = k - 1
    while (first > 0 && units[first - 1]?.turn === turn) first--
    if (first < k - 1) turnSkip[k] = first
  }
  return {
    units: units.length,
    states: kinds.length,
    kinds: Uint8Array.from(kinds),
    models: Int32Array.from(models),
    owner: Int32Array.from(owner),
    word: Int32Array.from(word),
    boundary: Int32Array.from(boundary),
    phones: Int32Array.from(units, ({ words }) => words.reduce((sum, { phones }) => sum + phones.length, 0)),
    turnSkip,
    isFree: Uint8Array.from({ length: units.length + 1 }, (_, k) => (units[k]?.isAfterUnknown ? 1 : 0)),
  }
}
