import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Truth } from '../../electron/dev/sample'
import { bytesOf, dragBoundary, onlyDifference, save, turnTimes } from '../support/actions'
import { answerDialogs, copySample, launchApp, samples, waitForAnalysis } from '../support/app'

const sessions = [
  { language: 'en', mark: '[inaudible]', said: 'on the first of April', second: 'DANIEL OKAFOR' },
  { language: 'zh', mark: '（听不清楚）', said: '四月一号', second: '李建华' },
] as const

for (const { language, mark, said, second } of sessions) {
  test(`the main job on the ${language} sample, from opening to exporting`, async () => {
    const { folder, recording, transcript } = copySample(language)
    const truth = JSON.parse(readFileSync(join(samples, language, 'truth.json'), 'utf8')) as Truth
    const original = bytesOf(transcript)
    const settings = { language, theme: 'light', isScrubbing: true }
    const { app, page, close, errors } = await launchApp({ files: [recording, transcript], settings })
    await waitForAnalysis(page)

    // Every turn is there at once, estimated, in order.
    const estimated = await turnTimes(page)
    expect(estimated).toHaveLength(6)
    expect(estimated.every(({ isPinned }) => !isPinned)).toBe(true)
    for (const [index, { start }] of estimated.entries()) {
      expect(start).toBeGreaterThanOrEqual(estimated[index - 1]?.start ?? 0)
      expect(Math.abs(start - (truth.turns[index]?.start as number))).toBeLessThan(12)
    }

    // A boundary is one handle: dragging it moves the end before and the start behind.
    const target = truth.turns[1]?.start as number
    await dragBoundary(page, truth.duration, estimated[1]?.start as number, target)
    await expect.poll(async () => (await turnTimes(page))[1]?.isPinned).toBe(true)
    const dragged = await turnTimes(page)
    expect(Math.abs((dragged[1]?.start as number) - target)).toBeLessThan(0.3)
    expect(dragged[0]?.end).toBe(dragged[1]?.start)

    // Undo takes it back whole, redo brings it again.
    await page.keyboard.press('Control+z')
    await expect.poll(() => turnTimes(page)).toEqual(estimated)
    await page.keyboard.press('Control+y')
    await expect.poll(() => turnTimes(page)).toEqual(dragged)

    // The next doubtful passage is selected and loops; typing replaces it.
    await page.keyboard.press('F7')
    await expect(page.locator('.item-card [class~="snippet-mark"]')).toHaveText(mark)
    await expect(page.locator('.transport .chip[data-selected]')).toHaveCount(1)
    const playedFrom = await page.getByTestId('time').textContent()
    await expect.poll(() => page.getByTestId('time').textContent()).not.toBe(playedFrom)
    await page.keyboard.insertText(said)
    await page.keyboard.press('Escape')
    await expect(page.getByTestId('save-state')).not.toHaveClass(/is-saved/)

    // Saving changes those bytes and no others.
    await save(page)
    expect(onlyDifference(original, bytesOf(transcript))).toEqual({ before: mark, after: said })
    const sidecar = JSON.parse(readFileSync(join(folder, 'council-meeting.earmark.json'), 'utf8'))
    expect(sidecar.recording.path).toBe('council-meeting.wav')
    expect(sidecar.anchors.filter(({ origin }: { origin: string }) => origin === 'pinned')).toHaveLength(1)

    // Subtitles in both formats.
    for (const format of ['srt', 'vtt'] as const) {
      const file = join(folder, `out.${format}`)
      await answerDialogs(app, { save: file })
      await page.keyboard.press('Control+Shift+e')
      await page.locator('.dialog select').selectOption(format)
      await page.locator('.dialog .primary').click()
      await expect.poll(() => existsSync(file)).toBe(true)
      const text = readFileSync(file, 'utf8')
      expect(text).toContain('-->')
      expect(text).toContain(format === 'vtt' ? `<v ${second}>` : `${second}: `)
      // A cue may end in the middle of what was typed.
      const words = text.replace(/^\d+$|^.*-->.*$|<[^>]*>/gm, '')
      expect(words.replace(/\s/g, '')).toContain(said.replace(/\s/g, ''))
    }

    // Times before every label, in the text.
    await page.keyboard.press('Control+Shift+t')
    await page.locator('.dialog .primary').click()
    await expect(page.locator('.transcript-time').first()).toBeVisible()
    await save(page)
    const stamped = readFileSync(transcript, 'utf8')
    expect(stamped.match(/^\[\d\d:\d\d:\d\d\] /gm)).toHaveLength(6)
    expect(stamped.replace(/^\[\d\d:\d\d:\d\d\] /gm, '').replace(said, mark)).toBe(
      new TextDecoder().decode(original),
    )
    expect(errors).toEqual([])
    await close()

    // Opened again by the transcript alone, everything is in place.
    const again = await launchApp({ files: [transcript], settings })
    await waitForAnalysis(again.page)
    const reopened = await turnTimes(again.page)
    expect(reopened[1]).toMatchObject({ isPinned: true, start: dragged[1]?.start })
    await expect(again.page.getByTestId('save-state')).toHaveClass(/is-saved/)
    expect(again.errors).toEqual([])
    await again.close()
  })
}

test('keys work while typing, and bare Space types', async () => {
  const { recording, transcript } = copySample('en')
  const { page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en', theme: 'dark' },
  })
  await waitForAnalysis(page)
  await page.locator('.cm-line', { hasText: 'Thank you, Chair.' }).click()
  await page.keyboard.press('End')
  await page.keyboard.insertText('Yes')
  await page.keyboard.press('Space')
  await page.keyboard.insertText('indeed.')
  await expect(page.locator('.cm-content')).toContainText('Yes indeed.')
  const playing = () =>
    page.evaluate(() => document.querySelector('.transport-play')?.getAttribute('aria-label'))
  expect(await playing()).toBe('Play')
  await page.keyboard.press('Escape')
  await expect.poll(playing).toBe('Pause')
  await page.keyboard.press('Escape')
  await expect.poll(playing).toBe('Play')
  await page.keyboard.press('Alt+ArrowUp')
  await expect(page.locator('.transport .chip-value').first()).toHaveText('1.1×')
  // What AltGr types goes to the text, where it is reported as Ctrl and Alt too.
  const isTyped = (key: string, code: string) =>
    page.evaluate(
      (init) => document.querySelector('.cm-content')?.dispatchEvent(new KeyboardEvent('keydown', init)),
      { key, code, ctrlKey: true, altKey: true, modifierAltGraph: true, bubbles: true, cancelable: true },
    )
  expect(await isTyped('ç', 'Comma')).toBe(true)
  await page.keyboard.press('Control+k')
  await page.keyboard.insertText('rename sp')
  await expect(page.locator('.palette [aria-selected="true"]')).toContainText('Rename speaker everywhere')
  await page.keyboard.press('Escape')
  await expect(page.locator('.palette')).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect(page.locator('.cm-content')).not.toContainText('indeed.')
  await expect(page.getByTestId('save-state')).toHaveClass(/is-saved/)
  expect(errors).toEqual([])
  await close()
})

test('turns are split, merged and renamed from the keyboard, each one undo step', async () => {
  const { recording, transcript } = copySample('en')
  const { page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
  })
  await waitForAnalysis(page)
  const content = page.locator('.cm-content')
  await page.keyboard.press('Control+f')
  await page.locator('.cm-search [name="search"]').pressSequentially('There is one more')
  await page.keyboard.press('Enter')
  await page.locator('.cm-search [name="close"]').click()
  await content.focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Control+Shift+Enter')
  await page.locator('.dialog input').fill('PRIYA RAMAN')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('counts')).toContainText('7 turns')
  await expect(content).toContainText('PRIYA RAMAN: There is one more')
  await content.focus()
  await page.keyboard.press('Control+Shift+Backspace')
  await expect(page.getByTestId('counts')).toContainText('6 turns')
  await page.keyboard.press('Control+z')
  await expect(page.getByTestId('counts')).toContainText('7 turns')
  await page.keyboard.press('Control+z')
  await expect(page.getByTestId('save-state')).toHaveClass(/is-saved/)
  await page.keyboard.press('Shift+F2')
  await page.locator('.dialog input').fill('DAN OKAFOR')
  await page.keyboard.press('Enter')
  await expect(content).not.toContainText('DANIEL OKAFOR:')
  await page.keyboard.press('Control+z')
  await expect(page.getByTestId('save-state')).toHaveClass(/is-saved/)
  expect(errors).toEqual([])
  await close()
})
