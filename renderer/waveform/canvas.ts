/** Makes a canvas as large as it is shown, in device pixels, and scales its context to CSS pixels.
 *  @returns `null` while it has no size */
export function sized(
  canvas: HTMLCanvasElement,
): { readonly context: CanvasRenderingContext2D; readonly width: number; readonly height: number } | null {
  const { clientWidth: width, clientHeight: height } = canvas
  const ratio = window.devicePixelRatio || 1
  if (width === 0 || height === 0) return null
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)]
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w
    canvas.height = h
  }
  const context = canvas.getContext('2d')
  if (!context) return null
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  return { context, width, height }
}

/** A part of a picture: the canvas it is on, scaled to CSS pixels of the whole. */
export interface Tile {
  readonly context: CanvasRenderingContext2D
  /** Device pixels from the picture's left edge, and across. */
  readonly left: number
  readonly width: number
}

/** Bytes of a canvas up to which painting it anew is cheap. A larger one Chromium maps anew from the system for each frame where no graphics
 *  processor holds it: measured, 1 ms becomes 6 at a megabyte and 20 at two. */
const cheapBytes = 900_000

/** A picture as wide as its host, on as many canvases side by side as keep each of them cheap. */
export class Tiles {
  private canvases: readonly HTMLCanvasElement[] = []
  private size = ''

  constructor(private readonly host: HTMLElement) {}

  /** Fits the canvases to the host.
   *  @returns the picture's size in CSS pixels and in device pixels; `null` while it has none */
  fit(): {
    readonly tiles: readonly Tile[]
    readonly width: number
    readonly height: number
    /** Device pixels in a CSS pixel. */
    readonly scale: number
  } | null {
    const { clientWidth: width, clientHeight: height } = this.host
    if (width === 0 || height === 0) return null
    const scale = window.devicePixelRatio || 1
    const [across, down] = [Math.round(width * scale), Math.round(height * scale)]
    const most = Math.max(1, Math.floor(cheapBytes / 4 / down))
    const each = Math.ceil(across / Math.ceil(across / most))
    const size = `${across} ${down} ${scale}`
    if (size !== this.size) {
      this.size = size
      this.canvases = Array.from({ length: Math.ceil(across / each) }, (_, index) => {
        const canvas = document.createElement('canvas')
        canvas.width = Math.min(each, across - index * each)
        canvas.height = down
        canvas.style.left = `${(index * each) / scale}px`
        canvas.style.width = `${canvas.width / scale}px`
        return canvas
      })
      this.host.replaceChildren(...this.canvases)
    }
    const tiles = this.canvases.flatMap((canvas, index) => {
      const context = canvas.getContext('2d')
      const left = index * each
      context?.setTransform(scale, 0, 0, scale, -left, 0)
      return context ? [{ context, left, width: canvas.width }] : []
    })
    return { tiles, width, height, scale }
  }
}

/** Runs `paint` in the next frame, once however often it is asked for. */
export function frameScheduler(paint: () => void): { readonly ask: () => void; readonly cancel: () => void } {
  let frame = 0
  return {
    ask: () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0
        paint()
      })
    },
    cancel: () => cancelAnimationFrame(frame),
  }
}

/** The same parts, by identity: what is made of them is the same. */
export function areSame(parts: readonly unknown[], others: readonly unknown[]): boolean {
  return parts.length === others.length && parts.every((part, at) => part === others[at])
}

/** A picture that is painted anew only when one of the parts that it is made of is another. */
export class Layer {
  private readonly canvas = document.createElement('canvas')
  private parts: readonly unknown[] = []

  /** Puts the picture on a canvas, in CSS pixels.
   *  @param parts compared by identity */
  show(
    target: CanvasRenderingContext2D,
    { width, height }: { readonly width: number; readonly height: number },
    parts: readonly unknown[],
    paint: (context: CanvasRenderingContext2D) => void,
  ): void {
    const { canvas } = this
    const isSized = canvas.width === target.canvas.width && canvas.height === target.canvas.height
    if (!isSized || !areSame(parts, this.parts)) {
      canvas.width = target.canvas.width
      canvas.height = target.canvas.height
      this.parts = parts
      const context = canvas.getContext('2d')
      context?.setTransform(target.getTransform())
      if (context) paint(context)
    }
    if (canvas.width > 0 && canvas.height > 0) target.drawImage(canvas, 0, 0, width, height)
  }
}
