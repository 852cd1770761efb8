import type { SearchKernel } from '../kernel/searchKernel'
import { head, never } from '../kernel/searchLayout'

/** Notes for which there is room at first: it is seldom asked then which of them still count. */
const usualRoom = 1 << 17

/** Where paths of a search began and ended their units, each note with the one before it on its path. The search's kernel adds to them. */
export class Notes {
  readonly #kernel: SearchKernel
  readonly #at: number
  #room = 0

  /** @param at the first byte that is free in the kernel's memory; the notes are the last that lies there
   *  @param room for how many notes there is room at first */
  constructor(kernel: SearchKernel, at: number, room = usualRoom) {
    this.#kernel = kernel
    this.#at = at
    kernel.reserve(at)
    this.#enlarge(room)
  }

  /** The notes of a path, the last one first. */
  *back(note: number): Generator<{ readonly key: number; readonly time: number }> {
    const { key, time, previous } = this.#lists()
    for (let at = note; at >= 0; at = previous[at] as number)
      yield { key: key[at] as number, time: time[at] as number }
  }

  /** Makes sure that `more` notes can be added. Where there is no room, only those are kept that a path still leads to.
   *  @param from @param to the open states */
  makeRoom(more: number, from: number, to: number): void {
    const memory = this.#kernel.memory()
    const words = new Int32Array(memory)
    const noted = words[head.noteCount] as number
    if (noted + more <= this.#room) return
    const { key, time, previous } = this.#lists()
    const lastOf = words.subarray((words[head.record] as number) >> 2)
    const value = new Float32Array(memory, words[head.value])
    const kept = new Int32Array(noted).fill(-1)
    for (let s = from; s < to; s++) {
      if ((value[s] as number) < never / 2) continue
      for (let at = lastOf[s] as number; at >= 0 && kept[at] === -1; at = previous[at] as number) kept[at] = 0
    }
    let count = 0
    for (let at = 0; at < noted; at++) {
      if (kept[at] === -1) continue
      const before = previous[at] as number
      kept[at] = count
      key[count] = key[at] as number
      time[count] = time[at] as number
      previous[count] = before < 0 ? -1 : (kept[before] as number)
      count++
    }
    for (let s = from; s < to; s++) {
      const at = lastOf[s] as number
      lastOf[s] = (value[s] as number) < never / 2 || at < 0 ? -1 : (kept[at] as number)
    }
    words[head.noteCount] = count
    if (count + more >= this.#room / 2) this.#enlarge(2 * this.#room + more)
  }

  #lists() {
    const memory = this.#kernel.memory()
    const list = (index: number) => new Int32Array(memory, this.#at + index * this.#room * 4, this.#room)
    return { key: list(0), time: list(1), previous: list(2) }
  }

  #enlarge(room: number): void {
    const old = Object.values(this.#lists()).map((list) => list.slice())
    this.#room = room
    this.#kernel.reserve(this.#at + 3 * room * 4)
    const words = new Int32Array(this.#kernel.memory())
    for (const [index, place] of [head.noteKey, head.noteTime, head.notePrevious].entries()) {
      words[place] = this.#at + index * room * 4
      words.set(old[index] as Int32Array, (words[place] as number) >> 2)
    }
  }
}
