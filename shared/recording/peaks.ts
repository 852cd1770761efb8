import { MixDown } from './mixDown'

/** Pairs of lowest and highest sample a second, at the finest level. */
export const peaksPerSecond = 100

/** Slices of one level that make one of the next. */
const factor = 8
const magic = 0x4b504d45
const formatVersion = 1

/** A coarse first picture of a whole recording, shown where nothing better is known yet. */
export interface Sketch {
  /** Lowest and highest by turns of equal parts of the recording, −127 to 127. */
  readonly pairs: Int8Array
  /** Seconds. */
  readonly duration: number
}

/** Lowest and highest samples per slice of time, at several resolutions; filled in place from the start, and from one later slice at the
 *  same time. Samples are 8-bit: −127 to 127 stand for −1 to 1. */
export class Peaks {
  private levels: Int8Array[]
  private filled = 0
  private ahead: { readonly from: number; readonly to: number } | null = null
  private sketch: Sketch | null = null
  private underlay: Peaks | null = null

  /** @param capacity slices to make room for; grows as needed */
  constructor(capacity = 6000) {
    this.levels = [new Int8Array(capacity * 2)]
    this.makeLevels()
  }

  /** Slices that are filled from the start, at `peaksPerSecond`. */
  get length(): number {
    return this.filled
  }

  /** The slice up to which is filled ahead; `null` where nothing is. */
  get aheadTo(): number | null {
    return this.ahead?.to ?? null
  }

  /** Nothing can be shown yet, not even a sketch. */
  get isBlank(): boolean {
    return this.reach === 0 && !this.sketch && !this.underlay
  }

  /** Makes room for what will come, so that it need not grow. @param seconds as a header states them; a day at most */
  expect(seconds: number): void {
    this.reserve(Math.ceil(Math.min(seconds, 86_400) * peaksPerSecond))
  }

  /** Shows this where no slice is filled. */
  setSketch(sketch: Sketch): void {
    this.sketch = sketch
  }

  /** Shows peaks from elsewhere where no slice is filled. */
  setUnderlay(peaks: Peaks): void {
    this.underlay = peaks
  }

  /** Appends slices: lowest and highest by turns. Where they come to what was filled ahead, that is joined on. */
  append(pairs: Int8Array): void {
    const from = this.filled
    this.put(from, pairs)
    this.filled = from + pairs.length / 2
    if (!this.ahead || this.filled < this.ahead.from) return
    this.filled = Math.max(this.filled, this.ahead.to)
    this.ahead = null
  }

  /** Fills slices that begin later than what is filled from the start; the next such call goes on where this one ended.
   *  @param from the first slice, where nothing is filled ahead yet */
  appendAhead(from: number, pairs: Int8Array): void {
    if (!this.ahead && this.filled >= from) {
      this.append(pairs)
      return
    }
    const start = this.ahead?.to ?? from
    this.put(start, pairs)
    this.ahead = { from: this.ahead?.from ?? from, to: start + pairs.length / 2 }
  }

  /** Forgets what was filled ahead: it did not fit. */
  dropAhead(): void {
    if (!this.ahead) return
    const { from, to } = this.ahead
    this.put(from, new Int8Array((to - from) * 2))
    this.ahead = null
  }

  private get reach(): number {
    return this.ahead?.to ?? this.filled
  }

  private put(from: number, pairs: Int8Array): void {
    this.reserve(from + pairs.length / 2)
    ;(this.levels[0] as Int8Array).set(pairs, from * 2)
    this.fold(from, from + pairs.length / 2)
  }

  /** The lowest and highest samples of `columns` equal stretches between two instants (seconds), by turns, −1 to 1; 0 where nothing
   *  is filled yet. Costs about as much as there are columns, at any zoom. */
  columns(from: number, to: number, columns: number, into = new Float32Array(columns * 2)): Float32Array {
    const start = from * peaksPerSecond
    const perColumn = ((to - from) * peaksPerSecond) / columns
    let level = 0
    let size = 1
    while (level + 1 < this.levels.length && perColumn >= size * factor * 2) {
      level++
      size *= factor
    }
    const data = this.levels[level] as Int8Array
    const count = Math.ceil(this.reach / size)
    for (let column = 0; column < columns; column++) {
      const first = Math.floor((start + column * perColumn) / size)
      const last = Math.max(first + 1, Math.ceil((start + (column + 1) * perColumn) / size))
      let low = 127
      let high = -128
      for (let index = Math.max(0, first); index < Math.min(last, count); index++) {
        low = Math.min(low, data[index * 2] as number)
        high = Math.max(high, data[index * 2 + 1] as number)
      }
      into[column * 2] = low > high ? 0 : low / 127
      into[column * 2 + 1] = low > high ? 0 : high / 127
    }
    if (this.underlay) this.fillFrom(this.underlay, from, to, columns, into)
    return into
  }

  /** As `columns`, with the sketch where no slice is filled. */
  columnsOrSketch(from: number, to: number, columns: number): Float32Array {
    const values = this.columns(from, to, columns)
    if (!this.sketch || this.underlay) return values
    const { pairs, duration } = this.sketch
    const parts = pairs.length / 2
    const perColumn = (to - from) / columns
    for (let column = 0; column < columns; column++) {
      const start = from + column * perColumn
      if (this.isFilled(start)) continue
      const first = Math.max(0, Math.floor((start / duration) * parts))
      const last = Math.min(parts, Math.max(first + 1, Math.ceil(((start + perColumn) / duration) * parts)))
      let low = 0
      let high = 0
      for (let part = first; part < last; part++) {
        low = Math.min(low, pairs[part * 2] as number)
        high = Math.max(high, pairs[part * 2 + 1] as number)
      }
      values[column * 2] = low / 127
      values[column * 2 + 1] = high / 127
    }
    return values
  }

  private fillFrom(other: Peaks, from: number, to: number, columns: number, into: Float32Array): void {
    const values = other.columns(from, to, columns)
    for (let column = 0; column < columns; column++) {
      if (this.isFilled(from + ((to - from) * column) / columns)) continue
      into[column * 2] = values[column * 2] as number
      into[column * 2 + 1] = values[column * 2 + 1] as number
    }
  }

  private isFilled(time: number): boolean {
    const slice = time * peaksPerSecond
    return slice < this.filled || (this.ahead !== null && slice >= this.ahead.from && slice < this.ahead.to)
  }

  /** Highest magnitude of all, the sketch included, 0–1. */
  loudest(): number {
    const top = this.levels.at(-1) as Int8Array
    let highest = 0
    for (const value of top) highest = Math.max(highest, Math.abs(value))
    if (this.sketch) for (const value of this.sketch.pairs) highest = Math.max(highest, Math.abs(value))
    return Math.max(highest / 127, this.underlay?.loudest() ?? 0)
  }

  /** Lowest and highest by turns of every filled slice; a view that is valid until the next `append`. */
  finest(): Int8Array {
    return (this.levels[0] as Int8Array).subarray(0, this.filled * 2)
  }

  /** For the cache, to be put one behind the other: magic, version, length; the finest level, a view that is valid until the next `append`. */
  serialise(): [Uint8Array, Uint8Array] {
    const head = new Uint8Array(12)
    const view = new DataView(head.buffer)
    view.setUint32(0, magic, true)
    view.setUint32(4, formatVersion, true)
    view.setUint32(8, this.filled, true)
    return [head, new Uint8Array((this.levels[0] as Int8Array).buffer, 0, this.filled * 2)]
  }

  /** @returns `null` for bytes that `serialise` did not make */
  static deserialise(bytes: Uint8Array): Peaks | null {
    if (bytes.length < 12) return null
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    const length = view.getUint32(8, true)
    if (
      view.getUint32(0, true) !== magic ||
      view.getUint32(4, true) !== formatVersion ||
      bytes.length !== 12 + length * 2
    )
      return null
    const peaks = new Peaks(Math.max(1, length))
    peaks.append(new Int8Array(bytes.slice(12).buffer))
    return peaks
  }

  private reserve(length: number): void {
    const finest = this.levels[0] as Int8Array
    if (length * 2 <= finest.length) return
    const grown = new Int8Array(Math.max(length * 2, finest.length * 2))
    grown.set(finest)
    const old = this.levels
    this.levels = [grown]
    this.makeLevels()
    for (let level = 1; level < this.levels.length && level < old.length; level++)
      (this.levels[level] as Int8Array).set(old[level] as Int8Array)
    if (this.levels.length > old.length) this.fold(0, this.reach)
  }

  private makeLevels(): void {
    let size = (this.levels[0] as Int8Array).length / 2
    while (size > 1000) {
      size = Math.ceil(size / factor)
      this.levels.push(new Int8Array(size * 2))
    }
  }

  // Makes the coarser levels true for these slices of the finest.
  private fold(from: number, to: number): void {
    let start = from
    let end = to
    let limit = Math.max(to, this.reach)
    for (let level = 1; level < this.levels.length; level++) {
      const below = this.levels[level - 1] as Int8Array
      const here = this.levels[level] as Int8Array
      const first = Math.floor(start / factor)
      const last = Math.ceil(end / factor)
      for (let slice = first; slice < last; slice++) {
        let low = 127
        let high = -128
        for (let index = slice * factor; index < Math.min((slice + 1) * factor, limit); index++) {
          low = Math.min(low, below[index * 2] as number)
          high = Math.max(high, below[index * 2 + 1] as number)
        }
        here[slice * 2] = low > high ? 0 : low
        here[slice * 2 + 1] = low > high ? 0 : high
      }
      start = first
      end = last
      limit = Math.ceil(limit / factor)
    }
  }
}

/** Makes slices for `Peaks.append` out of samples that come in pieces, mixed down. */
export class PeakCollector {
  private low = 1
  private high = -1
  private seen = 0
  private slice = 0
  private pending = new Int8Array(2048)
  private pendingLength = 0
  private readonly mixDown = new MixDown()

  constructor(private readonly sampleRate: number) {}

  add(channels: readonly Float32Array[]): void {
    const samples = this.mixDown.mix(channels)
    for (let index = 0; index < samples.length; ) {
      // Slice ends are counted from the start, so that rates which are no multiple of 100 do not drift.
      const left = Math.ceil(((this.slice + 1) * this.sampleRate) / peaksPerSecond) - this.seen
      const end = Math.min(samples.length, index + left)
      this.seen += end - index
      let { low, high } = this
      for (; index < end; index++) {
        const sample = samples[index] as number
        if (sample < low) low = sample
        if (sample > high) high = sample
      }
      this.low = low
      this.high = high
      if (this.seen >= ((this.slice + 1) * this.sampleRate) / peaksPerSecond) this.close()
    }
  }

  /** The slices that are complete since the last call. */
  take(): Int8Array {
    const pairs = this.pending.slice(0, this.pendingLength)
    this.pendingLength = 0
    return pairs
  }

  /** Completes the last, short slice. */
  finish(): void {
    if (this.seen > (this.slice * this.sampleRate) / peaksPerSecond) this.close()
  }

  /** Seconds seen so far. */
  get duration(): number {
    return this.seen / this.sampleRate
  }

  private close(): void {
    if (this.pendingLength === this.pending.length) {
      const longer = new Int8Array(this.pending.length * 2)
      longer.set(this.pending)
      this.pending = longer
    }
    this.pending[this.pendingLength++] = quantised(this.low)
    this.pending[this.pendingLength++] = quantised(this.high)
    this.low = 1
    this.high = -1
    this.slice++
  }
}

function quantised(sample: number): number {
  return Math.max(-127, Math.min(127, Math.round(sample * 127)))
}
