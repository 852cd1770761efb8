import { formatClock, hoursMinutesSeconds } from '../../shared/formats/clock'
import { transcriptOf, turnAtTime, turnTimesOf } from '../../shared/session/queries'
import { reviewItemsOf } from '../../shared/session/reviewItems'
import { selectTurn } from '../commands/turn'
import { onCalmSession } from '../state/calm'
import { channelStore } from '../state/channels'
import { currentTime, onTime, pause, playbackStore, playStretch, seek, setLoop } from '../state/playback'
import { recordingDuration, recordingStore } from '../state/recording'
import { dispatch, sessionStore } from '../state/session'
import { settingsStore } from '../state/settings'
import { settledOf } from '../state/settled'
import { scrollTo, viewStore, zoomTo } from '../state/view'
import { frameScheduler, Tiles } from './canvas'
import { colours } from './colours'
import { type Drag, dropBoundary, limited, previewTimes } from './dragBoundary'
import {
  type Handle,
  handleAt,
  silenceEdges,
  snapped,
  snapReach,
  timeOf,
  type Viewport,
  xOf,
} from './geometry'
import { Lanes, type SpectrogramNote } from './lanes'
import { paintTurns, rulerHeight } from './paintTurns'
import { WaveView } from './waveView'

/** Pixels that a press may move and still be a click. */
const clickReach = 4

/** Milliseconds between two bursts of sound while a boundary is dragged, and half a burst in seconds. */
const burstInterval = 180
const burst = 0.15

/** Zoom for a pixel that the wheel turns, and the pixels that count at once: a pinch sends few, a wheel a hundred and more. */
const zoomPerPixel = 0.008
const longestStep = 50

const clock = { ...hoursMinutesSeconds, decimals: 3 }

type Gesture =
  | { readonly kind: 'boundary'; drag: Drag; lastBurst: number; readonly wasAt: number }
  | { readonly kind: 'select'; readonly from: number; readonly x: number; isMoved: boolean }

/** Ties the canvas, the wave and the stores together; playback time never passes through React. */
export class Surface {
  private wave: WaveView | null = null
  private isPainted = false
  private readonly scheduler = frameScheduler(() => this.paint())
  private readonly ends: (() => void)[] = []
  private readonly observer: ResizeObserver
  private gesture: Gesture | null = null
  private hovered: Handle | null = null
  private readonly layer: HTMLElement
  private readonly tiles: Tiles
  private readonly lanes: Lanes

  constructor(
    hosts: { readonly layer: HTMLElement; readonly lanes: HTMLElement },
    host: HTMLElement,
    private readonly duration: number,
    private readonly hint: (hint: { x: number; text: string } | null) => void,
    note: (note: SpectrogramNote | null) => void,
  ) {
    this.layer = hosts.layer
    this.tiles = new Tiles(hosts.layer)
    this.lanes = new Lanes(hosts.lanes, () => this.scheduler.ask(), note)
    const { layer } = this
    this.resize()
    // The wave is painted before it can be scrolled: laying it out takes a task of its own.
    const laying = setTimeout(() => {
      this.wave = new WaveView(host, duration, viewStore.getState().pixelsPerSecond, (time) => {
        viewStore.setState({ isFollowing: false })
        scrollTo(time, recordingDuration())
      })
      this.scheduler.ask()
    })
    this.ends.push(() => clearTimeout(laying))
    this.observer = new ResizeObserver(() => {
      this.resize()
      this.scheduler.ask()
    })
    this.observer.observe(layer)
    const { ask } = this.scheduler
    this.ends.push(
      onTime(() => {
        this.follow()
        ask()
      }),
      recordingStore.subscribe(({ recording }, { recording: before }) => {
        if (recording && recording.changed !== before?.changed)
          this.lanes.outdate(recording.changed, this.view())
        ask()
      }),
      sessionStore.subscribe(({ state }, { state: before }) => {
        if (state?.doc === before?.doc) ask()
      }),
      onCalmSession(ask),
      settingsStore.subscribe(ask),
      playbackStore.subscribe(ask),
      channelStore.subscribe(ask),
      viewStore.subscribe((view, earlier) => {
        if (view.selectedTurn !== earlier.selectedTurn && view.selectedTurn !== null)
          this.reveal(view.selectedTurn)
        ask()
      }),
    )
    const wheel = (event: WheelEvent) => this.wheel(event)
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && this.gesture?.kind === 'boundary') {
        event.stopPropagation()
        event.preventDefault()
        this.cancel()
      }
    }
    const theme = matchMedia('(prefers-color-scheme: dark)')
    const pointer = {
      pointerdown: (event: PointerEvent) => this.press(event),
      pointermove: (event: PointerEvent) => this.move(event),
      pointerup: (event: PointerEvent) => this.release(event),
      pointercancel: () => this.cancel(),
      pointerleave: () => this.leave(),
      dblclick: (event: MouseEvent) => this.doubleClick(event.offsetX),
    }
    const listening = new AbortController()
    for (const [type, listener] of Object.entries(pointer))
      layer.addEventListener(type, listener as EventListener, { signal: listening.signal })
    layer.addEventListener('wheel', wheel, { passive: false })
    window.addEventListener('keydown', key, { capture: true })
    theme.addEventListener('change', ask)
    this.ends.push(
      () => listening.abort(),
      () => layer.removeEventListener('wheel', wheel),
      () => window.removeEventListener('keydown', key, { capture: true }),
      () => theme.removeEventListener('change', ask),
    )
    ask()
  }

  destroy(): void {
    for (const end of this.ends) end()
    this.observer.disconnect()
    this.scheduler.cancel()
    this.wave?.destroy()
    this.lanes.destroy()
    this.letGo()
  }

  private resize(): void {
    const width = this.layer.clientWidth
    if (width > 0 && width !== viewStore.getState().width) {
      viewStore.setState({ width })
      zoomTo(viewStore.getState().pixelsPerSecond, 0, this.duration)
    }
  }

  private view(): Viewport {
    const { scrollTime, pixelsPerSecond, width } = viewStore.getState()
    return { start: scrollTime, pixelsPerSecond, width }
  }

  private paint(): void {
    const surface = this.tiles.fit()
    if (!surface) return
    const { state: latest } = sessionStore.getState()
    const state = latest && settledOf(latest)
    const view = viewStore.getState()
    this.lanes.paint(this.view())
    if (!this.isPainted) {
      // The first time it all takes long: one frame for the wave, one for the turns.
      this.isPainted = true
      this.scheduler.ask()
      return
    }
    this.wave?.show(view.pixelsPerSecond, view.scrollTime)
    const playback = playbackStore.getState()
    const times = state ? turnTimesOf(state) : []
    const scene = {
      view: this.view(),
      height: surface.height,
      colours: colours(),
      transcript: state && transcriptOf(state),
      times: this.gesture?.kind === 'boundary' ? previewTimes(times, this.gesture.drag) : times,
      review: state ? reviewItemsOf(state) : [],
      selectedTurn: view.selectedTurn,
      currentTurn: playback.currentTurn,
      selection: view.selection,
      loop: playback.loop,
      playhead: currentTime(),
      duration: this.duration,
      hovered:
        this.gesture?.kind === 'boundary'
          ? { ...this.gesture.drag.handle, time: this.gesture.drag.time }
          : this.hovered,
    }
    for (const { context, left, width } of surface.tiles)
      paintTurns(context, scene, [left / surface.scale, (left + width) / surface.scale])
  }

  // Turns the page when the playhead leaves it, and shows where a jump went.
  private follow(): void {
    const { isFollowing } = viewStore.getState()
    const { start, width, pixelsPerSecond } = this.view()
    const time = currentTime()
    const x = (time - start) * pixelsPerSecond
    const isPlaying = playbackStore.getState().isPlaying
    if (!isFollowing && isPlaying) return
    if (x >= 0 && x <= width * (isPlaying ? 0.9 : 1)) return
    scrollTo(time - (width / pixelsPerSecond) * 0.1, this.duration)
  }

  private reveal(turn: number): void {
    const { state } = sessionStore.getState()
    const start = state && turnTimesOf(state)[turn]?.start
    if (start === null || start === undefined || playbackStore.getState().isPlaying) return
    const view = this.view()
    const x = xOf(view, start)
    if (x < 0 || x > view.width) scrollTo(start - (view.width / view.pixelsPerSecond) * 0.15, this.duration)
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault()
    const { pixelsPerSecond, scrollTime } = viewStore.getState()
    const scale = event.deltaMode === 1 ? 16 : 1
    const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)
    // A pinch comes as a wheel with Ctrl.
    if (event.ctrlKey || event.metaKey || !isSideways) {
      const step = Math.max(-longestStep, Math.min(longestStep, event.deltaY * scale))
      zoomTo(pixelsPerSecond * Math.exp(-step * zoomPerPixel), event.offsetX, this.duration)
      return
    }
    viewStore.setState({ isFollowing: false })
    scrollTo(scrollTime + ((event.deltaX || event.deltaY) * scale) / pixelsPerSecond, this.duration)
  }

  private press(event: PointerEvent): void {
    if (event.button !== 0) return
    const { offsetX: x, offsetY: y } = event
    const { state } = sessionStore.getState()
    this.layer.setPointerCapture(event.pointerId)
    const handle = state && y > rulerHeight ? handleAt(this.view(), turnTimesOf(state), x) : null
    if (handle) {
      const drag = { handle, time: handle.time, isParting: event.altKey }
      this.gesture = { kind: 'boundary', drag, lastBurst: 0, wasAt: currentTime() }
      viewStore.setState({ selectedTurn: handle.turn, isDragging: true })
      return
    }
    this.gesture = { kind: 'select', from: this.timeAt(x), x, isMoved: false }
  }

  private move(event: PointerEvent): void {
    const { offsetX: x, offsetY: y } = event
    const { state } = sessionStore.getState()
    if (!this.gesture) {
      this.hovered = state && y > rulerHeight ? handleAt(this.view(), turnTimesOf(state), x) : null
      this.layer.style.cursor = this.hovered ? 'ew-resize' : 'default'
      this.scheduler.ask()
      return
    }
    if (this.gesture.kind === 'select') {
      if (Math.abs(x - this.gesture.x) > clickReach) this.gesture.isMoved = true
      if (this.gesture.isMoved) this.select(this.gesture.from, this.timeAt(x))
      return
    }
    if (state) this.drag(this.gesture, x, event)
  }

  private drag(gesture: Gesture & { kind: 'boundary' }, x: number, event: PointerEvent): void {
    const { state } = sessionStore.getState()
    if (!state) return
    const view = this.view()
    const wanted = timeOf(view, x)
    const { handle } = gesture.drag
    const place = event.shiftKey ? wanted : snapped(view, wanted, this.snapPlaces(gesture, wanted)).time
    const time = limited(state, handle, place)
    gesture.drag = { handle, time, isParting: event.altKey }
    this.hint({ x: Math.max(40, Math.min(view.width - 40, xOf(view, time))), text: formatClock(clock, time) })
    this.scrub(gesture)
    this.scheduler.ask()
  }

  // The playhead is where it was: hearing the boundary moves it.
  private snapPlaces({ drag, wasAt }: Gesture & { kind: 'boundary' }, time: number): number[] {
    const { turn } = drag.handle
    const { state } = sessionStore.getState()
    const reach = snapReach / viewStore.getState().pixelsPerSecond
    const places = [wasAt, ...silenceEdges(recordingStore.getState().recording?.speech ?? [], time, reach)]
    const times = state ? turnTimesOf(state) : []
    for (const neighbour of [times[turn - 1], times[turn + 1]]) {
      if (!neighbour) continue
      for (const edge of [neighbour.start, neighbour.isParted ? neighbour.end : null])
        if (edge !== null) places.push(edge)
    }
    return places
  }

  private scrub(gesture: Gesture & { kind: 'boundary' }): void {
    const now = performance.now()
    if (!settingsStore.getState().isScrubbing || now - gesture.lastBurst < burstInterval) return
    gesture.lastBurst = now
    void playStretch(Math.max(0, gesture.drag.time - burst), gesture.drag.time + burst)
  }

  private release(event: PointerEvent): void {
    const { gesture } = this
    const { state } = sessionStore.getState()
    this.letGo()
    if (this.layer.hasPointerCapture(event.pointerId)) this.layer.releasePointerCapture(event.pointerId)
    if (gesture?.kind === 'boundary') {
      this.endScrub(gesture)
      if (state && Math.abs(gesture.drag.time - gesture.drag.handle.time) > 1e-4)
        dispatch(dropBoundary(state, gesture.drag))
    } else if (gesture && !gesture.isMoved) this.click(gesture.from)
    this.scheduler.ask()
  }

  private endScrub(gesture: Gesture & { kind: 'boundary' }): void {
    if (gesture.lastBurst === 0) return
    pause()
    seek(gesture.wasAt)
  }

  private letGo(): void {
    this.gesture = null
    this.hint(null)
    if (viewStore.getState().isDragging) viewStore.setState({ isDragging: false })
  }

  private cancel(): void {
    if (this.gesture?.kind === 'boundary') this.endScrub(this.gesture)
    this.letGo()
    this.scheduler.ask()
  }

  private leave(): void {
    if (this.gesture) return
    this.hovered = null
    this.scheduler.ask()
  }

  private timeAt(x: number): number {
    return Math.max(0, Math.min(this.duration, timeOf(this.view(), x)))
  }

  private select(from: number, to: number): void {
    viewStore.setState({ selection: { start: Math.min(from, to), end: Math.max(from, to) } })
  }

  private click(time: number): void {
    viewStore.setState({ selection: null })
    if (playbackStore.getState().loop) setLoop(null)
    seek(time)
    const { state } = sessionStore.getState()
    const turn = state && turnAtTime(state, time)
    if (turn !== null) selectTurn(turn, { seek: false })
  }

  private doubleClick(x: number): void {
    const { state } = sessionStore.getState()
    const turn = state && turnAtTime(state, this.timeAt(x))
    const times = state && turn !== null ? turnTimesOf(state)[turn] : undefined
    if (times && times.start !== null && times.end !== null)
      viewStore.setState({ selection: { start: times.start, end: times.end } })
  }
}
