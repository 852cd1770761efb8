// AssemblyScript, compiled to WebAssembly SIMD by `npm run kernel`; `plainSearchKernel.ts` does the same operations in the same order.
// What lies where is told by the words at the start of the memory (`searchLayout.ts`).

const never: f32 = -1e30
const fromAbove: i32 = 255
const blockBits: i32 = 5
const block: i32 = 1 << blockBits

@inline
function word(index: i32): usize {
  return load<usize>(<usize>index << 2)
}

@inline
function cost(index: i32): f32 {
  return load<f32>(<usize>index << 2)
}

@inline
function at(list: usize, index: i32): usize {
  return list + (<usize>index << 2)
}

function close(from: i32, to: i32): void {
  const value = word(0)
  for (let s = from; s < to; s++) store<f32>(at(value, s), never)
}

function note(key: i32, time: i32, previous: i32): i32 {
  const index = load<i32>(72)
  store<i32>(at(word(15), index), key)
  store<i32>(at(word(16), index), time)
  store<i32>(at(word(17), index), previous)
  store<i32>(72, index + 1)
  return index
}

/** States `[low, high)`, none of them the first three of a unit, four at a time. @returns the highest value */
@inline
function phones(low: i32, high: i32, row: usize, base: f32, isWide: bool, back: usize): f32 {
  const value = word(0)
  const record = word(1)
  const age = word(2)
  const model = word(3)
  const tolls1 = word(4)
  const tolls2 = word(5)
  const tolls3 = word(6)
  const stretch = word(7)
  const longest = i32x4.splat(load<i32>(88))
  const bases = f32x4.splat(base)
  const one32 = i32x4.splat(1)
  let top = f32x4.splat(never)
  for (let s = high - 4; s > low - 4; s -= 4) {
    const p = <usize>s << 2
    // The three states below come first.
    const from = value - 12 + p
    const old = v128.load(from, 12)
    const oldAge = v128.load(age + p)
    let v = f32x4.sub(old, v128.and(v128.load(stretch + p), i32x4.ge_s(oldAge, longest)))
    let r = f32x4.splat(0)
    let step = f32x4.splat(0)
    const a = f32x4.sub(v128.load(from, 8), v128.load(tolls1 + p))
    const isA = f32x4.gt(a, v)
    v = f32x4.pmax(v, a)
    const b = f32x4.sub(v128.load(from, 4), v128.load(tolls2 + p))
    const isB = f32x4.gt(b, v)
    v = f32x4.pmax(v, b)
    const c = f32x4.sub(v128.load(from), v128.load(tolls3 + p))
    const isC = f32x4.gt(c, v)
    v = f32x4.pmax(v, c)
    const isMoved = v128.or(isA, v128.or(isB, isC))
    let newAge = v128.andnot(i32x4.add(oldAge, one32), isMoved)
    const numbers = load<u64>(model + (<usize>s << 1))
    let score = v128.load32_zero(row + (<usize>(numbers << 2) & 0x3fffc))
    score = v128.load32_lane(row + (<usize>(numbers >> 14) & 0x3fffc), score, 1)
    score = v128.load32_lane(row + (<usize>(numbers >> 30) & 0x3fffc), score, 2)
    score = v128.load32_lane(row + (<usize>(numbers >> 46) & 0x3fffc), score, 3)
    v = f32x4.add(v, f32x4.sub(score, bases))
    if (isWide) {
      const own = record - 12 + p
      r = v128.load(own, 12)
      r = v128.bitselect(v128.load(own, 8), r, isA)
      r = v128.bitselect(v128.load(own, 4), r, isB)
      r = v128.bitselect(v128.load(own), r, isC)
    } else {
      step = v128.and(isA, one32)
      step = v128.bitselect(i32x4.splat(2), step, isB)
      step = v128.bitselect(i32x4.splat(3), step, isC)
      const bytes = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_u(step, step), step)
      v128.store32_lane(back + <usize>s, bytes, 0)
    }
    if (s < low) {
      const isOwn = i32x4.ge_s(i32x4(0, 1, 2, 3), i32x4.splat(low - s))
      top = f32x4.pmax(top, v128.bitselect(v, f32x4.splat(never), isOwn))
      v = v128.bitselect(v, old, isOwn)
      newAge = v128.bitselect(newAge, oldAge, isOwn)
      if (isWide) r = v128.bitselect(r, v128.load(record + p), isOwn)
    } else top = f32x4.pmax(top, v)
    v128.store(value + p, v)
    v128.store(age + p, newAge)
    if (isWide) v128.store(record + p, r)
  }
  const half = f32x4.pmax(top, v128.shuffle<f32>(top, top, 2, 3, 0, 1))
  return max(f32x4.extract_lane(half, 0), f32x4.extract_lane(half, 1))
}

/** The first state `s` of unit `k`. @returns its value */
@inline
function begin(k: i32, s: i32, row: usize, base: f32, isWide: bool, time: i32, limit: f32, back: usize): f32 {
  const value = word(0)
  const age = at(word(2), s)
  let v = load<f32>(at(value, s))
  if (load<i32>(age) >= load<i32>(88)) v -= load<f32>(at(word(7), s))
  let step = 0
  const one = load<f32>(at(value, s - 1)) - load<f32>(at(word(4), s))
  if (one > v) {
    v = one
    step = 1
  }
  const two = load<f32>(at(value, s - 2)) - load<f32>(at(word(5), s))
  if (two > v) {
    v = two
    step = 2
  }
  const three = load<f32>(at(value, s - 3)) - load<f32>(at(word(6), s))
  if (three > v) {
    v = three
    step = 3
  }
  const four = load<f32>(at(value, s - 4)) - cost(24)
  if (four > v) {
    v = four
    step = 4
  }
  if (isWide) {
    if (step > 0) {
      const record = word(1)
      let r = load<i32>(at(record, s - step))
      if (v > limit) r = note(k << 1, time, r)
      store<i32>(at(record, s), r)
    }
  } else store<u8>(back + <usize>s, <u8>step)
  store<i32>(age, step > 0 ? 0 : load<i32>(age) + 1)
  v += load<f32>(row + (<usize>load<u16>(word(3) + (<usize>s << 1)) << 2)) - base
  store<f32>(at(value, s), v)
  return v
}

/** Filler `f` and silence before unit `k`. @returns the higher of their values */
@inline
function between(
  k: i32,
  k0: i32,
  f: i32,
  row: usize,
  base: f32,
  isWide: bool,
  time: i32,
  limit: f32,
  back: usize,
): f32 {
  const value = word(0)
  const record = word(1)
  const free = load<f32>(at(word(11), k))
  const q = load<f32>(at(value, f + 1))
  let v = q
  let fv = load<f32>(at(value, f))
  let r = 0
  let qr = 0
  let fr = 0
  if (isWide) {
    qr = load<i32>(at(record, f + 1))
    fr = load<i32>(at(record, f))
    r = qr
  }
  let step = 0
  let fStep = 0
  if (fv > v) {
    v = fv
    r = fr
    step = 1
  }
  const full = load<f32>(at(value, f - 1))
  const half = load<f32>(at(value, f - 2)) - cost(24)
  const isFull = full >= half
  const enter = isFull ? full : half
  let er = 0
  if (isWide) er = load<i32>(at(record, isFull ? f - 1 : f - 2))
  if (enter > v) {
    v = enter
    r = er
    step = isFull ? 2 : 3
  }
  if (q - free > fv) {
    fv = q - free
    fr = qr
    fStep = fromAbove
  }
  if (enter - free > fv) {
    fv = enter - free
    fr = er
    fStep = isFull ? 1 : 2
  }
  if (isWide) {
    let isEnd = step >= 2
    let isFillerEnd = fStep == 1 || fStep == 2
    if (k > k0) {
      const p = load<i32>(at(word(8), k - 1))
      const skip = cost(25)
      const quiet = load<f32>(at(value, p + 1)) - skip
      if (quiet > v) {
        v = quiet
        r = load<i32>(at(record, p + 1))
        isEnd = false
      }
      const filler = load<f32>(at(value, p)) - skip
      if (filler > fv) {
        fv = filler
        fr = load<i32>(at(record, p))
        isFillerEnd = false
      }
    }
    const t = load<i32>(at(word(10), k))
    if (t >= k0) {
      const p = load<i32>(at(word(8), t))
      const skip = cost(26)
      const quiet = load<f32>(at(value, p + 1)) - skip
      if (quiet > v) {
        v = quiet
        r = load<i32>(at(record, p + 1))
        isEnd = false
      }
      const filler = load<f32>(at(value, p)) - skip
      if (filler > fv) {
        fv = filler
        fr = load<i32>(at(record, p))
        isFillerEnd = false
      }
    }
    if ((isEnd && v > limit) || (isFillerEnd && fv > limit)) {
      const noted = note(((k - 1) << 1) | 1, time, er)
      if (isEnd) r = noted
      if (isFillerEnd) fr = noted
    }
    store<i32>(at(record, f + 1), r)
    store<i32>(at(record, f), fr)
  } else {
    store<u8>(back + <usize>f + 1, <u8>step)
    store<u8>(back + <usize>f, <u8>fStep)
  }
  v += load<f32>(row) - base
  fv += cost(23) - base
  store<f32>(at(value, f + 1), v)
  store<f32>(at(value, f), fv)
  return max(v, fv)
}

function open(k: i32, last: i32): i32 {
  const state = load<i32>(at(word(8), k))
  const fresh = word(13)
  store<u8>(fresh + <usize>(state >> blockBits), 1)
  store<u8>(fresh + <usize>((state + 1) >> blockBits), 1)
  return max(last, (state + 1) >> blockBits)
}

/** One frame of the search over everything. Only blocks of states with a path above `limit`, or into which one may lead, are looked at.
 *  @param before the lowest open state so far, `k0` the first open unit, `k1` the last open boundary
 *  @param base what was best before, taken off all values
 *  @returns the best value */
export function wide(time: i32, before: i32, k0: i32, k1: i32, row: usize, base: f32, limit: f32): f32 {
  const value = word(0)
  const boundary = word(8)
  const skipTo = word(9)
  const top = word(12)
  const fresh = word(13)
  const unitOf = word(14)
  const lo = load<i32>(at(boundary, k0))
  const hi = load<i32>(at(boundary, k1)) + 2
  let low = load<i32>(76)
  const high = load<i32>(80)
  if (lo > before) {
    close(max(before, low << blockBits), min(lo, (high + 1) << blockBits))
    low = max(low, lo >> blockBits)
  }
  let last = low - 1
  let wasHigh = false
  for (let b = low, end = min(high + 1, (hi - 1) >> blockBits); b <= end; b++) {
    const isHigh = load<f32>(at(top, b)) > limit
    if (isHigh || wasHigh) {
      store<u8>(fresh + <usize>b, 1)
      last = b
    }
    wasHigh = isHigh
  }
  if (low <= high)
    for (
      let k = max(k0, load<i32>(at(unitOf, low))), end = min(k1, load<i32>(at(unitOf, high + 1)));
      k <= end;
      k++
    ) {
      const p = load<i32>(at(boundary, k))
      const reach = max(load<f32>(at(value, p)), load<f32>(at(value, p + 1)))
      if (k < k1 && reach - cost(25) > limit) last = open(k + 1, last)
      const to = load<i32>(at(skipTo, k))
      if (to > 0 && to <= k1 && reach - cost(26) > limit) last = open(to, last)
    }
  let best = never
  let k = min(k1, load<i32>(at(unitOf, last + 1)))
  let isAboveDone = false
  for (let b = last; b >= low; b--) {
    const start = max(lo, b << blockBits)
    if (!load<u8>(fresh + <usize>b)) {
      if (load<f32>(at(top, b)) > never) {
        close(start, (b + 1) << blockBits)
        store<f32>(at(top, b), never)
      }
      isAboveDone = false
      continue
    }
    store<u8>(fresh + <usize>b, 0)
    let end = min(hi, (b + 1) << blockBits)
    let highest = never
    while (end > start) {
      while (load<i32>(at(boundary, k)) >= end) k--
      const f = load<i32>(at(boundary, k))
      const from = max(start, f + 3)
      if (from < end) {
        highest = max(highest, phones(from, end, row, base, true, 0))
        end = from
      }
      if (end == f + 3 && end > start) {
        highest = max(highest, begin(k, f + 2, row, base, true, time, limit, 0))
        end = f + 2
      }
      if (end <= start) break
      if (end == f + 2) {
        highest = max(highest, between(k, k0, f, row, base, true, time, limit, 0))
        if (f < start) {
          // The filler is the last state of the block below.
          store<u8>(fresh + <usize>(b - 1), 1)
          low = min(low, b - 1)
        }
      } else {
        // Its silence is the first state of the block above.
        if (isAboveDone) highest = max(highest, load<f32>(at(value, f)))
        else store<f32>(at(value, f), never)
      }
      end = f
    }
    store<f32>(at(top, b), highest)
    best = max(best, highest)
    isAboveDone = true
  }
  while (last >= low && load<f32>(at(top, last)) <= never) last--
  while (low <= last && load<f32>(at(top, low)) <= never) low++
  store<i32>(76, low)
  store<i32>(80, last)
  return best
}

/** One frame of a search in which all states from that of boundary `k0` to that of boundary `k1` are open. To `back` + state goes where
 *  each came from. @returns the best value */
export function forced(before: i32, k0: i32, k1: i32, row: usize, base: f32, back: usize): f32 {
  const boundary = word(8)
  close(before, load<i32>(at(boundary, k0)))
  let best = never
  let end = load<i32>(at(boundary, k1)) + 2
  for (let k = k1; k >= k0; k--) {
    const f = load<i32>(at(boundary, k))
    if (end > f + 3) best = max(best, phones(f + 3, end, row, base, false, back))
    if (end > f + 2) best = max(best, begin(k, f + 2, row, base, false, 0, 0, back))
    best = max(best, between(k, k0, f, row, base, false, 0, 0, back))
    end = f
  }
  return best
}
