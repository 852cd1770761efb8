import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { bytesOf, onlyDifference, save } from '../support/actions'
import { launchApp, samples, waitForAnalysis } from '../support/app'
import { longTranscript, oneLine } from '../support/longTranscript'

const settings = { language: 'en' }
const recording = join(samples, 'en', 'council-meeting.wav')

function write(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'earmark-large-')), 'session.txt')
  writeFileSync(path, text)
  return path
}

test('five megabytes and ten thousand turns are typed into, undone, found in, listed and saved', async () => {
  test.setTimeout(180_000)
  const transcript = write(longTranscript(10_000, 5_000_000))
  const original = bytesOf(transcript)
  const { page, close, errors } = await launchApp({ files: [recording, transcript], settings })
  await expect(page.getByTestId('counts')).toContainText('10,000 turns')
  await waitForAnalysis(page)

  // Only what is around the view is made of the lists; the rest is there to be scrolled to.
  const items = page.getByTestId('review-item')
  await expect(items.first()).toBeVisible()
  expect(await items.count()).toBeLessThan(60)
  const list = page.getByRole('tabpanel').locator('li')
  expect(Number(await list.first().getAttribute('aria-setsize'))).toBeGreaterThan(499)
  await page.getByRole('tabpanel').evaluate((panel) => panel.scrollTo(0, panel.scrollHeight))
  await expect(page.locator('li[aria-posinset="500"]')).toBeVisible()
  for (const tab of ['Speakers', 'Subtitles']) {
    await page.getByRole('tab', { name: tab }).click()
    await expect(list.first()).toBeVisible()
    expect(await list.count()).toBeLessThan(80)
  }
  await page.getByRole('tab', { name: 'Review' }).click()

  // A correction in the middle of the text.
  for (let time = 0; time < 12; time++) await page.keyboard.press('F7')
  await expect(page.locator('.item-card')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.insertText('as I said')
  await page.keyboard.type(' before. And')
  await page.keyboard.press('Control+z')
  await expect(page.locator('.cm-content')).not.toContainText('as I said before. And')
  await page.keyboard.press('Control+y')
  await expect(page.locator('.cm-content')).toContainText('as I said before. And')

  await page.keyboard.press('Control+f')
  await page.keyboard.type('as I said before')
  await page.keyboard.press('Enter')
  await expect(page.locator('.cm-searchMatch-selected')).toHaveText('as I said before')
  await page.keyboard.press('Escape')

  await save(page)
  expect(onlyDifference(original, bytesOf(transcript))).toEqual({
    before: '[inaudible]',
    after: 'as I said before. And',
  })
  expect(errors).toEqual([])
  await close()
})

test('a megabyte on one line is typed into in its middle, undone and saved', async () => {
  test.setTimeout(120_000)
  const transcript = write(oneLine(2000, 1_000_000))
  const original = bytesOf(transcript)
  const { page, close, errors } = await launchApp({ files: [transcript], settings })
  await expect(page.getByTestId('counts')).toContainText('2,000 turns')
  await page.keyboard.press('Control+f')
  await page.keyboard.type('[inaudible]')
  for (let time = 0; time < 50; time++) await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.keyboard.type('well >> yes')
  await expect(page.getByTestId('counts')).toContainText('2,001 turns')
  await expect(page.locator('.cm-content')).toContainText('well >> yes')
  await page.keyboard.press('Control+z')
  await expect(page.getByTestId('counts')).toContainText('2,000 turns')
  await page.keyboard.press('Control+y')
  await save(page)
  expect(onlyDifference(original, bytesOf(transcript))).toEqual({
    before: '[inaudible]',
    after: 'well >> yes',
  })
  expect(errors).toEqual([])
  await close()
})
