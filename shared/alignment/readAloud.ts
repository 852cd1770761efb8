import type { SpeechEngine } from './alignment'
import { type Phrase, type Reading, Voice } from './voice'

/** What a thread that reads a text aloud is asked for; `highest` is the features'. */
export interface ReadingJob {
  readonly phrases: readonly Phrase[]
  readonly highest: number
}

/** What it answers: some readings at a time, in order. */
export type ReadingMessage =
  | { readonly kind: 'read'; readonly readings: readonly Reading[] }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly detail: string }

const batch = 32

/** Reads the phrases and posts them, their spectra handed over. Never rejects. */
export async function readAloud(
  { phrases, highest }: ReadingJob,
  openVoice: () => Promise<SpeechEngine>,
  post: (message: ReadingMessage, handedOver: ArrayBuffer[]) => void,
): Promise<void> {
  try {
    const voice = new Voice(await openVoice(), highest)
    for (let from = 0; from < phrases.length; from += batch) {
      const readings = phrases.slice(from, from + batch).map((phrase) => voice.read(phrase))
      post(
        { kind: 'read', readings },
        readings.map(({ mel }) => mel.buffer as ArrayBuffer),
      )
    }
    post({ kind: 'done' }, [])
  } catch (reason) {
    post({ kind: 'failed', detail: String(reason) }, [])
  }
}

/** Gathers what the thread posts. */
export class GatheredReadings {
  readonly #readings: Reading[] = []
  #settle: { done(readings: readonly Reading[]): void; fail(reason: Error): void } | null = null
  /** All readings, in order. */
  readonly all: Promise<readonly Reading[]>

  constructor() {
    this.all = new Promise((done, fail) => {
      this.#settle = { done, fail }
    })
    // Whoever takes the readings hears of it, maybe much later.
    this.all.catch(() => {})
  }

  take(message: ReadingMessage): void {
    if (message.kind === 'read') this.#readings.push(...message.readings)
    else if (message.kind === 'done') this.#settle?.done(this.#readings)
    else this.fail(message.detail)
  }

  fail(detail: string): void {
    this.#settle?.fail(new Error(detail))
  }
}
