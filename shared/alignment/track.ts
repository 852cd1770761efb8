import { type Features, loudnessLevels, loudnessScale } from './features'
import type { Cepstra } from './spectrum'

/** A recording as the aligner works on it. */
export interface Track extends Cepstra {
  readonly loud: Float32Array
  /** Loudness of the quietest tenth, and of the loudest twentieth. */
  readonly quiet: number
  readonly high: number
  /** What is not louder is silence. */
  readonly silentBelow: number
}

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
    silentBelow: quiet + 0.3 * (high - quiet),
  }
}

// `Float32Array.from` would first make a list of the millions of values.
function inNepers(values: Int16Array): Float32Array {
  const result = new Float32Array(values.length)
  for (let i = 0; i < values.length; i++) result[i] = (values[i] as number) / loudnessScale
  return result
}
