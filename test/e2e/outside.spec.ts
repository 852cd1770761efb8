import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { save, turnTimes } from '../support/actions'
import { answerDialogs, copySample, launchApp, waitForAnalysis } from '../support/app'

const typeAtEnd = async (page: Page, text: string) => {
  await page.locator('.cm-content').focus()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(text)
}

/** Notes that a transcript is open, in a folder. */
const notes = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.earmark-open'))

test('a save with nothing changed writes nothing, neither the text nor the times', async () => {
  const { folder, recording, transcript } = copySample('en')
  const { page, userData, close } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
  })
  await waitForAnalysis(page)
  await typeAtEnd(page, ' Once.')
  await save(page)
  const paths = [transcript, join(folder, 'council-meeting.earmark.json')]
  const states = () =>
    paths.map((path) => {
      const { ino, mtimeMs } = statSync(path)
      return [ino, mtimeMs, readFileSync(path, 'utf8')]
    })
  const before = states()
  const versions = () => readdirSync(join(userData, 'versions'), { recursive: true }).length
  const kept = versions()
  await page.keyboard.press('Control+s')
  await expect(page.getByTestId('notice').last()).toContainText('Everything is saved already')
  // Typed and taken away again: there is something to save, and it is what the file holds.
  await page.waitForTimeout(600)
  await typeAtEnd(page, 'x')
  await page.keyboard.press('Backspace')
  await save(page)
  expect(states()).toEqual(before)
  expect(versions()).toBe(kept)
  await close()
})

test('times come along when another program changes the text; a touched file is no change', async () => {
  const { recording, transcript } = copySample('en')
  const { page, close } = await launchApp({ files: [recording, transcript], settings: { language: 'en' } })
  await waitForAnalysis(page)
  await page.locator('.cm-line', { hasText: 'Thank you, Chair.' }).click()
  await page.keyboard.press('F9')
  await save(page)
  const findPinned = async () => (await turnTimes(page)).findIndex(({ isPinned }) => isPinned)
  // The list of turns follows after a while.
  await expect.poll(findPinned).toBeGreaterThan(0)
  const before = await turnTimes(page)
  const pinned = await findPinned()
  utimesSync(transcript, new Date(), new Date())
  await page.waitForTimeout(1000)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByTestId('notice').filter({ hasText: 'another program' })).toHaveCount(0)
  writeFileSync(transcript, `A line before everything.\n${readFileSync(transcript, 'utf8')}`)
  await expect(page.locator('.cm-content')).toContainText('A line before everything.')
  await expect(page.getByTestId('save-state')).toHaveClass(/is-saved/)
  expect((await turnTimes(page))[pinned]).toEqual(before[pinned])
  await expect(page.getByRole('dialog')).toHaveCount(0)
  // What is corrected now goes into the file as it is now.
  await typeAtEnd(page, ' Mine.')
  await save(page)
  expect(readFileSync(transcript, 'utf8')).toMatch(/^A line before everything\.\n[\s\S]* Mine\.$/)
  await close()
})

test('theirs can be taken, undo brings mine back, and what is written over is kept', async () => {
  const { transcript } = copySample('en')
  const { page, close } = await launchApp({ files: [transcript], settings: { language: 'en' } })
  await page.locator('.cm-content').focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('Mine. ')
  const theirs = readFileSync(transcript, 'utf8').replace('Good evening', 'Good morning')
  writeFileSync(transcript, theirs)
  const told = page.getByTestId('notice').filter({ hasText: 'was changed by another program' })
  await told.getByRole('button', { name: 'Decide now' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Reload it' }).click()
  await expect(page.locator('.cm-content')).toContainText('Good morning')
  await expect(page.getByTestId('save-state')).toHaveClass(/is-saved/)
  await page.locator('.cm-content').focus()
  await page.keyboard.press('Control+z')
  await expect(page.locator('.cm-content')).toContainText('Good evening')
  await expect(page.getByTestId('save-state')).not.toHaveClass(/is-saved/)
  await save(page)
  expect(readFileSync(transcript, 'utf8')).toContain('Mine. ')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Earlier versions')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').locator('pre')).toContainText('Good morning')
  await close()
})

test('a file that is deleted or renamed while it is open is said to be gone, and can be written anew', async () => {
  const { transcript } = copySample('en')
  const { page, close } = await launchApp({ files: [transcript], settings: { language: 'en' } })
  await typeAtEnd(page, ' Mine.')
  renameSync(transcript, `${transcript}.away`)
  const told = page.getByTestId('notice').filter({ hasText: 'is not there any more' })
  await expect(told).toBeVisible()
  await page.keyboard.press('Control+s')
  await page.getByRole('button', { name: 'Write it anew' }).click()
  await expect(page.getByTestId('save-state')).toHaveClass(/is-saved/)
  expect(readFileSync(transcript, 'utf8')).toContain(' Mine.')
  await close()
})

test('a transcript that another Earmark has open is opened read-only, until it is taken over', async () => {
  const { folder, transcript } = copySample('en')
  const first = await launchApp({ files: [transcript], settings: { language: 'en' } })
  await expect.poll(() => notes(folder)).toHaveLength(1)
  const second = await launchApp({ files: [transcript], settings: { language: 'en' } })
  const told = second.page.getByTestId('notice').filter({ hasText: 'is open in another Earmark' })
  await expect(told).toBeVisible()
  await expect(second.page.getByTestId('save-state')).toHaveText('Read-only')
  // What it types goes elsewhere.
  const elsewhere = join(mkdtempSync(join(tmpdir(), 'earmark-elsewhere-')), 'copy.txt')
  await answerDialogs(second.app, { save: elsewhere })
  const before = readFileSync(transcript, 'utf8')
  await typeAtEnd(second.page, ' Second.')
  await save(second.page)
  expect(readFileSync(transcript, 'utf8')).toBe(before)
  expect(readFileSync(elsewhere, 'utf8')).toContain(' Second.')
  await second.close()

  const third = await launchApp({ files: [transcript], settings: { language: 'en' } })
  const again = third.page.getByTestId('notice').filter({ hasText: 'is open in another Earmark' })
  await again.getByRole('button', { name: 'Edit it here' }).click()
  await typeAtEnd(third.page, ' Third.')
  await save(third.page)
  expect(readFileSync(transcript, 'utf8')).toContain(' Third.')
  // The first one takes the new text, and closing it leaves the other one's note.
  await first.page.locator('.cm-content').focus()
  await first.page.keyboard.press('Control+End')
  await expect(first.page.locator('.cm-content')).toContainText(' Third.')
  await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await first.close()
  expect(notes(folder)).toHaveLength(1)
  const hasLeft = new Promise<void>((done) => third.app.process().once('exit', () => done()))
  await third.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await hasLeft
  expect(notes(folder)).toEqual([])
  await third.close()
})

test('unsaved work on a file that is gone is offered, and saved elsewhere with its times', async () => {
  const { recording, transcript } = copySample('en')
  const first = await launchApp({ files: [recording, transcript], settings: { language: 'en' } })
  await waitForAnalysis(first.page)
  await first.page.locator('.cm-line', { hasText: 'Thank you, Chair.' }).click()
  await first.page.keyboard.press('F9')
  await typeAtEnd(first.page, ' Kept words.')
  await first.page.waitForTimeout(1000)
  const hasLeft = new Promise<void>((done) => first.app.process().once('exit', () => done()))
  first.app.process().kill('SIGKILL')
  await hasLeft
  rmSync(transcript)

  const second = await launchApp({ userData: first.userData })
  const elsewhere = join(mkdtempSync(join(tmpdir(), 'earmark-elsewhere-')), 'rescued.txt')
  await answerDialogs(second.app, { save: elsewhere })
  const told = second.page.getByTestId('notice').filter({ hasText: 'There is unsaved work' })
  await expect(told).toContainText('The file itself is gone')
  await told.getByRole('button', { name: 'Save as…' }).click()
  await expect(second.page.locator('.header-document b')).toHaveText('rescued.txt')
  expect(readFileSync(elsewhere, 'utf8')).toContain(' Kept words.')
  // The times come after the text.
  await expect(second.page.getByTestId('save-state')).toHaveText('Not saved')
  await save(second.page)
  expect(readFileSync(elsewhere.replace('.txt', '.earmark.json'), 'utf8')).toContain('"origin": "pinned"')
  const journals = () =>
    readdirSync(join(first.userData, 'journal')).filter((name) => name.endsWith('.journal'))
  await expect.poll(journals).toEqual([])
  await second.close()
})

test('unsaved work on a file that others have changed since can be saved as a copy', async () => {
  const { transcript } = copySample('en')
  const first = await launchApp({ files: [transcript], settings: { language: 'en' } })
  await typeAtEnd(first.page, ' Kept words.')
  await first.page.waitForTimeout(1000)
  const hasLeft = new Promise<void>((done) => first.app.process().once('exit', () => done()))
  first.app.process().kill('SIGKILL')
  await hasLeft
  const theirs = readFileSync(transcript, 'utf8').replace('Good evening', 'Good morning')
  writeFileSync(transcript, theirs)

  const second = await launchApp({ files: [transcript], userData: first.userData })
  const dialog = second.page.getByRole('dialog')
  await expect(dialog).toContainText('The file has been changed since')
  const elsewhere = join(mkdtempSync(join(tmpdir(), 'earmark-elsewhere-')), 'copy.txt')
  await answerDialogs(second.app, { save: elsewhere })
  await dialog.getByRole('button', { name: 'Save it as a copy…' }).click()
  await expect(second.page.locator('.header-document b')).toHaveText('copy.txt')
  expect(readFileSync(elsewhere, 'utf8')).toContain(' Kept words.')
  expect(readFileSync(transcript, 'utf8')).toBe(theirs)
  await second.close()
})

test('times of a later version are left alone', async () => {
  const { folder, transcript } = copySample('en')
  const sidecar = join(folder, 'council-meeting.earmark.json')
  const later = '{"format":"earmark","version":99,"new":true}\n'
  writeFileSync(sidecar, later)
  const { page, close } = await launchApp({ files: [transcript], settings: { language: 'en' } })
  await typeAtEnd(page, ' Mine.')
  await save(page)
  expect(readFileSync(transcript, 'utf8')).toContain(' Mine.')
  expect(readFileSync(sidecar, 'utf8')).toBe(later)
  await close()
})
