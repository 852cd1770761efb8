import { openEspeak } from '../../shared/alignment/voice/openEspeak'
import { waveHead } from './waveHead'

/** Samples a second of everything made here. */
export const sampleRate = 22050

/** How somebody speaks: an espeak-ng voice with its variant, words a minute, pitch 0–99. */
export interface Voice {
  readonly voice: string
  readonly rate: number
  readonly pitch: number
}

/** A speech synthesiser (espeak-ng as WebAssembly); the same text and voice give the same samples. */
export async function openSpeech(): Promise<(text: string, voice: Voice) => Float32Array> {
  const engine = await openEspeak()
  return (text, { voice, rate, pitch }) => {
    engine.set_voice(voice)
    engine.set_rate(rate)
    engine.set_pitch(pitch)
    const pieces: Int16Array[] = []
    engine.synthesize(text.replace(/[<>&]/gu, ' '), (audio) => {
      if (audio && audio.length > 0) pieces.push(Int16Array.from(audio))
    })
    const samples = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
    let at = 0
    for (const piece of pieces) for (const value of piece) samples[at++] = value / 32768
    return trimmed(samples)
  }
}

// The engine leaves silence at the ends; the truth about when somebody speaks needs it gone.
function trimmed(samples: Float32Array): Float32Array {
  const threshold = 0.004
  let from = 0
  let to = samples.length
  while (from < to && Math.abs(samples[from] as number) < threshold) from++
  while (to > from && Math.abs(samples[to - 1] as number) < threshold) to--
  return samples.slice(from, to)
}

/** Numbers from 0 to 1 that are the same in every run. */
export function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

/** As heard through a wall: a low-pass of two poles, quieter. */
export function muffled(samples: Float32Array): Float32Array {
  const result = new Float32Array(samples.length)
  let first = 0
  let second = 0
  for (let index = 0; index < samples.length; index++) {
    first += 0.045 * ((samples[index] as number) - first)
    second += 0.045 * (first - second)
    result[index] = second * 0.5
  }
  return result
}

/** A 16-bit mono WAV file. */
export function wavFile(samples: Float32Array): Uint8Array {
  const size = samples.length * 2
  const bytes = Buffer.concat([waveHead({ rate: sampleRate, size }), Buffer.alloc(size)])
  for (let index = 0; index < samples.length; index++) {
    bytes.writeInt16LE(
      Math.round(Math.max(-1, Math.min(1, samples[index] as number)) * 32767),
      44 + index * 2,
    )
  }
  return bytes
}
