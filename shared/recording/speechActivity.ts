import { MixDown } from './mixDown'

/** Frames a second. */
const frameRate = 50

/** Seconds of quiet that do not end a stretch of speech, and of sound that do not make one. */
const shortestPause = 0.3
const shortestSpeech = 0.12

/** Decibels below full scale that count as nothing at all. */
const floorDecibels = -100

/** Where even the loud parts are below this, nobody speaks; decibels. */
const quietestSpeech = -58

/** Finds where there is speech by loudness: threshold between the recording's own noise and its own speech. Keeps one byte a frame. */
export class SpeechActivity {
  private frames = new Uint8Array(frameRate * 600)
  private count = 0
  private energy = 0
  private inFrame = 0
  private seen = 0
  private readonly mixDown = new MixDown()

  constructor(private readonly sampleRate: number) {}

  add(channels: readonly Float32Array[]): void {
    const samples = this.mixDown.mix(channels)
    for (let index = 0; index < samples.length; ) {
      const left = Math.ceil(((this.count + 1) * this.sampleRate) / frameRate) - this.seen
      const end = Math.min(samples.length, index + left)
      this.seen += end - index
      this.inFrame += end - index
      let energy = this.energy
      for (; index < end; index++) energy += (samples[index] as number) * (samples[index] as number)
      this.energy = energy
      if (this.seen >= ((this.count + 1) * this.sampleRate) / frameRate) this.close()
    }
  }

  /** What is kept of the frames so far, for `append`. */
  frameBytes(): Uint8Array {
    return this.frames.slice(0, this.count)
  }

  /** Takes over the frames of a later part that was heard by another; nothing can be added after that. */
  append(frames: Uint8Array): void {
    const all = new Uint8Array(this.count + frames.length)
    all.set(this.frames.subarray(0, this.count))
    all.set(frames, this.count)
    this.frames = all
    this.count = all.length
  }

  private close(): void {
    if (this.count === this.frames.length) {
      const grown = new Uint8Array(this.frames.length * 2)
      grown.set(this.frames)
      this.frames = grown
    }
    const decibels = 10 * Math.log10(this.energy / Math.max(1, this.inFrame) + 1e-10)
    this.frames[this.count++] = Math.max(0, Math.min(255, Math.round((decibels - floorDecibels) * 2)))
    this.energy = 0
    this.inFrame = 0
  }

  /** Stretches of speech so far, `[start, end]` in seconds. The threshold lies 35% of the way from the noise (10% quantile) to the speech
   *  (95% quantile), so it holds for quiet and noisy recordings alike; a recording without any contrast has none. */
  segments(): (readonly [number, number])[] {
    const histogram = new Uint32Array(256)
    for (let index = 0; index < this.count; index++)
      histogram[this.frames[index] as number] = (histogram[this.frames[index] as number] as number) + 1
    const noise = quantile(histogram, this.count, 0.1)
    const speech = quantile(histogram, this.count, 0.95)
    if (speech < (quietestSpeech - floorDecibels) * 2) return []
    if (speech - noise < 12) return this.count > 0 ? [[0, this.count / frameRate]] : []
    const threshold = noise + (speech - noise) * 0.35
    const found: [number, number][] = []
    let start = -1
    for (let index = 0; index <= this.count; index++) {
      const isLoud = index < this.count && (this.frames[index] as number) >= threshold
      if (isLoud && start < 0) start = index
      if (!isLoud && start >= 0) {
        const last = found.at(-1)
        if (last && (start - last[1] * frameRate) / frameRate < shortestPause) last[1] = index / frameRate
        else found.push([start / frameRate, index / frameRate])
        start = -1
      }
    }
    return found.filter(([from, to]) => to - from >= shortestSpeech)
  }
}

function quantile(histogram: Uint32Array, total: number, share: number): number {
  let passed = 0
  for (let value = 0; value < histogram.length; value++) {
    passed += histogram[value] as number
    if (passed > total * share) return value
  }
  return 0
}
