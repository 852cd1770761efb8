import { MixDown } from './mixDown'
import { findNotSpeech } from './notSpeech'
import { blockRate, blocksCompared, bytesPerBlock, CharacterMeter } from './soundCharacter'
import { voiceChanges } from './voiceChange'

/** A stretch of speech, seconds, and how likely somebody else speaks from there on than before, 0–1. */
export type SpokenStretch = readonly [start: number, end: number, change?: number]
/** In order, apart. */
export type Speech = readonly SpokenStretch[]

/** Frames of loudness a second: two a block. */
const frameRate = 2 * blockRate

/** Seconds of quiet that do not end a stretch of speech, and of sound that do not make one. */
const shortestPause = 0.3
const shortestSpeech = 0.12

/** Seconds of sound beside music or applause that are still taken for it. */
const shortestBeside = 0.4

/** Decibels below full scale that count as nothing at all. */
const floorDecibels = -100

/** Where even the loud parts are below this, nobody speaks; decibels. */
const quietestSpeech = -58

/** What is kept of a stretch of a recording: a byte of loudness a frame, four of character a block. */
export interface SpeechTrace {
  readonly frames: Uint8Array
  readonly blocks: Uint8Array
}

/** Finds where there is speech: by loudness, between the recording's own noise and its own speech, except where the sound is music, applause
 *  or steady noise. Keeps 150 bytes a second. */
export class SpeechActivity {
  private frames = new Uint8Array(frameRate * 600)
  private blocks = new Uint8Array(blockRate * bytesPerBlock * 600)
  private count = 0
  private blockCount = 0
  private seen = 0
  private readonly meter: CharacterMeter
  // The block that is being filled.
  private readonly pending: Float32Array
  private filled = 0
  private readonly mixDown = new MixDown()

  constructor(private readonly sampleRate: number) {
    this.meter = new CharacterMeter(sampleRate)
    this.pending = new Float32Array(Math.ceil(sampleRate / blockRate) + 1)
  }

  /** Hears what lies before a part that begins in the middle of a recording, so that the part is judged as in the whole.
   *  @param samples those just before it, mixed down: 0.12 s are enough */
  prime(samples: Float32Array): void {
    const { length } = this.meter
    const unused = new Uint8Array(bytesPerBlock)
    for (let back = blocksCompared; back > 0; back--) {
      const at = samples.length - back * length
      if (at >= 0) this.meter.measure(samples, at, unused, 0)
    }
  }

  add(channels: readonly Float32Array[]): void {
    const samples = this.mixDown.mix(channels)
    for (let index = 0; index < samples.length; ) {
      // Ends are counted from the start, so that rates which are no multiple of 25 do not drift.
      const blockEnd = Math.ceil(((this.blockCount + 1) * this.sampleRate) / blockRate)
      const end = Math.min(samples.length, index + blockEnd - this.seen)
      const isWhole = this.filled === 0 && this.seen + end - index >= blockEnd
      this.seen += end - index
      if (isWhole) this.close(samples, index, end)
      else {
        this.pending.set(samples.subarray(index, end), this.filled)
        this.filled += end - index
        if (this.seen >= blockEnd) this.close(this.pending, 0, this.filled)
      }
      index = end
    }
  }

  // Ends a block: the samples from one index to another.
  private close(samples: Float32Array, from: number, to: number): void {
    if ((this.blockCount + 1) * bytesPerBlock > this.blocks.length) {
      this.frames = grown(this.frames)
      this.blocks = grown(this.blocks)
    }
    const middle = from + ((to - from) >> 1)
    this.frames[this.count++] = loudness(samples, from, middle)
    this.frames[this.count++] = loudness(samples, middle, to)
    this.meter.measure(samples, from, this.blocks, this.blockCount * bytesPerBlock)
    this.blockCount++
    this.filled = 0
  }

  /** What is kept of what was heard so far, for `append`. */
  trace(): SpeechTrace {
    return {
      frames: this.frames.slice(0, this.count),
      blocks: this.blocks.slice(0, this.blockCount * bytesPerBlock),
    }
  }

  /** Takes over what another kept of the part that follows; nothing can be added after that. */
  append({ frames, blocks }: SpeechTrace): void {
    this.frames = joined(this.frames.subarray(0, this.count), frames)
    this.blocks = joined(this.blocks.subarray(0, this.blockCount * bytesPerBlock), blocks)
    this.count = this.frames.length
    this.blockCount = this.blocks.length / bytesPerBlock
  }

  /** Stretches of speech so far. The threshold lies 35% of the way from the noise (10% quantile) to the speech
   *  (95% quantile), so it holds for quiet and noisy recordings alike; a recording without any contrast is all speech or none. */
  segments(): SpokenStretch[] {
    const notSpeech = findNotSpeech(
      this.blockDecibels(),
      this.blocks.subarray(0, this.blockCount * bytesPerBlock),
    )
    const histogram = new Uint32Array(256)
    let total = 0
    for (let index = 0; index < this.count; index++) {
      if (notSpeech[index >> 1]) continue
      total++
      histogram[this.frames[index] as number] = (histogram[this.frames[index] as number] as number) + 1
    }
    const noise = quantile(histogram, total, 0.1)
    const speech = quantile(histogram, total, 0.95)
    if (total === 0 || speech < (quietestSpeech - floorDecibels) * 2) return []
    const threshold = speech - noise < 12 ? 0 : noise + (speech - noise) * 0.35
    const found: { start: number; end: number; isBeside: boolean }[] = []
    let start = -1
    for (let index = 0; index <= this.count; index++) {
      const isOther = notSpeech[index >> 1] === 1
      const isSpeech = index < this.count && !isOther && (this.frames[index] as number) >= threshold
      if (isSpeech && start < 0) start = index
      if (isSpeech || start < 0) continue
      const last = found.at(-1)
      const isBeside = isOther || (start > 0 && notSpeech[(start - 1) >> 1] === 1)
      if (
        last &&
        !isOtherBetween(notSpeech, last.end, start) &&
        (start - last.end) / frameRate < shortestPause
      ) {
        last.end = index
        last.isBeside ||= isBeside
      } else found.push({ start, end: index, isBeside })
      start = -1
    }
    const stretches = found.filter(
      ({ start, end, isBeside }) => (end - start) / frameRate >= (isBeside ? shortestBeside : shortestSpeech),
    )
    const changes = voiceChanges(
      stretches.map(({ start, end }) => ({
        start: start >> 1,
        end: Math.min(this.blockCount, (end + 1) >> 1),
      })),
      this.blocks,
    )
    return stretches.map(
      ({ start, end }, index) => [start / frameRate, end / frameRate, changes[index] as number] as const,
    )
  }

  private blockDecibels(): Float32Array {
    const decibels = new Float32Array(this.blockCount)
    for (let block = 0; block < this.blockCount; block++) {
      const louder = Math.max(this.frames[block * 2] as number, this.frames[block * 2 + 1] as number)
      const softer = Math.min(this.frames[block * 2] as number, this.frames[block * 2 + 1] as number)
      decibels[block] = floorDecibels + louder / 2 + (meanOfTwo[louder - softer] as number)
    }
    return decibels
  }
}

/** Decibels to add to the louder of two to have their mean, by how many half decibels they differ. */
const meanOfTwo = Float32Array.from(
  { length: 256 },
  (_, halves) => 10 * Math.log10((1 + 10 ** (-halves / 20)) / 2),
)

function isOtherBetween(notSpeech: Uint8Array, from: number, to: number): boolean {
  for (let index = from; index < to; index++) if (notSpeech[index >> 1]) return true
  return false
}

function loudness(samples: Float32Array, from: number, to: number): number {
  let energy = 0
  for (let index = from; index < to; index++)
    energy += (samples[index] as number) * (samples[index] as number)
  const decibels = 10 * Math.log10(energy / Math.max(1, to - from) + 1e-10)
  return Math.max(0, Math.min(255, Math.round((decibels - floorDecibels) * 2)))
}

function grown(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return joined(bytes, new Uint8Array(bytes.length))
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

function quantile(histogram: Uint32Array, total: number, share: number): number {
  let passed = 0
  for (let value = 0; value < histogram.length; value++) {
    passed += histogram[value] as number
    if (passed > total * share) return value
  }
  return 0
}
