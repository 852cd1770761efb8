import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { save } from '../support/actions'
import { copySample, launchApp, waitForAnalysis } from '../support/app'

test('an input method composes in the text, beside a label and a mark, and is one undo step', async () => {
  const { recording, transcript } = copySample('zh')
  const original = readFileSync(transcript, 'utf8')
  const { page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'zh' },
  })
  await waitForAnalysis(page)
  const ime = await page.context().newCDPSession(page)
  const compose = async (steps: readonly string[], text: string) => {
    for (const step of steps)
      await ime.send('Input.imeSetComposition', {
        text: step,
        selectionStart: step.length,
        selectionEnd: step.length,
      })
    await ime.send('Input.insertText', { text })
  }
  // The mark is selected; composing replaces it.
  await page.keyboard.press('F7')
  await page.keyboard.press('Escape')
  await compose(['s', 'si yue', '四月'], '四月一号')
  await expect(page.locator('.cm-content')).toContainText('施工队四月一号就可以开工')
  // Right behind the colon of the next label.
  await page.keyboard.press('Control+PageDown')
  await compose(['n', 'na', '那'], '那么')
  await expect(page.locator('.cm-content')).toContainText('>> 那么周末也不能过桥吗')
  await save(page)
  expect(readFileSync(transcript, 'utf8')).toBe(
    original.replace('（听不清楚）', '四月一号').replace('>> 周末', '>> 那么周末'),
  )
  await page.keyboard.press('Control+z')
  await expect(page.locator('.cm-content')).toContainText('>> 周末也不能过桥吗')
  await expect(page.locator('.cm-content')).toContainText('施工队四月一号就可以开工')
  await page.keyboard.press('Control+z')
  await expect(page.locator('.cm-content')).toContainText('施工队（听不清楚）就可以开工')
  expect(errors).toEqual([])
  await close()
})

test('right-to-left text stands on the right, with its labels, and is saved as it was', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'earmark-rtl-'))
  const transcript = join(folder, 'session.txt')
  const text = [
    '\u200fהיו"ר דוד לוי:\u200f אני פותח את הישיבה.',
    'שירה כהן: תודה רבה (לא ברור) לכולם.',
    '\u200fהיו"ר דוד לוי:\u200f בבקשה.',
    'שירה כהן: שלום.\n',
  ].join('\n\n')
  writeFileSync(transcript, text)
  const { page, close, errors } = await launchApp({ files: [transcript], settings: { language: 'en' } })
  await expect(page.locator('.cm-line:has(.transcript-label)')).toHaveCount(4)
  // The label is at the right edge of its line, what is said to the left of it.
  const sides = await page.locator('.cm-line:has(.transcript-label)').evaluateAll((lines) =>
    lines.map((line) => {
      const label = (line.querySelector('.transcript-label') as Element).getBoundingClientRect()
      const box = line.getBoundingClientRect()
      return label.left + label.right > box.left + box.right ? 'right' : 'left'
    }),
  )
  expect(sides).toEqual(['right', 'right', 'right', 'right'])
  await page.locator('.cm-line', { hasText: 'שלום' }).click()
  await page.keyboard.press('End')
  await page.keyboard.insertText(' כן.')
  await save(page)
  expect(readFileSync(transcript, 'utf8')).toBe(text.replace('שלום.', 'שלום. כן.'))
  expect(errors).toEqual([])
  await close()
})
