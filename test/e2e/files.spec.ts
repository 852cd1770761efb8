import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { bytesOf, save, turnTimes } from '../support/actions'
import { answerDialogs, copySample, launchApp, waitForAnalysis } from '../support/app'
import { bytesOfWave } from '../support/wave'

const folder = () => mkdtempSync(join(tmpdir(), 'earmark-files-'))

const wrong: readonly (readonly [string, string, Uint8Array, RegExp])[] = [
  ['an empty recording', 'empty.mp3', new Uint8Array(0), /is empty/],
  [
    'a text called mp3',
    'text.mp3',
    new TextEncoder().encode('This is no recording, whatever it is called.\n'.repeat(40)),
    /is not a recording/,
  ],
  ['zeros called wav', 'zeros.wav', new Uint8Array(20_000), /is not a recording/],
  [
    'a binary file called txt',
    'binary.txt',
    Uint8Array.from({ length: 4000 }, (_, index) => (index * 7919) % 256),
    /is not a text/,
  ],
]

for (const [name, file, bytes, message] of wrong) {
  test(`${name} gets a message, and the session that is open stays`, async () => {
    const { recording, transcript } = copySample('en')
    const { app, page, close } = await launchApp({
      files: [recording, transcript],
      settings: { language: 'en' },
    })
    await waitForAnalysis(page)
    const path = join(folder(), file)
    writeFileSync(path, bytes)
    await answerDialogs(app, { open: [path] })
    await page.keyboard.press('Control+o')
    await expect(page.getByTestId('notice').first()).toContainText(message)
    await expect(page.getByTestId('counts')).toContainText('6 turns')
    await expect(page.locator('.cm-content')).toContainText('RIVERTON TOWN COUNCIL')
    await expect(page.locator('.header-document small')).toContainText('council-meeting.wav')
    await close()
  })
}

test('a wave file whose header promises more than there is plays as far as it goes', async () => {
  const path = join(folder(), 'short.wav')
  writeFileSync(path, bytesOfWave(40_000).subarray(0, 44 + 48_000))
  const { page, close } = await launchApp({ files: [path], settings: { language: 'en' } })
  await waitForAnalysis(page)
  await expect(page.locator('.transport-time small')).toHaveText(/0:00:03/)
  await close()
})

test('a file that another program changed is not written over unasked', async () => {
  const { recording, transcript } = copySample('en')
  const { page, close } = await launchApp({ files: [recording, transcript], settings: { language: 'en' } })
  await waitForAnalysis(page)
  await page.locator('.cm-line', { hasText: 'Thank you, Chair.' }).click()
  await page.keyboard.insertText('Well. ')
  const theirs = readFileSync(transcript, 'utf8').replace('Good evening', 'Good morning')
  writeFileSync(transcript, theirs)
  await page.keyboard.press('Control+s')
  await expect(page.locator('.dialog')).toContainText('was changed by another program')
  expect(readFileSync(transcript, 'utf8')).toBe(theirs)
  await page.getByRole('button', { name: 'Compare' }).click()
  await expect(page.locator('.details')).toContainText('Good morning')
  await page.getByRole('button', { name: 'Overwrite it' }).click()
  await expect(page.getByTestId('save-state')).toHaveClass(/is-saved/)
  expect(readFileSync(transcript, 'utf8')).toContain('Well. ')
  expect(readFileSync(transcript, 'utf8')).toContain('Good evening')
  await close()
})

test('a file changed outside is shown anew when nothing is unsaved', async () => {
  const { recording, transcript } = copySample('en')
  const { page, close } = await launchApp({ files: [recording, transcript], settings: { language: 'en' } })
  await waitForAnalysis(page)
  writeFileSync(transcript, readFileSync(transcript, 'utf8').replace('Good evening', 'Good morning'))
  await expect(page.locator('.cm-content')).toContainText('Good morning')
  await close()
})

test('a symbolic link stays one, and its target is what is saved', async () => {
  const { transcript } = copySample('en')
  const link = join(folder(), 'link.txt')
  symlinkSync(transcript, link)
  const { page, close } = await launchApp({ files: [link], settings: { language: 'en' } })
  await page.getByText('RIVERTON TOWN COUNCIL', { exact: true }).click()
  await page.keyboard.press('End')
  await page.keyboard.insertText('!')
  await save(page)
  expect(readFileSync(transcript, 'utf8')).toMatch(/^RIVERTON TOWN COUNCIL!/)
  await close()
})

test('a character that the encoding cannot hold is refused, and UTF-8 offered', async () => {
  const path = join(folder(), 'latin.txt')
  const text = 'PRÉSIDENTE: Bonsoir à tous.\r\n\r\nM. LEFÈVRE: Merci, Madame la Présidente.\r\n'
  writeFileSync(path, Buffer.from(text, 'latin1'))
  const { page, close } = await launchApp({ files: [path], settings: { language: 'en' } })
  await expect(page.getByTestId('encoding')).toHaveText('WINDOWS-1252 · CRLF')
  await page.locator('.cm-line', { hasText: 'Bonsoir' }).click()
  await page.keyboard.press('End')
  await page.keyboard.insertText(' 你好')
  await page.keyboard.press('Control+s')
  await expect(page.locator('.dialog')).toContainText('cannot be written in WINDOWS-1252')
  expect(bytesOf(path)).toEqual(new Uint8Array(Buffer.from(text, 'latin1')))
  await page.getByRole('button', { name: 'Save as UTF-8' }).click()
  await expect(page.getByTestId('encoding')).toHaveText('UTF-8 · CRLF')
  expect(readFileSync(path, 'utf8')).toBe(text.replace('tous.', 'tous. 你好'))
  await close()
})

test('closing with unsaved work asks, and saving then closes', async () => {
  const { recording, transcript } = copySample('en')
  const { app, page } = await launchApp({ files: [recording, transcript], settings: { language: 'en' } })
  await waitForAnalysis(page)
  await page.getByText('RIVERTON TOWN COUNCIL', { exact: true }).click()
  await page.keyboard.insertText('X')
  const closed = app.waitForEvent('close')
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await expect(page.locator('.dialog')).toContainText('Save the changes')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.locator('.dialog')).toHaveCount(0)
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await page.locator('.dialog .primary').click()
  await closed
  expect(readFileSync(transcript, 'utf8')).toContain('X')
})

test('a recent session comes back with its place, zoom and selection', async () => {
  const { recording, transcript } = copySample('en')
  const first = await launchApp({ files: [recording, transcript], settings: { language: 'en' } })
  await waitForAnalysis(first.page)
  await first.page.locator('.cm-line', { hasText: 'Thank you, Chair.' }).click()
  await first.page.keyboard.press('Control+1')
  const times = await turnTimes(first.page)
  await first.page.locator('.cm-gutterElement:not([style*=hidden]) .transcript-gutter-time').nth(1).click()
  await expect(first.page.getByTestId('time')).toContainText(clock(times[1]?.start as number))
  const closed = first.app.waitForEvent('close')
  await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await closed
  const second = await launchApp({ userData: first.userData })
  await second.page.getByRole('button', { name: /council-meeting\.txt/ }).click()
  await waitForAnalysis(second.page)
  await expect(second.page.getByTestId('time')).toContainText(clock(times[1]?.start as number))
  await second.close()
})

function clock(seconds: number): string {
  const whole = Math.floor(seconds)
  return `00:${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`
}

test('a fault inside the main process is told and stops nothing', async () => {
  const { recording, transcript } = copySample('en')
  const { app, page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
  })
  await app.evaluate(() => {
    setTimeout(() => {
      throw new RangeError('made by a test: words of a transcript')
    })
  })
  await expect(page.getByTestId('notice').first()).toContainText('Something inside Earmark failed')
  await page.locator('.cm-content').click()
  await page.keyboard.type('Still here ')
  await expect(page.locator('.cm-content')).toContainText('Still here ')
  expect(errors.filter((error) => error.includes('Unexpected fault: RangeError'))).toHaveLength(1)
  expect(errors.join('')).not.toContain('words of a transcript')
  await close()
})
