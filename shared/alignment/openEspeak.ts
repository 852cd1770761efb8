/// <reference path="./espeak.d.ts" />
import type { SpeechEngine } from './alignment'

/** Loads the synthesiser with its voices, a hundred languages; they lie beside its own module. */
export async function openEspeak(): Promise<SpeechEngine> {
  const { default: load } = await import('@echogarden/espeak-ng-emscripten')
  const { eSpeakNGWorker } = await load()
  return await new eSpeakNGWorker()
}
