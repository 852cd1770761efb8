import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageFolder } from '../../electron/dev/package'
import { prepareSystem, prepareTestTools } from '../../electron/dev/system'
import type { RunningApp } from '../support/app'
import { launchApp, samples } from '../support/app'
import { hasFfmpeg, longSession } from '../support/longSession'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Runs of each measurement; the median counts. */
const runs = 3

interface Opening {
  /** Seconds from the start of opening. */
  readonly firstPixels: number
  readonly complete: number
  /** Megabytes of the window's process at its highest, above what it was before. */
  readonly memory: number
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number

/** Seconds that ffmpeg takes to decode a file to nothing. */
function reference(recording: string): number {
  const started = performance.now()
  spawnSync('ffmpeg', ['-v', 'error', '-i', recording, '-f', 'null', '-'])
  return (performance.now() - started) / 1000
}

async function windowMemory({ app }: RunningApp): Promise<number> {
  return app.evaluate(({ app: electron, BrowserWindow }) => {
    const id = BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId()
    const found = electron.getAppMetrics().find(({ pid }) => pid === id)
    return (found?.memory.workingSetSize ?? 0) / 1024
  })
}

/** Opens a session by the app's own command and watches the picture grow. */
async function opening(recording: string, transcript: string): Promise<Opening> {
  const running = await launchApp({ settings: { language: 'en' } })
  const idle = await windowMemory(running)
  let highest = idle
  let isWatching = true
  const watching = (async () => {
    while (isWatching) {
      highest = Math.max(highest, await windowMemory(running))
      await new Promise((done) => setTimeout(done, 200))
    }
  })()
  await running.app.evaluate(
    ({ dialog }, paths) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: paths })
    },
    [recording, transcript],
  )
  const started = performance.now()
  await running.page.keyboard.press('Control+o')
  await running.page.waitForFunction(
    () => {
      const canvas = document.querySelector<HTMLCanvasElement>('.overview')
      const context = canvas?.getContext('2d')
      if (!canvas || !context || canvas.width === 0) return false
      const { data, width } = context.getImageData(0, 0, canvas.width, Math.min(canvas.height, 34))
      const columns = new Set<number>()
      for (let index = 3; index < data.length; index += 4)
        if ((data[index] as number) > 0) columns.add(((index - 3) / 4) % width)
      return columns.size > 4
    },
    undefined,
    { polling: 50, timeout: 120_000 },
  )
  const firstPixels = (performance.now() - started) / 1000
  await running.page.waitForSelector('.stage-progress', { state: 'detached', timeout: 600_000 })
  const complete = (performance.now() - started) / 1000
  isWatching = false
  await watching
  await running.close()
  rmSync(running.userData, { recursive: true, force: true })
  return { firstPixels, complete, memory: highest - idle }
}

async function measure(): Promise<void> {
  if (!hasFfmpeg) {
    console.log('ffmpeg is not here: nothing to measure against, skipped.')
    return
  }
  console.log('Making a two-hour mp3 (mono, 64 kbit/s)…')
  const { recording, transcript, folder } = longSession(join(samples, 'en'), 120)
  const references: number[] = []
  const openings: Opening[] = []
  for (let run = 0; run < runs; run++) {
    references.push(reference(recording))
    openings.push(await opening(recording, transcript))
  }
  rmSync(folder, { recursive: true, force: true })
  const ffmpeg = median(references)
  const rows = [
    ['`ffmpeg -f null` (reference)', `${ffmpeg.toFixed(1)} s`, '1.0 ×'],
    [
      'first pixels of the waveform',
      `${median(openings.map((entry) => entry.firstPixels)).toFixed(1)} s`,
      ratio('firstPixels'),
    ],
    [
      'complete waveform and speech activity',
      `${median(openings.map((entry) => entry.complete)).toFixed(1)} s`,
      ratio('complete'),
    ],
    [
      'memory of the window above idle',
      `${Math.round(median(openings.map((entry) => entry.memory)))} MB`,
      '',
    ],
  ]
  function ratio(key: 'firstPixels' | 'complete'): string {
    return `${(median(openings.map((entry) => entry[key])) / ffmpeg).toFixed(1)} ×`
  }
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB of memory, no GPU`
  const table = [
    '| two-hour mp3, mono 64 kbit/s | median of 3 | against ffmpeg |',
    '| --- | --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    `Measured on ${machine}.`,
  ].join('\n')
  console.log(table)
  const readme = join(root, 'README.md')
  const text = readFileSync(readme, 'utf8')
  writeFileSync(
    readme,
    text.replace(
      /(<!-- bench -->\n)[\s\S]*(<!-- \/bench -->)/u,
      (_all, begin: string, end: string) => `${begin}${table}\n${end}`,
    ),
  )
}

if (process.env.DISPLAY) await measure()
else {
  const { executable } = await packageFolder()
  prepareTestTools()
  const [program, ...args] = [
    ...prepareSystem(executable),
    process.execPath,
    ...process.execArgv,
    ...process.argv.slice(1),
  ]
  process.exitCode = spawnSync(program as string, args, { stdio: 'inherit' }).status ?? 1
}
