import { expect, test } from '@playwright/test'
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
