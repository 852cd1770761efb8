import { type PointerEvent, useEffect, useRef } from 'react'
import type { Speech } from '../../shared/recording/speechActivity'
import { transcriptOf, turnTimesOf } from '../../shared/session/queries'
import { reviewItemsOf } from '../../shared/session/reviewItems'
import type { Session } from '../../shared/session/session'
import { onCalmSession } from '../state/calm'
import { useMessages } from '../state/messages'
import { currentTime, goTo, onTime } from '../state/playback'
import { recordingDuration, recordingStore } from '../state/recording'
import { sessionStore } from '../state/session'
import { settingsStore } from '../state/settings'
import { scrollTo, viewStore } from '../state/view'
import { frameScheduler, Layer, sized } from './canvas'
import { colourOf, colours } from './colours'
import { ColumnPainter, gainFor } from './paintColumns'
import { isStretch, paintDoubtOnStrip } from './paintDoubts'

const stripTop = 36
const waveHeight = 33

/** Strength of a turn's colour where its time is only estimated, and where the alignment is least sure of it. */
const estimated = 0.5
const unsure = 0.4

/** Milliseconds after which a change of the times shows. */
const later = 120

/** Share by which the wave fades where nobody speaks. */
const fading = 0.6

/** The whole recording: wave, what of it is speech, turns and how sure their times are, doubtful passages, the part in view. A press goes
 *  there. */
export function Overview() {
  const canvas = useRef<HTMLCanvasElement>(null)
  const words = useMessages().waveform

  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const picture = new OverviewPicture(element)
    const { ask, cancel } = frameScheduler(() => picture.paint())
    // While a boundary is moved this follows a moment later.
    let timer: ReturnType<typeof setTimeout> | null = null
    const askLater = () => {
      timer ??= setTimeout(() => {
        timer = null
        picture.follow()
        ask()
      }, later)
    }
    const observer = new ResizeObserver(ask)
    observer.observe(element)
    const ends = [
      onTime(ask),
      recordingStore.subscribe(ask),
      onCalmSession(askLater),
      viewStore.subscribe(ask),
      settingsStore.subscribe(ask),
    ]
    const theme = matchMedia('(prefers-color-scheme: dark)')
    theme.addEventListener('change', ask)
    ask()
    return () => {
      for (const end of ends) end()
      theme.removeEventListener('change', ask)
      observer.disconnect()
      cancel()
      if (timer !== null) clearTimeout(timer)
    }
  }, [])

  const go = (event: PointerEvent<HTMLCanvasElement>, isPress: boolean) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const duration = recordingDuration()
    if (duration <= 0) return
    const time = ((event.clientX - left) / width) * duration
    const view = viewStore.getState()
    viewStore.setState({ isFollowing: false })
    scrollTo(time - view.width / view.pixelsPerSecond / 2, duration)
    if (isPress) goTo(time)
  }

  return (
    <canvas
      ref={canvas}
      className="overview"
      role="img"
      aria-label={words.overview}
      data-testid="overview"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        go(event, true)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) go(event, false)
      }}
    />
  )
}

function fadeSilence(
  context: CanvasRenderingContext2D,
  speech: Speech,
  duration: number,
  width: number,
  colour: string,
): void {
  if (speech.length === 0) return
  context.globalAlpha = fading
  context.fillStyle = colour
  let silentFrom = 0
  for (const [start, end] of [...speech, [duration, duration] as const]) {
    const from = (silentFrom / duration) * width
    const to = (start / duration) * width
    // Pauses narrower than a pixel are no silence here.
    if (to - from >= 1) context.fillRect(from, 0, to - from, waveHeight)
    silentFrom = Math.max(silentFrom, end)
  }
  context.globalAlpha = 1
}

/** The wave and the turns are layers of their own: scrolling and zooming move nothing but the frame that stands over them. */
class OverviewPicture {
  private session = sessionStore.getState().state
  private readonly wave = new Layer()
  private readonly turns = new Layer()
  private readonly columns = new ColumnPainter()

  constructor(private readonly canvas: HTMLCanvasElement) {}

  /** Shows the session as it is now from the next painting on. */
  follow(): void {
    this.session = sessionStore.getState().state
  }

  paint(): void {
    const surface = sized(this.canvas)
    if (!surface) return
    const { context, width, height } = surface
    const palette = colours()
    const { recording } = recordingStore.getState()
    context.clearRect(0, 0, width, height)
    if (!recording || recording.duration <= 0) return
    const { peaks, changed, progress, speech, isComplete, duration } = recording
    const { session } = this
    this.wave.show(
      context,
      surface,
      [palette, peaks, changed, progress, speech, isComplete, duration],
      (layer) => {
        const across = layer.canvas.width
        const down = Math.round((waveHeight * across) / width)
        const values = peaks ? peaks.columnsOrSketch(0, duration, across) : new Float32Array(across * 2)
        const how = { gain: gainFor(peaks), played: 0, strength: 1 }
        this.columns.paint(layer, { top: 0, width: across, height: down }, values, how, palette)
        if (isComplete) fadeSilence(layer, speech, duration, width, palette.panel)
      },
    )
    if (session) {
      const parts = [palette, transcriptOf(session), turnTimesOf(session), reviewItemsOf(session), duration]
      this.turns.show(context, surface, parts, (layer) => paintSession(layer, session, surface, duration))
    }
    const xOf = (time: number) => (time / duration) * width
    const view = viewStore.getState()
    const left = xOf(view.scrollTime)
    const right = Math.min(width, xOf(view.scrollTime + view.width / view.pixelsPerSecond))
    context.fillStyle = palette.accentSoft
    context.fillRect(left, 0, right - left, height)
    context.strokeStyle = palette.accent
    context.lineWidth = 1.5
    context.strokeRect(left + 0.75, 0.75, Math.max(2, right - left - 1.5), height - 1.5)
    const playhead = xOf(currentTime())
    context.fillStyle = palette.play
    context.fillRect(playhead - 0.75, 0, 1.5, height)
  }
}

function paintSession(
  context: CanvasRenderingContext2D,
  session: Session,
  { width, height }: { readonly width: number; readonly height: number },
  duration: number,
): void {
  const palette = colours()
  const xOf = (time: number) => (time / duration) * width
  const { turns } = transcriptOf(session)
  const times = turnTimesOf(session)
  let painted = -1
  for (const [index, { start, end, origin, confidence }] of times.entries()) {
    if (start === null || end === null) continue
    const left = Math.max(painted, xOf(start))
    const right = xOf(end)
    // Ten thousand turns share some hundred pixels: one rectangle a pixel is enough.
    if (right - painted < 0.5) continue
    context.fillStyle = colourOf(palette, turns[index]?.speaker ?? null)
    context.globalAlpha = origin === 'estimated' ? estimated : unsure + (1 - unsure) * confidence
    context.fillRect(left, stripTop, Math.max(0.5, right - left - (right - left > 3 ? 1 : 0)), 5)
    painted = right
  }
  context.globalAlpha = 1
  context.fillStyle = palette.doubt
  for (const item of reviewItemsOf(session)) {
    if (item.isDone || item.kind === 'torn' || item.kind === 'alike') continue
    const turn = item.turn === null ? undefined : times[item.turn]
    // In a turn of less than a pixel its start is exact enough, and needs no working out.
    const isNarrow = turn && turn.start !== null && turn.end !== null && xOf(turn.end - turn.start) < 1
    const time = isNarrow ? turn.start : item.start
    if (time === null) continue
    const x = xOf(time)
    if (!isNarrow && isStretch(item) && item.end !== null) {
      const box = { left: x, width: Math.max(2, xOf(item.end) - x), top: stripTop + 5, bottom: height }
      paintDoubtOnStrip(context, item, box, palette)
      context.fillStyle = palette.doubt
    }
    context.beginPath()
    context.moveTo(x - 4, height)
    context.lineTo(x + 4, height)
    context.lineTo(x, height - 6)
    context.fill()
  }
}
