import type { Spectrogram } from '../../shared/recording/spectrogram'
import { type Colours, colourMap } from './colours'
import { type Viewport, xOf } from './geometry'
import type { Strip } from './laneLayout'

/** Hz from one label to the next, the first that leaves room. */
const labels = [500, 1000, 2000, 4000]

/** Pixels from one label to the next, at least. */
const leastRoom = 18

let painted: {
  readonly of: Spectrogram
  readonly theme: string
  readonly picture: HTMLCanvasElement
} | null = null

/** Paints as much of a spectrogram as is in view, and labels its frequencies. */
export function paintSpectrogram(
  context: CanvasRenderingContext2D,
  spectrogram: Spectrogram,
  strip: Strip,
  view: Viewport,
  colours: Colours,
): void {
  const { from, to, highest } = spectrogram
  context.save()
  context.beginPath()
  context.rect(0, strip.top, view.width, strip.height)
  context.clip()
  context.imageSmoothingEnabled = true
  const left = xOf(view, from)
  context.drawImage(pictureOf(spectrogram, colours), left, strip.top, xOf(view, to) - left, strip.height)
  context.font = '10px ui-monospace, "DejaVu Sans Mono", monospace'
  context.textBaseline = 'middle'
  const step = labels.find((hertz) => (hertz / highest) * strip.height >= leastRoom) ?? highest
  for (let hertz = step; hertz < highest * 0.95; hertz += step) {
    const y = Math.round(strip.top + strip.height * (1 - hertz / highest)) + 0.5
    context.strokeStyle = colours.ink3
    context.globalAlpha = 0.35
    context.lineWidth = 1
    context.beginPath()
    context.moveTo(0, y)
    context.lineTo(view.width, y)
    context.stroke()
    const text = `${hertz / 1000} kHz`
    context.globalAlpha = 0.85
    context.fillStyle = colours.panel
    context.fillRect(0, y - 7, context.measureText(text).width + 8, 14)
    context.globalAlpha = 1
    context.fillStyle = colours.ink3
    context.fillText(text, 4, y + 0.5)
  }
  context.restore()
}

function pictureOf(spectrogram: Spectrogram, colours: Colours): HTMLCanvasElement {
  const theme = colours.spectrum.join()
  if (painted?.of === spectrogram && painted.theme === theme) return painted.picture
  const { columns, rows, strengths } = spectrogram
  const picture = document.createElement('canvas')
  picture.width = columns
  picture.height = rows
  const context = picture.getContext('2d')
  if (context) {
    const image = context.createImageData(columns, rows)
    const map = colourMap(colours.spectrum)
    const pixels = new Uint32Array(image.data.buffer)
    for (const [index, strength] of strengths.entries()) pixels[index] = map[strength] as number
    context.putImageData(image, 0, 0)
  }
  painted = { of: spectrogram, theme, picture }
  return picture
}
