import type { Detail } from '../../shared/recording/detail'
import type { Spectrogram } from '../../shared/recording/spectrogram'
import type { SamplesAnswer, SamplesRequest, SamplesWish } from '../workers/samplesMessages'

interface Answers {
  readonly detail: Detail
  readonly spectrogram: Spectrogram
}

type Kind = keyof Answers
type WishOf<K extends Kind> = Extract<SamplesWish, { kind: K }>

interface Slot<K extends Kind> {
  asked: { readonly id: number; readonly wish: WishOf<K> } | null
  /** The last answer and what it answers; `value` is `null` where nothing could be read. */
  known: { readonly wish: WishOf<K>; readonly value: Answers[K] | null } | null
}

/** Gets the samples of what is in view out of a worker, which is started when they are first wanted. Of each kind one wish is under way;
 *  another takes its place. */
export class Samples {
  private worker: Worker | null = null
  private lastId = 0
  private readonly slots: { readonly [K in Kind]: Slot<K> } = {
    detail: { asked: null, known: null },
    spectrogram: { asked: null, known: null },
  }

  /** @param changed told when something has come */
  constructor(
    private readonly recording: { readonly url: string; readonly size: number },
    private readonly changed: () => void,
  ) {}

  /** The last that came, whatever it shows; `null` before that, and where nothing can be read. */
  known<K extends Kind>(kind: K): Answers[K] | null {
    return this.slots[kind].known?.value ?? null
  }

  /** Something of this kind is on its way. */
  isWaiting(kind: Kind): boolean {
    return this.slots[kind].asked !== null
  }

  /** Asks, unless what is known or on its way serves.
   *  @param serves whether an answer to an earlier wish is good enough */
  want<K extends Kind>(wish: WishOf<K> & { kind: K }, serves: (earlier: WishOf<K>) => boolean): void {
    const slot = this.slots[wish.kind] as Slot<K>
    if (slot.asked ? serves(slot.asked.wish) : slot.known && serves(slot.known.wish)) return
    if (slot.asked) this.send({ kind: 'cancel', id: slot.asked.id })
    // What is known may serve again while another wish is under way.
    slot.asked = null
    if (slot.known && serves(slot.known.wish)) return
    slot.asked = { id: ++this.lastId, wish }
    this.send({ kind: 'wish', id: this.lastId, wish })
  }

  destroy(): void {
    this.worker?.terminate()
  }

  private send(request: SamplesRequest): void {
    if (!this.worker) {
      this.worker = new Worker(new URL('../workers/samples.worker.ts', import.meta.url), { type: 'module' })
      this.worker.onmessage = ({ data }: MessageEvent<SamplesAnswer>) =>
        data.kind === 'detail' ? this.take('detail', data) : this.take('spectrogram', data)
      this.worker.postMessage({ kind: 'open', url: this.recording.url, size: this.recording.size })
    }
    this.worker.postMessage(request)
  }

  private take<K extends Kind>(
    kind: K,
    answer: { readonly id: number; readonly value: Answers[K] | null },
  ): void {
    const slot = this.slots[kind] as Slot<K>
    if (slot.asked?.id !== answer.id) return
    slot.known = { wish: slot.asked.wish, value: answer.value }
    slot.asked = null
    this.changed()
  }
}
