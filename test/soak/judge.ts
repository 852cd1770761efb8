/** What the app took at one moment, after everything that could be collected was. */
export interface Look {
  /** Since the start. */
  readonly minute: number
  /** By kind of process: what it has to itself and its share of what it has with others (Linux's PSS). */
  readonly megabytes: Readonly<Record<string, number>>
  /** Megabytes that the page's and its workers' scripts hold. */
  readonly heap: number
  readonly nodes: number
  readonly listeners: number
  readonly documents: number
  /** Of the main process. */
  readonly descriptors: number
  readonly workers: number
  /** Steps that went into the undo history so far. */
  readonly steps: number
}

/** What may come: megabytes once, while code is still compiled and pools fill; megabytes a minute; and kilobytes for each step of the undo
 *  history, with the times that it brings back and the carets between. A leak of more a minute fails as soon as it has had the time to
 *  exceed what may come once. */
export const allowance = {
  processes: { once: 6, aMinute: 0.1, aStep: 6 },
  heap: { once: 1.5, aMinute: 0.02, aStep: 6 },
} as const

/** Nodes that may come: Chromium's own undo stack of what is editable, 1,000 steps, holds the lines that were drawn anew. */
const mostNodes = 5000

/** Minutes of looks below which memory is told and not judged: the warm-up would be. */
export const fewestMinutes = 2.5

export interface Judged {
  /** From the first look that counts to the last. */
  readonly minutesMeasured: number
  readonly looks: number
  readonly steps: number
  /** All processes, medians of the first and the last quarter; megabytes. */
  readonly processes: readonly [number, number]
  /** Megabytes a minute, all processes together and each kind; the median of the slopes between any two looks (Theil and Sen). */
  readonly slope: number
  readonly slopes: Readonly<Record<string, number>>
  /** Script memory: medians and slope, likewise. */
  readonly heap: readonly [number, number]
  readonly heapSlope: number
  readonly nodes: readonly [number, number]
  readonly listeners: readonly [number, number]
  readonly descriptors: readonly [number, number]
  readonly workers: readonly [number, number]
  readonly problems: readonly string[]
}

/** Tells growth from noise in what was looked at after the warm-up. */
export function judge(looks: readonly Look[]): Judged {
  const quarter = Math.max(1, Math.floor(looks.length / 4))
  const pair = (of: (look: Look) => number): [number, number] => [
    round(median(looks.slice(0, quarter).map(of))),
    round(median(looks.slice(-quarter).map(of))),
  ]
  const minutes = looks.map(({ minute }) => minute)
  const slopeOf = (of: (look: Look) => number) => round(slope(minutes, looks.map(of)))
  const total = ({ megabytes }: Look) => Object.values(megabytes).reduce((sum, entry) => sum + entry, 0)
  const kinds = [...new Set(looks.flatMap(({ megabytes }) => Object.keys(megabytes)))]
  const [first, last] = [looks[0], looks.at(-1)]
  const minutesMeasured = (last?.minute ?? 0) - (first?.minute ?? 0)
  const steps = (last?.steps ?? 0) - (first?.steps ?? 0)
  const judged = {
    minutesMeasured: round(minutesMeasured),
    looks: looks.length,
    steps,
    processes: pair(total),
    slope: slopeOf(total),
    slopes: Object.fromEntries(kinds.map((kind) => [kind, slopeOf(({ megabytes }) => megabytes[kind] ?? 0)])),
    heap: pair(({ heap }) => heap),
    heapSlope: slopeOf(({ heap }) => heap),
    nodes: pair(({ nodes }) => nodes),
    listeners: pair(({ listeners }) => listeners),
    descriptors: pair(({ descriptors }) => descriptors),
    workers: pair(({ workers }) => workers),
  }
  const problems: string[] = []
  const check = (isGrown: boolean, what: string) => {
    if (isGrown) problems.push(what)
  }
  for (const [what, aMinute] of [
    ['processes', judged.slope],
    ['heap', judged.heapSlope],
  ] as const) {
    const may = allowance[what]
    const most = may.once + may.aMinute * minutesMeasured + (may.aStep * steps) / 1024
    const grown = aMinute * minutesMeasured
    const isGrown = minutesMeasured >= fewestMinutes && grown > most
    check(isGrown, `memory (${what}) grew by ${round(grown)} MB, ${round(most)} may come`)
  }
  check(judged.nodes[1] > judged.nodes[0] + mostNodes, 'nodes of the page are left')
  check(judged.listeners[1] > judged.listeners[0] + 50, 'listeners are left')
  check(judged.descriptors[1] > judged.descriptors[0] + 3, 'descriptors are left open')
  check(judged.workers[1] > judged.workers[0], 'workers are left')
  return { ...judged, problems }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

// The median of all pairs: a single outlier, a collection that came late, does not tip it.
function slope(x: readonly number[], y: readonly number[]): number {
  const slopes: number[] = []
  for (let first = 0; first < x.length; first++) {
    for (let second = first + 1; second < x.length; second++) {
      const width = (x[second] as number) - (x[first] as number)
      if (width > 0) slopes.push(((y[second] as number) - (y[first] as number)) / width)
    }
  }
  return median(slopes)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
