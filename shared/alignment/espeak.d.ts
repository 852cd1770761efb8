declare module '@echogarden/espeak-ng-emscripten' {
  import type { SpeechEngine } from './alignment'

  const load: () => Promise<{ readonly eSpeakNGWorker: new () => Promise<SpeechEngine> | SpeechEngine }>
  export default load
}
