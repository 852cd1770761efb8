import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { drop, turnTimes } from '../support/actions'
import { copySample, launchApp, packaged, samples, waitForAnalysis } from '../support/app'
import { hasFfmpeg } from '../support/longSession'

const folder = mkdtempSync(join(tmpdir(), 'earmark-formats-'))
const source = join(samples, 'en/council-meeting.wav')

const formats: readonly (readonly [string, string, readonly string[]])[] = [
  ['mp3, constant rate', 'cbr.mp3', ['-codec:a', 'libmp3lame', '-b:a', '64k']],
  ['mp3, variable rate', 'vbr.mp3', ['-codec:a', 'libmp3lame', '-q:a', '5']],
  [
    'mp3, variable rate without a header',
    'bare.mp3',
    ['-codec:a', 'libmp3lame', '-q:a', '5', '-write_xing', '0', '-id3v2_version', '0'],
  ],
  ['flac', 'a.flac', []],
  ['m4a', 'a.m4a', ['-codec:a', 'aac']],
  ['m4a, lossless', 'lossless.m4a', ['-codec:a', 'alac']],
  ['mov, lossless, of 24 bits', 'lossless.mov', ['-codec:a', 'alac', '-sample_fmt', 's32p', '-ac', '2']],
  ['caf, lossless', 'lossless.caf', ['-codec:a', 'alac']],
  ['caf', 'a.caf', ['-codec:a', 'pcm_s16le']],
  ['aac', 'a.aac', ['-codec:a', 'aac']],
  ['ogg vorbis', 'a.ogg', ['-codec:a', 'libvorbis']],
  ['opus', 'a.opus', ['-codec:a', 'libopus']],
  ['webm', 'a.webm', ['-codec:a', 'libopus']],
  ['the sound of mp4', 'a.mp4', ['-codec:a', 'aac']],
  ['stereo wav of 24 bits', 'a.wav', ['-codec:a', 'pcm_s24le', '-ac', '2', '-ar', '48000']],
]

function make(name: string, options: readonly string[]): string {
  const target = join(folder, name)
  const { status, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-y', '-i', source, ...options, target], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return target
}

for (const [name, file, options] of formats) {
  test(`${name} is shown whole and plays`, async () => {
    test.skip(!hasFfmpeg, 'ffmpeg is not here to make recordings')
    const { transcript } = copySample('en')
    const { page, close, errors } = await launchApp({
      files: [make(file, options), transcript],
      settings: { language: 'en' },
    })
    await waitForAnalysis(page)
    await expect(page.locator('.transport-time small')).toHaveText(/0:02:3[34]/)
    const times = await turnTimes(page)
    expect(times).toHaveLength(6)
    expect(times[0]?.start).toBeGreaterThan(0.9)
    expect(times[0]?.start).toBeLessThan(1.4)
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByTestId('time').textContent()).not.toContain('00:00:00.000')
    await expect(page.getByTestId('notice')).toHaveCount(0)
    expect(errors).toEqual([])
    await close()
  })
}

test('a codec that cannot be decoded is named, and the transcript stays', async () => {
  test.skip(!hasFfmpeg, 'ffmpeg is not here to make recordings')
  const { transcript } = copySample('en')
  const path = make('a.mov', ['-codec:a', 'adpcm_ima_qt'])
  const { page, close } = await launchApp({ files: [path, transcript], settings: { language: 'en' } })
  const notice = page.getByTestId('notice').first()
  await expect(notice).toContainText(/cannot be decoded.*ima4/)
  await expect(page.getByTestId('counts')).toContainText('6 turns')
  await close()
})

test('both files dropped on the window open', async () => {
  const { recording, transcript } = copySample('zh')
  const { page, close } = await launchApp({ settings: { language: 'zh' } })
  await expect(page.locator('.start h1')).toHaveText('听校')
  await drop(page, recording, transcript)
  await waitForAnalysis(page)
  await expect(page.getByTestId('counts')).toContainText('6 段发言')
  await close()
})

test('the packaged app takes the verbs of the command line', () => {
  const path = join(folder, 'cli.txt')
  writeFileSync(path, 'ANA REED: Hello.\n\nBO DIAZ: Hi.\n')
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const run = (...args: string[]) =>
    spawnSync(join(packaged, 'earmark'), [...args, ...flags], { encoding: 'utf8', cwd: folder })
  const inspected = run('inspect', 'cli.txt', '--json')
  expect(inspected.status).toBe(0)
  expect(JSON.parse(inspected.stdout).turns).toHaveLength(2)
  expect(run('convert', 'cli.txt', 'copy.txt').status).toBe(0)
  expect(readFileSync(join(folder, 'copy.txt'))).toEqual(readFileSync(path))
  const missing = run('inspect', 'none.txt')
  expect(missing.status).toBe(1)
  expect(missing.stderr).toContain('none.txt: no such file')
})
