import { type Chain, type Costs, kind } from './chain'
import { Notes } from './notes'

/** No path leads here. */
const never = -1e30
const blockBits = 6
const fromAbove = 255

/** Where a unit lies: frames of 10 ms, `end` exclusive. */
export interface Position {
  readonly start: number
  readonly end: number
}

/** Scores of frames `from`, `from + hop`, …: `count` rows of `width`. */
export interface ScoreSource {
  readonly width: number
  score(from: number, count: number, hop: number): Float32Array
}

/** The Viterbi search over a chain. Paths only go forward; states below `low` and above `high` of a frame are closed. */
export class Search {
  readonly #chain: Chain
  readonly #value: Float64Array
  readonly #age: Uint16Array
  readonly #record: Int32Array
  readonly #top: Float64Array
  readonly #isFresh: Uint8Array
  readonly #notes = new Notes()
  #costs: Costs

  constructor(chain: Chain, costs: Costs) {
    this.#chain = chain
    this.#costs = costs
    this.#value = new Float64Array(chain.states)
    this.#age = new Uint16Array(chain.states)
    this.#record = new Int32Array(chain.states)
    this.#top = new Float64Array((chain.states >> blockBits) + 2)
    this.#isFresh = new Uint8Array((chain.states >> blockBits) + 2)
  }

  /** Looks for the best path over frames `from`–`to`, with filler and with units left out, at 20 ms.
   *  @param low the first unit, @param high the last unit allowed at each second frame; both only rise
   *  @param breathe called every few seconds of recording
   *  @returns where each unit lies, `null` for those left out; all `null` where there is no path */
  async wide(
    source: ScoreSource,
    from: number,
    to: number,
    low: Int32Array,
    high: Int32Array,
    breathe: (frame: number) => Promise<void>,
  ): Promise<(Position | null)[]> {
    const { boundary, states, units } = this.#chain
    this.#reset()
    const hop = 2
    const total = Math.ceil((to - from) / hop)
    let lo = boundary[low[0] as number] as number
    let hi = (boundary[(high[0] as number) + 1] as number) + 2
    this.#open(lo)
    const isReached = (state: number) => (this.#value[state] as number) >= never / 2
    let best = 0
    for (let first = 0; first < total; first += 512) {
      const count = Math.min(512, total - first)
      const scores = source.score(from + first * hop, count, hop)
      for (let i = 0; i < count; i++) {
        const frame = first + i
        const nextLo = Math.max(lo, boundary[low[frame] as number] as number)
        const nextHi = Math.max(hi, (boundary[(high[frame] as number) + 1] as number) + 2)
        this.#value.fill(never, lo, nextLo)
        lo = nextLo
        hi = nextHi
        best = this.#advance(from + frame * hop, lo, hi, scores, i * source.width, best - this.#costs.beam)
        this.#notes.makeRoom(this.#record, isReached, lo, hi)
      }
      await breathe(from + first * hop)
    }
    const result: (Position | null)[] = Array(units).fill(null)
    const value = this.#value
    const last = (value[states - 1] as number) > (value[states - 2] as number) ? states - 1 : states - 2
    if ((value[last] as number) < never / 2) return result
    let end = to
    let endOf = units - 1
    for (const { key, time } of this.#notes.back(this.#record[last] as number)) {
      const unit = key >> 1
      if (key & 1) [end, endOf] = [time, unit]
      else {
        result[unit] = { start: time, end: endOf === unit ? end : time + 1 }
        // Where two units touch, only the start of the second one is on record.
        ;[end, endOf] = [time, unit - 1]
      }
    }
    return result
  }

  /** Lays units `first`–`last` (exclusive), all of them, over frames `from`–`to`, at 10 ms; units only within `low`–`high` of a frame.
   *  @returns the state of each frame; `null` where they do not fit */
  forced(
    scores: Float32Array,
    width: number,
    first: number,
    last: number,
    from: number,
    to: number,
    low: (frame: number) => number,
    high: (frame: number) => number,
  ): Int32Array | null {
    const { boundary } = this.#chain
    const s0 = boundary[first] as number
    const s1 = (boundary[last] as number) + 2
    const count = to - from
    const lows = new Int32Array(count)
    const highs = new Int32Array(count)
    const offsets = new Float64Array(count + 1)
    for (let i = 0; i < count; i++) {
      const lowest = boundary[Math.min(last, Math.max(first, low(from + i)))] as number
      const highest = (boundary[Math.max(first, Math.min(last, high(from + i) + 1))] as number) + 2
      lows[i] = i === 0 ? s0 : Math.max(lows[i - 1] as number, lowest)
      highs[i] = i === count - 1 ? s1 : Math.max(i > 0 ? (highs[i - 1] as number) : 0, Math.min(s1, highest))
      offsets[i + 1] = (offsets[i] as number) + (highs[i] as number) - (lows[i] as number)
    }
    const back = new Uint8Array(offsets[count] as number)
    this.#value.fill(never, s0 - padding, s1)
    this.#open(s0)
    for (let i = 0; i < count; i++) {
      const lo = lows[i] as number
      if (i > 0) this.#value.fill(never, lows[i - 1] as number, lo)
      this.#advance(i, lo, highs[i] as number, scores, i * width, null, back, offsets[i] as number)
    }
    const value = this.#value
    let state = (value[s1 - 1] as number) >= (value[s1 - 2] as number) ? s1 - 1 : s1 - 2
    if ((value[state] as number) < never / 2) return null
    const path = new Int32Array(count)
    for (let i = count - 1; i >= 0; i--) {
      path[i] = state
      const step = back[(offsets[i] as number) + state - (lows[i] as number)] as number
      state = step === fromAbove ? state + 1 : state - step
    }
    return path
  }

  #reset(): void {
    this.#value.fill(never)
    this.#record.fill(-1)
    this.#top.fill(never)
    this.#age.fill(0)
    this.#notes.clear()
  }

  #open(lo: number): void {
    this.#value[lo + 1] = 0
    this.#value[lo] = this.#chain.isFree[this.#chain.owner[lo] as number] ? 0 : -this.#costs.fillerIn
    this.#top[lo >> blockBits] = 0
    this.#top[(lo + 1) >> blockBits] = 0
  }

  // One frame, highest state first, so that every predecessor still holds the frame before. Without `back` it is the wide search:
  // blocks of states without any path above `least` are passed over, and the begins and ends of units are noted.
  #advance(
    time: number,
    lo: number,
    hi: number,
    scores: Float32Array,
    row: number,
    least: number | null,
    back: Uint8Array | null = null,
    backAt = 0,
  ): number {
    const { kinds, models, owner, boundary, turnSkip, isFree } = this.#chain
    const { filler, fillerIn, skipUnit, skipTurn, dropHalf, stretch, longestHalf, pauseIn } = this.#costs
    const [value, age, record, top, isFresh] = [
      this.#value,
      this.#age,
      this.#record,
      this.#top,
      this.#isFresh,
    ]
    const isWide = back === null
    const limit = least ?? never
    const silence = scores[row] as number
    const b0 = lo >> blockBits
    const b1 = (hi - 1) >> blockBits
    const k0 = owner[lo] as number
    if (isWide) {
      for (let b = b0; b <= b1; b++)
        isFresh[b] = (top[b] as number) > limit || (b > b0 && (top[b - 1] as number) > limit) ? 1 : 0
      const k1 = owner[hi - 1] as number
      for (let k = k0 + 1; k <= k1; k++) {
        const p = boundary[k - 1] as number
        const q = (turnSkip[k] as number) >= k0 ? (boundary[turnSkip[k] as number] as number) : p
        const reach = Math.max(
          Math.max(value[p] as number, value[p + 1] as number) - skipUnit,
          Math.max(value[q] as number, value[q + 1] as number) - skipTurn,
        )
        if (reach <= limit) continue
        const s = boundary[k] as number
        isFresh[s >> blockBits] = 1
        isFresh[(s + 1) >> blockBits] = 1
      }
    }
    let best = never
    for (let b = b1; b >= b0; b--) {
      const start = Math.max(lo, b << blockBits)
      const end = Math.min(hi, (b + 1) << blockBits)
      if (isWide && !isFresh[b]) {
        if ((top[b] as number) > never) {
          value.fill(never, start, end)
          top[b] = never
        }
        continue
      }
      let highest = never
      for (let s = end - 1; s >= start; s--) {
        const what = kinds[s] as number
        let v = value[s] as number
        let r = record[s] as number
        if (what === kind.filler) {
          // Done together with the silence above it, unless that is closed.
          if (v > highest) highest = v
          continue
        }
        if (what === kind.quiet) {
          const f = s - 1
          const k = owner[s] as number
          const free = isFree[k] ? 0 : fillerIn
          const q = v
          const qr = r
          let fv = value[f] as number
          let fr = record[f] as number
          let step = 0
          let fStep = 0
          if (fv > v) {
            v = fv
            r = fr
            step = 1
          }
          const full = value[f - 1] as number
          const half = (value[f - 2] as number) - dropHalf
          const isFull = full >= half
          const enter = isFull ? full : half
          const er = isFull ? (record[f - 1] as number) : (record[f - 2] as number)
          const isInside = f - 1 >= lo
          if (isInside && enter > v) {
            v = enter
            r = er
            step = isFull ? 2 : 3
          }
          if (q - free > fv) {
            fv = q - free
            fr = qr
            fStep = fromAbove
          }
          if (isInside && enter - free > fv) {
            fv = enter - free
            fr = er
            fStep = isFull ? 1 : 2
          }
          let isEnd = step >= 2
          let isFillerEnd = fStep === 1 || fStep === 2
          if (isWide) {
            if (k > k0) {
              const p = boundary[k - 1] as number
              if ((value[p + 1] as number) - skipUnit > v) {
                v = (value[p + 1] as number) - skipUnit
                r = record[p + 1] as number
                isEnd = false
              }
              if ((value[p] as number) - skipUnit > fv) {
                fv = (value[p] as number) - skipUnit
                fr = record[p] as number
                isFillerEnd = false
              }
            }
            const t = turnSkip[k] as number
            if (t >= k0) {
              const p = boundary[t] as number
              if ((value[p + 1] as number) - skipTurn > v) {
                v = (value[p + 1] as number) - skipTurn
                r = record[p + 1] as number
                isEnd = false
              }
              if ((value[p] as number) - skipTurn > fv) {
                fv = (value[p] as number) - skipTurn
                fr = record[p] as number
                isFillerEnd = false
              }
            }
            if ((isEnd && v > limit) || (isFillerEnd && fv > limit)) {
              const noted = this.#notes.add(((k - 1) << 1) | 1, time, er)
              if (isEnd) r = noted
              if (isFillerEnd) fr = noted
            }
          }
          v += silence
          fv += filler
          value[s] = v
          record[s] = r
          value[f] = fv
          record[f] = fr
          if (v > highest) highest = v
          if (fv > highest) highest = fv
          if (back) {
            back[backAt + s - lo] = step
            back[backAt + f - lo] = fStep
          } else if (f < start) {
            top[b - 1] = Math.max(top[b - 1] as number, fv)
            isFresh[b - 1] = 1
          }
          continue
        }
        if (what === kind.none) continue
        const isGap = what === kind.pause || what === kind.link
        const toll = what === kind.link ? pauseIn : 0
        if (!isGap && (age[s] as number) >= longestHalf) v -= stretch
        let step = 0
        const one = (value[s - 1] as number) - toll
        if (one > v) {
          v = one
          step = 1
        }
        if (what !== kind.second) {
          const two = (value[s - 2] as number) - (what === kind.inner || isGap ? dropHalf + toll : 0)
          if (two > v) {
            v = two
            step = 2
          }
          if (what === kind.word || what === kind.sentence) {
            const three = (value[s - 3] as number) - (what === kind.word ? dropHalf : 0)
            if (three > v) {
              v = three
              step = 3
            }
            if (what === kind.sentence) {
              const four = (value[s - 4] as number) - dropHalf
              if (four > v) {
                v = four
                step = 4
              }
            }
          }
        }
        if (step > 0) {
          r = record[s - step] as number
          if (isWide && what === kind.sentence && v > limit)
            r = this.#notes.add((owner[s] as number) << 1, time, r)
        }
        v += scores[row + (models[s] as number)] as number
        value[s] = v
        record[s] = r
        age[s] = step > 0 ? 0 : (age[s] as number) + 1
        if (back) back[backAt + s - lo] = step
        if (v > highest) highest = v
      }
      top[b] = highest
      if (highest > best) best = highest
    }
    return best
  }
}

const padding = 4
