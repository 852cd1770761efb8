import type { Alignment } from '../../shared/alignment/alignment'
import type { AlignmentJob, AlignmentMessage, AlignmentOrder } from './alignmentMessages'

/** What became of a job. */
export type AlignmentEnd =
  | { readonly kind: 'done'; readonly alignment: Alignment }
  | { readonly kind: 'failed'; readonly detail: string }
  /** By the user, or by a newer job. */
  | { readonly kind: 'cancelled' }

interface Running {
  readonly id: number
  readonly onProgress: (share: number) => void
  readonly end: (end: AlignmentEnd) => void
}

/** Aligns one recording in a worker that stays: what it has heard of the recording is not read again. One job at a time, the newest. */
export class BackgroundAligner {
  #worker: Worker | null = null
  #running: Running | null = null
  #last = 0
  #hasLearned = false

  /** @param url @param size of the recording, bytes */
  constructor(
    readonly url: string,
    readonly size: number,
  ) {}

  /** A job was done: parts are aligned at once now. */
  get hasLearned(): boolean {
    return this.#hasLearned
  }

  get isBusy(): boolean {
    return this.#running !== null
  }

  /** Ends the job before it. Never rejects. */
  run(
    job: Pick<AlignmentJob, 'language' | 'whole' | 'part' | 'around'>,
    onProgress: (share: number) => void,
  ): Promise<AlignmentEnd> {
    this.#settle({ kind: 'cancelled' })
    const id = ++this.#last
    return new Promise((end) => {
      this.#running = { id, onProgress, end }
      this.#post({ kind: 'align', id, url: this.url, size: this.size, ...job })
    })
  }

  /** Ends the job at once; the worker stops as soon as it hears of it. */
  cancel(): void {
    if (!this.#running) return
    this.#post({ kind: 'cancel' })
    this.#settle({ kind: 'cancelled' })
  }

  close(): void {
    this.#worker?.terminate()
    this.#worker = null
    this.#settle({ kind: 'cancelled' })
  }

  #post(order: AlignmentOrder): void {
    this.#worker ??= this.#open()
    this.#worker.postMessage(order)
  }

  #open(): Worker {
    const worker = new Worker(new URL('./alignment.worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<AlignmentMessage>) => {
      if (data.id !== this.#running?.id) return
      if (data.kind === 'progress') this.#running.onProgress(data.share)
      else {
        this.#hasLearned ||= data.kind === 'done' && data.alignment.refused === undefined
        this.#settle(data)
      }
    }
    worker.onerror = (event) => {
      worker.terminate()
      this.#worker = null
      this.#hasLearned = false
      this.#settle({ kind: 'failed', detail: event.message })
    }
    return worker
  }

  #settle(end: AlignmentEnd): void {
    const running = this.#running
    this.#running = null
    running?.end(end)
  }
}
