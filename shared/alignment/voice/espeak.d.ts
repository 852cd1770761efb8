declare module '@echogarden/espeak-ng-emscripten' {
  import type { SpeechEngine } from '../alignment'

  const load: () => Promise<{ readonly eSpeakNGWorker: new () => SpeechEngine }>
  export default load
}
