declare module '@echogarden/espeak-ng-emscripten' {
  import type { SpeechEngine } from '../../shared/alignment/alignment'

  const load: () => Promise<{ readonly eSpeakNGWorker: new () => Promise<SpeechEngine> | SpeechEngine }>
  export default load
}
