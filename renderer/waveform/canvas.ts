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
    if (!isSized || parts.length !== this.parts.length || parts.some((part, at) => part !== this.parts[at])) {
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
