import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import type { Truth } from '../../electron/dev/sample'
import { dragBoundary, save, turnTimes } from '../support/actions'
import { answerDialogs, copySample, launchApp, samples, waitForAnalysis } from '../support/app'

const truthOf = (language: 'en' | 'zh') =>
  JSON.parse(readFileSync(join(samples, language, 'truth.json'), 'utf8')) as Truth

/** Aligns, and waits for the message that says so. */
async function align(page: Page, message: RegExp): Promise<void> {
  await page.keyboard.press('Control+Shift+a')
  const notice = page.getByTestId('notice').filter({ hasText: message })
  await expect(notice).toBeVisible({ timeout: 60_000 })
  await notice.getByRole('button').last().click()
}

const inDoubt = (page: Page) => page.locator('[data-kind="textAndSound"], [data-kind="notPlaced"]')

const startsOf = async (page: Page) => (await turnTimes(page)).map(({ start }) => start)

for (const language of ['en', 'zh'] as const) {
  test(`a boundary that is moved takes the ${language} text around it along, in one step of the history`, async () => {
    const { recording, transcript } = copySample(language)
    const truth = truthOf(language)
    const { page, close, errors } = await launchApp({
      files: [recording, transcript],
      settings: { language: 'en' },
    })
    await waitForAnalysis(page)
    await align(page, /6 of 6 turns found/)
    const aligned = await startsOf(page)
    await expect(page.getByTestId('align-offer')).toHaveCount(0)
    const doubts = await inDoubt(page).count()
    const wrong = (truth.turns[3]?.start as number) + 3
    await dragBoundary(page, truth.duration, aligned[3] as number, wrong)
    // The text behind the pin is searched behind it: the rest stands where it is said, the neighbours stay on their side.
    await expect.poll(async () => (await turnTimes(page))[3]?.isPinned).toBe(true)
    await expect.poll(() => inDoubt(page).count(), { timeout: 30_000 }).toBeGreaterThan(doubts)
    const moved = await turnTimes(page)
    for (const [index, { start }] of moved.entries()) {
      if (index < 3) expect(start).toBeLessThan(moved[3]?.start as number)
      if (index > 3) expect(start).toBeGreaterThan(moved[3]?.start as number)
      if (index !== 3)
        expect(Math.abs(start - (truth.turns[index]?.start as number)), `turn ${index}`).toBeLessThan(0.3)
    }
    await page.locator('.cm-content').press('Control+z')
    expect(await startsOf(page)).toEqual(aligned)
    await expect(inDoubt(page)).toHaveCount(doubts)
    await page.locator('.cm-content').press('Control+y')
    expect(await turnTimes(page)).toEqual(moved)
    expect(errors).toEqual([])
    await close()
  })
}

test('words keep their times in the file beside the transcript, and a word can be heard', async () => {
  const { recording, transcript } = copySample('en')
  const truth = truthOf('en')
  const first = await launchApp({ files: [recording, transcript], settings: { language: 'en' } })
  await waitForAnalysis(first.page)
  await align(first.page, /6 of 6 turns found/)
  await save(first.page)
  await first.close()

  const { page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
  })
  await waitForAnalysis(page)
  await expect(page.getByTestId('aligned-share')).toHaveText('Aligned 100%')
  await page.locator('.cm-line', { hasText: 'DANIEL OKAFOR: Thank you' }).scrollIntoViewIfNeeded()
  const at = await page.evaluate(() => {
    const line = [...document.querySelectorAll('.cm-line')].find((entry) =>
      entry.textContent?.startsWith('DANIEL OKAFOR: Thank you'),
    ) as HTMLElement
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const index = node.textContent?.indexOf('Thank') ?? -1
      if (index < 0) continue
      const range = document.createRange()
      range.setStart(node, index + 1)
      range.setEnd(node, index + 3)
      const { x, y, width, height } = range.getBoundingClientRect()
      return { x: x + width / 2, y: y + height / 2 }
    }
    return null
  })
  await page.keyboard.down('Control')
  await page.mouse.click(at?.x ?? 0, at?.y ?? 0)
  await page.keyboard.up('Control')
  await expect(page.locator('.is-spoken-word')).toHaveText(/^(Thank|you|Chair|We)$/)
  const clock = (await page.locator('.transport-time').textContent()) ?? ''
  const [, minutes = '', seconds = ''] = /(\d+):(\d\d\.\d)/.exec(clock) ?? []
  const heard = Number(minutes) * 60 + Number(seconds)
  expect(Math.abs(heard - (truth.turns[1]?.start as number))).toBeLessThan(10)

  // The inaudible passage is a stretch of the recording, with a little around it.
  await page.keyboard.press('Escape')
  await page.locator('.cm-content').press('Control+Home')
  await page.keyboard.press('F7')
  const item = page.locator('[data-kind="inaudible"]')
  await expect(item.locator('time')).toHaveText('00:01:10')
  expect(errors).toEqual([])
  await close()
})

test('text that is not in the recording and speech that is not in the text are told apart, and stay told', async () => {
  const { recording, transcript } = copySample('en')
  const truth = truthOf('en')
  const text = readFileSync(transcript, 'utf8')
  const answer = text.slice(text.indexOf('DANIEL OKAFOR: Yes'), text.indexOf('PRIYA RAMAN: I support'))
  writeFileSync(
    transcript,
    text
      .replace(answer, '')
      .replace(
        'CHAIR MARGARET HOLLIS: That is',
        'DANIEL OKAFOR: Seven purple elephants juggled marmalade beside the volcano, and nobody in the orchestra complained about the penguins.\n\nCHAIR MARGARET HOLLIS: That is',
      ),
  )
  const first = await launchApp({ files: [recording, transcript], settings: { language: 'en' } })
  await waitForAnalysis(first.page)
  await align(first.page, /turns found/)
  const missing = first.page.locator('[data-kind="untold"]')
  await expect(missing).toHaveCount(1)
  await expect(first.page.locator('[data-kind="notPlaced"]')).toHaveCount(1)
  await first.page.locator('[data-kind="notPlaced"]').getByRole('button').first().click()
  await expect(first.page.locator('.cm-content .is-not-placed').first()).toContainText('purple elephants')
  await expect(first.page.locator('.transcript-gutter-time.is-not-placed')).toHaveCount(1)
  const told = await missing.locator('time').textContent()
  const seconds = (told ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  expect(Math.abs(seconds - (truth.turns[3]?.start as number))).toBeLessThan(2)
  await missing.getByRole('button').first().click()
  await expect(first.page.getByRole('button', { name: 'Loop', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await first.page.keyboard.press('F8')
  await expect(missing.locator('.is-done')).toHaveCount(1)
  await save(first.page)
  await first.close()

  const { page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
  })
  await waitForAnalysis(page)
  await expect(page.locator('[data-kind="untold"] .is-done')).toHaveCount(1)
  await expect(page.locator('[data-kind="notPlaced"]')).toHaveCount(1)

  // Doubts go on being marked behind an edit that makes another turn.
  await page.locator('.cm-content').press('Control+End')
  await page.keyboard.type('\n\nANNA LEE: Good.')
  await expect(page.getByTestId('counts')).toContainText('7 turns')
  await page.locator('[data-kind="notPlaced"]').getByRole('button').first().click()
  const marked = page.locator('.cm-content .is-not-placed')
  await expect(marked.first()).toContainText('purple elephants')
  await page.keyboard.press('F8')
  await expect(marked).toHaveCount(0)
  expect(errors).toEqual([])
  await close()
})

test('the language is shown, can be chosen, and is kept', async () => {
  const { recording, transcript } = copySample('zh')
  const { page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
  })
  await waitForAnalysis(page)
  const shown = page.getByTestId('recording-language')
  await expect(shown).toHaveText(/Chinese.*automatic/)
  await shown.click()
  await page.getByRole('combobox', { name: 'Language of the recording' }).selectOption('fr')
  await page.getByRole('button', { name: 'Choose', exact: true }).click()
  await expect(shown).toHaveText('French')
  // It is offered to align anew; read as French, the text is not what is said.
  await page.getByRole('button', { name: 'Align anew' }).click()
  const refused = page.getByTestId('notice').filter({ hasText: 'Read as French' })
  await expect(refused).toBeVisible({ timeout: 60_000 })
  await save(page)
  const sidecar = JSON.parse(readFileSync(transcript.replace(/txt$/, 'earmark.json'), 'utf8')) as {
    language?: string
  }
  expect(sidecar.language).toBe('fr')
  expect(errors).toEqual([])
  await close()
})

test('a selection is aligned by itself, and from here up to the next pin', async () => {
  const { recording, transcript } = copySample('en')
  const truth = truthOf('en')
  const { page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
  })
  await waitForAnalysis(page)
  // Without any alignment before it, the caret in the heading: the first turn is said from the start.
  await page.locator('.cm-content').press('Control+Home')
  await page.keyboard.press('Control+F9')
  const notice = page.getByTestId('notice').filter({ hasText: /turns? found/ })
  await expect(notice).toBeVisible({ timeout: 60_000 })
  for (const [index, start] of (await startsOf(page)).entries())
    expect(Math.abs(start - (truth.turns[index]?.start as number)), `turn ${index}`).toBeLessThan(0.3)
  await notice.getByRole('button').last().click()
  const before = await startsOf(page)
  // Going to a passage selects its text.
  await page.locator('[data-kind="unknownSpeaker"]').getByRole('button').first().click()
  await page.keyboard.press('Control+Shift+F9')
  await expect(notice).toBeVisible({ timeout: 60_000 })
  const after = await startsOf(page)
  for (const [index, start] of after.entries())
    expect(Math.abs(start - (before[index] as number))).toBeLessThan(0.3)
  expect(errors).toEqual([])
  await close()
})

test('aligning can be stopped while it reads, while it searches, and again', async () => {
  test.slow()
  const { recording, transcript } = copySample('en')
  const { page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
  })
  await waitForAnalysis(page)
  const before = await turnTimes(page)
  const running = page.getByRole('button', { name: /^Aligning/ })
  for (const stage of [/\d+%/, /([3-9]\d)%/, /([6-9]\d)%/]) {
    await page.keyboard.press('Control+Shift+a')
    await expect(running).toHaveText(stage, { timeout: 60_000 })
    await running.click()
    await expect(page.getByRole('button', { name: 'Align', exact: true })).toBeEnabled()
    expect(await turnTimes(page)).toEqual(before)
  }
  await align(page, /6 of 6 turns found/)
  expect(errors).toEqual([])
  await close()
})

test('aligning goes on while the text is edited, saved elsewhere and changed by another program, and takes that in', async () => {
  const { folder, recording, transcript } = copySample('en')
  const truth = truthOf('en')
  const text = readFileSync(transcript, 'utf8')
  // The last turn is pasted, as somebody does who has it in another file.
  const at = text.lastIndexOf('CHAIR MARGARET HOLLIS:')
  const last = text.slice(at).replace('[END OF TRANSCRIPT]', '').trimEnd()
  writeFileSync(transcript, text.slice(0, at))
  const { app, page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
  })
  await waitForAnalysis(page)
  const editor = page.locator('.cm-content')
  await editor.press('Control+End')
  await page.keyboard.insertText(last)
  await expect(page.getByTestId('counts')).toContainText('6 turns')
  await page.keyboard.press('Control+Shift+a')
  const running = page.getByRole('button', { name: /^Aligning/ })
  await expect(running).toBeVisible()
  await expect(page.getByText('Nothing doubtful')).toHaveCount(0)
  await page.keyboard.insertText(' Seven purple elephants juggled marmalade beside the old volcano.')
  await answerDialogs(app, { save: join(folder, 'elsewhere.txt') })
  await page.keyboard.press('Control+Shift+s')
  await expect(page.getByTestId('save-state')).toHaveClass(/is-saved/)
  await expect(page.locator('.header-document b')).toHaveText('elsewhere.txt')
  const kept = readFileSync(join(folder, 'elsewhere.txt'), 'utf8')
  writeFileSync(join(folder, 'elsewhere.txt'), `A line by another program.\n\n${kept}`)
  await editor.press('Control+Home')
  await expect(editor).toContainText('A line by another program.')
  await expect(page.getByTestId('notice').filter({ hasText: /6 of 6 turns found/ })).toBeVisible({
    timeout: 60_000,
  })
  // What was typed meanwhile was aligned with its turn: nobody says it.
  const doubt = page.locator('[data-kind="notPlaced"], [data-kind="textAndSound"]')
  await expect(doubt.filter({ hasText: 'Seven purple elephants' })).toHaveCount(1, { timeout: 30_000 })
  for (const [index, start] of (await startsOf(page)).entries())
    expect(Math.abs(start - (truth.turns[index]?.start as number)), `turn ${index}`).toBeLessThan(0.3)
  expect(errors).toEqual([])
  await close()
})
