import { DecodingFailed } from '../../shared/recording/decoding'
import { MixDown } from '../../shared/recording/mixDown'
import { mostChannels, type SoundFormat } from '../../shared/recording/sound/flac'
import { openingSegment, segmentType, soundSegment } from '../../shared/recording/sound/segments'
import type { Sound } from '../../shared/recording/sound/sound'

/** Bytes of sound kept on each side of the player, and the most seconds that they may last. The browser keeps 12 MB. */
const keptBytes = 4 * 1024 * 1024
const keptSeconds = 20

/** Samples appended at a time; the first time fewer, so that a jump is heard at once. */
const samplesAtOnce = 1 << 16
const firstSamples = 1 << 13

/** Seconds before the end from which is fed when the player jumps to the end: it wants something to end with. */
const lastStretch = 0.5

/** Feeds a media source with a recording's sound from wherever the player is, decoded by ourselves: what is heard is at the time that
 *  the picture has it, which Chromium's own demuxers do not promise. Some seconds around the player are kept. */
export class SoundFeeder {
  private readonly format: SoundFormat
  private readonly kept: number
  private readonly mixDown = new MixDown()
  private buffer: SourceBuffer | null = null
  private position = 0
  /** Seconds that lie in the buffer without a gap. */
  private fed = { from: 0, to: 0 }
  private run = 0
  private running: Promise<void> = Promise.resolve()
  private changes: Promise<void> = Promise.resolve()
  private hasFailed = false
  private wake: () => void = () => undefined
  private fragments = 0

  /** @param failed told what the sound's decoder rejected with; the next jump tries again */
  constructor(
    private readonly media: MediaSource,
    private readonly sound: Sound,
    private readonly failed: (reason: unknown) => void,
  ) {
    const channels = sound.channels > mostChannels ? 1 : sound.channels
    this.format = { channels, sampleRate: sound.sampleRate }
    this.kept = Math.min(keptSeconds, keptBytes / (sound.sampleRate * channels * 2))
  }

  /** Begins to feed; the media source must be open. @param duration of the recording as far as is known, seconds */
  async start(duration: number): Promise<void> {
    const buffer = this.media.addSourceBuffer(segmentType)
    this.buffer = buffer
    await this.setDuration(duration)
    await this.change(() => buffer.appendBuffer(openingSegment(this.format)))
    this.feedFrom(this.position)
  }

  /** The player is at `time` (seconds). @param isAwaited it was sent there and waits for sound */
  moveTo(time: number, isAwaited: boolean): void {
    this.position = time
    const isFed = time >= this.fed.from && time <= this.fed.to
    if (this.buffer && isAwaited && (!isFed || this.hasFailed)) this.feedFrom(time)
    else this.wake()
  }

  /** Corrects the length that the player shows, seconds. */
  setDuration(duration: number): Promise<void> {
    return this.change(({ buffered }) => {
      if (this.media.readyState !== 'open') return
      const reached = buffered.length > 0 ? buffered.end(buffered.length - 1) : 0
      this.media.duration = Math.max(duration, reached)
    })
  }

  private feedFrom(time: number): void {
    this.run++
    this.hasFailed = false
    this.wake()
    const run = this.run
    this.running = this.running
      .then(() => this.feed(run, time))
      .catch((reason: unknown) => {
        if (run !== this.run) return
        this.hasFailed = true
        this.failed(reason)
      })
  }

  private async feed(run: number, time: number): Promise<void> {
    if (run !== this.run) return
    const { sampleRate } = this.sound
    const last = Math.max(0, this.media.duration - lastStretch)
    let position = Math.floor(Math.max(0, Math.min(time, last)) * sampleRate)
    await this.remove(0, Number.POSITIVE_INFINITY)
    this.fed = { from: position / sampleRate, to: position / sampleRate }
    let gathered: Int16Array[][] = []
    let count = 0
    let enough = firstSamples
    const append = async () => {
      if (count === 0) return
      const whole = joined(gathered)
      gathered = []
      count = 0
      enough = samplesAtOnce
      await this.append(whole, position)
      position += (whole[0] as Int16Array).length
      this.fed = { from: this.fed.from, to: position / sampleRate }
    }
    for await (const { channels: piece } of wholeOf(this.sound.from(position))) {
      gathered.push(this.samplesOf(piece))
      count += piece[0]?.length ?? 0
      if (count < enough) continue
      await append()
      while (run === this.run && this.fed.to - this.position > this.kept) await this.nudged()
      if (run !== this.run) return
    }
    await append()
    await this.change(() => {
      // Where the length was thought to be greater nothing came; it will be corrected.
      const isEnd = run === this.run && this.fed.to > this.fed.from
      if (isEnd && this.media.readyState === 'open') this.media.endOfStream()
    })
  }

  private samplesOf(piece: readonly Float32Array[]): Int16Array[] {
    const { channels } = this.format
    const heard = piece.length > mostChannels ? [this.mixDown.mix(piece)] : piece
    // A stream that changes its channels half-way goes on with those that it began with.
    return Array.from({ length: channels }, (_, index) =>
      quantised((heard[index] ?? heard[0] ?? new Float32Array()) as Float32Array),
    )
  }

  private async append(channels: readonly Int16Array[], position: number): Promise<void> {
    await this.remove(0, this.position - this.kept)
    const segment = soundSegment(channels, position, this.format.sampleRate, ++this.fragments)
    await this.change((buffer) => buffer.appendBuffer(segment))
  }

  private async remove(from: number, to: number): Promise<void> {
    await this.change((buffer) => {
      if (buffer.buffered.length > 0 && buffer.buffered.start(0) < to) buffer.remove(from, to)
    })
    this.fed = { from: Math.max(this.fed.from, to), to: this.fed.to }
  }

  // One change at a time: while the buffer is busy with one it refuses the next.
  private change(make: (buffer: SourceBuffer) => void): Promise<void> {
    const made = this.changes.then(async () => {
      const { buffer } = this
      if (!buffer) return
      make(buffer)
      if (buffer.updating)
        await new Promise((done) => buffer.addEventListener('updateend', done, { once: true }))
    })
    this.changes = made.catch(() => undefined)
    return made
  }

  private nudged(): Promise<void> {
    return new Promise((done) => {
      this.wake = done
    })
  }
}

// A recording that is cut off ends where it is cut; the analysis says so.
async function* wholeOf<T>(pieces: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield* pieces
  } catch (reason) {
    if (!(reason instanceof DecodingFailed && reason.problem.kind === 'truncated')) throw reason
  }
}

function quantised(samples: Float32Array): Int16Array {
  const whole = new Int16Array(samples.length)
  for (let index = 0; index < samples.length; index++)
    whole[index] = Math.max(-32768, Math.min(32767, Math.round((samples[index] as number) * 32768)))
  return whole
}

function joined(pieces: readonly (readonly Int16Array[])[]): Int16Array[] {
  const [first] = pieces
  if (!first || pieces.length === 1) return [...(first ?? [])]
  const length = pieces.reduce((sum, piece) => sum + (piece[0] as Int16Array).length, 0)
  return first.map((_, channel) => {
    const whole = new Int16Array(length)
    let at = 0
    for (const piece of pieces) {
      whole.set(piece[channel] as Int16Array, at)
      at += (piece[channel] as Int16Array).length
    }
    return whole
  })
}
