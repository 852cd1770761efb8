import { speakerCount } from '../ui/speakerColours'

/** The theme's colours as a canvas wants them. */
export interface Colours {
  readonly panel: string
  readonly ink: string
  readonly ink3: string
  readonly line: string
  readonly wave: string
  readonly waveOn: string
  readonly play: string
  readonly accent: string
  readonly accentSoft: string
  readonly doubt: string
  readonly mark: string
  readonly chipInk: string
  readonly speakers: readonly string[]
  /** From nothing to the loudest, `#rrggbb`. */
  readonly spectrum: readonly string[]
}

const spectrumStops = 5

let cached: { readonly theme: string; readonly colours: Colours } | null = null

/** Resolved once per theme; `data-theme` on the page's root says which it is. */
export function colours(): Colours {
  const theme = document.documentElement.dataset.theme ?? ''
  if (cached?.theme === theme) return cached.colours
  const style = getComputedStyle(document.documentElement)
  const value = (name: string) => style.getPropertyValue(name).trim()
  const resolved: Colours = {
    panel: value('--panel'),
    ink: value('--ink'),
    ink3: value('--ink-3'),
    line: value('--line'),
    wave: value('--wave'),
    waveOn: value('--wave-on'),
    play: value('--play'),
    accent: value('--accent'),
    accentSoft: value('--accent-soft'),
    doubt: value('--doubt'),
    mark: value('--mark'),
    chipInk: value('--chip-ink'),
    spectrum: Array.from({ length: spectrumStops }, (_, index) => value(`--spectrum-${index}`)),
    speakers: Array.from({ length: speakerCount }, (_, index) => value(`--speaker-${index}`)),
  }
  cached = { theme, colours: resolved }
  return resolved
}

export function colourOf(palette: Colours, speaker: number | null): string {
  return speaker === null ? palette.ink3 : (palette.speakers[speaker % palette.speakers.length] as string)
}
