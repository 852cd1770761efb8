import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { bytesOf, dragBoundary, onlyDifference, save, turnTimes } from '../support/actions'
import { launchApp, samples, waitForAnalysis } from '../support/app'
import { hasFfmpeg, longSession, speakPublished } from '../support/longSession'
import { overviewShown } from '../support/overview'

test.skip(!hasFfmpeg, 'ffmpeg is not here to make recordings')

test('a 100-minute mp3 opens, plays at its end, is corrected and saved', async () => {
  test.setTimeout(240_000)
  const { recording, transcript, turns, duration } = longSession(join(samples, 'en'), 100)
  const original = bytesOf(transcript)
  const { page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
  })
  await expect(page.getByTestId('counts')).toContainText(`${turns} turns`)
  // The whole overview is there while the file is still being read.
  await page.waitForSelector('.stage-progress')
  await expect.poll(() => page.evaluate(overviewShown)).toBeGreaterThan(90)
  await expect(page.locator('.stage-progress')).toBeVisible()
  // It can be played long before it is read to the end.
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByTestId('time').textContent()).not.toContain('00:00:00.000')
  await page.keyboard.press('Escape')
  await waitForAnalysis(page, 180_000)
  expect(await page.evaluate(overviewShown)).toBeGreaterThan(95)
  const shown = await page.locator('.transport-time small').textContent()
  expect(shown).toContain('1:4')

  await page.locator('.overview').click({ position: { x: 1200, y: 20 } })
  await expect(page.getByTestId('time')).toContainText(/^01:3/)
  await page.keyboard.press('Escape')
  const before = await page.getByTestId('time').textContent()
  await expect.poll(() => page.getByTestId('time').textContent()).not.toBe(before)
  await page.keyboard.press('Escape')

  await page.keyboard.press('F7')
  await page.keyboard.insertText('on the first of April')
  await save(page)
  expect(onlyDifference(original, bytesOf(transcript))).toEqual({
    before: '[inaudible]',
    after: 'on the first of April',
  })
  expect(duration).toBeGreaterThan(6000)
  expect(errors).toEqual([])
  await close()
})

const published = new URL('../../../shared/transcripts/000_ed77a6a0b51cbcea.txt', import.meta.url)

test('a published transcript of two hours: five marks visited, three corrected, two boundaries dragged, nothing else changed', async () => {
  test.skip(!existsSync(published), 'the published transcript is not here')
  test.setTimeout(400_000)
  const { recording, transcript, truth } = await speakPublished(readFileSync(published, 'utf8'))
  const original = bytesOf(transcript)
  const { page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'zh' },
  })
  await waitForAnalysis(page, 240_000)
  await expect(page.getByTestId('counts')).toContainText('179')

  const marks = page.locator('[data-testid="review-item"][data-kind="inaudible"]')
  await expect(marks).toHaveCount(5)
  const said = ['这一点很重要', null, '的确如此', null, '毫无疑问']
  let expected = new TextDecoder().decode(original)
  let position = 0
  let left = 0
  for (const words of said) {
    await marks.nth(left).locator('.item').click()
    await expect(page.locator('.transport .chip[data-selected]')).toHaveCount(1)
    const at = expected.indexOf('（听不清楚）', position)
    if (words === null) {
      left++
      position = at + 1
      continue
    }
    await page.keyboard.insertText(words)
    await expect(marks).toHaveCount(
      4 - said.slice(0, said.indexOf(words)).filter((entry) => entry !== null).length,
    )
    expected = expected.slice(0, at) + words + expected.slice(at + '（听不清楚）'.length)
  }
  await page.keyboard.press('Escape')

  // Two boundaries near the beginning, at a zoom where they can be told apart.
  await page.locator('.transcript-editor .cm-content').press('Control+Home')
  const { duration } = truth
  const times = await turnTimes(page)
  await dragBoundary(page, duration, times[1]?.start as number, (times[1]?.start as number) + 60)
  await expect.poll(async () => (await turnTimes(page)).filter(({ isPinned }) => isPinned).length).toBe(1)
  const moved = await turnTimes(page)
  const other = moved.findIndex(({ start, end }, index) => index > 1 && end - start > 80)
  await dragBoundary(page, duration, moved[other]?.start as number, (moved[other]?.start as number) + 30)
  await expect.poll(async () => (await turnTimes(page)).filter(({ isPinned }) => isPinned).length).toBe(2)

  await save(page)
  expect(new TextDecoder().decode(bytesOf(transcript))).toBe(expected)
  expect(errors).toEqual([])
  await close()
})
