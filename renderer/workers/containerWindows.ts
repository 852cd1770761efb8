import { ALL_FORMATS, AudioSampleSink, CustomSource, Input } from 'mediabunny'
import type { ByteSource } from '../../shared/recording/byteSource'
import { gather, type SampleWindows } from '../../shared/recording/sampleWindows'

/** Seconds decoded before a stretch: codecs need what came before to sound right (80 ms in Opus, RFC 7845, section 4.6). */
const leadIn = 0.25

/** Two pieces that are farther apart than this are parted by silence, seconds; less is a timestamp that was rounded. */
const slack = 0.005

/** Opens what mediabunny reads and WebCodecs decodes, to read stretches of it by time. @returns `null` for anything else */
export async function openContainerWindows(source: ByteSource): Promise<SampleWindows | null> {
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
  if (!track || !(await track.canDecode())) return null
  const sampleRate = await track.getSampleRate()
  const sink = new AudioSampleSink(track)
  return {
    sampleRate,
    async read(from, to, signal) {
      const runs: Run[] = []
      for await (const sample of sink.samples(Math.max(0, from / sampleRate - leadIn), to / sampleRate)) {
        const { numberOfFrames: frames, numberOfChannels, timestamp } = sample
        const channels = Array.from({ length: numberOfChannels }, (_, channel) => {
          const own = new Float32Array(frames)
          sample.copyTo(own, { planeIndex: channel, format: 'f32-planar' })
          return own
        })
        sample.close()
        signal.throwIfAborted()
        addTo(runs, timestamp * sampleRate, channels, slack * sampleRate)
      }
      return gather(placed(runs), 0, { from, to, sampleRate, signal })
    },
  }
}

/** Pieces that follow one another. */
interface Run {
  /** Sum of where each piece says that the run begins, samples; their mean is freer of rounding than any. */
  sum: number
  length: number
  readonly pieces: (readonly Float32Array[])[]
}

const startOf = ({ sum, pieces }: Run) => Math.round(sum / pieces.length)

function addTo(runs: Run[], at: number, channels: readonly Float32Array[], reach: number): void {
  const count = channels[0]?.length ?? 0
  const last = runs.at(-1)
  if (last && Math.abs(startOf(last) + last.length - at) <= reach) {
    last.sum += at - last.length
    last.length += count
    last.pieces.push(channels)
  } else runs.push({ sum: at, length: count, pieces: [channels] })
}

async function* placed(runs: readonly Run[]) {
  for (const run of runs) {
    let at = startOf(run)
    for (const channels of run.pieces) {
      yield { channels, at }
      at += channels[0]?.length ?? 0
    }
  }
}
