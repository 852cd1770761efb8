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

/** 256 colours from the first stop to the last, as pixels in memory (red lowest). @param stops `#rrggbb` */
export function colourMap(stops: readonly string[]): Uint32Array {
  const parsed = stops.map((stop) => [1, 3, 5].map((at) => Number.parseInt(stop.slice(at, at + 2), 16)))
  return Uint32Array.from({ length: 256 }, (_, strength) => {
    const place = (strength / 255) * (parsed.length - 1)
    const index = Math.min(parsed.length - 2, Math.floor(place))
    const share = place - index
    const [red = 0, green = 0, blue = 0] = [0, 1, 2].map((part) => {
      const from = parsed[index]?.[part] ?? 0
      const to = parsed[index + 1]?.[part] ?? 0
      return Math.round(from + (to - from) * share)
    })
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
  })
}
