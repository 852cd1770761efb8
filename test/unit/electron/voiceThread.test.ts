import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSpeech, sampleRate } from '../../../electron/dev/speech'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const cache = join(root, 'node_modules/.cache/earmark')
let folder = ''

/** Says a sentence into a WAV file. */
async function record(path: string, text: string): Promise<void> {
  const say = await openSpeech()
  const samples = say(text, { voice: 'en-gb', rate: 160, pitch: 50 })
  const pause = sampleRate
  const bytes = Buffer.alloc(44 + 2 * (samples.length + 2 * pause))
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(bytes.length - 8, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(sampleRate, 24)
  bytes.writeUInt32LE(2 * sampleRate, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(bytes.length - 44, 40)
  samples.forEach((value, i) => {
    bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, value)) * 32767), 44 + 2 * (pause + i))
  })
  writeFileSync(path, bytes)
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'earmark-thread-'))
  await record(join(folder, 'talk.wav'), 'Good evening to everybody. The harbour board is called to order.')
  writeFileSync(
    join(folder, 'talk.txt'),
    'ANA: Good evening to everybody. The harbour board is called to order.\n',
  )
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (program: readonly string[]) =>
  spawnSync(process.execPath, [...program, 'align', 'talk.wav', 'talk.txt', '--json'], {
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder, EARMARK_ROOT: root },
    encoding: 'utf8',
  })

test('the command line has the text read in a thread of its own, and says so where that does not start', () => {
  const { status, stdout, stderr } = run([join(root, 'electron/dev/cli.mjs')])
  expect(stderr).not.toContain('in the thread that aligns')
  expect(status).toBe(0)
  // The same bundle with a thread that breaks off, beside its own so that packages are found.
  const broken = join(cache, `broken-${process.pid}`)
  writeFileSync(
    `${broken}.mjs`,
    readFileSync(join(cache, 'cli.mjs'), 'utf8').replace(
      'voiceThread.mjs',
      `broken-${process.pid}-thread.mjs`,
    ),
  )
  writeFileSync(`${broken}-thread.mjs`, "throw new Error('no voice')")
  try {
    const other = run([`${broken}.mjs`])
    expect(other.stderr).toContain('in the thread that aligns, which takes longer: no voice')
    expect(other.status).toBe(0)
    expect(other.stdout).toBe(stdout)
  } finally {
    rmSync(`${broken}.mjs`)
    rmSync(`${broken}-thread.mjs`)
  }
}, 120_000)
