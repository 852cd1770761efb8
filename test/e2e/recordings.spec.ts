import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { writeAudiowaveformDat } from '../../shared/recording/audiowaveformDat'
import { drop, save } from '../support/actions'
import { answerDialogs, copySample, launchApp, waitForAnalysis } from '../support/app'
import { overviewShown } from '../support/overview'
import { bytesOfWave } from '../support/wave'

const mp3 = readFileSync(new URL('../fixtures/recordings/half-silent.mp3', import.meta.url))
const folder = () => mkdtempSync(join(tmpdir(), 'earmark-recordings-'))

async function typeAndSave(page: Page, transcript: string): Promise<void> {
  await page.locator('.cm-line', { hasText: 'Thank you, Chair.' }).click()
  await page.keyboard.insertText('Well. ')
  await save(page)
  expect(readFileSync(transcript, 'utf8')).toContain('Well. ')
}

async function run(page: Page, command: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.insertText(command)
  await page.keyboard.press('Enter')
}

test('an mp3 that is cut off says so, and is used as far as it goes', async () => {
  const { transcript } = copySample('en')
  const recording = join(dirname(transcript), 'cut.mp3')
  writeFileSync(recording, mp3.subarray(0, Math.floor(mp3.length * 0.8)))
  const { page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
  })
  await waitForAnalysis(page)
  await expect(page.getByTestId('notice').first()).toContainText('cut.mp3 is damaged or cut short')
  await expect(page.locator('.transport-time small')).toHaveText(/0:00:1[567]/)
  await typeAndSave(page, transcript)
  expect(errors).toEqual([])
  await close()
})

test('a wav that is cut off says so, and is aligned as far as it goes', async () => {
  const { recording, transcript } = copySample('en')
  const bytes = readFileSync(recording)
  writeFileSync(recording, bytes.subarray(0, Math.floor(bytes.length * 0.8)))
  const { page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
  })
  await waitForAnalysis(page)
  await expect(page.getByTestId('notice').first()).toContainText(
    'council-meeting.wav is damaged or cut short',
  )
  await page.keyboard.press('Control+Shift+a')
  await expect(page.getByTestId('notice').filter({ hasText: /\d of 6 turns found/ })).toBeVisible({
    timeout: 60_000,
  })
  expect(errors).toEqual([])
  await close()
})

test('an mp3 behind ten megabytes of cover art opens', async () => {
  const art = 10 * 1024 * 1024
  const head = Buffer.alloc(10)
  head.write('ID3', 0)
  head[3] = 3
  for (let index = 0; index < 4; index++) head[6 + index] = (art >> (7 * (3 - index))) & 127
  const picture = Buffer.alloc(art, Uint8Array.of(0xff, 0xfb, 0x90, 0x00, 0x13, 0x37))
  const recording = join(folder(), 'art.mp3')
  // The fixture's own tag is left away.
  const own = mp3.toString('latin1', 0, 3) === 'ID3' ? 10 + (mp3[9] as number) + ((mp3[8] as number) << 7) : 0
  writeFileSync(recording, Buffer.concat([head, picture, mp3.subarray(own)]))
  const { page, close, errors } = await launchApp({ files: [recording], settings: { language: 'en' } })
  await waitForAnalysis(page)
  await expect(page.locator('.transport-time small')).toHaveText(/0:00:20/)
  await expect(page.getByTestId('notice')).toHaveCount(0)
  // There is nothing to align yet.
  await expect(page.getByRole('button', { name: 'Align', exact: true })).toBeDisabled()
  expect(errors).toEqual([])
  await close()
})

test('zeros called mp3 get a message', async () => {
  const recording = join(folder(), 'zeros.mp3')
  writeFileSync(recording, new Uint8Array(300_000))
  const { page, close } = await launchApp({ files: [recording], settings: { language: 'en' } })
  await expect(page.getByTestId('notice').first()).toContainText('zeros.mp3 is not a recording')
  await close()
})

test('what is no recording, is empty or has a codec of its own is named in Chinese; what was open stays open', async () => {
  const { recording, transcript } = copySample('en')
  const bad = join(dirname(transcript), 'bad')
  mkdirSync(bad)
  const files: readonly (readonly [name: string, bytes: Uint8Array, said: RegExp])[] = [
    ['text.mp3', Buffer.from('The meeting came to order at ten.\n'.repeat(5000)), /text\.mp3.*不是录音/s],
    ['zeros.mp3', new Uint8Array(300_000), /zeros\.mp3.*不是录音/s],
    ['empty.mp3', new Uint8Array(), /empty\.mp3.*是空文件/s],
    ['broken-off.m4a', brokenOff(), /broken-off\.m4a.*没有写完/s],
    ['old.wav', adpcm(), /old\.wav.*Microsoft ADPCM/s],
  ]
  for (const [name, bytes] of files) writeFileSync(join(bad, name), bytes)
  const { app, page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'zh' },
  })
  await waitForAnalysis(page)
  for (const [name, , said] of files) {
    await answerDialogs(app, { open: [join(bad, name)] })
    await page.keyboard.press('Control+o')
    await expect(page.getByTestId('notice').filter({ hasText: name })).toHaveText(said)
    await waitForAnalysis(page)
    await expect(page.locator('header')).toContainText('council-meeting.wav')
  }
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByTestId('time').textContent()).not.toContain('00:00:00.000')
  await page.keyboard.press('Escape')
  await typeAndSave(page, transcript)
  expect(errors).toEqual([])
  await close()
})

/** An MPEG-4 file whose recorder came to no end. */
function brokenOff(): Uint8Array {
  const box = (name: string, size: number) => {
    const bytes = Buffer.alloc(size)
    bytes.writeUInt32BE(size)
    bytes.write(name, 4, 'latin1')
    return bytes
  }
  return Buffer.concat([box('ftyp', 24), box('mdat', 90_000)])
}

/** A WAV file whose header tells of a codec that nothing here decodes. */
function adpcm(): Uint8Array {
  const bytes = Buffer.from(bytesOfWave(4000))
  bytes.writeUInt16LE(2, 20)
  return bytes
}

test('a recording whose disk is unplugged while it plays says so, and plays again when it is back', async () => {
  const { transcript } = copySample('en')
  const disk = join(dirname(transcript), 'disk')
  mkdirSync(disk)
  const recording = join(disk, 'long.wav')
  writeFileSync(recording, bytesOfWave(3600 * 8000))
  const { page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
  })
  await waitForAnalysis(page)
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByTestId('time').textContent()).not.toContain('00:00:00.000')
  renameSync(disk, `${disk}-gone`)
  await page.locator('.overview').click({ position: { x: 900, y: 20 } })
  await expect(page.getByTestId('notice').first()).toContainText('cannot be played')
  await typeAndSave(page, transcript)
  renameSync(`${disk}-gone`, disk)
  await page.locator('.overview').click({ position: { x: 600, y: 20 } })
  const stopped = await page.getByTestId('time').textContent()
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByTestId('time').textContent()).not.toBe(stopped)
  expect(errors.filter((error) => !error.includes('404'))).toEqual([])
  await close()
})

test('a recording of five samples takes the place of the one before it', async () => {
  const { recording, transcript } = copySample('en')
  const short = join(dirname(transcript), 'short.wav')
  writeFileSync(short, bytesOfWave(5))
  const { page, close, errors } = await launchApp({ files: [recording], settings: { language: 'en' } })
  await waitForAnalysis(page)
  // Whether the last pixels of what is in view are all alike.
  const isBlank = () =>
    page.evaluate(() => {
      const canvas = [...document.querySelectorAll<HTMLCanvasElement>('.waveform-lanes canvas')].at(-1)
      const context = canvas?.getContext('2d')
      if (!canvas || !context || canvas.width === 0) return null
      const { data } = context.getImageData(canvas.width - 100, 0, 100, canvas.height)
      return new Uint32Array(data.buffer).every((pixel, _, all) => pixel === all[0])
    })
  await expect.poll(isBlank).toBe(false)
  await drop(page, short)
  await expect(page.locator('.header')).toContainText('short.wav')
  await expect.poll(isBlank).toBe(true)
  expect(errors).toEqual([])
  await close()
})

test('a recording that is deleted while it plays says so; the text is saved as ever', async () => {
  const { transcript } = copySample('en')
  // An hour, of which the player cannot have all in advance.
  const recording = join(dirname(transcript), 'long.wav')
  writeFileSync(recording, bytesOfWave(3600 * 8000))
  const { page, close } = await launchApp({ files: [recording, transcript], settings: { language: 'en' } })
  await waitForAnalysis(page)
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByTestId('time').textContent()).not.toContain('00:00:00.000')
  rmSync(recording)
  await page.locator('.overview').click({ position: { x: 1000, y: 20 } })
  await expect(page.getByTestId('notice').first()).toContainText('cannot be played')
  await typeAndSave(page, transcript)
  await close()
})

test('a recording that was replaced since the session was made is named; times and text stay', async () => {
  const { recording, transcript } = copySample('en')
  const first = await launchApp({ files: [recording, transcript], settings: { language: 'en' } })
  await waitForAnalysis(first.page)
  await typeAndSave(first.page, transcript)
  await first.close()
  const samples = readFileSync(recording)
  const longer = Buffer.concat([samples, samples.subarray(44)])
  longer.writeUInt32LE(longer.length - 8, 4)
  longer.writeUInt32LE(longer.length - 44, 40)
  writeFileSync(recording, longer)
  const { page, close, errors } = await launchApp({ files: [transcript], settings: { language: 'en' } })
  await expect(page.getByTestId('notice').first()).toContainText('is not the one the times were made for')
  await waitForAnalysis(page)
  await expect(page.locator('.transport-time small')).toHaveText(/0:05:0/)
  await expect(page.getByTestId('counts')).toContainText('6 turns')
  await expect(page.locator('.cm-content')).toContainText('Well. ')
  expect(errors).toEqual([])
  await close()
})

test('waveform data of audiowaveform is shown, of another length refused, and what is none named', async () => {
  const recording = join(folder(), 'tone.wav')
  // Long enough for the part in view to be little of it.
  writeFileSync(recording, bytesOfWave(200 * 8000))
  const { app, page, close, errors } = await launchApp({ files: [recording], settings: { language: 'en' } })
  await waitForAnalysis(page)
  await expect.poll(() => page.evaluate(overviewShown)).toBeGreaterThan(95)
  const dat = (seconds: number) =>
    writeAudiowaveformDat({
      version: 2,
      bits: 16,
      sampleRate: 8000,
      samplesPerPixel: 80,
      channels: 1,
      // A tone in the first half, nothing in the second.
      values: Int16Array.from({ length: seconds * 200 }, (_, index) =>
        index < seconds * 100 ? (index % 2 === 0 ? -9000 : 9000) : 0,
      ),
    })
  const other = join(folder(), 'other.dat')
  await answerDialogs(app, { open: [other] })

  writeFileSync(other, dat(310))
  await run(page, 'Open waveform data')
  await expect(page.getByTestId('notice').first()).toContainText('belongs to another recording')
  expect(await page.evaluate(overviewShown)).toBeGreaterThan(95)

  writeFileSync(other, 'The meeting came to order.')
  await run(page, 'Open waveform data')
  await expect(page.getByTestId('notice').first()).toContainText('is no waveform data')

  writeFileSync(other, dat(200))
  await run(page, 'Open waveform data')
  await expect.poll(() => page.evaluate(overviewShown)).toBeLessThan(55)
  expect(await page.evaluate(overviewShown)).toBeGreaterThan(45)
  expect(errors).toEqual([])
  await close()
})
