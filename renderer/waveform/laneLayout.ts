/** A strip of the wave's area, CSS pixels from its top. */
export interface Strip {
  readonly top: number
  readonly height: number
}

/** Pixels between two lanes. */
const between = 2

/** Share of the height that a spectrogram takes. */
const spectrogramShare = 0.45

/** Divides the wave's area: a lane for the mix or one for each channel, and a spectrogram below them. */
export function layLanes(
  height: number,
  lanes: number,
  hasSpectrogram: boolean,
): { readonly lanes: readonly Strip[]; readonly spectrogram: Strip | null } {
  const below = hasSpectrogram ? Math.round(height * spectrogramShare) : 0
  const room = height - below
  const each = (room - between * (lanes - 1)) / lanes
  return {
    lanes: Array.from({ length: lanes }, (_, index) => ({ top: index * (each + between), height: each })),
    spectrogram: hasSpectrogram ? { top: room + between, height: below - between } : null,
  }
}
