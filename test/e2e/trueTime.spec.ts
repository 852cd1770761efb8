import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { readKept } from '../../renderer/workers/keptAnalysis'
import { peaksPerSecond } from '../../shared/recording/peaks'
import { answerDialogs, launchApp, type RunningApp, waitForAnalysis } from '../support/app'
import { clickTrack } from '../support/clicks'
import { clicksByFfmpeg, findPlayer, type Heard, hearClick, playToTheEnd } from '../support/hearing'
import { encode, hasFfmpeg } from '../support/longSession'

test.skip(!hasFfmpeg, 'ffmpeg is not here to make recordings')

/** Seconds that picture, sound and playhead may differ by. */
const tolerance = 0.02

/** Seconds before a click that the player is sent to. */
const ahead = 0.7

const checksumLength = 32

/** Where the picture of the recording that was analysed last has its clicks, seconds. */
function clicksInPicture(userData: string): readonly number[] {
  const folder = join(userData, 'peaks')
  const [newest] = readdirSync(folder)
    .map((name) => join(folder, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  const kept = readKept(new Uint8Array(readFileSync(newest as string).subarray(checksumLength)))
  const pairs = kept?.peaks.finest() ?? new Int8Array()
  const clicks: number[] = []
  for (let slice = 0; slice < pairs.length / 2; slice++) {
    const time = slice / peaksPerSecond
    if ((pairs[slice * 2 + 1] as number) > 60 && time - (clicks.at(-1) ?? -9) > 5) clicks.push(time)
  }
  return clicks
}

function nearest(times: readonly number[], time: number): number {
  return times.reduce((best, each) => (Math.abs(each - time) < Math.abs(best - time) ? each : best), -9)
}

/** What is heard after a jump to shortly before `click`; again where some of the sound was lost on the way to us. */
async function hearAround(page: Page, click: number): Promise<Heard> {
  for (let attempt = 0; attempt < 40; attempt++) {
    const heard = await hearClick(page, click - ahead)
    if (heard) return heard
  }
  throw new Error(`no click was heard around ${click} s`)
}

/** Proves that picture, playhead and sound have the clicks nearest to these times (seconds) where ffmpeg has them. */
async function expectTrueTime({ page, userData }: RunningApp, path: string, times: readonly number[]) {
  const truth = await clicksByFfmpeg(path)
  const picture = clicksInPicture(userData)
  for (const time of times) {
    const click = nearest(truth, time)
    const what = `${basename(path)} at ${time} s`
    expect(Math.abs(click - time), `${what}: there is a click`).toBeLessThan(5.1)
    // A slice is 10 ms long.
    expect(Math.abs(nearest(picture, click) - click), `${what}: the picture`).toBeLessThan(tolerance)
    const { playhead, toClick, took } = await hearAround(page, click)
    console.log(
      `${what}: picture ${((nearest(picture, click) - click) * 1000).toFixed(0)} ms, sound ${((playhead + toClick - click) * 1000).toFixed(1)} ms off, ready after ${took.toFixed(0)} ms`,
    )
    expect(Math.abs(playhead - (click - ahead)), `${what}: the playhead`).toBeLessThan(0.001)
    expect(Math.abs(playhead + toClick - click), `${what}: the sound`).toBeLessThan(tolerance)
  }
}

test('in a two-hour mp3 of varying rate without an index, sound and picture are where the clicks are', async () => {
  test.setTimeout(180_000)
  const path = join(mkdtempSync(join(tmpdir(), 'earmark-time-')), 'two-hours.mp3')
  await clickTrack(120, ['-q:a', '4', '-compression_level', '9', '-write_xing', '0', path])
  const running = await launchApp({ files: [path], settings: { language: 'en' } })
  const { page, close, errors } = running
  // Playing begins before the analysis is complete.
  await page.waitForSelector('.stage-progress')
  await findPlayer(page)
  await waitForAnalysis(page, 120_000)
  await expectTrueTime(running, path, [10, 1800, 3600, 5400, 7140])

  // To the very end, where playing ends.
  const { duration, hasEnded } = await playToTheEnd(page)
  expect(Math.abs(duration - 7200.07)).toBeLessThan(tolerance)
  expect(hasEnded).toBe(true)
  expect(errors).toEqual([])
  await close()
})

test('so they are in every other format, whatever its delays, offsets and headers', async () => {
  test.setTimeout(300_000)
  const folder = mkdtempSync(join(tmpdir(), 'earmark-time-'))
  const file = (name: string) => join(folder, name)
  const base = file('base.flac')
  await clickTrack(7, [base])
  const make = (name: string, options: readonly string[], from = base, input: readonly string[] = []) =>
    encode(from, file(name), input, options)
  const copy = ['-c', 'copy']
  make('constant.mp3', ['-b:a', '64k'])
  make('varying.mp3', ['-q:a', '4'])
  make('bare.mp3', ['-b:a', '64k', '-write_xing', '0', '-id3v2_version', '0'])
  make('plain.m4a', ['-b:a', '48k'])
  make('list.m4a', copy, file('plain.m4a'), ['-ss', '33.3'])
  make('late.m4a', copy, file('plain.m4a'), ['-itsoffset', '5'])
  make('raw.aac', copy, file('plain.m4a'))
  make('plain.ogg', ['-c:a', 'libvorbis', '-q:a', '1'])
  make('offset.ogg', [...copy, '-output_ts_offset', '100'], file('plain.ogg'))
  make('middle.ogg', copy, file('plain.ogg'), ['-copyts', '-ss', '60'])
  make('plain.opus', ['-c:a', 'libopus', '-b:a', '24k'])
  make('middle.opus', copy, file('plain.opus'), ['-copyts', '-ss', '60'])
  make('plain.webm', copy, file('plain.opus'))
  make('late.webm', [...copy, '-output_ts_offset', '7'], file('plain.opus'))
  make('lossless.m4a', ['-c:a', 'alac'])
  make('lossless-list.m4a', copy, file('lossless.m4a'), ['-ss', '33.3'])
  make('lossless-late.mov', copy, file('lossless.m4a'), ['-itsoffset', '5'])
  make(
    'lossless-parts.mp4',
    [...copy, '-movflags', 'frag_keyframe+empty_moov', '-frag_duration', '1000000'],
    file('lossless.m4a'),
  )
  make('lossless.caf', copy, file('lossless.m4a'))
  make('plain.caf', ['-c:a', 'pcm_s16le'])
  make('plain.wav', [])
  make('plain.aiff', [])
  make('wide.wav', ['-c:a', 'pcm_f64le', '-af', 'pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0'])
  make(
    'video.mp4',
    ['-c:a', 'copy', '-c:v', 'libx264', '-preset', 'ultrafast', '-shortest'],
    file('plain.m4a'),
    ['-f', 'lavfi', '-i', 'color=gray:s=64x64:r=1'],
  )
  const running = await launchApp({ files: [base], settings: { language: 'en' } })
  const { app, page, close, errors } = running
  await waitForAnalysis(page)
  await findPlayer(page)
  await expectTrueTime(running, base, [10, 400])
  const others = readdirSync(folder).filter((name) => name !== basename(base))
  expect(others.length).toBe(24)
  for (const name of others) {
    await answerDialogs(app, { open: [file(name)] })
    await page.keyboard.press('Control+o')
    await expect(page.locator('header')).toContainText(name)
    await waitForAnalysis(page)
    await expectTrueTime(running, file(name), [200, 330])
    await expect(page.getByTestId('notice')).toHaveCount(0)
  }
  expect(errors).toEqual([])
  await close()
})
