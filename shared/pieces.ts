/** Work in pieces: where it yields, others may come in. */
export type Pieces<T> = Generator<void, T>

/** Does all of it at once. */
export function whole<T>(pieces: Pieces<T>): T {
  for (;;) {
    const { done, value } = pieces.next()
    if (done) return value
  }
}
