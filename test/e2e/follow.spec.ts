import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { drop } from '../support/actions'
import { copySample, launchApp, waitForAnalysis } from '../support/app'

test('the view follows what sounds, and lets the user read elsewhere until asked', async () => {
  const { recording, transcript } = copySample('en')
  const { page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en', rewindOnResume: 0 },
    size: { width: 1100, height: 720 },
  })
  await waitForAnalysis(page)
  const lineOf = (text: string) => page.locator('.cm-line', { hasText: text })
  const follow = page.getByTestId('follow')
  await page.keyboard.press('Escape')
  await expect(follow).toHaveCount(0)
  await expect(page.locator('.cm-line.is-now').first()).toBeVisible()

  // A click into another turn is reading elsewhere.
  await page.locator('.cm-scroller').evaluate((scroller) => {
    scroller.scrollTop = scroller.scrollHeight
  })
  await lineOf('If you speak from the floor').waitFor({ state: 'detached' })
  await page.locator('.cm-line').last().click()
  await expect(follow).toBeVisible()

  // The button brings back what sounds.
  await follow.click()
  await expect(lineOf('Good evening, everyone')).toBeVisible()
  await expect(follow).toHaveCount(0)

  // So does the wheel over the text, and playing again follows again.
  await page.locator('.cm-content').hover()
  await page.mouse.wheel(0, 300)
  await expect(follow).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(follow).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(follow).toHaveCount(0)
  expect(errors).toEqual([])
  await close()
})

test('in a turn of many pages the word that sounds stays in view, unless the user works elsewhere in it', async () => {
  const { recording, transcript } = copySample('en')
  // All the meeting as one turn.
  const text = readFileSync(transcript, 'utf8')
  const labels = /^(?:DANIEL OKAFOR: |PRIYA RAMAN: |>> )|(?<=\n\n)CHAIR MARGARET HOLLIS: (?!Good)/gmu
  writeFileSync(transcript, text.replace(labels, ''))
  const { page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en', rewindOnResume: 0 },
    size: { width: 1100, height: 720 },
  })
  await waitForAnalysis(page)
  await expect(page.getByTestId('counts')).toContainText('1 turn')
  // Without times of words, about what sounds is in view.
  const end = page.locator('.cm-line', { hasText: 'take the long way home' })
  await expect(end).not.toBeInViewport()
  await page.keyboard.press('Escape')
  for (let jump = 0; jump < 14; jump++) await page.keyboard.press('Alt+Shift+ArrowRight')
  await expect(end).toBeInViewport()
  await page.keyboard.press('Escape')
  for (let jump = 0; jump < 17; jump++) await page.keyboard.press('Alt+Shift+ArrowLeft')

  await page.keyboard.press('Control+Shift+a')
  await expect(page.getByTestId('notice').filter({ hasText: '1 of 1 turn found' })).toBeVisible({
    timeout: 60_000,
  })
  const isSpokenInView = () =>
    page.evaluate(() => {
      const word = document.querySelector('.is-spoken-word')?.getBoundingClientRect()
      const view = document.querySelector('.cm-scroller')?.getBoundingClientRect()
      return word !== undefined && view !== undefined && word.top >= view.top && word.bottom <= view.bottom
    })
  await page.keyboard.press('Escape')
  for (let jump = 0; jump < 12; jump++) await page.keyboard.press('Alt+Shift+ArrowRight')
  await expect(page.getByTestId('time')).toContainText('00:02:0')
  await expect.poll(isSpokenInView).toBe(true)
  const follow = page.getByTestId('follow')
  await expect(follow).toHaveCount(0)

  // To type at its beginning is to work elsewhere.
  await page.locator('.cm-content').press('Control+Home')
  await expect(follow).toBeVisible()
  await page.waitForTimeout(1000)
  expect(await isSpokenInView()).toBe(false)
  await follow.click()
  await expect.poll(isSpokenInView).toBe(true)
  expect(errors).toEqual([])
  await close()
})

test('another transcript that is opened while a turn sounds takes its place, whole', async () => {
  const { folder, recording, transcript } = copySample('en')
  const other = join(folder, 'other.txt')
  writeFileSync(other, 'ANA REED: Quite another text.\n\nBO KELLER: With two turns.\n')
  const { page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en', rewindOnResume: 0 },
  })
  await waitForAnalysis(page)
  for (let jump = 0; jump < 14; jump++) await page.keyboard.press('Alt+Shift+ArrowRight')
  await expect(page.getByTestId('time')).toContainText('00:02:20')
  await drop(page, other)
  await expect(page.locator('.header-document b')).toHaveText('other.txt')
  await expect(page.locator('.cm-content')).toContainText('Quite another text.')
  await expect(page.getByTestId('counts')).toContainText('2 turns')
  await expect(page.getByTestId('save-state')).toHaveClass(/is-saved/)
  await expect(page.locator('.cm-line.is-now')).toContainText('With two turns.')
  expect(errors).toEqual([])
  await close()
})
