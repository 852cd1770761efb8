import { type Detail, detailColumns } from '../../shared/recording/detail'
import type { Peaks } from '../../shared/recording/peaks'
import type { Colours } from './colours'
import { timeOf, type Viewport, xOf } from './geometry'
import type { Strip } from './laneLayout'

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

/** Paints a lane of what is in view, before the playhead darker: columns of the lowest and highest samples, or a line through the samples
 *  where they are far apart. Looks only at what is in view.
 *  @param scale device pixels in a CSS pixel */
export function paintLane(
  context: CanvasRenderingContext2D,
  { strip, peaks, detail, isHeard }: Lane,
  scene: {
    readonly view: Viewport
    readonly scale: number
    readonly gain: number
    readonly playhead: number
  },
  colours: Colours,
): void {
  const { view, scale, gain } = scene
  context.globalAlpha = isHeard ? 1 : 0.35
  const middle = strip.top + strip.height / 2
  const half = strip.height / 2
  const yOf = (sample: number) => middle - Math.max(-1, Math.min(1, sample * gain)) * half
  const spacing = detail ? view.pixelsPerSecond / detail.samples.sampleRate : 0
  const split = Math.max(0, Math.min(view.width, xOf(view, scene.playhead)))
  const parts = [
    [0, split, colours.waveOn],
    [split, view.width, colours.wave],
  ] as const
  if (detail && detail.samples.stride === 1 && spacing >= lineFrom) {
    for (const part of parts) paintSamples(context, detail, view, spacing, yOf, part)
    context.globalAlpha = 1
    return
  }
  const columns = Math.max(1, Math.round(view.width * scale))
  const end = timeOf(view, view.width)
  const values = peaks ? peaks.columns(view.start, end, columns) : new Float32Array(columns * 2)
  if (detail) detailColumns(detail.samples, detail.lane, view.start, end, columns, values)
  const thin = 1 / scale
  for (const [from, to, colour] of parts) {
    context.fillStyle = colour
    for (let column = Math.round(from * scale); column < Math.round(to * scale); column++) {
      const top = yOf(values[column * 2 + 1] as number)
      const bottom = yOf(values[column * 2] as number)
      context.fillRect(column * thin, top, thin, Math.max(thin, bottom - top))
    }
  }
  context.globalAlpha = 1
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
