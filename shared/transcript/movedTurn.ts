import type { CueTimes } from './cueLines'
import type { Label, Paragraph, Range, Turn, WrittenTime } from './transcript'

/** A turn that an edit before it moved. Of ten thousand turns behind a key few are looked at before the next one, so the parts are worked
 *  out when they are asked for. */
class MovedTurn implements Turn {
  readonly index: number
  readonly from: number
  readonly to: number
  private parts: readonly Paragraph[] | null = null

  constructor(
    readonly origin: Turn,
    readonly by: number,
  ) {
    this.index = origin.index
    this.from = origin.from + by
    this.to = origin.to + by
  }

  get speaker(): number | null {
    return this.origin.speaker
  }

  get label(): Label | null {
    const { label } = this.origin
    return label && { ...label, ...moved(label, this.by) }
  }

  get time(): WrittenTime | null {
    const { time } = this.origin
    return time && { ...time, ...moved(time, this.by) }
  }

  get cue(): CueTimes | null {
    return this.origin.cue
  }

  get paragraphs(): readonly Paragraph[] {
    this.parts ??= this.origin.paragraphs.map(({ pieces }) => ({
      pieces: pieces.map((piece) => moved(piece, this.by)),
    }))
    return this.parts
  }
}

/** A stretch, `by` units further back in the text. */
export function moved({ from, to }: Range, by: number): Range {
  return { from: from + by, to: to + by }
}

/** The turn, `by` units further back in the text. */
export function movedTurn(turn: Turn, by: number): Turn {
  if (by === 0) return turn
  return turn instanceof MovedTurn ? new MovedTurn(turn.origin, turn.by + by) : new MovedTurn(turn, by)
}

/** The turn that `movedTurn` was given first, and by how much it was moved since. */
export function unmoved(turn: Turn): { readonly origin: Turn; readonly by: number } {
  return turn instanceof MovedTurn ? turn : { origin: turn, by: 0 }
}
