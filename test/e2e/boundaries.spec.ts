import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import type { Truth } from '../../electron/dev/sample'
import { dragBoundary, showEverything, turnTimes } from '../support/actions'
import { copySample, launchApp, samples, waitForAnalysis } from '../support/app'
import { wheel } from '../support/lanes'
import { bytesOfWave } from '../support/wave'

const { duration, turns } = JSON.parse(readFileSync(join(samples, 'en', 'truth.json'), 'utf8')) as Truth
const settings = { language: 'en', isScrubbing: true }

async function openSample() {
  const { recording, transcript } = copySample('en')
  const app = await launchApp({ files: [recording, transcript], settings })
  await waitForAnalysis(app.page)
  return app
}

const start = async (page: Page, turn: number) => (await turnTimes(page))[turn]?.start as number
const play = (page: Page) => page.locator('.transport-play')

/** Takes a boundary by the mouse to a place and lets go of it. @param x CSS pixels of the window */
async function drop(
  page: Page,
  from: number,
  x: number,
  y: number,
  keys: readonly string[] = [],
): Promise<void> {
  await page.mouse.move(from, y)
  await page.mouse.down()
  for (const key of keys) await page.keyboard.down(key)
  await page.mouse.move((from + x) / 2, y, { steps: 3 })
  await page.mouse.move(x, y, { steps: 3 })
  await page.mouse.up()
  for (const key of keys) await page.keyboard.up(key)
}

test('a dragged boundary snaps to the playhead and to silence, with Shift to nothing', async () => {
  const { page, close, errors } = await openSample()
  const { box, xOf } = await showEverything(page, duration)
  const y = box.y + box.height * 0.6
  const undo = async (was: number) => {
    await page.keyboard.press('Control+z')
    await expect.poll(() => start(page, 2)).toBe(was)
  }
  const estimated = await start(page, 2)
  const other = await start(page, 1)

  // The playhead is where a click puts it.
  const target = (estimated + other) / 2
  await page.mouse.click(xOf(target), y)
  const shown = (await page.getByTestId('time').textContent()) ?? ''
  const [, minutes = '', seconds = ''] = /00:(\d\d):(\d\d\.\d\d\d)/.exec(shown) ?? []
  const playhead = Number(minutes) * 60 + Number(seconds)
  await drop(page, xOf(estimated), xOf(target) + 1, y)
  await expect.poll(() => start(page, 2)).toBeCloseTo(playhead, 1)
  expect(Math.abs((await start(page, 2)) - playhead)).toBeLessThan(0.02)
  const here = await start(page, 2)

  // Near where a speaker begins, after a pause, several places of the pointer mean one.
  const speech = xOf(turns[2]?.start as number)
  const places = async (keys: readonly string[]) => {
    const found = new Set<number>()
    for (const aside of [-2, -1, 0, 1, 2]) {
      await drop(page, xOf(here), speech + aside, y, keys)
      await expect.poll(() => start(page, 2)).not.toBe(here)
      found.add(await start(page, 2))
      await undo(here)
    }
    return found.size
  }
  expect(await places([])).toBeLessThanOrEqual(3)
  expect(await places(['Shift'])).toBe(5)
  expect(errors).toEqual([])
  await close()
})

test('Alt parts a boundary, and its sides snap together again', async () => {
  const { page, close, errors } = await openSample()
  const before = await turnTimes(page)
  const at = before[2]?.start as number
  await dragBoundary(page, duration, at, at + 8, 'Alt')
  await expect.poll(() => start(page, 2)).toBeGreaterThan(at + 7)
  const parted = await turnTimes(page)
  expect(parted[1]?.end).toBeCloseTo(at, 1)
  const { box, xOf } = await showEverything(page, duration)
  const y = box.y + box.height * 0.6
  await drop(page, xOf(parted[2]?.start as number), xOf(parted[1]?.end as number) + 5, y)
  await expect.poll(() => start(page, 2)).toBe(parted[1]?.end)
  expect(errors).toEqual([])
  await close()
})

/** Counts how often playing begins: a burst is shorter than the pauses between two looks. */
async function countBursts(page: Page): Promise<() => Promise<number>> {
  await play(page).evaluate((button) => {
    let count = 0
    new MutationObserver(() => {
      if (button.getAttribute('aria-label') === 'Pause') count++
    }).observe(button, { attributeFilter: ['aria-label'] })
    Object.assign(window, { bursts: () => count })
  })
  return () => page.evaluate(() => (window as unknown as { bursts: () => number }).bursts())
}

test('while a boundary is dragged its surroundings sound; Escape lets it be where it was', async () => {
  const { page, close, errors } = await openSample()
  const { box, xOf } = await showEverything(page, duration)
  const y = box.y + box.height * 0.6
  const before = await turnTimes(page)
  const from = xOf(before[1]?.start as number)
  const bursts = await countBursts(page)
  await page.mouse.move(from, y)
  await page.mouse.down()
  await page.mouse.move(from + 30, y, { steps: 3 })
  await expect.poll(bursts).toBeGreaterThan(0)
  await expect(page.locator('.waveform-hint')).toHaveText(/^00:\d\d:\d\d\.\d\d\d$/)
  await expect(play(page)).toHaveAttribute('aria-label', 'Play')
  const heard = await bursts()
  await page.mouse.move(from + 60, y)
  await expect.poll(bursts).toBeGreaterThan(heard)
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await expect(play(page)).toHaveAttribute('aria-label', 'Play')
  await expect(page.getByTestId('time')).toContainText('00:00:00.000')
  expect(await turnTimes(page)).toEqual(before)
  expect(errors).toEqual([])
  await close()
})

test('a stretch is selected by dragging and looped; a double click selects a turn; a page is turned while playing', async () => {
  const { page, close, errors } = await openSample()
  const { box, xOf } = await showEverything(page, duration)
  const y = box.y + box.height * 0.4
  const time = async () => {
    const [, minutes = '', seconds = ''] =
      /00:(\d\d):(\d\d\.\d\d\d)/.exec((await page.getByTestId('time').textContent()) ?? '') ?? []
    return Number(minutes) * 60 + Number(seconds)
  }
  const loopSelection = async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.insertText('Loop selection')
    await page.keyboard.press('Enter')
    await expect(page.locator('.transport .chip[data-selected]').first()).toBeVisible()
  }
  await page.mouse.move(xOf(20), y)
  await page.mouse.down()
  await page.mouse.move(xOf(20.6), y, { steps: 4 })
  await page.mouse.move(xOf(22), y, { steps: 4 })
  await page.mouse.up()
  await loopSelection()
  await expect.poll(time).toBeGreaterThan(19.7)
  for (let look = 0; look < 12; look++) {
    expect(await time()).toBeLessThan(22.5)
    await page.waitForTimeout(250)
  }
  await page.keyboard.press('Escape')

  const second = (await turnTimes(page))[1] as { start: number; end: number }
  await page.mouse.dblclick(xOf((second.start + second.end) / 2), y)
  await loopSelection()
  await expect.poll(time).toBeLessThan(second.start + 2)
  expect(await time()).toBeGreaterThanOrEqual(second.start - 0.2)
  await page.keyboard.press('Escape')

  // In a view of a second the playhead leaves at once; the view comes along, until the wheel is turned.
  await page.mouse.click(xOf(10), y)
  for (let step = 0; step < 9; step++) await page.keyboard.press('Control+=')
  const thumb = () =>
    page.evaluate(
      () =>
        document.querySelector('.waveform-wave > div')?.shadowRoot?.querySelector('.scroll')?.scrollLeft ?? 0,
    )
  await page.keyboard.press('Escape')
  const first = await thumb()
  await expect.poll(thumb).toBeGreaterThan(first + 300)
  await wheel(page, 300, { by: -4000 })
  await expect(page.getByTestId('follow')).toBeVisible()
  const left = await thumb()
  await page.waitForTimeout(1500)
  expect(await thumb()).toBe(left)
  await page.keyboard.press('Escape')
  expect(errors).toEqual([])
  await close()
})

test('the list of turns is worked by keyboard', async () => {
  const { page, close, errors } = await openSample()
  const list = page.getByRole('listbox', { name: 'Turns' })
  const selected = page.locator('.turn-list [aria-selected="true"]')
  await list.focus()
  for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowDown')
  await expect(selected).toHaveAttribute('aria-posinset', '3')
  const was = await start(page, 2)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(() => start(page, 2)).toBeCloseTo(was + 0.11, 1)
  await page.keyboard.press('End')
  await expect(selected).toHaveAttribute('aria-posinset', '6')
  await expect(list).toHaveAttribute('aria-activedescendant', 'turn-5')
  await page.keyboard.press('Home')
  await expect(selected).toHaveAttribute('aria-posinset', '1')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(play(page)).toHaveAttribute('aria-label', 'Pause')
  await page.keyboard.press('Escape')
  await expect(play(page)).toHaveAttribute('aria-label', 'Play')
  expect(errors).toEqual([])
  await close()
})

test('of ten thousand turns the list holds those around the selected one', async () => {
  const { transcript } = copySample('en')
  const recording = join(dirname(transcript), 'tone.wav')
  writeFileSync(recording, bytesOfWave(3600 * 8000))
  writeFileSync(transcript, Array.from({ length: 5000 }, (_, index) => `ANA: ${index}.\nBO: Yes.\n`).join(''))
  const { page, close, errors } = await launchApp({ files: [recording, transcript], settings })
  await waitForAnalysis(page)
  await page.getByRole('listbox', { name: 'Turns' }).focus()
  await page.keyboard.press('End')
  const selected = page.locator('.turn-list [aria-selected="true"]')
  await expect(selected).toHaveAttribute('aria-posinset', '10000')
  await page.keyboard.press('PageUp')
  await expect(selected).toHaveAttribute('aria-posinset', '9990')
  await expect(selected).toContainText('BO')
  expect(await page.locator('.turn-list [role="option"]').count()).toBeLessThan(40)
  expect(errors).toEqual([])
  await close()
})
