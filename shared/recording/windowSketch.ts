import { MixDown } from './mixDown'
import type { Sketch } from './peaks'
import type { Cancellation, SampleWindows } from './sampleWindows'

/** Seconds heard of each part: long enough to meet a syllable. */
const heard = 0.3

/** Parts that are looked at in any case, one in so many. */
const coarsest = 16

const never: Cancellation = { throwIfAborted: () => undefined }

/** Looks at a short stretch in the middle of equal parts of a recording, every sixteenth first, then those between as long as there is time. A
 *  part that was not reached looks like the one before.
 *  @param duration seconds @param hasTime asked before each stretch that may be left out */
export async function windowSketch(
  windows: SampleWindows,
  duration: number,
  hasTime: () => boolean,
  parts = 320,
): Promise<Sketch> {
  const found = new Map<number, readonly [number, number]>()
  const mixDown = new MixDown()
  const look = async (part: number) => {
    const middle = ((part + 0.5) / parts) * duration
    const from = Math.max(0, Math.floor((middle - heard / 2) * windows.sampleRate))
    const { channels } = await windows.read(from, from + Math.ceil(heard * windows.sampleRate), never)
    found.set(part, channels.length > 0 ? extremes(mixDown.mix(channels)) : [0, 0])
  }
  for (let step = coarsest; step >= 1; step /= 2) {
    for (let part = 0; part < parts; part += step) {
      if (found.has(part)) continue
      if (step < coarsest && !hasTime()) return sketch(found, duration, parts)
      await look(part)
    }
  }
  return sketch(found, duration, parts)
}

function extremes(samples: Float32Array): readonly [number, number] {
  let [low, high] = [0, 0]
  for (const sample of samples) {
    if (sample < low) low = sample
    if (sample > high) high = sample
  }
  return [low, high]
}

function sketch(
  found: ReadonlyMap<number, readonly [number, number]>,
  duration: number,
  parts: number,
): Sketch {
  const pairs = new Int8Array(parts * 2)
  let last: readonly [number, number] = [0, 0]
  for (let part = 0; part < parts; part++) {
    last = found.get(part) ?? last
    pairs[part * 2] = Math.max(-127, Math.round(last[0] * 127))
    pairs[part * 2 + 1] = Math.min(127, Math.round(last[1] * 127))
  }
  return { pairs, duration }
}
