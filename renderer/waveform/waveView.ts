import WaveSurfer from 'wavesurfer.js'
import { media } from '../state/playback'
import { recordingStore } from '../state/recording'
import { contentSecurityNonce } from '../ui/contentSecurityNonce'
import { colours } from './colours'
import { gainFor, paintWave } from './paintWave'

/** Chromium lays nothing out beyond 2²⁵ pixels; half of that leaves room for scaled screens. */
const widestLayout = 2 ** 24

/** Pixels a second beyond which the wave is laid out no wider; what is finer is shown by a canvas of what is in view. */
const finestLayout = 500

/** The wave itself: wavesurfer lays it out, scrolls it and renders what is in view; the columns come from our peaks, so that it never
 *  decodes and any zoom is exact. */
export class WaveView {
  private readonly surfer: WaveSurfer
  /** Something else shows the wave: it is laid out and scrolled, but not painted. */
  isCovered = false
  /** Where it was last scrolled to from here, pixels: only what differs from that is the user's doing. */
  private placed = 0

  constructor(
    container: HTMLElement,
    private readonly duration: number,
    height: number,
    pixelsPerSecond: number,
    /** Told the time at the left edge when the user scrolls. */
    private readonly scrolled: (time: number) => void,
  ) {
    const palette = colours()
    this.surfer = WaveSurfer.create({
      container,
      height,
      media: media(),
      // Two samples stand in for the data that wavesurfer would slice; the peaks are read by time while rendering.
      peaks: [new Float32Array(2)],
      duration,
      minPxPerSec: this.laidOut(pixelsPerSecond),
      fillParent: false,
      interact: false,
      autoScroll: false,
      cursorWidth: 0,
      waveColor: palette.wave,
      progressColor: palette.waveOn,
      cspNonce: contentSecurityNonce(),
      renderFunction: (_channels, context) => this.render(context),
    })
    this.surfer.on('scroll', (start) => {
      if (Math.abs(this.surfer.getScroll() - this.placed) > 1.5) this.scrolled(start)
    })
    this.surfer.on('error', () => undefined)
  }

  private render(context: CanvasRenderingContext2D): void {
    if (this.isCovered) return
    const { canvas } = context
    const width = Number.parseFloat(canvas.style.width)
    const left = Number.parseFloat(canvas.style.left) || 0
    const perSecond = this.pixelsPerSecond
    const { recording } = recordingStore.getState()
    const peaks = recording?.peaks ?? null
    const from = left / perSecond
    const size = { width: canvas.width, height: canvas.height }
    paintWave(context, peaks, {
      from,
      to: from + width / perSecond,
      ...size,
      gain: gainFor(peaks),
      colour: colours().wave,
    })
  }

  /** What the layout came to; wavesurfer rounds the width. */
  get pixelsPerSecond(): number {
    return this.surfer.getWrapper().clientWidth / this.duration
  }

  zoom(pixelsPerSecond: number): void {
    this.surfer.zoom(this.laidOut(pixelsPerSecond))
  }

  // Wider than the layout allows it does not become.
  private laidOut(pixelsPerSecond: number): number {
    return Math.min(pixelsPerSecond, widestLayout / this.duration, finestLayout)
  }

  /** @param time seconds at the left edge; as near to it as the layout reaches */
  scrollTo(time: number): void {
    const target = time * this.pixelsPerSecond
    if (Math.abs(this.surfer.getScroll() - target) >= 0.5) this.surfer.setScroll(target)
    this.placed = this.surfer.getScroll()
  }

  /** Paints again what is drawn of a stretch (seconds): there are more peaks, and nothing else is another. A part of the work of `repaint`, which makes
   *  every canvas anew. */
  refresh(from: number, to: number): void {
    const { progressColor } = this.surfer.options
    const perSecond = this.pixelsPerSecond
    const [waves, played] = ['.canvases canvas', '.progress canvas'].map((selector) =>
      this.surfer.getWrapper().querySelectorAll<HTMLCanvasElement>(selector),
    ) as [NodeListOf<HTMLCanvasElement>, NodeListOf<HTMLCanvasElement>]
    for (const [index, canvas] of waves.entries()) {
      const context = canvas.getContext('2d')
      const left = Number.parseFloat(canvas.style.left) / perSecond
      const width = Number.parseFloat(canvas.style.width) / perSecond
      if (!context || left > to || left + width < from) continue
      context.clearRect(0, 0, canvas.width, canvas.height)
      this.render(context)
      const over = played[index]?.getContext('2d')
      if (!over) continue
      // The part that was played is the same in another colour.
      over.globalCompositeOperation = 'copy'
      over.drawImage(canvas, 0, 0)
      over.globalCompositeOperation = 'source-in'
      over.fillStyle = progressColor as string
      over.fillRect(0, 0, canvas.width, canvas.height)
    }
  }

  /** Paints all anew: another theme, another height. */
  repaint(height: number): void {
    const palette = colours()
    this.surfer.setOptions({ height, waveColor: palette.wave, progressColor: palette.waveOn })
  }

  destroy(): void {
    this.surfer.destroy()
  }
}
