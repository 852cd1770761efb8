/** Speakers with a colour of their own; later ones start again. */
export const speakerCount = 12

/** CSS colour of a speaker by index; a quiet grey for nobody. */
export function speakerColour(speaker: number | null): string {
  return speaker === null ? 'var(--ink-3)' : `var(--speaker-${speaker % speakerCount})`
}
