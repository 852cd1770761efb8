const first = 1 << 16
/** Places kept free beside those that every open state may take in one step. */
const spare = 8

/** Where paths of a search began and ended their units, each note with the one before it on its path. */
export class Notes {
  #key = new Int32Array(0)
  #time = new Int32Array(0)
  #previous = new Int32Array(0)
  #count = 0

  clear(): void {
    if (this.#key.length === 0) this.#enlarge(first)
    this.#count = 0
  }

  /** @param previous the note before it, -1: none
   *  @returns the note */
  add(key: number, time: number, previous: number): number {
    const at = this.#count++
    this.#key[at] = key
    this.#time[at] = time
    this.#previous[at] = previous
    return at
  }

  /** The notes of a path, the last one first. */
  *back(note: number): Generator<{ readonly key: number; readonly time: number }> {
    for (let at = note; at >= 0; at = this.#previous[at] as number)
      yield { key: this.#key[at] as number, time: this.#time[at] as number }
  }

  /** Makes sure that each of the states `[from, to)` can add a note. Where there is no room, only those are kept that a path still leads to.
   *  @param lastOf the last note of each state's path; kept up to date
   *  @param isReached whether a path leads to a state */
  makeRoom(lastOf: Int32Array, isReached: (state: number) => boolean, from: number, to: number): void {
    const open = to - from
    if (this.#count <= this.#key.length - open - spare) return
    const kept = new Int32Array(this.#count).fill(-1)
    for (let s = from; s < to; s++) {
      if (!isReached(s)) continue
      for (let at = lastOf[s] as number; at >= 0 && kept[at] === -1; at = this.#previous[at] as number)
        kept[at] = 0
    }
    let count = 0
    for (let at = 0; at < kept.length; at++) {
      if (kept[at] === -1) continue
      const previous = this.#previous[at] as number
      kept[at] = count
      this.#key[count] = this.#key[at] as number
      this.#time[count] = this.#time[at] as number
      this.#previous[count] = previous < 0 ? -1 : (kept[previous] as number)
      count++
    }
    for (let s = from; s < to; s++) {
      const at = lastOf[s] as number
      lastOf[s] = !isReached(s) || at < 0 ? -1 : (kept[at] as number)
    }
    this.#count = count
    if (count + open >= this.#key.length / 2) this.#enlarge(2 * this.#key.length + open)
  }

  #enlarge(size: number): void {
    const enlarged = (old: Int32Array) => {
      const larger = new Int32Array(size)
      larger.set(old)
      return larger
    }
    this.#key = enlarged(this.#key)
    this.#time = enlarged(this.#time)
    this.#previous = enlarged(this.#previous)
  }
}
