import { setTimeout } from 'node:timers/promises'
import type { Box, Driver, Point } from '../support/driver'
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

export async function watch(driver: Driver): Promise<void> {
  await driver.evaluate(`(${watchFrames})()`)
}

/** Gives real input `times` times, with a pause after each, and tells how long each took until it was painted. */
export async function latencies(
  driver: Driver,
  kind: EventKind,
  times: number,
  input: (index: number) => Promise<void>,
): Promise<Latencies> {
  await setTimeout(400)
  await driver.evaluate(`watched.kind = '${kind}', watched.latencies = []`)
  for (let index = 0; index < times; index++) {
    await input(index)
    await setTimeout(60)
  }
  const found = await driver.evaluate<Latencies>('watched.kind = null, watched.latencies')
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
export async function interact(driver: Driver): Promise<Interaction> {
  await watch(driver)
  const box = await driver.boxOf('.waveform-layer')
  const middle = { x: box.x + box.width / 2, y: box.y + box.height * 0.6 }
  const zoomBy = (y: number) => driver.wheel(middle, { x: 0, y })

  await driver.moveTo(middle)
  await driver.press('Control+0')
  const zoom = await latencies(driver, 'wheel', 40, (index) => zoomBy(index < 20 ? -160 : 160))

  await driver.press('Control+0')
  for (let step = 0; step < 14; step++) await zoomBy(-160)
  const scroll = await latencies(driver, 'wheel', 40, (index) =>
    driver.wheel(middle, { x: index < 20 ? 150 : -150, y: 0 }),
  )

  await driver.click(middle)
  const edit = await latencies(driver, 'keydown', 24, (index) =>
    driver.press(index % 4 === 3 ? 'Control+z' : 'Control+Alt+.'),
  )

  const handle = await boundaryNear(driver, box, middle)
  await driver.pressMouse(handle)
  const drag = await latencies(driver, 'pointermove', 40, (index) =>
    driver.moveTo({ x: handle.x + Math.sin(index / 5) * 30, y: handle.y }, true),
  )
  await driver.releaseMouse(handle)

  const key = await typing(driver)
  return { zoom, scroll, edit, drag, key }
}

/** Types into the text in view, where a click puts the caret. */
export async function typing(driver: Driver): Promise<Latencies> {
  const { x, y, width, height } = await driver.boxOf('.cm-scroller')
  await driver.click({ x: x + width * 0.6, y: y + height * 0.5 })
  return latencies(driver, 'keydown', prose.length, (index) => driver.strike(prose[index] as string))
}

// Where the pointer says that it is over a boundary; the pointer stays there.
async function boundaryNear(driver: Driver, { width }: Box, { x, y }: Point): Promise<Point> {
  for (let step = 0; step < width / 2; step += 3) {
    for (const at of [x + step, x - step]) {
      await driver.moveTo({ x: at, y })
      const cursor = await driver.evaluate(
        `getComputedStyle(document.querySelector('.waveform-layer')).cursor`,
      )
      if (cursor === 'ew-resize') return { x: at, y }
    }
  }
  throw new Error('no boundary is in view')
}

/** Prints the spread of latencies. */
export function spread(values: Latencies): string {
  return [50, 95, 100].map((share) => `${share} %: ${Math.round(percentile(values, share))} ms`).join(', ')
}
