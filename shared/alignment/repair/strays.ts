import type { Levels } from '../search/calibrate'
import { type Chain, kind } from '../search/chain'
import { forbidding } from '../search/costs'
import type { Scorer } from '../search/phoneModels'
import { layUnit, type Placed, type Stage } from '../search/placing'
import { Search } from '../search/search'
import { frameRate } from '../sound/spectrum'
import { mean } from '../statistics'
import { mostHaste } from './freeSound'
import { areSaidApart } from './ownSound'
import { type LayUnit, longestUnit, touching, unsqueeze } from './squeezed'
import { usualPace } from './unitLengths'

/** Frames of a pause behind which the begin of a unit may be somebody else's. */
const shortestPause = 25
/** Text this many times faster than usual is not said by anybody. */
const tooFast = 2.5
/** Sounds from which on a pace is told. */
const fewestPhones = 8
/** A pause where the text has none costs what right text gains in so many seconds, as in a search. */
const pauseSeconds = 0.3
/** Frames over which a unit is laid anew, at least. */
const shortestUnit = 10
/** Frames between units that may share what a cut sets free. */
const near = 100

/** Puts right what a search over the whole cannot see: text at a unit's edge that is not said and was squeezed in, units that were squeezed in
 *  (`squeezed.ts`), and first or last words that a pause parts from the rest because they were laid over the sound next to it. */
export async function withoutStrays(
  stage: Stage,
  scorer: Scorer,
  placed: readonly (Placed | null)[],
  levels: Pick<Levels, 'filler' | 'right'>,
): Promise<(Placed | null)[]> {
  const { filler, right } = levels
  const search = new Search(stage.chain, forbidding)
  const lay: LayUnit = (k, from, to) =>
    to - from < shortestUnit ? null : layUnit(stage.chain, search, scorer, k, from, to)
  const pauseIn = pauseSeconds * frameRate * (right - filler)
  const result = [...placed]
  const usual = usualPace(placed, stage.chain.phones)
  for (let k = 0; k < result.length; k++) {
    const unit = result[k]
    if (!unit || unit.end - unit.start > longestUnit) continue
    const said = withoutSurplus(stage.chain, k, unit, usual, filler)
    result[k] = said
    if (said.end < unit.end) layAgain(k + 1, said.end, null)
    if (said.start > unit.start) layAgain(k - 1, null, said.start)
  }
  unsqueeze(result, stage, levels, (k) => (stage.chain.phones[k] as number) * usual, lay)
  for (let k = 0; k < result.length; k++) {
    const unit = result[k]
    if (!unit || unit.end - unit.start > longestUnit) continue
    result[k] = broughtTogether(k, unit)
    if (k % 64 === 0) await stage.breathe(unit.end)
  }
  return result

  // First or last words that a pause parts from the rest, beside the rest where they fit there as well.
  function broughtTogether(k: number, unit: Placed): Placed {
    const [last, next] = [result[k - 1], result[k + 1]]
    const isTouched = {
      before: k > 0 && unit.start - (last?.end ?? Number.NEGATIVE_INFINITY) <= touching,
      after: (next?.start ?? Number.POSITIVE_INFINITY) - unit.end <= touching,
    }
    const room = { start: last?.end ?? stage.from, end: next?.start ?? stage.to }
    const { words } = unit
    for (let i = 1; i < words.length; i++) {
      const [before, after] = [words[i - 1], words[i]] as [Placed['words'][number], Placed['words'][number]]
      if (after.start - before.end < shortestPause) continue
      const all = statesOf(stage.chain, k, words[0]?.word as number, (words.at(-1)?.word as number) + 1)
      const rest = statesOf(stage.chain, k, after.word, (words.at(-1)?.word as number) + 1)
      const head = statesOf(stage.chain, k, words[0]?.word as number, after.word)
      if (stage.chain.kinds[rest.from - 1] !== kind.link) continue
      const isHead = head.count < rest.count
      const edge = isHead ? words.slice(0, i) : words.slice(i)
      const beside = isHead ? { start: room.start, end: after.start } : { start: before.end, end: room.end }
      if (areSaidApart(stage.track, edge, (Math.min(head.count, rest.count) / 2) * usual, filler, beside))
        continue
      // Nobody says words so fast and then pauses: they were laid over the end or the begin of what somebody else says.
      const isSqueezed = ({ count }: States, frames: number) =>
        count <= 2 * fewestPhones && frames < ((count / 2) * usual) / mostHaste
      const aside =
        isTouched.before && isSqueezed(head, before.end - unit.start)
          ? lay(k, before.end, unit.end)
          : isTouched.after && isSqueezed(rest, unit.end - after.start)
            ? lay(k, unit.start, after.start)
            : null
      if (aside) return aside.unit
      const [kept, stray] = isHead ? [rest, head] : [head, rest]
      if (stray.count > 2 * fewestPhones) continue
      const [from, to] = isHead ? [before.end, unit.end] : [unit.start, after.start]
      const together = lay(k, from, to)
      if (!together) continue
      const scores = scorer.score(from, to - from, 1)
      const path = unit.path.subarray(from - unit.start, to - unit.start)
      const apart = pathValue(stage.chain, path, scores, scorer.width, kept) - pauseIn
      if (pathValue(stage.chain, together.path, scores, scorer.width, all) >= apart) return together.unit
    }
    return unit
  }

  // A neighbour may have lost its own sound to the text that was cut.
  function layAgain(k: number, from: number | null, to: number | null): void {
    const unit = result[k]
    const pinned = stage.pins.some((pin) => pin.unit === k || pin.unit === k + 1)
    if (!unit || pinned) return
    const [a, z] = [from ?? unit.start, to ?? unit.end]
    if (unit.start - a > near || z - unit.end > near || z - a > longestUnit) return
    const again = lay(k, a, z)
    if (again && again.unit.score >= unit.score) result[k] = again.unit
  }
}

// Words at either end that are too fast and sound wrong.
function withoutSurplus(chain: Chain, k: number, unit: Placed, usual: number, filler: number): Placed {
  const { words } = unit
  const spare = words.map(
    ({ word, start, end }) =>
      (statesOf(chain, k, word, word + 1).count / 2) * (usual / tooFast) - (end - start),
  )
  const cutFrom = (order: readonly number[]): readonly number[] => {
    let [sum, best, count] = [0, 0, 0]
    order.forEach((index, passed) => {
      sum += spare[index] as number
      if (sum > best) [best, count] = [sum, passed + 1]
    })
    const cut = order.slice(0, count)
    const phones = cut.reduce(
      (total, index) =>
        total +
        statesOf(chain, k, words[index]?.word as number, (words[index]?.word as number) + 1).count / 2,
      0,
    )
    const isWrong =
      phones >= fewestPhones &&
      count < words.length &&
      mean(cut.map((index) => words[index]?.score as number)) < filler
    return isWrong ? cut : []
  }
  const order = words.map((_, index) => index)
  const tail = cutFrom([...order].reverse())
  const head = cutFrom(order.slice(0, order.length - tail.length))
  if (tail.length + head.length === 0) return unit
  return part(unit, words.slice(head.length, words.length - tail.length))
}

function part(unit: Placed, words: Placed['words']): Placed {
  const start = words[0]?.start as number
  const end = words.at(-1)?.end as number
  const path = unit.path.slice(start - unit.start, end - unit.start)
  const frames = words.map((word) => word.end - word.start)
  const total = frames.reduce((sum, count) => sum + count, 0)
  const score = words.reduce((sum, word, index) => sum + word.score * (frames[index] as number), 0) / total
  return { ...unit, start, end, path, words, score }
}

interface States {
  readonly from: number
  readonly to: number
  /** How many of them are halves of sounds. */
  readonly count: number
}

// The states of words `first`–`last` (exclusive) of unit k.
function statesOf({ boundary, word, models }: Chain, k: number, first: number, last: number): States {
  let from = (boundary[k] as number) + 2
  const end = boundary[k + 1] as number
  while (from < end && ((word[from] as number) < first || word[from] === -1)) from++
  let [to, count] = [from, 0]
  for (let s = from; s < end; s++) {
    if ((word[s] as number) >= last) break
    if ((models[s] as number) === 0) continue
    to = s + 1
    count++
  }
  return { from, to, count }
}

// What a path scores: its frames, less what the sounds cost that it leaves out.
function pathValue(
  { models }: Chain,
  path: Int32Array,
  scores: Float32Array,
  width: number,
  { from, to, count }: States,
): number {
  let [sum, said] = [0, 0]
  for (let t = 0; t < path.length; t++) {
    const state = path[t] as number
    const model = models[state] as number
    sum += scores[t * width + model] as number
    if (model !== 0 && state >= from && state < to && state !== path[t - 1]) said++
  }
  return sum - forbidding.dropHalf * (count - said)
}
