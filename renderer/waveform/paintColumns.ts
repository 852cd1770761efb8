import type { Peaks } from '../../shared/recording/peaks'
import { type Colours, colourMap } from './colours'

/** Columns painted at a time: a picture of them stays in the processor's cache, and no large one is made. */
const stripe = 128

/** Paints a wave pixel by pixel: a thousand and more rectangles a frame cost a canvas without a graphics processor many times as much. */
export class ColumnPainter {
  private image: ImageData | null = null
  private shades: { readonly of: Colours; readonly wave: Uint32Array; readonly waveOn: Uint32Array } | null =
    null

  /** @param box device pixels, from the left edge on @param values for each column its lowest and its highest sample, −1 to 1
   *  @param how `gain`: what samples are multiplied by; `played`: columns before the playhead; `strength`: 0–1, of the wave's colour against the
   *    background's */
  paint(
    context: CanvasRenderingContext2D,
    { top, width, height }: { readonly top: number; readonly width: number; readonly height: number },
    values: Float32Array,
    how: { readonly gain: number; readonly played: number; readonly strength: number },
    colours: Colours,
  ): void {
    if (this.image?.height !== height) this.image = context.createImageData(stripe, height)
    const { image } = this
    if (this.shades?.of !== colours) {
      const shades = (colour: string) => colourMap([colours.panel, colour])
      this.shades = { of: colours, wave: shades(colours.wave), waveOn: shades(colours.waveOn) }
    }
    const { wave, waveOn } = this.shades
    const pixels = new Uint32Array(image.data.buffer)
    const shades = { wave, waveOn }
    for (let left = 0; left < width; left += stripe) {
      const across = Math.min(stripe, width - left)
      pixels.fill(wave[0] as number)
      const size = { width: across, height, rowLength: stripe }
      drawColumns(pixels, size, values.subarray(left * 2), { ...how, played: how.played - left }, shades)
      context.putImageData(image, left, top, 0, 0, across, height)
    }
  }
}

/** Draws columns, smoothed at their ends, each at least a pixel high.
 *  @param pixels row by row, `rowLength` each @param shades 256 from the background to the colour */
export function drawColumns(
  pixels: Uint32Array,
  {
    width,
    height,
    rowLength,
  }: { readonly width: number; readonly height: number; readonly rowLength: number },
  values: Float32Array,
  { gain, played, strength }: { readonly gain: number; readonly played: number; readonly strength: number },
  shades: { readonly wave: Uint32Array; readonly waveOn: Uint32Array },
): void {
  const full = Math.round(strength * 255)
  const middle = height / 2
  for (let column = 0; column < width; column++) {
    const colours = column < played ? shades.waveOn : shades.wave
    const low = Math.max(-1, (values[column * 2] as number) * gain)
    const high = Math.min(1, (values[column * 2 + 1] as number) * gain)
    const top = Math.min(height - 1, Math.max(0, middle - high * middle))
    const bottom = Math.min(height, Math.max(top + 1, middle - low * middle))
    const first = Math.floor(top)
    const last = Math.ceil(bottom) - 1
    const colour = colours[full] as number
    for (let row = first + 1, at = row * rowLength + column; row < last; row++, at += rowLength)
      pixels[at] = colour
    const shade = (covered: number) => colours[Math.round(covered * full)] as number
    pixels[first * rowLength + column] = shade(Math.min(1, first + 1 - top))
    if (last > first) pixels[last * rowLength + column] = shade(bottom - last)
  }
}

/** A gain that lets the loudest sample fill nine tenths of the height, within reason. */
export function gainFor(peaks: Peaks | null): number {
  const loudest = peaks?.loudest() ?? 0
  return loudest > 0.01 ? Math.min(8, 0.9 / loudest) : 1
}
