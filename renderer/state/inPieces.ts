import type { Pieces } from '../../shared/pieces'

/** Milliseconds that keys and frames may have to wait for work in pieces. */
const longest = 8

/** Does work in pieces: what fits into one task at once, the rest in tasks of their own.
 *  @param isWanted asked before each further task; if it is not, the work ends with `givenUp` */
export function inPieces<T>(
  pieces: Pieces<T>,
  isWanted: () => boolean,
  on: { readonly done: (result: T) => void; readonly givenUp: () => void },
): void {
  const end = performance.now() + longest
  while (performance.now() < end) {
    const piece = pieces.next()
    if (piece.done) {
      on.done(piece.value)
      return
    }
  }
  setTimeout(() => (isWanted() ? inPieces(pieces, isWanted, on) : on.givenUp()))
}

/** Milliseconds of such work that nobody notices when it begins. */
const unnoticed = 50

/** Does work in pieces that nothing makes void; short work at once. */
export async function takingTurns<T>(pieces: Pieces<T>): Promise<T> {
  for (let slice = unnoticed; ; slice = longest) {
    const end = performance.now() + slice
    while (performance.now() < end) {
      const { done, value } = pieces.next()
      if (done) return value
    }
    await new Promise((next) => setTimeout(next))
  }
}
