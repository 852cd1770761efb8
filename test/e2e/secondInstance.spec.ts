import { spawn } from 'node:child_process'
import { expect, test } from '@playwright/test'
import { copySample, launchApp } from '../support/app'

test('the same file opened by a second process goes to the window that has it, and its work stays', async () => {
  const { transcript } = copySample('en')
  const { app, page, userData, close } = await launchApp({
    files: [transcript],
    settings: { language: 'en' },
  })
  await page.locator('.cm-content').click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('Typed before. ')
  const executable = await app.evaluate(() => process.execPath)
  const isRoot = process.getuid?.() === 0
  const second = spawn(executable, [
    ...(isRoot ? ['--no-sandbox'] : []),
    `--user-data-dir=${userData}`,
    transcript,
  ])
  const code = await new Promise((done) => second.once('exit', done))
  expect(code).toBe(0)
  await page.waitForTimeout(500)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.locator('.cm-content')).toContainText('Typed before.')
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  await close()
})
