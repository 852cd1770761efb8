import {
  ALL_FORMATS,
  type AudioSample,
  AudioSampleSink,
  CustomSource,
  EncodedPacketSink,
  Input,
  type InputAudioTrack,
} from 'mediabunny'
import type { ByteSource } from '../../shared/recording/byteSource'
import { type Decoding, DecodingFailed, type PcmChunk } from '../../shared/recording/decoding'
import { foreignCodec } from '../../shared/recording/foreignCodec'
import { gather, type SampleWindows } from '../../shared/recording/sampleWindows'
import type { Sound } from '../../shared/recording/sound/sound'

interface Container {
  readonly codec: string
  readonly track: InputAudioTrack
  /** Seconds on the container's clock that are 0 on ours: where the first thing in it begins, be it sound or picture. Sound before the
   *  clock's own zero is what the encoder put there to begin with (an edit list, a pre-skip says so); nobody hears it. */
  readonly origin: number
  /** Seconds, from there. */
  readonly duration: number
}

async function readContainer(source: ByteSource): Promise<Container | null> {
  const input = new Input({
    formats: ALL_FORMATS,
    source: new CustomSource({
      getSize: () => source.size,
      read: (start, end) => source.read(start, end - start),
      prefetchProfile: 'fileSystem',
    }),
  })
  if (!(await input.canRead())) return null
  const track = await input.getPrimaryAudioTrack()
  if (!track) throw new DecodingFailed({ kind: 'notAudio' })
  const codec = await track.getCodec()
  if (!(await track.canDecode())) {
    const internal = await track.getInternalCodecId()
    const name = codec ?? (typeof internal === 'string' ? internal.trim() : null)
    throw new DecodingFailed({
      kind: 'unsupportedCodec',
      codec: name ?? (await foreignCodec(source)) ?? 'unknown',
    })
  }
  const origin = Math.max(0, await input.getFirstTimestamp())
  return { codec: codec ?? '', track, origin, duration: (await input.computeDuration()) - origin }
}

/** Opens whatever has a container that mediabunny reads and a codec that the browser decodes (WebCodecs).
 *  @returns `null` when no format is recognised */
export async function openContainer(source: ByteSource): Promise<Decoding | null> {
  const container = await readContainer(source)
  if (!container) return null
  const { codec, track, duration } = container
  const [sampleRate, channels] = [await track.getSampleRate(), await track.getNumberOfChannels()]
  return { header: { codec, sampleRate, channels, duration }, chunks: chunksOf(container, 0) }
}

/** Opens the same to be heard from any instant. */
export async function openContainerSound(source: ByteSource): Promise<Sound | null> {
  const container = await readContainer(source)
  if (!container) return null
  const { track, duration } = container
  const { sampleRate, channels } = await decodedFormat(track)
  return {
    sampleRate,
    channels,
    duration,
    from: (position) => chunksOf(container, position / sampleRate),
  }
}

// What the decoder makes counts: some codecs double the rate that the container tells. The first packet of some gives nothing.
async function decodedFormat(track: InputAudioTrack) {
  for await (const sample of new AudioSampleSink(track).samples()) {
    const { sampleRate, numberOfChannels: channels } = sample
    sample.close()
    return { sampleRate, channels }
  }
  throw new DecodingFailed({ kind: 'empty' })
}

/** Opens the same to read stretches of it by time. @returns `null` for what cannot be decoded */
export async function openContainerWindows(source: ByteSource): Promise<SampleWindows | null> {
  const sound = await openContainerSound(source).catch(() => null)
  if (!sound) return null
  const { sampleRate } = sound
  return {
    sampleRate,
    read: (from, to, signal) => gather(sound.from(from), from, { from, to, sampleRate, signal }),
  }
}

/** Seconds decoded before those that are heard: what is decoded depends on what came before (RFC 7845, section 4.6, asks for 80 ms). */
const preRoll = 0.1

/** Seconds by which a piece may come early or late and still join the one before. */
const slack = 0.005

// The first packet that a Vorbis decoder is given only fills its overlap (Vorbis I, section 4.3.8), and WebCodecs tells the sound of the second
// at the time of the first. Seconds by which what comes behind a jump is told too early, against what comes from the start.
async function toldEarly(track: InputAudioTrack, from: number): Promise<number> {
  const packets = new EncodedPacketSink(track)
  const [first, met] = [await packets.getFirstPacket(), await packets.getPacket(from)]
  return first && met ? met.duration - first.duration : 0
}

async function* chunksOf(
  { codec, track, origin, duration }: Container,
  start: number,
): AsyncGenerator<PcmChunk> {
  let position: number | null = null
  const early = codec === 'vorbis' ? await toldEarly(track, start + origin - preRoll) : 0
  for await (const sample of new AudioSampleSink(track).samples(start + origin - preRoll)) {
    const { numberOfFrames: frames, sampleRate } = sample
    const at = Math.round((sample.timestamp + early - origin) * sampleRate)
    // The first sample that is wanted is met exactly, those that follow nearly.
    const expected: number = position ?? Math.round(start * sampleRate)
    const most: number = position === null ? 0 : sampleRate * slack
    // What is there already is left out; a late start or a gap is silence.
    const skipped = expected - at > most ? Math.min(frames, expected - at) : 0
    const gap: number = at - expected > most ? at - expected : 0
    const channels = channelsOf(sample, skipped)
    sample.close()
    if (frames === skipped) continue
    position = expected + gap + frames - skipped
    const progress = duration > 0 ? Math.min(1, position / sampleRate / duration) : 0
    for (let left = gap; left > 0; left -= sampleRate) {
      const silence = new Float32Array(Math.min(left, sampleRate))
      yield { channels: channels.map(() => silence), sampleRate, progress }
    }
    yield { channels, sampleRate, progress }
  }
}

function channelsOf(sample: AudioSample, skipped: number): Float32Array[] {
  return Array.from({ length: sample.numberOfChannels }, (_, planeIndex) => {
    const channel = new Float32Array(sample.numberOfFrames)
    sample.copyTo(channel, { planeIndex, format: 'f32-planar' })
    return channel.subarray(skipped)
  })
}
