import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import type { ByteSource } from '../../shared/recording/byteSource'
import { openRecording } from '../../shared/recording/openRecording'
import { wasmDecoders } from '../../shared/recording/wasmDecoders'
import { save, showEverything } from '../support/actions'
import { copySample, launchApp, waitForAnalysis } from '../support/app'
import { flacFile } from '../support/flac'
import { reachOfLane, wheel } from '../support/lanes'
import { encode, hasFfmpeg } from '../support/longSession'
import { bytesOfChannels, bytesOfWave } from '../support/wave'

const folder = () => mkdtempSync(join(tmpdir(), 'earmark-waveform-'))
const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../fixtures/recordings/${name}`, import.meta.url)))

const rate = 16_000

/** 3.5 s with a click of 5 ms at 1.5 s, and a second channel that is a tone. */
function clickAndTone(): readonly [Float32Array, Float32Array] {
  const click = new Float32Array(rate * 3.5).fill(0.6, rate * 1.5, rate * 1.505)
  const tone = click.map((_, index) => 0.4 * Math.sin((2 * Math.PI * 1000 * index) / rate))
  return [click, tone]
}

async function decoded(bytes: Uint8Array): Promise<{ samples: Float32Array; rate: number }> {
  const source: ByteSource = {
    size: bytes.length,
    read: async (offset, length) => bytes.slice(offset, offset + length),
  }
  const { chunks } = await openRecording(source, { ...wasmDecoders, openContainer: null })
  const samples: number[] = []
  let found = rate
  for await (const { channels, sampleRate } of chunks) {
    found = sampleRate
    for (const [index] of (channels[0] ?? []).entries())
      samples.push(channels.reduce((sum, channel) => sum + (channel[index] ?? 0), 0) / channels.length)
  }
  return { samples: Float32Array.from(samples), rate: found }
}

/** Where a recording's middle click passes half of the wave's height, seconds. */
async function clickIn(bytes: Uint8Array): Promise<{ time: number; rate: number }> {
  const { samples, rate: found } = await decoded(bytes)
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  const at = samples.findIndex((sample, index) => index > found && Math.abs(sample) > loudest / 2)
  return { time: at / found, rate: found }
}

async function openWith(file: string, bytes: Uint8Array | null, transcript = 'ANA: one two three.\n') {
  const place = folder()
  const recording = join(place, file)
  if (bytes) writeFileSync(recording, bytes)
  const text = join(place, 'session.txt')
  writeFileSync(text, transcript)
  const app = await launchApp({ files: [bytes ? recording : file, text], settings: { language: 'en' } })
  await waitForAnalysis(app.page)
  return { ...app, sidecar: join(place, 'session.earmark.json') }
}

/** Zooms all the way in at a time, and goes to where the wave passes half of its height there. */
async function goToClick(page: Page, time: number): Promise<void> {
  const { box, xOf } = await showEverything(page, 3.5)
  // The length that is laid out may be some hundredths off, so the click is aimed at twice.
  await wheel(page, xOf(time) - box.x, { by: -100, times: 6, isZoom: true })
  await expect.poll(async () => Math.max(...(await reachOfLane(page, 0, 1)))).toBeGreaterThan(0.8)
  const first = (await reachOfLane(page, 0, 1)).findIndex((share) => share > 0.45)
  await wheel(page, first, { by: -100, times: 14, isZoom: true })
  await expect
    .poll(async () => Math.max(...(await reachOfLane(page, 0, 1))), { timeout: 20_000 })
    .toBeGreaterThan(0.8)
  await page.waitForTimeout(300)
  const reach = await reachOfLane(page, 0, 1)
  const x = reach.findIndex((share) => share > 0.45)
  expect(reach[0]).toBeLessThan(0.45)
  await page.mouse.click(box.x + x + 0.5, box.y + box.height / 2)
}

const sampleExact: readonly (readonly [string, () => Uint8Array])[] = [
  ['click.wav', () => bytesOfChannels([clickAndTone()[0]], rate)],
  ['click.flac', () => flacFile([Int16Array.from(clickAndTone()[0], (sample) => sample * 32767)])],
  ['click.mp3', () => fixture('clicks.mp3')],
  ['click.ogg', () => fixture('clicks.ogg')],
  ['click.opus', () => fixture('clicks.opus')],
]

for (const [name, make] of sampleExact) {
  test(`deep in ${name}, a click is where its samples are`, async () => {
    const bytes = make()
    const expected = await clickIn(bytes)
    const { page, close, errors, sidecar } = await openWith(name, bytes)
    await goToClick(page, 1.5)
    await page.keyboard.press('F9')
    await save(page)
    const { anchors } = JSON.parse(readFileSync(sidecar, 'utf8')) as {
      anchors: { origin: string; time: number }[]
    }
    const pinned = anchors.find(({ origin }) => origin === 'pinned')
    const samplesOff = Math.abs((pinned?.time ?? 0) - expected.time) * expected.rate
    expect(samplesOff).toBeLessThan(2.5)
    expect(errors).toEqual([])
    await close()
  })
}

test.describe('recordings in containers', () => {
  test.skip(!hasFfmpeg, 'ffmpeg is not here to make recordings')
  for (const name of ['click.m4a']) {
    test(`deep in ${name}, a click is where it was recorded`, async () => {
      const place = folder()
      writeFileSync(join(place, 'click.wav'), bytesOfChannels([clickAndTone()[0]], rate))
      encode(join(place, 'click.wav'), join(place, name), [], ['-b:a', '96k'])
      const { page, close, errors, sidecar } = await openWith(join(place, name), null)
      await goToClick(page, 1.5)
      await page.keyboard.press('F9')
      await save(page)
      const { anchors } = JSON.parse(readFileSync(sidecar, 'utf8')) as {
        anchors: { origin: string; time: number }[]
      }
      const pinned = anchors.find(({ origin }) => origin === 'pinned')
      // The codecs smear an edge over some milliseconds.
      expect(Math.abs((pinned?.time ?? 0) - 1.5)).toBeLessThan(0.003)
      expect(errors).toEqual([])
      await close()
    })
  }
})

test('a long mp3 that two workers read has the peaks of each channel from end to end', async () => {
  test.skip(!hasFfmpeg, 'ffmpeg is not here to make recordings')
  const recording = join(folder(), 'long.mp3')
  const tones = '0.5*sin(2*PI*440*t)*gte(t,300)|0.5*sin(2*PI*440*t)*lt(t,300)'
  encode(`aevalsrc='${tones}':d=600:s=44100`, recording, ['-f', 'lavfi'], ['-b:a', '128k'])
  const { page, close, errors } = await openWith(recording, null)
  await page.keyboard.press('Control+Shift+c')
  await page.keyboard.press('Control+0')
  const isSplit = async () => {
    const upper = await reachOfLane(page, 0.02, 0.48)
    const lower = await reachOfLane(page, 0.52, 0.98)
    const half = upper.length / 2
    // The heads of the lanes and the speaker's name cover the ends.
    const [first, second] = [
      [150, half - 2],
      [half + 2, half * 2 - 90],
    ] as const
    return (
      upper.slice(...first).every((reach) => reach < 0.1) &&
      upper.slice(...second).every((reach) => reach > 0.6) &&
      lower.slice(...first).every((reach) => reach > 0.6) &&
      lower.slice(...second).every((reach) => reach < 0.1)
    )
  }
  await expect.poll(isSplit).toBe(true)
  expect(errors).toEqual([])
  await close()
})

test('workers stand back behind the thread that paints', async () => {
  test.skip(process.platform !== 'linux', 'threads have no priority of their own here')
  const { recording, transcript } = copySample('en')
  const { app, close } = await launchApp({ files: [recording, transcript] })
  const window = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  )
  const nicenessOf = (name: string) =>
    readdirSync(`/proc/${window}/task`).flatMap((thread) => {
      // Name in brackets, then the state; niceness is the seventeenth field behind the name (proc(5)).
      const [, found, fields] =
        /\((.*)\) (.*)/u.exec(readFileSync(`/proc/${window}/task/${thread}/stat`, 'utf8')) ?? []
      return found?.startsWith(name) ? [Number(fields?.split(' ')[16])] : []
    })
  await expect.poll(() => new Set(nicenessOf('DedicatedWorker'))).toEqual(new Set([10]))
  expect(nicenessOf('Compositor')).not.toContain(10)
  await close()
})

/** Listens to what the window plays from here on: the strength of a tone of 1000 Hz and of all, 0–255. */
async function listen(page: Page): Promise<() => Promise<{ tone: number; all: number }>> {
  await page.evaluate(() => {
    const connect = AudioNode.prototype.connect as (this: AudioNode, to: AudioNode) => AudioNode
    AudioNode.prototype.connect = function (this: AudioNode, to: AudioNode, ...more: number[]) {
      if (to instanceof AudioDestinationNode) {
        const analyser = new AnalyserNode(this.context, { fftSize: 2048, smoothingTimeConstant: 0 })
        connect.call(this, analyser)
        Object.assign(window, { heard: analyser })
      }
      return Reflect.apply(connect, this, [to, ...more])
    } as typeof AudioNode.prototype.connect
  })
  return () =>
    page.evaluate(() => {
      const { heard } = window as unknown as { heard?: AnalyserNode }
      if (!heard) return { tone: 0, all: 0 }
      const strengths = new Uint8Array(heard.frequencyBinCount)
      heard.getByteFrequencyData(strengths)
      const bin = Math.round(1000 / (heard.context.sampleRate / heard.fftSize))
      return { tone: strengths[bin] as number, all: Math.max(...strengths) }
    })
}

test('each channel is shown with its name, and can be heard alone and muted', async () => {
  const seconds = 60
  // The left channel is silent but for its second half; a tone is on the right one throughout.
  const left = new Float32Array(rate * seconds).map((_, index) =>
    index < (rate * seconds) / 2 ? 0 : 0.5 * Math.sin(index * 1.1),
  )
  const right = left.map((_, index) => 0.4 * Math.sin((2 * Math.PI * 1000 * index) / rate))
  const { page, close, errors, userData } = await openWith('stereo.wav', bytesOfChannels([left, right], rate))
  const heads = page.locator('.lane-head')
  await expect(heads).toHaveCount(0)
  await page.getByRole('button', { name: 'Channels', exact: true }).click()
  await expect(heads).toHaveText(['L', 'R'])
  await page.keyboard.press('Control+0')
  await expect
    .poll(async () => (await reachOfLane(page, 0.02, 0.48)).slice(20, 500).every((reach) => reach < 0.1))
    .toBe(true)
  const upper = await reachOfLane(page, 0.02, 0.48)
  const lower = await reachOfLane(page, 0.52, 0.98)
  const { length } = upper
  expect(Math.min(...upper.slice(length * 0.55, length * 0.9))).toBeGreaterThan(0.5)
  expect(Math.min(...lower.slice(20, length * 0.9))).toBeGreaterThan(0.4)

  const hear = await listen(page)
  await page.keyboard.press('Escape')
  const solo = (name: string) => page.getByRole('button', { name: `Hear only channel ${name}` })
  await solo('R').click()
  await expect.poll(async () => (await hear()).tone).toBeGreaterThan(150)
  await solo('R').click()
  await page.getByRole('button', { name: 'Mute channel R' }).click()
  await expect.poll(async () => (await hear()).all).toBe(0)
  await page.getByRole('button', { name: 'Mute channel R' }).click()
  await expect.poll(async () => (await hear()).tone).toBeGreaterThan(150)
  // By keys: the left one, the right one, all.
  await page.keyboard.press('Shift+F6')
  await expect.poll(async () => (await hear()).all).toBe(0)
  await page.keyboard.press('Shift+F6')
  await expect.poll(async () => (await hear()).tone).toBeGreaterThan(150)
  await expect(solo('R')).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+w')
  await expect(page.locator('.start-recent')).toBeVisible()
  expect(errors).toEqual([])
  await close()

  // The cache knows the channels, too; and they are shown as they were left.
  const again = await launchApp({ userData, settings: { language: 'en' } })
  await again.page.locator('.start-recent button').first().click()
  await waitForAnalysis(again.page)
  await expect(again.page.locator('.lane-head')).toHaveText(['L', 'R'])
  await expect(again.page.getByRole('button', { name: 'Hear only channel R' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await again.page.keyboard.press('Control+Shift+c')
  await expect(again.page.locator('.lane-head')).toHaveCount(0)
  expect(again.errors).toEqual([])
  await again.close()
})

test('a recording of one channel has nothing to tell apart', async () => {
  const { page, close } = await openWith('mono.wav', bytesOfChannels([clickAndTone()[1]], rate))
  await expect(page.getByRole('button', { name: 'Spectrogram' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Channels', exact: true })).toHaveCount(0)
  await page.keyboard.press('Control+Shift+c')
  await expect(page.locator('.lane-head')).toHaveCount(0)
  await close()
})

test('the spectrogram of what is in view is a key away, and too wide a view says so', async () => {
  const tone = new Float32Array(rate * 400).map(
    (_, index) => 0.4 * Math.sin((2 * Math.PI * 4000 * index) / rate),
  )
  const { page, close, errors } = await openWith('tone.wav', bytesOfChannels([tone], rate))
  await page.keyboard.press('Control+Shift+p')
  // 4 kHz is the middle of what is shown.
  const middle = async () => {
    const reach = await reachOfLane(page, 0.56, 1, 300)
    return reach.slice(200, 1000).every((share) => share > 0 && share < 0.2)
  }
  await expect(page.locator('.lane-note')).toHaveCount(0)
  await expect.poll(middle).toBe(true)
  await page.keyboard.press('Control+0')
  await expect(page.locator('.lane-note')).toContainText('Zoom in to 3 minutes or less')
  await page.keyboard.press('Control+=')
  await page.keyboard.press('Control+=')
  await page.keyboard.press('Control+=')
  await expect(page.locator('.lane-note')).toHaveCount(0)
  await page.keyboard.press('Control+Shift+p')
  // The wave has the whole height again.
  await expect
    .poll(async () => (await reachOfLane(page, 0, 1)).slice(200, 1000).every((share) => share > 0.8))
    .toBe(true)
  expect(errors).toEqual([])
  await close()
})

test('the wheel zooms where the pointer is, and with Shift scrolls', async () => {
  const { page, close, errors } = await openWith('tone.wav', bytesOfWave(600 * 8000))
  const labelAt = (x: number) => page.locator('.waveform-layer').click({ position: { x, y: 150 } })
  const time = async () => (await page.getByTestId('time').textContent()) ?? ''
  await page.keyboard.press('Control+0')
  await labelAt(900)
  const before = Number((await time()).slice(3, 5)) * 60 + Number((await time()).slice(6, 12))
  await wheel(page, 900, { by: -100, times: 9, isZoom: true })
  await page.waitForTimeout(200)
  await labelAt(900)
  const after = Number((await time()).slice(3, 5)) * 60 + Number((await time()).slice(6, 12))
  expect(Math.abs(after - before)).toBeLessThan(0.3)
  await wheel(page, 900, { by: 300, times: 2 })
  await page.waitForTimeout(200)
  await labelAt(900)
  const scrolled = Number((await time()).slice(3, 5)) * 60 + Number((await time()).slice(6, 12))
  expect(scrolled).toBeGreaterThan(after + 1)
  expect(errors).toEqual([])
  await close()
})

test('the transport shows all of each control, down to the smallest window, also while it aligns', async () => {
  const { recording, transcript } = copySample('en')
  const mono = readFileSync(recording)
  const samples = Float32Array.from(
    { length: (mono.length - 44) >> 1 },
    (_, index) => mono.readInt16LE(44 + index * 2) / 32768,
  )
  writeFileSync(recording, bytesOfChannels([samples, samples], mono.readUInt32LE(24)))
  const { app, page, close, errors } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
  })
  await waitForAnalysis(page)
  const cutOff = () =>
    page.evaluate(() => {
      const bar = document.querySelector('.transport') as HTMLElement
      const { right } = bar.getBoundingClientRect()
      return [...bar.querySelectorAll<HTMLElement>(':scope > :not(.spring)')]
        .filter((part) => part.offsetWidth > 0)
        .filter(
          (part) => part.scrollWidth > part.clientWidth + 1 || part.getBoundingClientRect().right > right,
        )
        .map((part) => part.textContent)
    })
  for (const width of [1280, 1160, 960]) {
    await app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size, 700),
      width,
    )
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width)
    expect(await cutOff(), `${width}`).toEqual([])
    await page.keyboard.press('Control+Shift+a')
    const running = page.getByRole('button', { name: /^Aligning/ })
    await expect(running).toBeVisible()
    expect(await cutOff(), `${width}, aligning`).toEqual([])
    await running.click()
    await expect(running).toHaveCount(0)
  }
  expect(errors).toEqual([])
  await close()
})
