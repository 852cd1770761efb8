/// <reference path="./espeak.d.ts" />
import type { SpeechEngine } from '../alignment'

/** Loads the synthesiser with its voices, a hundred languages; they lie beside its own module. The same texts, voices and rates in the same
 *  order give the same samples in every run: espeak-ng breathes at random, from a seed that it takes from the clock when it starts. */
export async function openEspeak(): Promise<SpeechEngine> {
  const { default: load } = await import('@echogarden/espeak-ng-emscripten')
  const { eSpeakNGWorker } = await load()
  const { now } = Date
  try {
    Date.now = () => 0
    return new eSpeakNGWorker()
  } finally {
    Date.now = now
  }
}
