import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { save } from '../support/actions'
import { copySample, launchApp, type RunningApp } from '../support/app'

/** Seconds after the last edit by which it must be on disk. */
const bound = 1

async function typeAtEnd(page: Page, text: string): Promise<void> {
  await goToEnd(page)
  await page.keyboard.type(text)
}

async function killMain({ app }: RunningApp): Promise<void> {
  const child = app.process()
  const hasLeft = new Promise<void>((done) => child.once('exit', () => done()))
  child.kill('SIGKILL')
  await hasLeft
}

// Only what is in view is rendered.
async function goToEnd(page: Page): Promise<void> {
  await page.locator('.cm-content').click()
  await page.keyboard.press('Control+End')
}

const journals = (userData: string) =>
  readdirSync(join(userData, 'journal')).filter((name) => name.endsWith('.journal'))

test('work that was not saved survives the death of the main process', async () => {
  const { transcript } = copySample('en')
  const before = readFileSync(transcript)
  const first = await launchApp({ files: [transcript], settings: { language: 'en' } })
  await typeAtEnd(first.page, ' These words were never saved.')
  await first.page.waitForTimeout(bound * 1000)
  await killMain(first)
  expect(readFileSync(transcript).equals(before)).toBe(true)

  const second = await launchApp({ files: [transcript], userData: first.userData })
  const dialog = second.page.getByRole('dialog')
  await expect(dialog).toContainText('Unsaved work on council-meeting.txt was found')
  await expect(dialog).toContainText('These words were never saved.')
  await dialog.getByRole('button', { name: 'Restore it' }).click()
  await goToEnd(second.page)
  await expect(second.page.locator('.cm-content')).toContainText('These words were never saved.')
  await save(second.page)
  expect(readFileSync(transcript, 'utf8')).toContain('These words were never saved.')
  await expect.poll(() => journals(first.userData)).toEqual([])
  await second.close()
})

test('work that was not saved survives the death of the page, and can be given up', async () => {
  const { transcript } = copySample('en')
  const { app, page, userData, close } = await launchApp({
    files: [transcript],
    settings: { language: 'en' },
  })
  await typeAtEnd(page, ' Lost words.')
  await page.waitForTimeout(bound * 1000)
  expect(journals(userData)).toHaveLength(1)
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  )
  await close()
  const again = await launchApp({ userData })
  await expect(again.page.getByTestId('notice').first()).toContainText(
    'There is unsaved work on council-meeting.txt',
  )
  await again.page.getByTestId('notice').first().getByRole('button', { name: /open/i }).click()
  const dialog = again.page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Discard it' }).click()
  await goToEnd(again.page)
  await expect(again.page.locator('.cm-content')).not.toContainText('Lost words.')
  await expect.poll(() => journals(userData)).toEqual([])
  await again.close()
})

test('an earlier version is shown with what differs, and brought back', async () => {
  const { transcript } = copySample('en')
  const before = readFileSync(transcript)
  const { page, close } = await launchApp({ files: [transcript], settings: { language: 'en' } })
  await typeAtEnd(page, ' A sentence too many.')
  await save(page)
  expect(readFileSync(transcript, 'utf8')).toContain('A sentence too many.')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Earlier versions')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Earlier versions of council-meeting.txt')
  await expect(dialog.locator('pre')).toContainText('A sentence too many.')
  await dialog.getByRole('button', { name: 'Restore it' }).click()
  await expect(page.locator('.cm-content')).not.toContainText('A sentence too many.')
  await save(page)
  expect(readFileSync(transcript).equals(before)).toBe(true)
  await close()
})

test('a file that was replaced while it was open is not written over, even with the same size and time', async () => {
  const { transcript } = copySample('en')
  const { page, close } = await launchApp({ files: [transcript], settings: { language: 'en' } })
  await typeAtEnd(page, ' Mine.')
  const theirs = readFileSync(transcript, 'utf8').replace('the', 'THE')
  writeFileSync(transcript, theirs)
  await page.keyboard.press('Control+s')
  await expect(page.getByRole('dialog')).toContainText('was changed by another program')
  expect(readFileSync(transcript, 'utf8')).toBe(theirs)
  await close()
})
