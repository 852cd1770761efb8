import type { SpeechEngine } from '../alignment'
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
/** Letters of a text from which on two voices share it: each of them takes a second and some eighty megabytes to load. */
const sharedLetters = 30_000

/** The phrases that each voice reads: a long text is shared by two, one after the other in one thread or at once in two. Each begins anew, so
 *  that what they say does not depend on that. */
export function sharesOf(phrases: readonly Phrase[]): readonly (readonly Phrase[])[] {
  const letters = phrases.reduce((sum, { text }) => sum + text.length, 0)
  if (letters < sharedLetters) return [phrases]
  let half = 0
  for (let sum = 0; sum < letters / 2; half++) sum += (phrases[half] as Phrase).text.length
  return [phrases.slice(0, half), phrases.slice(half)]
}

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

/** Has each share of a text read in a thread of its own.
 *  @param start begins a thread, of which `gathered` is to be told what it posts
 *  @param end ends one; called for all once all is read, or when one fails
 *  @returns the threads with their shares; all readings, in order; and what ends the threads sooner */
export function startReaders<Thread>(
  phrases: readonly Phrase[],
  start: (share: readonly Phrase[], gathered: GatheredReadings) => Thread,
  end: (thread: Thread) => unknown,
) {
  const readers = sharesOf(phrases).map((share) => {
    const gathered = new GatheredReadings()
    return { share, gathered, thread: start(share, gathered) }
  })
  const stop = () => Promise.all(readers.map(({ thread }) => end(thread)))
  const readings: Promise<readonly Reading[]> = Promise.all(readers.map(({ gathered }) => gathered.all))
    .then((parts) => parts.flat())
    .finally(stop)
  // Whoever takes the readings hears of it, maybe much later.
  readings.catch(() => {})
  return { readers, readings, stop }
}

/** Gathers what one thread posts. */
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
