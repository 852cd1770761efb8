import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'

/** Start, end (seconds) and pin of each turn that the accessible list tells. */
export async function turnTimes(page: Page): Promise<{ start: number; end: number; isPinned: boolean }[]> {
  // The list follows a moment behind the wave.
  await page.waitForTimeout(200)
  const texts = await page.locator('.turn-list [role="option"]').allTextContents()
  return texts.map((text) => {
    const [start = 0, end = 0] = [...text.matchAll(/(\d+):(\d\d):(\d\d\.\d\d)/g)].map(
      ([, h, m, s]) => Number(h) * 3600 + Number(m) * 60 + Number(s),
    )
    return { start, end, isPinned: /pinned|已固定/.test(text) }
  })
}

/** Shows the whole recording, so that a time has a place: pixels a second and the layer's box. */
export async function showEverything(page: Page, duration: number) {
  await page.keyboard.press('Control+0')
  const box = await page.locator('.waveform-layer').boundingBox()
  if (!box) throw new Error('the waveform has no box')
  return { box, xOf: (time: number) => box.x + (time / duration) * box.width }
}

/** Drags a boundary by mouse from one time to another without snapping. */
export async function dragBoundary(
  page: Page,
  duration: number,
  from: number,
  to: number,
  modifier: 'Shift' | 'Alt' = 'Shift',
): Promise<void> {
  const { box, xOf } = await showEverything(page, duration)
  const y = box.y + box.height * 0.6
  await page.mouse.move(xOf(from), y)
  if (modifier === 'Alt') await page.keyboard.down('Alt')
  await page.mouse.down()
  if (modifier === 'Shift') await page.keyboard.down('Shift')
  await page.mouse.move(xOf((from + to) / 2), y, { steps: 4 })
  await page.mouse.move(xOf(to), y, { steps: 4 })
  await page.mouse.up()
  await page.keyboard.up(modifier)
}

export async function save(page: Page): Promise<void> {
  await page.keyboard.press('Control+s')
  await expect(page.getByTestId('save-state')).toHaveClass(/is-saved/)
}

/** Where two files differ: the one stretch between their common beginning and end. */
export function onlyDifference(
  before: Uint8Array,
  after: Uint8Array,
): { readonly before: string; readonly after: string } {
  let from = 0
  while (from < before.length && from < after.length && before[from] === after[from]) from++
  let tail = 0
  while (
    tail < before.length - from &&
    tail < after.length - from &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail++
  // Back to whole characters of UTF-8.
  while (from > 0 && ((before[from] as number) & 0xc0) === 0x80) from--
  while (tail > 0 && ((before[before.length - tail] as number) & 0xc0) === 0x80) tail--
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes.subarray(from, bytes.length - tail))
  return { before: text(before), after: text(after) }
}

export const bytesOf = (path: string): Uint8Array => new Uint8Array(readFileSync(path))

/** Drops files on the window. */
export async function drop(page: Page, ...files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files, dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 500, y: 400, data })
}
