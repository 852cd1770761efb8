import { formatClock, hoursMinutesSeconds } from '../../shared/formats/clock'
import type { TurnTimes } from '../../shared/session/queries'
import type { ReviewItem } from '../../shared/session/reviewItems'
import type { Transcript } from '../../shared/transcript/transcript'
import { type Colours, colourOf } from './colours'
import { firstVisible, type Handle, rulerStep, timeOf, type Viewport, xOf } from './geometry'
import { isStretch, paintDoubt } from './paintDoubts'

/** Height of the ruler above the wave, pixels. */
export const rulerHeight = 20
const chipHeight = 18
const handleRadius = 5.5

const handleRoom = 10

/** Room that a time on the ruler takes at most. */
const widestTime = 100

/** What the layer over the wave shows. */
export interface Scene {
  readonly view: Viewport
  readonly height: number
  readonly colours: Colours
  readonly transcript: Transcript | null
  readonly times: readonly TurnTimes[]
  readonly review: readonly ReviewItem[]
  readonly selectedTurn: number | null
  readonly currentTurn: number | null
  readonly selection: { readonly start: number; readonly end: number } | null
  readonly loop: { readonly start: number; readonly end: number } | null
  /** Seconds. */
  readonly playhead: number
  readonly duration: number
  readonly hovered: Handle | null
}

/** CSS pixels from the view's left edge. */
type Part = readonly [left: number, right: number]

/** Paints the ruler, the turns with their handles, what is doubtful, the selection, the loop and the playhead. Looks only at what is in
 *  view.
 *  @param part what the context's canvas shows of the view */
export function paintTurns(context: CanvasRenderingContext2D, scene: Scene, part: Part): void {
  const { height } = scene
  context.clearRect(part[0], 0, part[1] - part[0], height)
  paintRuler(context, scene, part)
  paintRegions(context, scene, part)
  paintReview(context, scene)
  for (const [stretch, colour, alpha] of [
    [scene.selection, scene.colours.accent, 0.16],
    [scene.loop, scene.colours.doubt, 0.1],
  ] as const) {
    if (!stretch) continue
    const left = xOf(scene.view, stretch.start)
    context.globalAlpha = alpha
    context.fillStyle = colour
    context.fillRect(left, rulerHeight, xOf(scene.view, stretch.end) - left, height)
    context.globalAlpha = 1
  }
  if (scene.loop) {
    context.fillStyle = scene.colours.doubt
    const left = xOf(scene.view, scene.loop.start)
    const right = xOf(scene.view, scene.loop.end)
    context.fillRect(left, rulerHeight, right - left, 2)
  }
  paintHandles(context, scene, part)
  paintPlayhead(context, scene)
}

function paintRuler(
  context: CanvasRenderingContext2D,
  { view, colours, duration }: Scene,
  [left, right]: Part,
): void {
  const step = rulerStep(view.pixelsPerSecond)
  const template = { ...hoursMinutesSeconds, decimals: decimalsOf(step) }
  const minor = step / 5
  context.fillStyle = colours.ink3
  context.font = '11px ui-monospace, "DejaVu Sans Mono", monospace'
  context.textBaseline = 'alphabetic'
  const first = Math.floor(timeOf(view, left - widestTime) / minor)
  const last = Math.ceil(Math.min(duration, timeOf(view, right)) / minor)
  for (let index = first; index <= last; index++) {
    if (index < 0) continue
    const x = Math.round(xOf(view, index * minor))
    const isMajor = index % 5 === 0
    context.fillRect(x, isMajor ? rulerHeight - 7 : rulerHeight - 3, 1, isMajor ? 7 : 3)
    if (isMajor) context.fillText(formatClock(template, index * minor), x + 4, rulerHeight - 7)
  }
}

// Milliseconds are the finest that clocks here tell.
function decimalsOf(step: number): number {
  return step < 0.01 ? 3 : step < 0.1 ? 2 : step < 1 ? 1 : 0
}

function nameOf({ transcript }: Scene, turn: number): string {
  const entry = transcript?.turns[turn]
  if (!entry) return ''
  return entry.speaker === null
    ? (entry.label?.text ?? '')
    : (transcript?.speakers[entry.speaker]?.name ?? '')
}

function paintRegions(context: CanvasRenderingContext2D, scene: Scene, part: Part): void {
  const { view, height, times, transcript, colours } = scene
  const limit = timeOf(view, view.width)
  let chipsEnd = Number.NEGATIVE_INFINITY
  let painted = Number.NEGATIVE_INFINITY
  context.font = '600 11px Inter, "Noto Sans", "Noto Sans CJK SC", system-ui, sans-serif'
  for (let index = firstVisible(times, view.start); index < times.length; index++) {
    const entry = times[index] as TurnTimes
    if (entry.start === null || entry.start > limit) break
    if (entry.end === null || entry.end < view.start) continue
    const left = xOf(view, entry.start)
    const right = xOf(view, entry.end)
    const width = Math.max(1, right - left)
    const isStrong = index === scene.selectedTurn || index === scene.currentTurn
    // Of turns that share a pixel one is painted.
    if (!isStrong && right - painted < 0.5) continue
    painted = Math.max(painted, right)
    const isHere = right >= part[0] && left <= part[1]
    const colour = colourOf(colours, transcript?.turns[index]?.speaker ?? null)
    if (isHere) {
      context.globalAlpha = isStrong ? 0.22 : 0.1
      context.fillStyle = colour
      context.fillRect(left, rulerHeight, width, height - rulerHeight)
      context.globalAlpha = 1
    }
    // A chip stays in view as long as its turn is, and gives way to the one before.
    const chipLeft = Math.max(left + 5, 5, chipsEnd)
    const room = left + width - chipLeft - 5
    if (room < 16) continue
    const name = nameOf(scene, index)
    if (name === '') continue
    const chipWidth = Math.min(context.measureText(name).width + 14, room)
    chipsEnd = chipLeft + chipWidth + 3
    if (!isHere) continue
    context.fillStyle = colour
    context.beginPath()
    context.roundRect(chipLeft, rulerHeight + 5, chipWidth, chipHeight, 5)
    context.fill()
    context.save()
    context.beginPath()
    context.rect(chipLeft, rulerHeight + 5, chipWidth - 4, chipHeight)
    context.clip()
    context.fillStyle = colours.chipInk
    context.fillText(name, chipLeft + 7, rulerHeight + 18)
    context.restore()
  }
}

function paintReview(
  context: CanvasRenderingContext2D,
  { view, height, times, review, colours }: Scene,
): void {
  const limit = timeOf(view, view.width)
  let painted = Number.NEGATIVE_INFINITY
  for (const item of review) {
    if (item.isDone || !isStretch(item)) continue
    const around = item.turn === null ? undefined : times[item.turn]
    // Where a passage is heard takes working out; most are in turns that are not in view, or in the pixels of the last one.
    if (around && ((around.end ?? view.start) < view.start || (around.start ?? limit) > limit)) continue
    if (around && xOf(view, around.end ?? limit) <= painted) continue
    if (item.start === null || item.end === null) continue
    if (item.end < view.start || item.start > limit) continue
    const left = xOf(view, item.start)
    const width = Math.max(3, xOf(view, item.end) - left)
    painted = left + width
    paintDoubt(context, item, { left, width, top: rulerHeight + 28, bottom: height }, colours)
  }
}

/** Pixels between boundaries from which each has a line and a handle of its own; closer ones fade, so that the wave is seen. */
const roomy = 16
const faintest = 0.3

/** Of boundaries within so many pixels one is drawn where they are crowded. */
const slot = 4

/** Boundaries on each side that tell how crowded it is. */
const neighbours = 4

function paintHandles(context: CanvasRenderingContext2D, scene: Scene, part: Part): void {
  const { view, height, times, transcript, colours, hovered } = scene
  const limit = timeOf(view, view.width)
  const line = (
    time: number,
    turn: number,
    look: { room: number; isPinned: boolean; isHovered: boolean },
  ) => {
    const x = Math.round(xOf(view, time))
    if (x < part[0] - handleRoom || x > part[1] + handleRoom) return
    const { room, isPinned, isHovered } = look
    const isFaint = room < roomy && !isHovered
    const colour = colourOf(colours, transcript?.turns[turn]?.speaker ?? null)
    context.globalAlpha = isFaint ? Math.max(faintest, room / roomy) : 1
    context.strokeStyle = colour
    context.lineWidth = isHovered ? 3 : isFaint ? 1 : 2
    context.beginPath()
    context.moveTo(x, rulerHeight)
    context.lineTo(x, height)
    context.stroke()
    context.globalAlpha = 1
    if (isFaint && !isPinned) return
    context.beginPath()
    const radius = isHovered ? handleRadius + 1.5 : isFaint ? handleRadius / 2 : handleRadius
    context.arc(x, height - 12, radius, 0, Math.PI * 2)
    context.fillStyle = isPinned ? colour : colours.panel
    context.fill()
    context.stroke()
  }
  let lastSlot = Number.NEGATIVE_INFINITY
  for (let index = firstVisible(times, view.start); index < times.length; index++) {
    const entry = times[index] as TurnTimes
    if (entry.start === null || entry.start > limit) break
    const isHovered = hovered?.turn === index && hovered.edge !== 'end'
    const room = roomAround(times, index) * view.pixelsPerSecond
    // The slots lie still while the view scrolls.
    const ownSlot = Math.floor((entry.start * view.pixelsPerSecond) / (room < roomy ? slot : 2))
    if (ownSlot !== lastSlot || isHovered || entry.isPinned)
      line(entry.start, index, { room, isPinned: entry.isPinned, isHovered })
    lastSlot = ownSlot
    if (entry.isParted && entry.end !== null && entry.end >= view.start) {
      const isEndHovered = hovered?.turn === index && hovered.edge === 'end'
      line(entry.end, index, { room, isPinned: entry.isEndPinned, isHovered: isEndHovered })
    }
  }
}

// Seconds from one start to the next on an average around a turn.
function roomAround(times: readonly TurnTimes[], index: number): number {
  const first = Math.max(0, index - neighbours)
  const last = Math.min(times.length - 1, index + neighbours)
  const [from, to] = [times[first]?.start ?? null, times[last]?.start ?? null]
  return last > first && from !== null && to !== null
    ? (to - from) / (last - first)
    : Number.POSITIVE_INFINITY
}

function paintPlayhead(context: CanvasRenderingContext2D, { view, height, playhead, colours }: Scene): void {
  const x = Math.round(xOf(view, playhead)) + 0.5
  if (x < -8 || x > view.width + 8) return
  context.strokeStyle = colours.play
  context.fillStyle = colours.play
  context.lineWidth = 1.5
  context.beginPath()
  context.moveTo(x, rulerHeight - 4)
  context.lineTo(x, height)
  context.stroke()
  context.beginPath()
  context.moveTo(x - 6, rulerHeight - 8)
  context.lineTo(x + 6, rulerHeight - 8)
  context.lineTo(x, rulerHeight)
  context.fill()
}
