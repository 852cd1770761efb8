import type { ByteSource } from '../byteSource'
import { decodeMp3, decodeWhole, findMp3, type Mp3Decoder, paddingOf, place } from '../mp3'
import { frameLength, isMono, readTag, sampleRateAt, samplesPerFrame, soundingSamples } from '../mp3Frames'
import { framesBefore, framesOfTurn } from '../mp3Split'
import type { Sound } from './sound'

/** Every how many frames of sound an offset is kept: ten hours make 43,000. */
const keptEvery = framesOfTurn * 4

const scannedAtOnce = 1024 * 1024

/** Where the frames of an mp3 file lie, found by counting them; as far as it was asked for, and then kept. */
class FrameIndex {
  private readonly offsets: number[] = []
  private offset: number
  private isComplete = false
  private scanning: Promise<void> = Promise.resolve()

  /** @param count of sound before the first: the encoder's own frame counts for none, as to the decoder */
  constructor(
    private readonly source: ByteSource,
    start: number,
    private count: number,
  ) {
    this.offset = start
  }

  /** The last kept frame that is no later than `frame`; `null` where none was found. */
  async before(frame: number): Promise<{ readonly frame: number; readonly offset: number } | null> {
    // One reader at a time goes on where the one before ended.
    const scanning = this.scanning.catch(() => undefined).then(() => this.scanTo(frame))
    this.scanning = scanning
    await scanning
    const entry = Math.min(Math.floor(frame / keptEvery), this.offsets.length - 1)
    const offset = this.offsets[entry]
    return offset === undefined ? null : { frame: entry * keptEvery, offset }
  }

  private async scanTo(frame: number): Promise<void> {
    while (this.count <= frame && !this.isComplete) {
      const block = await this.source.read(this.offset, scannedAtOnce)
      const isLast = this.offset + block.length >= this.source.size
      let at = 0
      while (at + 4 <= block.length) {
        const length = frameLength(block, at)
        // A frame whose end is not in this block is looked at in the next.
        if (at + length > block.length && !isLast) break
        if (length === 0) {
          const next = nextFrame(block, at + 1)
          if (next === null) {
            at = Math.max(at + 1, block.length - 4)
            break
          }
          at = next
          continue
        }
        if (this.count >= 0 && this.count % keptEvery === 0) this.offsets.push(this.offset + at)
        this.count++
        at += length
      }
      this.offset += at
      this.isComplete = isLast || at === 0
    }
  }
}

// Where frames go on after a break: at the next one that another follows.
function nextFrame(block: Uint8Array, from: number): number | null {
  for (let at = from; at + 4 < block.length; at++) {
    const length = frameLength(block, at)
    if (length > 0 && (at + length + 4 > block.length || frameLength(block, at + length) > 0)) return at
  }
  return null
}

/** Opens MPEG audio, layers 1 to 3, to be heard from any instant: frames are counted up to it, so that the place is exact at any bit
 *  rate and whatever the header says. @returns `null` for anything else */
export async function openMp3Sound(
  source: ByteSource,
  createDecoder: () => Mp3Decoder,
): Promise<Sound | null> {
  const start = await findMp3(source)
  if (start === null) return null
  const head = await source.read(start, 4096)
  const tag = readTag(head)
  const sampleRate = sampleRateAt(head, 0)
  const perFrame = samplesPerFrame(head, 0)
  const isOneChannel = isMono(head, 0)
  const index = new FrameIndex(source, start, tag ? -1 : 0)
  const trimmed = tag?.trimmedAtStart ?? 0
  return {
    sampleRate,
    channels: isOneChannel ? 1 : 2,
    duration:
      tag && tag.samples > 0
        ? soundingSamples(tag) / sampleRate
        : (((source.size - start) / frameLength(head, 0)) * perFrame) / sampleRate,
    prepare: () => index.before(Number.MAX_SAFE_INTEGER),
    async *from(heard) {
      const padding = paddingOf(tag)
      const isBehind = padding !== null && heard >= padding.from
      const position = isBehind ? heard + padding.to - padding.from : heard
      const wanted = Math.floor((position + trimmed) / perFrame) - framesBefore
      const found = wanted > 0 ? await index.before(wanted) : null
      if (!found || found.frame === 0)
        return yield* place(decodeWhole(source, start, head, createDecoder()), 0, heard, null)
      const chunks = decodeMp3(source, found.offset, createDecoder(), isOneChannel)
      yield* place(chunks, found.frame * perFrame - trimmed, position, padding)
    },
  }
}
