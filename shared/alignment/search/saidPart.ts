import { ownWarpingKernel } from '../kernel/warpingKernel'
import { cepstrumCount, frameRate } from '../sound/spectrum'
import type { Track } from '../sound/track'
import { median } from '../statistics'
import type { Clip } from '../voice/clips'
import { type Stretch, splitPoint } from './splitPoint'
import { layColumns, type Rows } from './warp'
import { soundingFrames, soundRows, spokenFrames, textRows } from './warpRows'

/** What of a text is said in which part of a recording. */
export interface SaidPart {
  /** Clips `[first, last)`. */
  readonly first: number
  readonly last: number
  /** Frames `[from, to)`. */
  readonly from: number
  readonly to: number
}

/** Where a chunk of text fits: columns `[start, end)`. */
export interface Place {
  readonly start: number
  readonly end: number
  /** Deviations below the usual cost. */
  readonly gain: number
}

/** Frames of a row of text or column of sound, at least, and how many of either, at most. */
const shortestRow = 8
const mostRows = 8000
/** Longer rows, those of more than three hours, hold so many words that one is like the other. */
const longestRow = 150
/** Seconds of speech in a chunk of text. */
const chunkSeconds = 20
const mostChunks = 48
const fewestRows = 40
/** Places of a chunk that are looked at. */
const mostPlaces = 12
/** Gain from which on a chunk has a place that is not chance alone. */
const leastGain = 2
/** From which on it is not by chance, once others bear it out at any pace. */
const sureGain = 4.5
/** Deviations below the mean of which a twentieth is found. */
const normalTwentieth = 1.645
const fewestChunks = 3
/** Of the chunks between the first and the last that is found. */
const leastShare = 0.5
/** Seconds, and share of the longer side, by which text and recording must differ at one end. */
const leastSurplus = 90
const surplusShare = 0.08
/** How much the pace may change, and the seconds beside. */
const tolerance = 1.25
/** Chunks within which another one must be found at the same pace, and how far off it may be, in chunks and as a share. */
const nearChunks = 3
const offChunks = 0.6
const offShare = 0.2
/** Paces that come into question, columns a row. */
const [slowest, fastest] = [3.2, 0.6]
/** Of text and sound that is left over, so much beside the rest is kept. */
const marginSeconds = 20
/** How many times as long as the other text or sound between two chunks must be, to be taken for what only one of them has. */
const mostTimes = 2

/** Finds which parts of a text are said in which parts of a recording, where much of either lies before, behind or amid what both have in
 *  common. Each chunk of text is looked for in the whole recording; the chunks that find a place in the order of the text tell.
 *  @param breathe called after each chunk
 *  @returns them in order; `null` where both go together from begin to end, or where nothing can be told */
export async function saidParts(
  clips: readonly Clip[],
  track: Track,
  breathe: () => Promise<void>,
): Promise<readonly SaidPart[] | null> {
  const spoken = spokenFrames(clips, track.silentBelow)
  const sounding = soundingFrames(track, 0, track.frames)
  const factor = Math.max(shortestRow, Math.ceil(Math.max(spoken.count, sounding.length) / mostRows))
  if (factor > longestRow) return null
  const rows = Math.max(
    fewestRows,
    Math.round((chunkSeconds * frameRate) / factor),
    Math.floor(spoken.count / factor / mostChunks),
  )
  if (Math.min(spoken.count, sounding.length) < fewestChunks * rows * factor) return null
  const a = textRows(clips, spoken, factor, cepstrumCount)
  const b = soundRows(track, sounding, factor, cepstrumCount)
  const ends: Ends[] = []
  for (let row = 0; row + rows <= a.count; row += rows) {
    ends.push(endsOf(a, row, row + rows, b))
    await breathe()
  }
  const { links: chain, pace } = supported(bestChain(placesOf(ends, rows)), rows)
  if (chain.length < fewestChunks) return null
  const [head, tail] = [chain[0], chain.at(-1)] as [Link, Link]
  if (chain.length < leastShare * (tail.chunk + 1 - head.chunk)) return null
  const second = frameRate / factor
  const least = Math.max(leastSurplus * second, surplusShare * Math.max(a.count, b.count))
  const margin = marginSeconds * second
  const before = { text: head.chunk * rows * pace, sound: head.place.start }
  const behind = { text: (a.count - (tail.chunk + 1) * rows) * pace, sound: b.count - tail.place.end }
  const surplus = ({ text, sound }: typeof before) => ({
    text: text - sound > least ? Math.max(0, Math.floor((text - tolerance * sound - margin) / pace)) : 0,
    sound: sound - text > least ? Math.max(0, Math.floor(sound - tolerance * text - margin)) : 0,
  })
  const [cut, rest] = [surplus(before), surplus(behind)]
  const clipAt = (row: number) =>
    spoken.clipOf[Math.max(0, Math.min(spoken.count - 1, row * factor))] as number
  const frameAt = (column: number) =>
    sounding[Math.max(0, Math.min(sounding.length - 1, column * factor))] as number
  const gaps = gapsIn(chain, { a, b, rows, pace, second, isStart: (row) => clipAt(row) !== clipAt(row - 1) })
  if (gaps.length === 0 && cut.text + cut.sound + rest.text + rest.sound === 0) return null
  const begins = [
    {
      first: cut.text > 0 ? clipAt(cut.text) : 0,
      from: cut.sound > 0 ? frameAt(cut.sound) : 0,
    },
    ...gaps.map(({ text, sound }) => ({ first: clipAt(text.to), from: frameAt(sound.to) })),
  ]
  const stops = [
    ...gaps.map(({ text, sound }) => ({
      last: text.to > text.from ? clipAt(text.from) + 1 : clipAt(text.to),
      to: frameAt(sound.from),
    })),
    {
      last: rest.text > 0 ? clipAt(a.count - rest.text) + 1 : clips.length,
      to: rest.sound > 0 ? frameAt(b.count - rest.sound) : track.frames,
    },
  ]
  const parts = begins.map((begin, k) => ({
    ...begin,
    first: Math.max(begin.first, stops[k - 1]?.last ?? 0),
    ...(stops[k] as (typeof stops)[number]),
  }))
  return parts.filter(({ first, last, from, to }) => first < last && from < to)
}

interface Gap {
  /** Rows of text and columns of sound that are passed over. */
  readonly text: { readonly from: number; readonly to: number }
  readonly sound: { readonly from: number; readonly to: number }
}

/** Where much text or much sound lies between two chunks that were found, and little of the other.
 *  @param second rows a second, @param isStart whether a unit begins with a row of text */
function gapsIn(
  chain: readonly Link[],
  {
    a,
    b,
    rows,
    pace,
    second,
    isStart,
  }: {
    readonly a: Rows
    readonly b: Rows
    readonly rows: number
    readonly pace: number
    readonly second: number
    readonly isStart: (row: number) => boolean
  },
): Gap[] {
  const inner = Math.floor(rows / 4)
  const margin = marginSeconds * second
  // In a long recording the chunks are minutes, and so far off may each of two be.
  const offBoth = 2 * offChunks * rows * pace
  return chain.slice(1).flatMap((right, k): Gap[] => {
    const left = chain[k] as Link
    // Part of the chunks themselves may lie beyond.
    const text: Stretch = { rows: a, from: (left.chunk + 1) * rows - inner, to: right.chunk * rows + inner }
    const sound: Stretch = {
      rows: b,
      from: Math.max(left.place.start, left.place.end - Math.round(inner * pace)),
      to: Math.min(right.place.end, right.place.start + Math.round(inner * pace)),
    }
    const [said, heard] = [(text.to - text.from) * pace, sound.to - sound.from]
    const surplus = lastingSurplus(chain, k, rows, pace)
    if (heard < 1 || Math.abs(surplus) <= offBoth) return []
    if (surplus > 0 && said - heard > leastSurplus * second && said > mostTimes * heard) {
      const split = splitPoint(sound, text, () => true)
      const kept = Math.round(margin / pace)
      if (!split || split.after - split.before <= 3 * kept) return []
      return [
        {
          text: { from: split.before + kept, to: split.after - kept },
          sound: { from: split.at, to: split.at },
        },
      ]
    }
    if (surplus < 0 && heard - said > leastSurplus * second && heard > mostTimes * said) {
      const split = splitPoint(text, sound, isStart)
      if (!split) return []
      return [{ text: { from: split.at, to: split.at }, sound: { from: split.before, to: split.after } }]
    }
    return []
  })
}

/** How much longer the text between link `k` and the next one is than the sound there (below 0: shorter), columns: the least that the links
 *  beside these bear out. 0 where they do not, as one that lies too far on one side is too near on the other.
 *  @param rows of a chunk @param pace columns a row */
export function lastingSurplus(chain: readonly Link[], k: number, rows: number, pace: number): number {
  const between = (first: number, last: number): readonly number[] => {
    const [left, right] = [chain[first], chain[last]]
    if (!left || !right) return []
    return [(right.chunk - left.chunk - 1) * rows * pace - (right.place.start - left.place.end)]
  }
  const all = [...between(k, k + 1), ...between(k - 1, k + 1), ...between(k, k + 2)]
  const [least, most] = [Math.min(...all), Math.max(...all)]
  return least > 0 ? least : Math.min(most, 0)
}

/** What a chunk of text costs if it ends at a column, and at which column it begins then. */
export interface Ends {
  readonly cost: Float32Array
  readonly start: Int32Array
}

/** Lays rows `first`–`last` (exclusive) of `a` anywhere in `b`, each two rows over one to six columns. */
export function endsOf(a: Rows, first: number, last: number, b: Rows): Ends {
  const { size } = a
  const width = b.count
  const kernel = ownWarpingKernel()
  const room = (width + 11) & ~3
  const list = (index: number) => (size + index * room) * 4
  const columns = list(11)
  kernel.reserve(columns + size * room * 4)
  const memory = kernel.memory()
  const numbers = new Float32Array(memory)
  const lists = Array.from({ length: 3 }, (_, k) => ({
    own: list(3 * k),
    cost: list(3 * k + 1) + 16,
    start: list(3 * k + 2) + 16,
  }))
  const [one, two, three] = lists as [(typeof lists)[0], (typeof lists)[0], (typeof lists)[0]]
  let [older, before, now] = [one, two, three]
  for (const { cost } of lists) numbers.fill(Number.POSITIVE_INFINITY, (cost >> 2) - 4, (cost >> 2) + width)
  layColumns(b, 0, width, numbers.subarray(columns >> 2), room)
  for (let i = first; i < last; i++) {
    numbers.set(a.values.subarray(i * size, (i + 1) * size))
    kernel.distances(0, size, columns, room * 4, (width + 3) & ~3, now.own)
    if (i === first) {
      numbers.copyWithin(now.cost >> 2, now.own >> 2, (now.own >> 2) + width)
      const starts = new Int32Array(memory, now.start, width)
      for (let j = 0; j < width; j++) starts[j] = j
    } else
      kernel.placeRow(
        now.own,
        (width + 3) & ~3,
        before.cost,
        before.start,
        older.cost,
        older.start,
        before.own,
        now.cost,
        now.start,
      )
    ;[older, before, now] = [before, now, older]
  }
  return {
    cost: new Float32Array(memory, before.cost, width).slice(),
    start: new Int32Array(memory, before.start, width).slice(),
  }
}

/** The best places of each chunk. Music, noise and speech of a kind fit any text: what counts is how much better a chunk fits than
 *  the others would at the same place.
 *  @param rows of a chunk */
export function placesOf(chunks: readonly Ends[], rows: number): Place[][] {
  const relative = chunks.map(({ cost }) => {
    const usual = shareOf(cost, 0.5)
    return cost.map((value) => value - usual)
  })
  const column = new Float32Array(chunks.length)
  if (chunks.length >= fewestChunks)
    for (let j = 0; j < (chunks[0]?.cost.length ?? 0); j++) {
      for (const [k, costs] of relative.entries()) column[k] = costs[j] as number
      const common = shareOf(column, 0.5)
      for (const costs of relative) costs[j] = (costs[j] as number) - common
    }
  return chunks.map(({ start }, k) => bestEnds(relative[k] as Float32Array, start, rows))
}

function bestEnds(cost: Float32Array, start: Int32Array, rows: number): Place[] {
  const middle = shareOf(cost, 0.5)
  const deviation = (middle - shareOf(cost, 0.05)) / normalTwentieth
  if (!(deviation > 0)) return []
  const gainAt = (j: number) => (middle - (cost[j] as number)) / deviation
  const ends = [...cost.keys()].filter((j) => gainAt(j) > leastGain)
  ends.sort((x, y) => (cost[x] as number) - (cost[y] as number))
  const places: Place[] = []
  for (const j of ends) {
    if (places.length === mostPlaces) break
    if (places.some(({ end }) => Math.abs(end - 1 - j) < rows / 4)) continue
    places.push({ start: start[j] as number, end: j + 1, gain: gainAt(j) })
  }
  return places
}

// What a share of the finite numbers is below; NaN of none.
function shareOf(values: Float32Array, share: number): number {
  const sorted = values.filter(Number.isFinite).sort()
  return sorted[Math.floor(share * sorted.length)] ?? Number.NaN
}

/** A chunk at its place. */
export interface Link {
  readonly chunk: number
  readonly place: Place
}

/** Of each chunk at most one place, so that they rise with the text and their gains over `leastGain` are most. */
export function bestChain(chunks: readonly (readonly Place[])[]): Link[] {
  const links = chunks.flatMap((places, chunk) => places.map((place) => ({ chunk, place })))
  const total: number[] = []
  const back: number[] = []
  let last = -1
  for (const [k, { chunk, place }] of links.entries()) {
    let [best, from] = [0, -1]
    for (let p = 0; p < k; p++) {
      const { chunk: earlier, place: other } = links[p] as Link
      const overlap = (place.end - place.start) / 4
      if (earlier === chunk || other.end > place.start + overlap || other.start >= place.start) continue
      if ((total[p] as number) > best) [best, from] = [total[p] as number, p]
    }
    total.push(best + place.gain - leastGain)
    back.push(from)
    if (last < 0 || (total[k] as number) > (total[last] as number)) last = k
  }
  const chain: Link[] = []
  for (let k = last; k >= 0; k = back[k] as number) chain.unshift(links[k] as Link)
  return chain
}

/** The links that others near them bear out: they lie at the pace that most do.
 *  @param rows of a chunk
 *  @returns them and that pace, columns a row */
export function supported(
  links: readonly Link[],
  rows: number,
): { readonly links: readonly Link[]; readonly pace: number } {
  const isNear = (one: Link, other: Link) => one !== other && Math.abs(other.chunk - one.chunk) <= nearChunks
  const bearOut = (pace: number) =>
    links.filter((one) =>
      links.some((other) => {
        const text = (other.chunk - one.chunk) * pace
        const off = Math.abs((other.place.start - one.place.start) / rows - text)
        return isNear(one, other) && off <= offChunks + offShare * Math.abs(text)
      }),
    )
  let best: { links: readonly Link[]; pace: number } = { links: [], pace: 1 }
  let most = 0
  for (const one of links)
    for (const other of links) {
      if (other.chunk <= one.chunk || !isNear(one, other)) continue
      const pace = (other.place.start - one.place.start) / rows / (other.chunk - one.chunk)
      if (pace > slowest || pace < fastest) continue
      const own = bearOut(pace)
      const gain = own.reduce((sum, { place }) => sum + place.gain, 0)
      if (gain > most) {
        most = gain
        best = { links: own, pace }
      }
    }
  const usual = median(
    best.links.flatMap((one) =>
      best.links.flatMap((other) =>
        other.chunk > one.chunk && isNear(one, other)
          ? [(other.place.start - one.place.start) / rows / (other.chunk - one.chunk)]
          : [],
      ),
    ),
  )
  if (usual === undefined) return best
  const kept = new Set(bearOut(usual))
  return { links: best.links.filter((one) => kept.has(one) || one.place.gain >= sureGain), pace: usual }
}
