import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { answerDialogs, copySample, launchApp } from '../support/app'
import { frozenDisk } from '../support/frozenDisk'

test.skip(process.platform !== 'linux', 'made with the tools of Linux')

const typeAtStart = async (page: Page, text: string) => {
  await page.locator('.cm-content').focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.type(text)
}

const journalOf = (userData: string) => {
  const folder = join(userData, 'journal')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.journal'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('')
}

const notice = (page: Page) => page.getByTestId('notice').filter({ hasText: 'does not answer' })

test('a disk that stops answering during a save: the app says so, goes on, keeps the work, and saves elsewhere', async () => {
  const disk = frozenDisk()
  test.skip(disk === null, 'needs root, a loop device and fsfreeze')
  if (!disk) return
  try {
    const transcript = join(disk.folder, 'meeting.txt')
    copyFileSync(copySample('en').transcript, transcript)
    const before = readFileSync(transcript, 'utf8')
    const { app, page, userData, errors, close } = await launchApp({
      files: [transcript],
      settings: { language: 'en' },
    })
    await typeAtStart(page, 'one ')
    disk.freeze()
    await page.keyboard.press('Control+s')
    await expect(page.getByTestId('save-state')).toHaveText('Saving…')
    await expect(notice(page)).toBeVisible()
    await typeAtStart(page, 'two ')
    await expect(page.locator('.cm-content')).toContainText('two one')
    await expect.poll(() => journalOf(userData)).toContain('two ')

    const elsewhere = join(mkdtempSync(join(tmpdir(), 'earmark-elsewhere-')), 'copy.txt')
    await answerDialogs(app, { save: elsewhere })
    await notice(page).getByRole('button', { name: 'Save as…' }).click()
    await expect(page.locator('.header-document b')).toHaveText('copy.txt')
    await expect(page.getByTestId('save-state')).toHaveClass(/is-saved/)
    expect(readFileSync(elsewhere, 'utf8')).toBe(`two one ${before}`)

    disk.thaw()
    await expect.poll(() => readFileSync(transcript, 'utf8')).toBe(`one ${before}`)
    await expect(page.locator('.header-document b')).toHaveText('copy.txt')
    await expect(page.getByTestId('save-state')).toHaveClass(/is-saved/)
    await expect(notice(page)).toHaveCount(0)
    expect(errors).toEqual([])
    await close()
  } finally {
    disk.remove()
  }
})

test('closing does not wait for such a disk when the user does not want to; the work is offered at the next start', async () => {
  const disk = frozenDisk()
  test.skip(disk === null, 'needs root, a loop device and fsfreeze')
  if (!disk) return
  try {
    const transcript = join(disk.folder, 'meeting.txt')
    copyFileSync(copySample('en').transcript, transcript)
    const before = readFileSync(transcript, 'utf8')
    const first = await launchApp({ files: [transcript], settings: { language: 'en' } })
    await typeAtStart(first.page, 'kept ')
    disk.freeze()
    await first.page.keyboard.press('Control+s')
    await expect(notice(first.page)).toBeVisible()
    const hasLeft = new Promise<void>((done) => first.app.process().once('exit', () => done()))
    const isClosed = first.page.waitForEvent('close')
    await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    const dialog = first.page.getByRole('dialog')
    await expect(dialog).toContainText('meeting.txt is still being saved')
    await dialog.getByRole('button', { name: 'Do not wait' }).click()
    await isClosed
    // Nothing of this system ends a process while such a disk holds it.
    disk.thaw()
    await hasLeft
    expect([before, `kept ${before}`]).toContain(readFileSync(transcript, 'utf8'))
    writeFileSync(transcript, before)
    const second = await launchApp({ files: [transcript], userData: first.userData })
    await second.page.getByRole('dialog').getByRole('button', { name: 'Restore it' }).click()
    await expect(second.page.locator('.cm-content')).toContainText('kept ')
    await second.close()
  } finally {
    disk.remove()
  }
})

test('a file that no longer answers when it is read stops nothing, looked at ever so often', async () => {
  const { transcript } = copySample('en')
  const { app, page, userData, errors, close } = await launchApp({
    files: [transcript],
    settings: { language: 'en' },
  })
  await typeAtStart(page, 'one ')
  // Reading a pipe waits until somebody writes into it.
  renameSync(transcript, `${transcript}.away`)
  expect(spawnSync('mkfifo', [transcript]).status).toBe(0)
  for (let look = 0; look < 12; look++)
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.emit('focus'))
  await page.keyboard.press('Control+s')
  await expect(notice(page)).toBeVisible()
  await typeAtStart(page, 'two ')
  await expect.poll(() => journalOf(userData)).toContain('two ')
  const elsewhere = join(mkdtempSync(join(tmpdir(), 'earmark-elsewhere-')), 'copy.txt')
  await answerDialogs(app, { save: elsewhere })
  await page.keyboard.press('Control+Shift+s')
  await expect(page.locator('.header-document b')).toHaveText('copy.txt')
  await expect(page.getByTestId('save-state')).toHaveClass(/is-saved/)
  expect(readFileSync(elsewhere, 'utf8')).toMatch(/^two one /)
  expect(errors).toEqual([])
  await close()
})
