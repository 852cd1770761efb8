import type { Page } from '@playwright/test'

/** For each column of a strip of the canvas of lanes (shares of its height), how far what is painted reaches from the strip's middle:
 *  0–1 of half its height.
 *  @param least how far a colour must be from the background's to count: the sum of its parts' differences */
export async function reachOfLane(page: Page, from: number, to: number, least = 40): Promise<number[]> {
  return page.evaluate(
    ([first, last, enough]) => {
      // The canvases side by side, as one.
      const parts = [...document.querySelectorAll<HTMLCanvasElement>('.waveform-lanes canvas')]
      const whole = document.createElement('canvas')
      whole.width = parts.reduce((sum, part) => sum + part.width, 0)
      whole.height = parts[0]?.height ?? 0
      const context = whole.getContext('2d')
      if (!context || whole.width === 0 || whole.height === 0) return []
      let left = 0
      for (const part of parts) {
        context.drawImage(part, left, 0)
        left += part.width
      }
      const top = Math.round(whole.height * (first as number))
      const height = Math.round(whole.height * (last as number)) - top
      const { data, width } = context.getImageData(0, top, whole.width, height)
      // The corner is never painted by a wave that is not at its loudest there.
      const background = [data[0], data[1], data[2]]
      return Array.from({ length: width }, (_, x) => {
        let farthest = 0
        for (let y = 0; y < height; y++) {
          const at = (y * width + x) * 4
          const difference = background.reduce<number>(
            (sum, value, part) => sum + Math.abs((value ?? 0) - (data[at + part] ?? 0)),
            0,
          )
          if (difference > (enough as number))
            farthest = Math.max(farthest, Math.abs(y + 0.5 - height / 2) / (height / 2))
        }
        return farthest
      })
    },
    [from, to, least] as const,
  )
}

/** Turns the wheel over the wave. @param x CSS pixels from its left edge */
export async function wheel(
  page: Page,
  x: number,
  {
    by,
    times = 1,
    isZoom = false,
  }: { readonly by: number; readonly times?: number; readonly isZoom?: boolean },
): Promise<void> {
  const box = await page.locator('.waveform-layer').boundingBox()
  if (!box) throw new Error('the waveform has no box')
  await page.mouse.move(box.x + x, box.y + box.height / 2)
  if (!isZoom) await page.keyboard.down('Shift')
  for (let count = 0; count < times; count++) await page.mouse.wheel(0, by)
  if (!isZoom) await page.keyboard.up('Shift')
}
