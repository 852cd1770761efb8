import type { Page } from '@playwright/test'
import type { RunningApp } from '../support/app'
import { percentile } from './figures'

/** Milliseconds from events of one kind to the frame that was painted after each. */
export type Latencies = readonly number[]

type EventKind = 'keydown' | 'wheel' | 'pointermove'

interface Watched {
  kind: EventKind | null
  latencies: number[]
}

/** In the page: notes for every event of the kind that is watched how long it took until a frame was painted after it. Frames are those of
 *  the window's main thread: the message that is posted while a frame is made is received when it is done. */
function watchFrames(): void {
  const watched: Watched = { kind: null, latencies: [] }
  Object.assign(window, { watched })
  const waiting: number[] = []
  const channel = new MessageChannel()
  channel.port1.onmessage = () => {
    const now = performance.now()
    for (const at of waiting.splice(0)) watched.latencies.push(now - at)
  }
  for (const kind of ['keydown', 'wheel', 'pointermove'] as const) {
    window.addEventListener(
      kind,
      (event) => {
        const isModifier = event instanceof KeyboardEvent && /^(?:Control|Alt|Shift|Meta)$/.test(event.key)
        if (watched.kind !== kind || !event.isTrusted || isModifier) return
        if (waiting.length === 0) requestAnimationFrame(() => channel.port2.postMessage(null))
        waiting.push(event.timeStamp)
      },
      { capture: true, passive: true },
    )
  }
}

export async function watch({ page }: RunningApp): Promise<void> {
  await page.evaluate(watchFrames)
}

/** Gives real input `times` times, with a pause after each, and tells how long each took until it was painted. */
export async function latencies(
  page: Page,
  kind: EventKind,
  times: number,
  input: (index: number) => Promise<void>,
): Promise<Latencies> {
  await page.waitForTimeout(400)
  await page.evaluate((watchedKind) => {
    const { watched } = window as unknown as { watched: Watched }
    watched.kind = watchedKind
    watched.latencies = []
  }, kind)
  for (let index = 0; index < times; index++) {
    await input(index)
    await page.waitForTimeout(60)
  }
  const found = await page.evaluate(() => {
    const { watched } = window as unknown as { watched: Watched }
    watched.kind = null
    return watched.latencies
  })
  if (found.length === 0) throw new Error(`no ${kind} was painted`)
  return found
}

export interface Interaction {
  readonly zoom: Latencies
  readonly scroll: Latencies
  readonly edit: Latencies
  readonly drag: Latencies
  readonly key: Latencies
}

const prose = 'and so we said that, in the end, it was good. Then they went home again to think of it'

/** What a user does with the wave and the text of a long session: zooms, scrolls, moves a boundary by key and by mouse, types. */
export async function interact(running: RunningApp): Promise<Interaction> {
  const { page } = running
  await watch(running)
  const box = await page.locator('.waveform-layer').boundingBox()
  if (!box) throw new Error('the waveform has no box')
  const middle = { x: box.x + box.width / 2, y: box.y + box.height * 0.6 }
  const wheel = (x: number, y: number) => page.mouse.wheel(x, y)

  await page.mouse.move(middle.x, middle.y)
  await page.keyboard.press('Control+0')
  const zoom = await latencies(page, 'wheel', 40, (index) => wheel(0, index < 20 ? -160 : 160))

  await page.keyboard.press('Control+0')
  for (let step = 0; step < 14; step++) await wheel(0, -160)
  const scroll = await latencies(page, 'wheel', 40, (index) => wheel(index < 20 ? 150 : -150, 0))

  await page.mouse.click(middle.x, middle.y)
  const edit = await latencies(page, 'keydown', 24, async (index) => {
    await page.keyboard.press(index % 4 === 3 ? 'Control+z' : 'Control+Alt+.')
  })

  const handle = await boundaryNear(page, box, middle)
  await page.mouse.move(handle, middle.y)
  await page.mouse.down()
  const drag = await latencies(page, 'pointermove', 40, async (index) => {
    await page.mouse.move(handle + Math.sin(index / 5) * 30, middle.y)
  })
  await page.mouse.up()

  const key = await typing(page)
  return { zoom, scroll, edit, drag, key }
}

/** Types into the text in view, where a click puts the caret. */
export async function typing(page: Page): Promise<Latencies> {
  const box = await page.locator('.cm-scroller').boundingBox()
  if (!box) throw new Error('the text has no box')
  await page.mouse.click(box.x + box.width * 0.6, box.y + box.height * 0.5)
  return latencies(page, 'keydown', prose.length, (index) => page.keyboard.press(prose[index] as string))
}

// Where the pointer says that it is over a boundary.
async function boundaryNear(
  page: Page,
  box: { readonly x: number; readonly width: number },
  { x, y }: { readonly x: number; readonly y: number },
): Promise<number> {
  for (let step = 0; step < box.width / 2; step += 3) {
    for (const at of [x + step, x - step]) {
      await page.mouse.move(at, y)
      const cursor = await page
        .locator('.waveform-layer')
        .evaluate((element) => getComputedStyle(element).cursor)
      if (cursor === 'ew-resize') return at
    }
  }
  throw new Error('no boundary is in view')
}

/** Prints the spread of latencies. */
export function spread(values: Latencies): string {
  return [50, 95, 100].map((share) => `${share} %: ${Math.round(percentile(values, share))} ms`).join(', ')
}
