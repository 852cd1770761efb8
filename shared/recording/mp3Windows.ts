import type { ByteSource } from './byteSource'
import { decodeMp3, findMp3, type Mp3Decoder } from './mp3'
import { frameLength, isMono, readTag, sampleRateAt, samplesPerFrame } from './mp3Frames'
import { frames, framesBefore, framesOfTurn, place } from './mp3Split'
import { type Cancellation, gather, type SampleWindows } from './sampleWindows'

/** Frames between two places that are remembered. */
const framesBetweenMarks = framesOfTurn * 16

/** How far the next frame is looked for where frames do not follow one another, bytes. */
const searchLength = 256 * 1024

/** Opens MPEG audio to read stretches of it. A stretch is found by counting every frame before it, once; what is counted is kept.
 *  @returns `null` for anything else */
export async function openMp3Windows(
  source: ByteSource,
  createDecoder: () => Mp3Decoder,
): Promise<SampleWindows | null> {
  const start = await findMp3(source)
  if (start === null) return null
  const head = await source.read(start, 4096)
  const perFrame = samplesPerFrame(head, 0)
  const sampleRate = sampleRateAt(head, 0)
  const tag = readTag(head)
  const trimmed = tag?.trimmedAtStart ?? 0
  const sounding = tag?.padding ? tag.samples - trimmed - tag.padding : null
  const table = new FrameTable(source, start, tag ? -1 : 0)
  return {
    sampleRate,
    async read(from, to, signal) {
      const wanted = Math.floor((from + trimmed) / perFrame) - framesBefore
      const mark = wanted > 0 ? await table.markBefore(wanted, signal) : null
      const isOneChannel = isMono(head, 0)
      if (!mark || mark.count <= 0) {
        // From its start the decoder leaves out by itself what does not belong to the sound.
        const chunks = decodeMp3(source, start, createDecoder(), isOneChannel)
        return gather(chunks, 0, { from, to, sampleRate, signal })
      }
      const chunks = decodeMp3(source, mark.offset, createDecoder(), isOneChannel)
      const cut = sounding === null || !tag ? null : { from: sounding, to: sounding + tag.padding }
      const skipped = cut && from >= cut.from ? cut.to - cut.from : 0
      const first = mark.count * perFrame - trimmed
      return gather(place(chunks, first, from + skipped, cut), from, { from, to, sampleRate, signal })
    },
  }
}

interface Mark {
  /** Frames of sound before. */
  readonly count: number
  /** Bytes. */
  readonly offset: number
}

/** Where the frames of a file begin; read as far as was asked for. */
class FrameTable {
  private readonly marks: Mark[] = []
  private scanned: AsyncGenerator<{ readonly offset: number }>
  private next: Mark
  private isAtEnd = false

  constructor(
    private readonly source: ByteSource,
    start: number,
    count: number,
  ) {
    this.next = { count, offset: start }
    this.scanned = frames(source, start)
  }

  /** The last remembered place that is not behind frame `count`. */
  async markBefore(count: number, signal: Cancellation): Promise<Mark | null> {
    while (!this.isAtEnd && this.next.count <= count) await this.step(signal)
    return this.marks.findLast((mark) => mark.count <= count) ?? null
  }

  private async step(signal: Cancellation): Promise<void> {
    signal.throwIfAborted()
    const { value, done } = await this.scanned.next()
    if (done) return this.resume()
    if (this.next.count >= 0 && this.next.count % framesBetweenMarks === 0)
      this.marks.push({ count: this.next.count, offset: value.offset })
    this.next = { count: this.next.count + 1, offset: value.offset }
  }

  // Behind a frame that nothing follows, or a stretch that is no frame, the decoder goes on with the next two that do.
  private async resume(): Promise<void> {
    const from = this.next.offset + 1
    const bytes = await this.source.read(from, searchLength)
    for (let at = 0; at + 4 < bytes.length; at++) {
      const length = frameLength(bytes, at)
      if (length === 0 || frameLength(bytes, at + length) === 0) continue
      this.next = { count: this.next.count, offset: from + at }
      this.scanned = frames(this.source, from + at)
      return
    }
    this.isAtEnd = true
  }
}
