import WaveSurfer from 'wavesurfer.js'
import { media } from '../state/playback'
import { contentSecurityNonce } from '../ui/contentSecurityNonce'

/** Chromium lays nothing out beyond 2²⁵ pixels; half of that leaves room for scaled screens. */
const widestLayout = 2 ** 24

/** Pixels a second beyond which the wave is laid out no wider. */
const finestLayout = 500

/** Milliseconds that the layout waits for the next step of a zoom. */
const settling = 100

/** The wave as wavesurfer holds it: its width at a zoom, its scroll bar, its media. What is in view is painted elsewhere (`lanes.ts`), so
 *  its own canvases are one pixel high: what has no area gets no scroll bar. */
export class WaveView {
  private readonly surfer: WaveSurfer
  private laidOut: number
  private timer: ReturnType<typeof setTimeout> | null = null
  /** What is to be shown, once a zoom has come to rest. */
  private wanted: { readonly pixelsPerSecond: number; readonly start: number }
  /** Where it was last scrolled to from here, pixels: only what differs from that is the user's doing. */
  private placed = 0

  constructor(
    container: HTMLElement,
    private readonly duration: number,
    pixelsPerSecond: number,
    /** Told the time at the left edge when the user scrolls. */
    scrolled: (time: number) => void,
  ) {
    this.wanted = { pixelsPerSecond, start: 0 }
    this.laidOut = this.layoutFor(pixelsPerSecond)
    this.surfer = WaveSurfer.create({
      container,
      height: 1,
      media: media(),
      // Two samples stand in for the data that wavesurfer would slice.
      peaks: [new Float32Array(2)],
      duration,
      minPxPerSec: this.laidOut,
      fillParent: false,
      interact: false,
      autoScroll: false,
      cursorWidth: 0,
      cspNonce: contentSecurityNonce(),
      renderFunction: () => undefined,
    })
    this.surfer.on('scroll', (start) => {
      if (Math.abs(this.surfer.getScroll() - this.placed) > 1.5) scrolled(start)
    })
    this.surfer.on('error', () => undefined)
  }

  /** Brings width and scroll bar to a view; a zoom that goes on is followed when it rests: laying out costs more than painting.
   *  @param start seconds at the left edge; as near to it as the layout reaches */
  show(pixelsPerSecond: number, start: number): void {
    const isZoom = pixelsPerSecond !== this.wanted.pixelsPerSecond
    this.wanted = { pixelsPerSecond, start }
    if (isZoom) {
      if (this.timer !== null) clearTimeout(this.timer)
      this.timer = setTimeout(() => this.layOut(), settling)
    } else if (this.timer === null) this.place()
  }

  private layOut(): void {
    this.timer = null
    const layout = this.layoutFor(this.wanted.pixelsPerSecond)
    if (layout !== this.laidOut) this.surfer.zoom(layout)
    this.laidOut = layout
    this.placed = this.surfer.getScroll()
    this.place()
  }

  // Wider than the layout allows it does not become.
  private layoutFor(pixelsPerSecond: number): number {
    return Math.min(pixelsPerSecond, widestLayout / this.duration, finestLayout)
  }

  private place(): void {
    const target = this.wanted.start * this.laidOut
    if (Math.abs(this.placed - target) < 0.5) return
    this.surfer.setScroll(target)
    this.placed = this.surfer.getScroll()
  }

  destroy(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.surfer.destroy()
  }
}
