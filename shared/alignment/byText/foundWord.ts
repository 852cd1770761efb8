/** How a word of the text came to its time. `same`, `alike`: it was heard. `replaced`: another word was heard in its place. `between`: it lies
 *  among words of its sentence that were heard. `far`: no word of its sentence was heard. `none`: it has no time. */
export type Evidence = 'same' | 'alike' | 'replaced' | 'between' | 'far' | 'none'

/** A word of the transcript on its way to a time. */
export interface FoundWord {
  readonly from: number
  readonly to: number
  readonly unit: number
  readonly syllables: number
  /** Seconds. */
  start: number | null
  end: number | null
  evidence: Evidence
  /** Its start is that of a heard word whose own time was given. */
  isTimed: boolean
  /** The first and the last heard word that it was laid on. */
  heard: readonly [number, number] | null
}

/** The chance that the start of a word is right, about what simulated recognisers gave (`docs/alignment.md`). */
export function confidenceOf({ evidence, isTimed }: FoundWord): number {
  const timed = { same: 0.985, alike: 0.96, replaced: 0.78, between: 0.7, far: 0.3, none: 0 }[evidence]
  return isTimed || evidence === 'between' || evidence === 'far' ? timed : timed * 0.6
}
