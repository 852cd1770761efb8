import { grown, viewsOf } from './plainMemory'
import type { SearchKernel } from './searchKernel'
import { blockBits, fromAbove, head, never } from './searchLayout'

const { fround, max, min } = Math
const lowest = fround(never)

/** The search kernel without SIMD: the same operations in the same order and precision, so the same results. */
export function plainSearchKernel(): SearchKernel {
  let { bytes, words, numbers, shorts } = viewsOf(new ArrayBuffer(1 << 16))

  const place = (name: keyof typeof head) => (words[head[name]] as number) >> 2
  const whole = (name: keyof typeof head, index: number) => words[place(name) + index] as number
  const cost = (name: keyof typeof head) => numbers[head[name]] as number

  function close(from: number, to: number): void {
    const value = place('value')
    if (to > from) numbers.fill(never, value + from, value + to)
  }

  function note(key: number, time: number, previous: number): number {
    const index = words[head.noteCount] as number
    words[place('noteKey') + index] = key
    words[place('noteTime') + index] = time
    words[place('notePrevious') + index] = previous
    words[head.noteCount] = index + 1
    return index
  }

  function phones(low: number, high: number, row: number, base: number, back: number | null): number {
    const [value, record, age] = [place('value'), place('record'), place('age')]
    const [one, two, three, stretch] = [place('one'), place('two'), place('three'), place('stretch')]
    const model = (words[head.model] as number) >> 1
    const longest = words[head.longestHalf] as number
    let top = lowest
    for (let s = high - 1; s >= low; s--) {
      const at = value + s
      const old = words[age + s] as number
      let v = numbers[at] as number
      if (old >= longest) v = fround(v - (numbers[stretch + s] as number))
      let step = 0
      const a = fround((numbers[at - 1] as number) - (numbers[one + s] as number))
      if (a > v) {
        v = a
        step = 1
      }
      const b = fround((numbers[at - 2] as number) - (numbers[two + s] as number))
      if (b > v) {
        v = b
        step = 2
      }
      const c = fround((numbers[at - 3] as number) - (numbers[three + s] as number))
      if (c > v) {
        v = c
        step = 3
      }
      v = fround(v + fround((numbers[row + (shorts[model + s] as number)] as number) - base))
      numbers[at] = v
      words[age + s] = step > 0 ? 0 : old + 1
      if (back === null) words[record + s] = words[record + s - step] as number
      else bytes[back + s] = step
      if (v > top) top = v
    }
    return top
  }

  function begin(
    k: number,
    s: number,
    row: number,
    base: number,
    time: number,
    limit: number,
    back: number | null,
  ): number {
    const [at, age, record] = [place('value') + s, place('age') + s, place('record') + s]
    const old = words[age] as number
    let v = numbers[at] as number
    if (old >= (words[head.longestHalf] as number)) v = fround(v - (numbers[place('stretch') + s] as number))
    let step = 0
    const below = [
      numbers[place('one') + s] as number,
      numbers[place('two') + s] as number,
      numbers[place('three') + s] as number,
      cost('dropHalf'),
    ]
    for (let far = 1; far <= below.length; far++) {
      const from = fround((numbers[at - far] as number) - (below[far - 1] as number))
      if (from <= v) continue
      v = from
      step = far
    }
    if (back !== null) bytes[back + s] = step
    else if (step > 0) {
      const r = words[record - step] as number
      words[record] = v > limit ? note(k << 1, time, r) : r
    }
    words[age] = step > 0 ? 0 : old + 1
    const model = shorts[((words[head.model] as number) >> 1) + s] as number
    v = fround(v + fround((numbers[row + model] as number) - base))
    numbers[at] = v
    return v
  }

  function between(
    k: number,
    k0: number,
    f: number,
    row: number,
    base: number,
    time: number,
    limit: number,
    back: number | null,
  ): number {
    const at = place('value') + f
    const record = place('record') + f
    const free = numbers[place('freeIn') + k] as number
    const q = numbers[at + 1] as number
    const qr = words[record + 1] as number
    let v = q
    let r = qr
    let fv = numbers[at] as number
    let fr = words[record] as number
    let step = 0
    let fStep = 0
    if (fv > v) {
      v = fv
      r = fr
      step = 1
    }
    const full = numbers[at - 1] as number
    const half = fround((numbers[at - 2] as number) - cost('dropHalf'))
    const isFull = full >= half
    const enter = isFull ? full : half
    const er = words[record - (isFull ? 1 : 2)] as number
    if (enter > v) {
      v = enter
      r = er
      step = isFull ? 2 : 3
    }
    if (fround(q - free) > fv) {
      fv = fround(q - free)
      fr = qr
      fStep = fromAbove
    }
    if (fround(enter - free) > fv) {
      fv = fround(enter - free)
      fr = er
      fStep = isFull ? 1 : 2
    }
    if (back !== null) {
      bytes[back + f + 1] = step
      bytes[back + f] = fStep
    } else {
      let isEnd = step >= 2
      let isFillerEnd = fStep === 1 || fStep === 2
      const skips = [
        { from: k - 1, skip: cost('skipUnit') },
        { from: whole('turnSkip', k), skip: cost('skipTurn') },
      ]
      for (const { from, skip } of skips) {
        if (from < k0) continue
        const p = whole('boundary', from)
        const quiet = fround((numbers[place('value') + p + 1] as number) - skip)
        if (quiet > v) {
          v = quiet
          r = whole('record', p + 1)
          isEnd = false
        }
        const filler = fround((numbers[place('value') + p] as number) - skip)
        if (filler > fv) {
          fv = filler
          fr = whole('record', p)
          isFillerEnd = false
        }
      }
      if ((isEnd && v > limit) || (isFillerEnd && fv > limit)) {
        const noted = note(((k - 1) << 1) | 1, time, er)
        if (isEnd) r = noted
        if (isFillerEnd) fr = noted
      }
      words[record + 1] = r
      words[record] = fr
    }
    v = fround(v + fround((numbers[row] as number) - base))
    fv = fround(fv + fround(cost('filler') - base))
    numbers[at + 1] = v
    numbers[at] = fv
    return max(v, fv)
  }

  function open(k: number, last: number): number {
    const state = whole('boundary', k)
    const fresh = words[head.fresh] as number
    bytes[fresh + (state >> blockBits)] = 1
    bytes[fresh + ((state + 1) >> blockBits)] = 1
    return max(last, (state + 1) >> blockBits)
  }

  return {
    memory: () => bytes.buffer,
    reserve: (room) => {
      ;({ bytes, words, numbers, shorts } = viewsOf(grown(bytes.buffer, room)))
    },
    wide: (time, before, k0, k1, rowAt, wholeBase, wholeLimit) => {
      const [base, limit, row] = [fround(wholeBase), fround(wholeLimit), rowAt >> 2]
      const [value, top, fresh] = [place('value'), place('top'), words[head.fresh] as number]
      const lo = whole('boundary', k0)
      const hi = whole('boundary', k1) + 2
      let low = words[head.low] as number
      const high = words[head.high] as number
      if (lo > before) {
        close(max(before, low << blockBits), min(lo, (high + 1) << blockBits))
        low = max(low, lo >> blockBits)
      }
      let last = low - 1
      let wasHigh = false
      for (let b = low, end = min(high + 1, (hi - 1) >> blockBits); b <= end; b++) {
        const isHigh = (numbers[top + b] as number) > limit
        if (isHigh || wasHigh) {
          bytes[fresh + b] = 1
          last = b
        }
        wasHigh = isHigh
      }
      if (low <= high)
        for (let k = max(k0, whole('unitOf', low)), end = min(k1, whole('unitOf', high + 1)); k <= end; k++) {
          const p = value + whole('boundary', k)
          const reach = max(numbers[p] as number, numbers[p + 1] as number)
          if (k < k1 && fround(reach - cost('skipUnit')) > limit) last = open(k + 1, last)
          const to = whole('skipTo', k)
          if (to > 0 && to <= k1 && fround(reach - cost('skipTurn')) > limit) last = open(to, last)
        }
      let best = lowest
      let k = min(k1, whole('unitOf', last + 1))
      let isAboveDone = false
      for (let b = last; b >= low; b--) {
        const start = max(lo, b << blockBits)
        if (bytes[fresh + b] === 0) {
          if ((numbers[top + b] as number) > lowest) {
            close(start, (b + 1) << blockBits)
            numbers[top + b] = never
          }
          isAboveDone = false
          continue
        }
        bytes[fresh + b] = 0
        let end = min(hi, (b + 1) << blockBits)
        let highest = lowest
        while (end > start) {
          while (whole('boundary', k) >= end) k--
          const f = whole('boundary', k)
          const from = max(start, f + 3)
          if (from < end) {
            highest = max(highest, phones(from, end, row, base, null))
            end = from
          }
          if (end === f + 3 && end > start) {
            highest = max(highest, begin(k, f + 2, row, base, time, limit, null))
            end = f + 2
          }
          if (end <= start) break
          if (end === f + 2) {
            highest = max(highest, between(k, k0, f, row, base, time, limit, null))
            if (f < start) {
              // The filler is the last state of the block below.
              bytes[fresh + b - 1] = 1
              low = min(low, b - 1)
            }
          } else if (isAboveDone)
            // Its silence is the first state of the block above.
            highest = max(highest, numbers[value + f] as number)
          else numbers[value + f] = never
          end = f
        }
        numbers[top + b] = highest
        best = max(best, highest)
        isAboveDone = true
      }
      while (last >= low && (numbers[top + last] as number) <= lowest) last--
      while (low <= last && (numbers[top + low] as number) <= lowest) low++
      words[head.low] = low
      words[head.high] = last
      return best
    },
    forced: (before, k0, k1, rowAt, wholeBase, back) => {
      const [base, row] = [fround(wholeBase), rowAt >> 2]
      close(before, whole('boundary', k0))
      let best = lowest
      let end = whole('boundary', k1) + 2
      for (let k = k1; k >= k0; k--) {
        const f = whole('boundary', k)
        if (end > f + 3) best = max(best, phones(f + 3, end, row, base, back))
        if (end > f + 2) best = max(best, begin(k, f + 2, row, base, 0, 0, back))
        best = max(best, between(k, k0, f, row, base, 0, 0, back))
        end = f
      }
      return best
    },
  }
}
