import { ALL_FORMATS, AudioSampleSink, CustomSource, Input } from 'mediabunny'
import type { ByteSource } from '../../shared/recording/byteSource'
import { type Decoding, DecodingFailed, type PcmChunk } from '../../shared/recording/decoding'

/** Opens whatever has a container that mediabunny reads and a codec that the browser decodes (WebCodecs).
 *  @returns `null` when no format is recognised */
export async function openContainer(source: ByteSource): Promise<Decoding | null> {
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
    throw new DecodingFailed({ kind: 'unsupportedCodec', codec: codec ?? 'unknown' })
  }
  const [sampleRate, channels] = [await track.getSampleRate(), await track.getNumberOfChannels()]
  const duration = await input.computeDuration()
  return {
    header: { codec: codec ?? '', sampleRate, channels, duration },
    chunks: chunksOf(new AudioSampleSink(track), duration),
  }
}

async function* chunksOf(sink: AudioSampleSink, duration: number): AsyncGenerator<PcmChunk> {
  let expected = 0
  for await (const sample of sink.samples()) {
    const { numberOfFrames: frames, numberOfChannels, sampleRate, timestamp } = sample
    // What lies before zero is encoder delay that nobody hears; a late start or a gap is silence.
    const skipped = Math.min(frames, Math.max(0, Math.round((expected - timestamp) * sampleRate)))
    const gap = Math.max(0, Math.round((timestamp - expected) * sampleRate))
    const isGap = gap > sampleRate * 0.005
    const isOverlap = skipped > sampleRate * 0.005 || timestamp < 0
    const lead = isGap ? gap : 0
    const from = isOverlap ? skipped : 0
    const channels = Array.from({ length: numberOfChannels }, (_, channel) => {
      const whole = new Float32Array(frames)
      sample.copyTo(whole, { planeIndex: channel, format: 'f32-planar' })
      if (lead === 0) return from === 0 ? whole : whole.subarray(from)
      const padded = new Float32Array(lead + frames - from)
      padded.set(whole.subarray(from), lead)
      return padded
    })
    sample.close()
    const length = lead + frames - from
    expected += length / sampleRate
    if (length > 0)
      yield { channels, sampleRate, progress: duration > 0 ? Math.min(1, expected / duration) : 0 }
  }
}
