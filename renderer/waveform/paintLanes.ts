import { type Detail, detailColumns } from '../../shared/recording/detail'
import type { Peaks } from '../../shared/recording/peaks'
import type { Colours } from './colours'
import { timeOf, type Viewport, xOf } from './geometry'
import type { Strip } from './laneLayout'
import type { ColumnPainter } from './paintColumns'

/** CSS pixels between samples from which a line is drawn through them, and from which each has a dot. */
const lineFrom = 0.8
const dotsFrom = 5

/** One lane of the wave: what is known of it coarsely, and of its samples. */
export interface Lane {
  readonly strip: Strip
  readonly peaks: Peaks | null
  readonly detail: { readonly samples: Detail; readonly lane: number } | null
  readonly isHeard: boolean
}

/** Paints a lane of what is in view, what was played darker: columns of the lowest and highest samples, or a line through the samples
 *  where they are far apart. Looks only at what is in view.
 *  @param scene `scale`: device pixels in a CSS pixel; `played`: device pixels from the left edge to the playhead */
export function paintLane(
  context: CanvasRenderingContext2D,
  { strip, peaks, detail, isHeard }: Lane,
  scene: {
    readonly view: Viewport
    readonly scale: number
    readonly gain: number
    readonly played: number
  },
  colours: Colours,
  painter: ColumnPainter,
): void {
  const { view, scale, gain, played } = scene
  const strength = isHeard ? 1 : 0.35
  const spacing = detail ? view.pixelsPerSecond / detail.samples.sampleRate : 0
  if (detail && detail.samples.stride === 1 && spacing >= lineFrom) {
    const half = strip.height / 2
    const yOf = (sample: number) => strip.top + half - Math.max(-1, Math.min(1, sample * gain)) * half
    const split = played / scale
    context.globalAlpha = strength
    paintSamples(context, detail, view, spacing, yOf, [0, split, colours.waveOn])
    paintSamples(context, detail, view, spacing, yOf, [split, view.width, colours.wave])
    context.globalAlpha = 1
    return
  }
  const width = Math.max(1, Math.round(view.width * scale))
  const end = timeOf(view, view.width)
  const values = peaks ? peaks.columns(view.start, end, width) : new Float32Array(width * 2)
  if (detail) detailColumns(detail.samples, detail.lane, view.start, end, width, values)
  const top = Math.round(strip.top * scale)
  const height = Math.max(1, Math.round(strip.height * scale))
  painter.paint(context, { top, width, height }, values, { gain, played, strength }, colours)
}

function paintSamples(
  context: CanvasRenderingContext2D,
  { samples, lane }: NonNullable<Lane['detail']>,
  view: Viewport,
  spacing: number,
  yOf: (sample: number) => number,
  [left, right, colour]: readonly [number, number, string],
): void {
  const values = samples.lanes[lane]
  if (!values || right <= left) return
  const xOfSample = (index: number) => xOf(view, (samples.first + index) / samples.sampleRate)
  const indexAt = (x: number) => timeOf(view, x) * samples.sampleRate - samples.first
  const first = Math.max(0, Math.floor(indexAt(left)) - 1)
  const last = Math.min(values.length - 1, Math.ceil(indexAt(right)) + 1)
  context.save()
  context.beginPath()
  context.rect(left, 0, right - left, context.canvas.height)
  context.clip()
  context.strokeStyle = colour
  context.fillStyle = colour
  context.lineWidth = 1.25
  context.beginPath()
  for (let index = first; index <= last; index++) {
    const [x, y] = [xOfSample(index), yOf(values[index] as number)]
    if (index === first) context.moveTo(x, y)
    else context.lineTo(x, y)
  }
  context.stroke()
  if (spacing >= dotsFrom) {
    for (let index = first; index <= last; index++)
      context.fillRect(xOfSample(index) - 1.5, yOf(values[index] as number) - 1.5, 3, 3)
  }
  context.restore()
}
