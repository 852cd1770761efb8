import { z } from 'zod'
import { mostChannels } from '../../shared/recording/channelPeaks'
import type { RecordingHeader } from '../../shared/recording/decoding'
import { Peaks } from '../../shared/recording/peaks'
import type { Speech } from '../../shared/recording/speechActivity'

/** What the cache keeps of a recording that was read to its end. */
export interface Kept {
  readonly header: RecordingHeader
  readonly duration: number
  readonly segments: Speech
  readonly peaks: Peaks
  readonly channels: readonly Peaks[]
}

/** Grows when speech is found in another way: what an earlier one found is then found anew. */
const detector = 5

const factsShape = z.object({
  detector: z.literal(detector),
  header: z.object({
    codec: z.string(),
    sampleRate: z.number(),
    channels: z.number(),
    duration: z.number().nullable(),
  }),
  duration: z.number().positive(),
  segments: z.array(z.tuple([z.number(), z.number(), z.number()])),
  /** Channels whose peaks follow those of the mix. */
  channels: z.number().int().min(0).max(mostChannels).optional(),
})

/** Length of the facts, the facts as JSON, the peaks, those of each channel; all peaks are of one length.
 *  @returns parts to be put one behind the other, views that are valid while nothing is added to the peaks */
export function writeKept({ peaks, channels, ...facts }: Kept): readonly Uint8Array[] {
  const text = new TextEncoder().encode(JSON.stringify({ ...facts, channels: channels.length, detector }))
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, text.length, true)
  return [length, text, ...[peaks, ...channels].flatMap((part) => part.serialise())]
}

/** @returns `null` for bytes that `writeKept` did not make, or made before something was found in another way */
export function readKept(bytes: Uint8Array): Kept | null {
  if (bytes.length < 4) return null
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  try {
    const facts = factsShape.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))))
    // Kept before channels were told apart: a recording of several is read again.
    if (facts.channels === undefined && facts.header.channels > 1) return null
    const parts = 1 + (facts.channels ?? 0)
    const body = bytes.subarray(4 + length)
    const size = body.length / parts
    const [peaks, ...channels] = Array.from({ length: parts }, (_, part) =>
      Peaks.deserialise(body.subarray(part * size, (part + 1) * size)),
    )
    const isWhole = channels.every((own) => own !== null)
    return peaks && isWhole ? { ...facts, peaks, channels: channels as Peaks[] } : null
  } catch {
    return null
  }
}
