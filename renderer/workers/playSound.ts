import type { RecordingProblem } from '../../shared/recording/decoding'
import type { AnalysisJob } from './analysisMessages'
import type { SoundMessage, SoundRequest } from './soundMessages'

export interface SoundListener {
  /** What the player is to play. */
  readonly source: (source: MediaProvider) => void
  /** No more sound comes; the player's next jump tries again. */
  readonly problem: (problem: RecordingProblem) => void
}

/** Lets `player` play a recording, decoded in a worker at the times that its picture has. Aborting `signal` ends the worker; take the
 *  player's source away before.
 *  @returns tells it a better length, seconds, and whether that is the last word */
export function playSound(
  job: AnalysisJob,
  player: HTMLMediaElement,
  on: SoundListener,
  signal: AbortSignal,
): (duration: number, isFinal: boolean) => void {
  const worker = new Worker(new URL('./sound.worker.ts', import.meta.url), { type: 'module' })
  const send = (request: SoundRequest) => worker.postMessage(request)
  worker.onmessage = ({ data }: MessageEvent<SoundMessage>) =>
    data.kind === 'source' ? on.source(data.handle) : on.problem(data.problem)
  worker.onerror = ({ message }) => on.problem({ kind: 'unreadable', detail: message })
  const move = ({ type }: Event) =>
    send({ kind: 'at', time: player.currentTime, isAwaited: type !== 'timeupdate' })
  for (const event of ['seeking', 'play', 'timeupdate']) player.addEventListener(event, move, { signal })
  signal.addEventListener('abort', () => worker.terminate(), { once: true })
  send({ kind: 'open', url: job.url, size: job.size })
  return (duration, isFinal) => send({ kind: 'duration', duration, isFinal })
}
