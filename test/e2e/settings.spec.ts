import { rmSync, writeFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { copySample, launchApp } from '../support/app'

test('a word that the user adds makes its remarks doubtful at once, and still after a restart', async () => {
  const { transcript } = copySample('en')
  writeFileSync(transcript, 'ANA: It was [garbled] there.\n\nBO: Yes. [garbled] it was.\n')
  const { page, close, userData, errors } = await launchApp({
    files: [transcript],
    settings: { language: 'en' },
  })
  const marked = page.locator('.cm-content .is-inaudible')
  await expect(page.getByTestId('counts')).toContainText('2 turns')
  await expect(marked).toHaveCount(0)
  await page.keyboard.press('Control+,')
  await page.getByLabel('More words that mean “inaudible”').fill('mumbled, garbled')
  await page.getByRole('button', { name: 'Close' }).click()
  await expect(marked).toHaveText(['[garbled]', '[garbled]'])
  await page.keyboard.press('F7')
  await page.keyboard.type('windy')
  await expect(page.locator('.cm-content')).toContainText('It was windy there.')
  await expect(marked).toHaveCount(1)
  expect(errors).toEqual([])
  await close()

  const again = await launchApp({ files: [transcript], userData })
  await expect(again.page.locator('.cm-content .is-inaudible')).toHaveText(['[garbled]', '[garbled]'])
  await again.close()
})

test('labels that look like one person are pointed out, and stay two until the user decides', async () => {
  const { recording, transcript } = copySample('en')
  // Otherwise it is offered, in front of the panel.
  rmSync(recording)
  writeFileSync(
    transcript,
    'SALA TAMANIWAIMAR: One.\n\nPETER: Two.\n\nSALA TAMANIWAIMARO: Three.\n\nPETER MAJOR: Four.\n',
  )
  const { page, close } = await launchApp({ files: [transcript], settings: { language: 'en' } })
  await expect(page.getByTestId('counts')).toContainText('4 speakers')
  await page.keyboard.press('Alt+2')
  const pairs = page.locator('.item-card')
  await expect(pairs).toHaveCount(2)
  await expect(pairs.nth(0)).toContainText('SALA TAMANIWAIMAR · SALA TAMANIWAIMARO')
  await expect(pairs.nth(1)).toContainText('PETER · PETER MAJOR')
  await pairs
    .nth(1)
    .getByRole('button', { name: /: PETER MAJOR$/ })
    .click()
  await expect(page.locator('.cm-content')).toContainText('PETER MAJOR: Two.')
  await expect(page.getByTestId('counts')).toContainText('3 speakers')
  await close()
})
