import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import type { Truth } from '../../electron/dev/sample'
import { spokenText } from '../../shared/transcript/paragraphs'
import { parseTranscript } from '../../shared/transcript/parseTranscript'
import { drop, save, turnTimes } from '../support/actions'
import { copySample, launchApp, samples, waitForAnalysis } from '../support/app'

const folder = mkdtempSync(join(tmpdir(), 'earmark-imported-'))
const truth = JSON.parse(readFileSync(join(samples, 'en/truth.json'), 'utf8')) as Truth
const transcript = readFileSync(join(samples, 'en/council-meeting.txt'), 'utf8')
const marks = (
  JSON.parse(readFileSync(join(samples, '../../assets/sample/en/spoken.json'), 'utf8')) as {
    marks: Record<string, string>
  }
).marks
const [mark = '', behindMark = ''] = Object.entries(marks)[0] ?? []

/** What a recogniser would write of the sample: a segment for each turn, its words sharing the time. */
function heardSegments() {
  return parseTranscript(transcript).turns.map((turn, k) => {
    const { start, end } = truth.turns[k] as Truth['turns'][number]
    const words = spokenText(transcript, turn).replace(mark, behindMark).toLowerCase().split(/\s+/u)
    const length = (end - start) / words.length
    return {
      start,
      end,
      text: words.join(' '),
      words: words.map((word, index) => ({
        word: ` ${word}`,
        start: start + index * length,
        end: start + (index + 0.9) * length,
      })),
    }
  })
}

const whisper = join(folder, 'council.json')
writeFileSync(whisper, JSON.stringify({ segments: heardSegments() }))

function stamp(seconds: number): string {
  return `00:0${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(3).padStart(6, '0').replace('.', ',')}`
}
const subtitles = join(folder, 'council.srt')
writeFileSync(
  subtitles,
  heardSegments()
    .map(({ start, end, text }, k) => `${k + 1}\n${stamp(start)} --> ${stamp(end)}\n${text}\n`)
    .join('\n'),
)

async function expectTrueStarts(page: Page): Promise<void> {
  for (const [index, { start }] of (await turnTimes(page)).entries())
    expect(Math.abs(start - (truth.turns[index]?.start as number)), `turn ${index}`).toBeLessThan(0.05)
}

test('a recogniser’s words dropped on the window time the transcript, and what it heard is offered', async () => {
  const { recording, transcript: path } = copySample('en')
  const { page, close, errors } = await launchApp({ files: [recording, path], settings: { language: 'en' } })
  await waitForAnalysis(page)
  const estimated = await turnTimes(page)
  await drop(page, whisper)
  const notice = page.getByTestId('notice').first()
  await expect(notice).toContainText('Times taken (Whisper): 6 turns placed, 0 in doubt, 0 not placed')
  await expect(notice).toContainText('1 inaudible passage')
  await expectTrueStarts(page)

  // The suggestion is shown beside the mark, and written only when it is accepted.
  const text = page.locator('.cm-content')
  await page.keyboard.press('F7')
  await expect(page.getByTestId('suggestion')).toContainText('The recogniser has here')
  await expect(page.getByTestId('suggestion').locator('b')).toHaveText(behindMark.toLowerCase())
  await expect(text).toContainText(mark)
  await page.keyboard.press('Control+F8')
  await expect(text).not.toContainText(mark)
  await expect(text).toContainText(behindMark.toLowerCase())
  await text.press('Control+z')
  await expect(text).toContainText(mark)

  // The import itself is the step before.
  await text.press('Control+z')
  await expect.poll(() => turnTimes(page)).toEqual(estimated)
  expect(errors).toEqual([])
  await close()
})

test('a word that is asked for while a passage loops is heard, and the loop ends', async () => {
  const { recording, transcript: path } = copySample('en')
  const { page, close, errors } = await launchApp({ files: [recording, path], settings: { language: 'en' } })
  await waitForAnalysis(page)
  await drop(page, whisper)
  await expect(page.getByTestId('notice').first()).toContainText('Times taken')
  const loop = page.getByRole('button', { name: 'Loop', exact: true })
  await page.keyboard.press('F7')
  await expect(loop).toHaveAttribute('aria-pressed', 'true')
  const last = page.locator('.turn-list [role="option"]').last()
  const [, minutes = '0', seconds = '0'] = /(\d\d):(\d\d\.\d\d)/.exec((await last.textContent()) ?? '') ?? []
  const line = page.locator('.cm-line', { hasText: 'CHAIR MARGARET HOLLIS:' }).last()
  await line.scrollIntoViewIfNeeded()
  const box = await line.boundingBox()
  await line.click({ modifiers: ['Control'], position: { x: (box?.width ?? 600) * 0.6, y: 12 } })
  await expect(loop).toHaveAttribute('aria-pressed', 'false')
  const time = async () => {
    const [, m = '0', s = '0'] =
      /(\d\d):(\d\d\.\d)/.exec((await page.getByTestId('time').textContent()) ?? '') ?? []
    return Number(m) * 60 + Number(s)
  }
  await expect.poll(time).toBeGreaterThan(Number(minutes) * 60 + Number(seconds) - 0.1)
  expect(errors).toEqual([])
  await close()
})

test('recording, transcript and words opened together are one session; aligning keeps both', async () => {
  const { recording, transcript: path } = copySample('en')
  const { page, close, errors } = await launchApp({
    files: [recording, whisper, path],
    settings: { language: 'en' },
  })
  await expect(page.getByTestId('notice').first()).toContainText('6 turns placed')
  await expect(page.getByTestId('counts')).toContainText('6 turns')
  await waitForAnalysis(page)
  await expectTrueStarts(page)
  await page.keyboard.press('Control+Shift+a')
  await expect(page.getByTestId('notice').first()).toContainText(/6 of 6 turns found/, {
    timeout: 60_000,
  })
  await page.locator('[data-kind=inaudible]').getByRole('button').first().click()
  await expect(page.getByTestId('suggestion')).toBeVisible()
  expect(errors).toEqual([])
  await close()
})

test('subtitles beside an open transcript are asked about, and bad files are named', async () => {
  const { recording, transcript: path } = copySample('en')
  const { page, close, errors } = await launchApp({ files: [recording, path], settings: { language: 'en' } })
  await waitForAnalysis(page)
  await drop(page, subtitles)
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('council.srt')
  await dialog.getByRole('button', { name: 'Take their times' }).click()
  await expect(page.getByTestId('notice').first()).toContainText('Times taken (SRT): 6 turns placed')
  await expectTrueStarts(page)

  const broken = join(folder, 'broken.json')
  writeFileSync(broken, '{"segments": [{"start": 1, "end": 2, "text": "a"}, {"start": "x", "text": "b"}]}')
  await drop(page, broken)
  await expect(page.getByTestId('notice').last()).toContainText('segments.1.start')
  const foreign = join(folder, 'foreign.json')
  const words = 'der Ausschuss tritt morgen wieder zusammen und berät über neue Anträge'.split(' ')
  writeFileSync(foreign, JSON.stringify(words.map((word, k) => ({ word, start: k, end: k + 1 }))))
  await drop(page, foreign)
  await expect(page.getByTestId('notice').last()).toContainText('are not those of this transcript')
  await expectTrueStarts(page)
  await expect(page.getByTestId('counts')).toContainText('6 turns')
  expect(errors).toEqual([])
  await close()
})

test('the words’ times and what was heard at a mark survive a crash, and are there after saving', async () => {
  const { recording, transcript: path } = copySample('en')
  const first = await launchApp({ files: [recording, path], settings: { language: 'en' } })
  await waitForAnalysis(first.page)
  await drop(first.page, whisper)
  await expect(first.page.getByTestId('notice').first()).toContainText('1 inaudible passage')
  const journal = join(first.userData, 'journal')
  const isJournalled = () =>
    existsSync(journal) &&
    readdirSync(journal).some((name) => readFileSync(join(journal, name), 'utf8').includes('"words"'))
  await expect.poll(isJournalled).toBe(true)
  await first.close()
  expect(existsSync(path.replace('.txt', '.earmark.json'))).toBe(false)

  const second = await launchApp({ files: [recording, path], userData: first.userData })
  await second.page.getByRole('dialog').getByRole('button', { name: 'Restore it' }).click()
  await waitForAnalysis(second.page)
  await expectTrueStarts(second.page)
  await save(second.page)
  const kept = JSON.parse(readFileSync(path.replace('.txt', '.earmark.json'), 'utf8'))
  expect(kept.words.turns).toHaveLength(6)
  expect(kept.suggestions).toHaveLength(1)
  await second.close()

  const third = await launchApp({ files: [recording, path], userData: first.userData })
  await waitForAnalysis(third.page)
  await third.page.locator('.cm-content').click()
  await third.page.keyboard.press('F7')
  await expect(third.page.getByTestId('suggestion')).toContainText('The recogniser has here')
  await third.close()
})

test('of subtitles opened as a transcript it is said that their times stay as they are, and a save keeps them', async () => {
  const { recording, folder: own } = copySample('en')
  const path = join(own, 'meeting.srt')
  const written = readFileSync(subtitles, 'utf8')
  writeFileSync(path, written)
  const { page, close, errors } = await launchApp({ files: [recording, path], settings: { language: 'en' } })
  await waitForAnalysis(page)
  const notice = page.getByTestId('notice').filter({ hasText: 'meeting.srt holds subtitles' })
  await expect(notice).toContainText('The times written in the file stay as they are')
  await page.locator('.cm-content').press('Control+Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.type('Well, ')
  await save(page)
  expect(readFileSync(path, 'utf8')).toBe(
    written.replace(/good evening, everyone/iu, (said) => `Well, ${said}`),
  )
  await notice.getByRole('button', { name: 'Export subtitles' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(errors).toEqual([])
  await close()
})

test('subtitles in which nobody is named are a turn each, with their times, and a correction changes nothing else', async () => {
  const { recording, folder: own } = copySample('en')
  const path = join(own, 'lines.srt')
  const written =
    '1\r\n00:00:01,000 --> 00:00:02,500\r\nGood evening, everybody,\r\nand welcome.\r\n\r\n' +
    '2\r\n00:00:02,500 --> 00:00:04,000\r\nThis is the council.\r\n\r\n' +
    '3\r\n00:00:06,000 --> 00:00:08,000\r\nWe begin.\r\n'
  writeFileSync(path, written)
  const { page, close, errors } = await launchApp({ files: [recording, path], settings: { language: 'en' } })
  await waitForAnalysis(page)
  await expect(page.getByTestId('counts')).toContainText('3 turns')
  const times = await turnTimes(page)
  expect(times.map(({ start, end }) => [start, end])).toEqual([
    [1, 2.5],
    [2.5, 4],
    [6, 8],
  ])
  // It has times: nothing is offered.
  await expect(page.getByTestId('align-offer')).toHaveCount(0)
  await page.locator('.cm-line', { hasText: 'We begin' }).click()
  await page.keyboard.press('End')
  await page.keyboard.type(' Now.')
  await save(page)
  expect(readFileSync(path, 'utf8')).toBe(written.replace('We begin.', 'We begin. Now.'))
  expect(errors).toEqual([])
  await close()
})
