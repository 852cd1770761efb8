type Within = 0.25 | 0.5 | 1

/** The share (%) of turn starts or sentence ends within so many seconds. */
interface ShareBar {
  readonly of: 'turn' | 'end'
  readonly within: Within
  readonly least: number
}

/** A number that must not be under (`absent`, `auc`, `misplacedBelow`) or over its limit (the others). */
interface LimitBar {
  readonly of: 'absent' | 'auc' | 'misplacedBelow' | 'memory' | 'seconds' | 'lost' | 'rightBelow'
  readonly limit: number
}

/** What a set must reach. */
export type Bar = ShareBar | LimitBar

const turn = (within: Within, least: number): Bar => ({ of: 'turn', within, least })
const end = (least: number): Bar => ({ of: 'end', within: 0.25, least })
const hard: readonly Bar[] = [
  turn(0.5, 98.5),
  turn(1, 99),
  end(97),
  { of: 'absent', limit: 90 },
  { of: 'lost', limit: 0.5 },
  { of: 'auc', limit: 0.97 },
  { of: 'misplacedBelow', limit: 90 },
  { of: 'rightBelow', limit: 5 },
]
const twoHours: readonly Bar[] = [
  { of: 'seconds', limit: 90 },
  { of: 'memory', limit: 400 },
]

/** The sets of `gen.py` and the one of distinct sentences, with their bars. */
export const sets: Readonly<Record<string, readonly Bar[]>> = {
  en10: [turn(0.25, 99), end(98)],
  fr10: [turn(0.25, 99), end(98)],
  it10: [turn(0.25, 99), end(98)],
  en10snr20: [turn(0.25, 99), end(98)],
  en10snr10: [turn(0.25, 98), end(97)],
  en10edit: [turn(0.5, 99)],
  en60: [turn(0.25, 99.5), end(98)],
  en60edit: [turn(0.5, 99)],
  en60hard: hard,
  en120: [turn(0.25, 99.5), end(98), ...twoHours],
  en120hard: hard,
  distinct120: [turn(0.25, 99.5), end(98), ...twoHours],
}

/** What `score.py` printed. Shares in %; `null` where it says nothing. */
export interface Score {
  readonly turn: Readonly<Record<string, number>>
  readonly end: Readonly<Record<string, number>>
  readonly sentences: number
  readonly lost: number
  readonly absent: number | null
  readonly auc: number | null
  readonly misplacedBelow: number | null
  readonly rightBelow: number | null
}

/** Reads the output of `score.py`. */
export function readScore(printed: string): Score {
  const shares = (line: string) =>
    Object.fromEntries(
      [
        ...(new RegExp(`^${line} .*$`, 'mu').exec(printed)?.[0] ?? '').matchAll(/<=([\d.]+)s +([\d.]+)%/gu),
      ].map(([, within, share]) => [String(Number(within)), Number(share)]),
    )
  const number = (pattern: RegExp) => {
    const found = pattern.exec(printed)?.[1]
    return found === undefined ? null : Number(found)
  }
  const absent = /absent turns recognised (\d+) of (\d+)/u.exec(printed)
  const sentences = number(/^sentence start .*?n=(\d+)/mu) ?? 0
  return {
    turn: shares('turn start'),
    end: shares('sentence end'),
    sentences,
    lost: (100 * (number(/^not placed (\d+)/mu) ?? 0)) / Math.max(1, sentences),
    absent: absent && Number(absent[2]) > 0 ? (100 * Number(absent[1])) / Number(absent[2]) : null,
    auc: number(/AUC ([\d.]+)/u),
    misplacedBelow: number(/: ([\d.]+)% of misplaced/u),
    rightBelow: number(/misplaced \(>0\.5 s\), ([\d.]+)% of right/u),
  }
}

/** What was not reached, in words; a bar about which a set says nothing counts as reached. */
export function missed(
  bars: readonly Bar[],
  score: Score,
  { seconds, megabytes }: { readonly seconds: number; readonly megabytes: number | null },
): readonly string[] {
  return bars.flatMap((bar) => {
    if ('least' in bar) {
      const share = score[bar.of][String(bar.within)]
      return share !== undefined && share < bar.least
        ? [`${bar.of} within ${bar.within} s: ${share} % < ${bar.least} %`]
        : []
    }
    const value = bar.of === 'memory' ? megabytes : bar.of === 'seconds' ? seconds : score[bar.of]
    const isMost = ['memory', 'seconds', 'lost', 'rightBelow'].includes(bar.of)
    return value !== null && (isMost ? value > bar.limit : value < bar.limit)
      ? [`${bar.of}: ${value.toFixed(2)}, not ${bar.limit}`]
      : []
  })
}
