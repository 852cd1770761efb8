import { type AlacConfig, AlacDecoder, readAlacConfig, samplesIn } from './alac'
import type { ByteSource } from './byteSource'
import { readCafTrack } from './caf'
import { type Decoding, DecodingFailed, type PcmChunk } from './decoding'
import { readMp4Track } from './mp4'
import { lengthOf, type Packets, type PacketTrack, packetAt, type Stretch } from './packetTrack'
import { gather, type SampleWindows } from './sampleWindows'
import type { Sound } from './sound/sound'

/** Samples of each channel, and bytes, that are decoded at a time. */
const samplesAtOnce = 1 << 16
const bytesAtOnce = 1024 * 1024

/** Bytes between packets that are read along rather than left out. */
const readAlong = 64 * 1024

/** Samples that a byte of a file may stand for: silence makes some 200. */
const mostPerByte = 1000

interface Opened {
  readonly config: AlacConfig
  readonly packets: Packets
  readonly stretches: readonly Stretch[]
  /** Samples. */
  readonly length: number
}

async function open(source: ByteSource): Promise<Opened | null> {
  const track =
    (await readCafTrack(source, 'alac')) ??
    (await readMp4Track(source, 'alac', (cookie) => readAlacConfig(cookie)?.sampleRate ?? null))
  const config = track && readAlacConfig(track.description)
  if (!config) return null
  const stretches = await cutToPackets(source, track, config)
  const length = lengthOf(stretches)
  if (length === 0) throw new DecodingFailed({ kind: 'empty' })
  if (length > source.size * mostPerByte)
    throw new DecodingFailed({ kind: 'unreadable', detail: 'its times are damaged' })
  return { config, packets: track.packets, stretches, length }
}

// Some tables count the last packet as a whole one, also where it is not.
async function cutToPackets(source: ByteSource, { packets, stretches }: PacketTrack, config: AlacConfig) {
  const last = packets.sizes.length - 1
  if (last < 0) return []
  const start = await source.read(packets.offsets[last] as number, 8)
  const begin = packets.starts[last] as number
  const stated = packets.starts[last + 1] as number
  const end = start.length < 8 ? stated : Math.min(stated, begin + samplesIn(start, config))
  return stretches.map((stretch): Stretch => {
    const { from, samples } = stretch
    return from === null ? stretch : { from, samples: Math.max(0, Math.min(samples, end - from)) }
  })
}

/** Opens Apple Lossless in MP4, QuickTime and CAF files. What lies outside of an edit list, or is priming and padding, is left out; a
 *  damaged packet is silence. @returns `null` for anything else */
export async function openAppleLossless(source: ByteSource): Promise<Decoding | null> {
  const opened = await open(source)
  if (!opened) return null
  const { sampleRate, channels } = opened.config
  return {
    header: { codec: 'alac', sampleRate, channels, duration: opened.length / sampleRate },
    chunks: chunksFrom(source, opened, 0),
  }
}

/** Opens the same to be heard from any instant. */
export async function openAppleLosslessSound(source: ByteSource): Promise<Sound | null> {
  const opened = await open(source)
  if (!opened) return null
  const { sampleRate, channels } = opened.config
  return {
    sampleRate,
    channels,
    duration: opened.length / sampleRate,
    from: (position) => chunksFrom(source, opened, position),
  }
}

/** Opens the same to read stretches of it. */
export async function openAppleLosslessWindows(source: ByteSource): Promise<SampleWindows | null> {
  const opened = await open(source)
  if (!opened) return null
  const { sampleRate } = opened.config
  return {
    sampleRate,
    read(from, to, signal) {
      const end = Math.min(to, opened.length)
      return gather(chunksFrom(source, opened, from), from, { from, to: end, sampleRate, signal })
    },
  }
}

async function* chunksFrom(source: ByteSource, opened: Opened, position: number): AsyncGenerator<PcmChunk> {
  const { config, packets, stretches, length } = opened
  const { sampleRate } = config
  const decoder = new PacketDecoder(source, config, packets)
  let before = 0
  for (const { from, samples } of stretches) {
    const skipped = Math.max(0, position - before)
    before += samples
    if (skipped >= samples) continue
    let at = before - samples + skipped
    const pieces =
      from === null
        ? silence(samples - skipped, config.channels)
        : decoder.stretch(from + skipped, from + samples)
    for await (const channels of pieces) {
      at += (channels[0] as Float32Array).length
      yield { channels, sampleRate, progress: at / length }
    }
  }
  if (decoder.isAllDamaged)
    throw new DecodingFailed({ kind: 'unreadable', detail: 'its packets are damaged' })
}

function* silence(samples: number, channels: number): Generator<readonly Float32Array[]> {
  const nothing = new Float32Array(Math.min(samples, samplesAtOnce))
  for (let left = samples; left > 0; left -= samplesAtOnce)
    yield Array.from({ length: channels }, () => nothing.subarray(0, left))
}

/** Decodes stretches of a track into the same arrays again and again. */
class PacketDecoder {
  private readonly decoder: AlacDecoder
  private readonly channels: readonly Float32Array[]
  private good = 0
  private damaged = 0

  constructor(
    private readonly source: ByteSource,
    private readonly config: AlacConfig,
    private readonly packets: Packets,
  ) {
    this.decoder = new AlacDecoder(config)
    this.channels = Array.from(
      { length: config.channels },
      () => new Float32Array(samplesAtOnce + config.frameLength),
    )
  }

  /** Whether something was decoded, and none of it made sense. */
  get isAllDamaged(): boolean {
    return this.damaged > 0 && this.good === 0
  }

  /** The track's samples from one to another, in pieces. Rejects with `truncated` when the file ends before. */
  async *stretch(from: number, to: number): AsyncGenerator<readonly Float32Array[]> {
    const { offsets, sizes, starts } = this.packets
    let position = from
    for (let packet = packetAt(this.packets, from); position < to; ) {
      if (packet >= sizes.length) throw new DecodingFailed({ kind: 'truncated' })
      const first = packet
      const next = this.endOfGroup(packet, to)
      const offset = offsets[packet] as number
      const bytes = await this.source.read(
        offset,
        (offsets[next - 1] as number) + (sizes[next - 1] as number) - offset,
      )
      const base = starts[packet] as number
      let isCut = false
      while (packet < next && !isCut) {
        const begin = (offsets[packet] as number) - offset
        const end = begin + (sizes[packet] as number)
        isCut = end > bytes.length
        if (!isCut) this.decode(bytes.subarray(begin, end), packet++, base)
      }
      const stop = Math.min(to, this.endOf(packet - 1))
      if (packet > first && stop > position) {
        const [start, end] = [position - base, stop - base]
        position = stop
        yield this.channels.map((channel) => channel.subarray(start, end))
      }
      // Where the next does not follow at once is silence.
      const gap = Math.min(to, starts[packet] as number) - position
      if (gap > 0 && packet > first) yield* silence(gap, this.config.channels)
      position += Math.max(0, gap)
      if (isCut) throw new DecodingFailed({ kind: 'truncated' })
    }
  }

  private decode(bytes: Uint8Array, packet: number, base: number): void {
    const { starts } = this.packets
    const at = (starts[packet] as number) - base
    const count = this.decoder.decode(bytes, this.channels, at)
    if (count > 0) this.good++
    else this.damaged++
    const end = this.endOf(packet) - base
    if (at + count < end) for (const channel of this.channels) channel.fill(0, at + count, end)
  }

  private endOf(packet: number): number {
    const { starts } = this.packets
    return Math.min(starts[packet + 1] as number, (starts[packet] as number) + this.config.frameLength)
  }

  // Packets that lie close together and follow one another, and are decoded at once.
  private endOfGroup(first: number, to: number): number {
    const { offsets, sizes, starts } = this.packets
    const [base, begin] = [starts[first] as number, offsets[first] as number]
    let next = first + 1
    for (; next < sizes.length && (starts[next] as number) < to; next++) {
      const end = (offsets[next - 1] as number) + (sizes[next - 1] as number)
      const gap = (offsets[next] as number) - end
      if (gap < 0 || gap > readAlong) break
      if ((offsets[next] as number) + (sizes[next] as number) - begin > bytesAtOnce) break
      if (this.endOf(next) - base > samplesAtOnce || this.endOf(next - 1) < (starts[next] as number)) break
    }
    return next
  }
}
