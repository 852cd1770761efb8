import { type Features, loudnessLevels, loudnessScale } from './features'
import type { Cepstra } from './spectrum'

/** Where a unit or a sound lies in a recording: frames of 10 ms, `end` exclusive. */
export interface Position {
  readonly start: number
  readonly end: number
}

/** A recording as the aligner works on it. */
export interface Track extends Cepstra {
  /** Loudness of each frame, a natural logarithm of power. */
  readonly loud: Float32Array
  /** Loudness of the quietest tenth, and of the loudest twentieth. */
  readonly quiet: number
  readonly high: number
  /** What is not louder is silence. */
  readonly silentBelow: number
}

/** The share of the way from quiet to high up to which it is silent. */
const silentShare = 0.3

export function trackOf(features: Features): Track {
  const levels = loudnessLevels(features.loud)
  const quiet = levels.quiet / loudnessScale
  const high = levels.high / loudnessScale
  return {
    frames: features.frames,
    cepstra: features.cepstra,
    loud: inNepers(features.loud),
    quiet,
    high,
    silentBelow: quiet + silentShare * (high - quiet),
  }
}

// `Float32Array.from` would first make a list of the millions of values.
function inNepers(values: Int16Array): Float32Array {
  const result = new Float32Array(values.length)
  for (let i = 0; i < values.length; i++) result[i] = (values[i] as number) / loudnessScale
  return result
}

/** Whether a frame is no silence; none beyond the recording is. */
export function isLoud({ loud, silentBelow }: Pick<Track, 'loud' | 'silentBelow'>, frame: number): boolean {
  return (loud[frame] as number) > silentBelow
}

/** How many frames of `[from, to)` are loud. */
export function loudFrames(track: Pick<Track, 'loud' | 'silentBelow'>, from: number, to: number): number {
  let count = 0
  for (let t = from; t < Math.min(track.loud.length, to); t++) if (isLoud(track, t)) count++
  return count
}

/** The sounds between two frames, parted by silences.
 *  @param shortest frames of a silence that parts sounds */
export function soundsBetween(
  track: Pick<Track, 'loud' | 'silentBelow'>,
  from: number,
  to: number,
  shortest: number,
): Position[] {
  const sounds: { start: number; end: number }[] = []
  for (let t = Math.max(0, from); t < Math.min(track.loud.length, to); t++) {
    if (!isLoud(track, t)) continue
    const last = sounds.at(-1)
    if (last && t - last.end < shortest) last.end = t + 1
    else sounds.push({ start: t, end: t + 1 })
  }
  return sounds
}
