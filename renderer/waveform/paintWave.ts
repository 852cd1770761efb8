import type { Peaks } from '../../shared/recording/peaks'

/** Paints lowest and highest samples as one column a device pixel, over the full height.
 *  @param from seconds at the left edge @param to seconds at the right one @param gain stretches quiet recordings */
export function paintWave(
  context: CanvasRenderingContext2D,
  peaks: Peaks | null,
  {
    from,
    to,
    width,
    height,
    gain,
    colour,
    hasSketch = false,
  }: {
    readonly from: number
    readonly to: number
    /** Device pixels. */
    readonly width: number
    readonly height: number
    readonly gain: number
    readonly colour: string
    /** Shows a sketch where nothing else is known yet. */
    readonly hasSketch?: boolean
  },
): void {
  context.fillStyle = colour
  const middle = height / 2
  if (!peaks || peaks.isBlank) {
    context.fillRect(0, Math.round(middle), width, 1)
    return
  }
  const columns = Math.max(1, Math.floor(width))
  const values = hasSketch ? peaks.columnsOrSketch(from, to, columns) : peaks.columns(from, to, columns)
  for (let column = 0; column < columns; column++) {
    const low = Math.max(-1, (values[column * 2] as number) * gain)
    const high = Math.min(1, (values[column * 2 + 1] as number) * gain)
    const top = middle - high * middle
    context.fillRect(column, top, 1, Math.max(1, (high - low) * middle))
  }
}

/** A gain that lets the loudest sample fill nine tenths of the height, within reason. */
export function gainFor(peaks: Peaks | null): number {
  const loudest = peaks?.loudest() ?? 0
  return loudest > 0.01 ? Math.min(8, 0.9 / loudest) : 1
}
