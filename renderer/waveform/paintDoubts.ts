import type { ReviewItem } from '../../shared/session/reviewItems'
import type { Colours } from './colours'

/** Where on a wave what is in doubt is painted; pixels. */
export interface DoubtBox {
  readonly left: number
  readonly width: number
  readonly top: number
  readonly bottom: number
}

/** Kinds of passages that lie on the wave as stretches. */
export function isStretch({ kind }: ReviewItem): boolean {
  return kind === 'inaudible' || kind === 'textAndSound' || kind === 'notPlaced' || kind === 'untold'
}

/** Width from which a passage has a shape: narrower ones side by side, as ten hours have in one view, would hide the wave. Pixels. */
const narrowest = 4

/** Paints a passage by shape, not by colour alone: unknown speech is a dashed box with a foot, speech without text a hatched box, a sentence in
 *  doubt a dotted line, text that was not found an open dashed line. Of what is too narrow for that, the foot. */
export function paintDoubt(
  context: CanvasRenderingContext2D,
  { kind }: Pick<ReviewItem, 'kind'>,
  { left, width, top, bottom }: DoubtBox,
  colours: Colours,
): void {
  context.lineWidth = 1
  context.strokeStyle = colours.doubt
  context.fillStyle = colours.mark
  if (kind === 'inaudible') {
    context.globalAlpha = 0.7
    context.fillRect(left, bottom - 24, width, 24)
    context.globalAlpha = 1
    if (width < narrowest) return
    context.setLineDash([4, 3])
    context.strokeRect(left + 0.5, top + 0.5, width, bottom - top - 2)
  } else if (kind === 'untold' && width < narrowest) {
    hatch(context, left, width, bottom - 24, bottom)
  } else if (kind === 'untold') {
    hatch(context, left, width, top, bottom)
    context.setLineDash([2, 3])
    context.strokeRect(left + 0.5, top + 0.5, width, bottom - top - 2)
  } else {
    context.lineWidth = 2
    if (kind === 'notPlaced') context.strokeStyle = colours.ink3
    context.setLineDash(kind === 'notPlaced' ? [7, 4] : [2, 3])
    context.beginPath()
    context.moveTo(left, bottom - 3)
    context.lineTo(left + width, bottom - 3)
    context.stroke()
  }
  context.setLineDash([])
}

/** The same on the strip under the overview, some pixels high. */
export function paintDoubtOnStrip(
  context: CanvasRenderingContext2D,
  { kind }: Pick<ReviewItem, 'kind'>,
  { left, width, top, bottom }: DoubtBox,
  colours: Colours,
): void {
  if (kind === 'untold') {
    context.globalAlpha = 0.8
    context.lineWidth = 1
    context.strokeStyle = colours.doubt
    hatch(context, left, width, top, bottom)
    context.globalAlpha = 1
    return
  }
  context.fillStyle = kind === 'notPlaced' ? colours.ink3 : colours.doubt
  context.globalAlpha = 0.75
  const middle = (top + bottom) / 2
  if (kind === 'notPlaced')
    for (let x = left; x < left + width; x += 4) context.fillRect(x, middle - 0.75, 2, 1.5)
  else context.fillRect(left, middle - 1, width, 2)
  context.globalAlpha = 1
}

function hatch(
  context: CanvasRenderingContext2D,
  left: number,
  width: number,
  top: number,
  bottom: number,
): void {
  context.save()
  context.beginPath()
  context.rect(left, top, width, bottom - top)
  context.clip()
  context.beginPath()
  const height = bottom - top
  for (let x = left - height; x < left + width; x += 7) {
    context.moveTo(x, bottom)
    context.lineTo(x + height, top)
  }
  context.globalAlpha *= 0.45
  context.stroke()
  context.restore()
}
