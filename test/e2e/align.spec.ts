import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Truth } from '../../electron/dev/sample'
import { turnTimes } from '../support/actions'
import { copySample, launchApp, samples, waitForAnalysis } from '../support/app'

for (const language of ['en', 'zh'] as const) {
  test(`the ${language} sample finds its own place in its recording`, async () => {
    const { recording, transcript } = copySample(language)
    const truth = JSON.parse(readFileSync(join(samples, language, 'truth.json'), 'utf8')) as Truth
    const { page, close, errors } = await launchApp({
      files: [recording, transcript],
      settings: { language: 'en' },
    })
    await waitForAnalysis(page)
    await page.keyboard.press('Control+Shift+a')
    await expect(page.getByTestId('notice').first()).toContainText(/6 of 6 turns found/, { timeout: 60_000 })
    const aligned = await turnTimes(page)
    for (const [index, { start }] of aligned.entries())
      expect(Math.abs(start - (truth.turns[index]?.start as number)), `turn ${index}`).toBeLessThan(0.3)

    // One step of the history takes all of it back.
    await page.locator('.cm-content').press('Control+z')
    const estimated = await turnTimes(page)
    expect(estimated.map(({ start }) => start)).not.toEqual(aligned.map(({ start }) => start))
    expect(errors).toEqual([])
    await close()
  })
}
