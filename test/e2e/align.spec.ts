import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Truth } from '../../electron/dev/sample'
import { turnTimes } from '../support/actions'
import { copySample, launchApp, packaged, samples, waitForAnalysis } from '../support/app'
import { hasFfmpeg } from '../support/longSession'

const root = join(packaged, '../..')

for (const language of ['en', 'zh'] as const) {
  test(`the ${language} sample finds its own place in its recording`, async () => {
    const { recording, transcript } = copySample(language)
    const truth = JSON.parse(readFileSync(join(samples, language, 'truth.json'), 'utf8')) as Truth
    const { page, close, errors } = await launchApp({
      files: [recording, transcript],
      settings: { language: 'en' },
    })
    await waitForAnalysis(page)
    // A transcript without times is offered to be aligned; one with times is not.
    const offer = page.getByTestId('align-offer')
    await offer.getByRole('button').click()
    await expect(page.getByTestId('notice').first()).toContainText(/6 of 6 turns found/, { timeout: 60_000 })
    await expect(offer).toHaveCount(0)
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

test('before the text is compared with the recording nothing is said of whether they agree', async () => {
  const { recording, transcript } = copySample('en')
  // Nothing in it is marked.
  writeFileSync(transcript, 'ANA: Good evening and welcome.\n\nBO: Thank you all for coming.\n')
  const { page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
  })
  await waitForAnalysis(page)
  await expect(page.getByTestId('align-offer')).toBeVisible()
  await expect(page.getByTestId('nothing-to-review')).toHaveText(
    /^The text by itself .*once the two are aligned/,
  )
  expect(errors).toEqual([])
  await close()
})

function alignOnCommandLine(recording: string, transcript: string) {
  const isRoot = process.getuid?.() === 0
  return spawnSync(
    join(packaged, 'earmark'),
    [...(isRoot ? ['--no-sandbox'] : []), 'align', recording, transcript, '--json'],
    { encoding: 'utf8', timeout: 80_000, maxBuffer: 2 ** 26 },
  )
}

test('the packaged app aligns on the command line', () => {
  const { recording, transcript } = copySample('en')
  const truth = JSON.parse(readFileSync(join(samples, 'en', 'truth.json'), 'utf8')) as Truth
  const { status, stdout, stderr } = alignOnCommandLine(recording, transcript)
  expect(status, stderr).toBe(0)
  expect(stderr).not.toContain('in the thread that aligns')
  const { turns } = JSON.parse(stdout) as { turns: { start: number | null }[] }
  expect(turns).toHaveLength(6)
  for (const [index, { start }] of turns.entries())
    expect(Math.abs((start as number) - (truth.turns[index]?.start as number))).toBeLessThan(0.3)
})

test('what only a window decodes is aligned by the packaged app, and by the command line of the sources through it', () => {
  test.skip(!hasFfmpeg, 'ffmpeg is not here to make recordings')
  const { recording, transcript } = copySample('en')
  const truth = JSON.parse(readFileSync(join(samples, 'en', 'truth.json'), 'utf8')) as Truth
  const m4a = recording.replace(/wav$/u, 'm4a')
  expect(spawnSync('ffmpeg', ['-v', 'error', '-i', recording, '-codec:a', 'aac', m4a]).status).toBe(0)
  const bySources = spawnSync(
    'node',
    [join(root, 'electron/dev/cli.mjs'), 'align', m4a, transcript, '--json'],
    { encoding: 'utf8', timeout: 80_000, maxBuffer: 2 ** 26 },
  )
  for (const { status, stdout, stderr } of [alignOnCommandLine(m4a, transcript), bySources]) {
    expect(status, stderr).toBe(0)
    const { turns } = JSON.parse(stdout) as { turns: { start: number | null }[] }
    for (const [index, { start }] of turns.entries())
      expect(Math.abs((start as number) - (truth.turns[index]?.start as number))).toBeLessThan(0.3)
  }
})

test('the text of another meeting is refused on the command line', () => {
  const { status, stdout, stderr } = alignOnCommandLine(
    copySample('zh').recording,
    copySample('en').transcript,
  )
  expect(status).toBe(1)
  expect(stderr).toContain('does not seem to belong')
  const { turns, refused } = JSON.parse(stdout) as { turns: { start: number | null }[]; refused: string }
  expect(refused).toBe('foreignText')
  expect(turns.map(({ start }) => start)).toEqual([null, null, null, null, null, null])
})

test('aligning can be stopped, and a text of another language is refused', async () => {
  const { recording, transcript } = copySample('en')
  const { page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
  })
  await waitForAnalysis(page)
  const before = await turnTimes(page)
  await page.keyboard.press('Control+Shift+a')
  await page.getByRole('button', { name: /^Aligning/ }).click()
  await expect(page.getByRole('button', { name: 'Align', exact: true })).toBeEnabled()
  await page.waitForTimeout(1500)
  expect(await turnTimes(page)).toEqual(before)
  expect(errors).toEqual([])
  await close()

  const foreign = await launchApp({
    files: [recording, copySample('zh').transcript],
    settings: { language: 'en' },
  })
  try {
    await waitForAnalysis(foreign.page)
    await foreign.page.keyboard.press('Control+Shift+a')
    const notice = foreign.page.getByTestId('notice')
    await expect(notice.first()).toContainText('does not seem to belong', { timeout: 60_000 })
    // It is about this session and goes with it.
    await foreign.page.keyboard.press('Control+w')
    await expect(notice).toHaveCount(0)
  } finally {
    await foreign.close()
  }
})
