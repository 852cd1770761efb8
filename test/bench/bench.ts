import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageFolder } from '../../electron/dev/package'
import { prepareSystem, prepareTestTools } from '../../electron/dev/system'
import type { RunningApp } from '../support/app'
import { answerDialogs, launchApp, packaged, samples } from '../support/app'
import { encode, hasFfmpeg, longSession } from '../support/longSession'
import { overviewShown } from '../support/overview'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** One file, once, nothing written. */
const isQuick = process.argv.includes('--quick')

/** Runs of each measurement; the median counts. */
const runs = isQuick ? 1 : 3

interface Opening {
  /** Seconds from the start of opening. */
  readonly firstPixels: number
  /** The wave is there from the first column of the overview to the last. */
  readonly overview: number
  readonly complete: number
  /** Seconds to open it once more, from the cache. */
  readonly again: number
  /** Megabytes of the window's process at its highest, above what it was before. */
  readonly memory: number
  /** Milliseconds of the longest block of the window's main thread. */
  readonly block: number
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number

/** Seconds that ffmpeg takes to decode a file to nothing. */
function reference(recording: string): number {
  const started = performance.now()
  spawnSync('ffmpeg', ['-v', 'error', '-i', recording, '-f', 'null', '-'])
  return (performance.now() - started) / 1000
}

/** Seconds until so many hundredths of the overview show a wave. */
async function untilShown({ page }: RunningApp, hundredths: number, started: number): Promise<number> {
  while ((await page.evaluate(overviewShown)) < hundredths) await new Promise((done) => setTimeout(done, 50))
  return (performance.now() - started) / 1000
}

async function open(running: RunningApp, recording: string): Promise<number> {
  await answerDialogs(running.app, { open: [recording] })
  const started = performance.now()
  await running.page.keyboard.press('Control+o')
  return started
}

async function untilComplete({ page }: RunningApp, started: number): Promise<number> {
  await page.waitForSelector('.overview', { timeout: 60_000 })
  await page.waitForSelector('.stage-progress', { state: 'detached', timeout: 600_000 })
  return (performance.now() - started) / 1000
}

/** Megabytes of the window's process while it reads a recording, at their highest, above those of an empty window. Nothing is attached to the
 *  app: a tool that is keeps in that process whatever was fetched. */
async function memoryWhileReading(recording: string): Promise<number> {
  const idle = await windowMemory([], async (elapsed) => elapsed > 4)
  const highest = await windowMemory([recording], async (_elapsed, userData) => isKept(userData))
  return highest - idle
}

async function windowMemory(
  files: readonly string[],
  isOver: (elapsed: number, userData: string) => Promise<boolean>,
): Promise<number> {
  const userData = mkdtempSync(join(tmpdir(), 'earmark-memory-'))
  const child = spawn(
    join(packaged, 'earmark'),
    [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), `--user-data-dir=${userData}`, ...files],
    {
      stdio: 'ignore',
    },
  )
  const started = performance.now()
  let highest = 0
  while (!(await isOver((performance.now() - started) / 1000, userData))) {
    highest = Math.max(highest, residentMemory(userData))
    await new Promise((done) => setTimeout(done, 100))
  }
  child.kill()
  await new Promise((done) => child.once('exit', done))
  rmSync(userData, { recursive: true, force: true })
  return highest
}

/** Megabytes of the renderer that has this folder of data; 0 where that cannot be known. */
function residentMemory(userData: string): number {
  for (const process of existsSync('/proc')
    ? readdirSync('/proc').filter((name) => /^\d+$/u.test(name))
    : []) {
    try {
      const command = readFileSync(`/proc/${process}/cmdline`, 'utf8')
      if (!command.includes('--type=renderer') || !command.includes(userData)) continue
      const status = readFileSync(`/proc/${process}/status`, 'utf8')
      return Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1024
    } catch {
      // It ended meanwhile.
    }
  }
  return 0
}

function isKept(userData: string): boolean {
  const folder = join(userData, 'peaks')
  return existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.peaks'))
}

/** Opens a recording by the app's own command and watches the picture grow. */
async function opening(recording: string): Promise<Opening> {
  const running = await launchApp({ settings: { language: 'en' } })
  await running.page.evaluate(() => {
    const blocks: number[] = []
    Object.assign(window, { blocks })
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) blocks.push(duration)
    }).observe({ type: 'longtask' })
  })
  const started = await open(running, recording)
  const firstPixels = await untilShown(running, 1, started)
  const overview = await untilShown(running, 90, started)
  const complete = await untilComplete(running, started)
  const block = await running.page.evaluate(() =>
    Math.max(0, ...(window as unknown as { blocks: number[] }).blocks),
  )
  while (!isKept(running.userData)) await new Promise((done) => setTimeout(done, 100))
  await running.close()
  const second = await launchApp({ settings: { language: 'en' }, userData: running.userData })
  const again = await untilComplete(second, await open(second, recording))
  await second.close()
  rmSync(running.userData, { recursive: true, force: true })
  return { firstPixels, overview, complete, again, memory: await memoryWhileReading(recording), block }
}

const columns: readonly (readonly [title: string, cell: (medians: Opening, ffmpeg: number) => string])[] = [
  ['`ffmpeg -f null`', (_opening, ffmpeg) => `${ffmpeg.toFixed(1)} s`],
  ['whole overview', ({ overview }) => `${overview.toFixed(1)} s`],
  ['complete waveform and speech activity', ({ complete }) => `${complete.toFixed(1)} s`],
  ['against ffmpeg', ({ complete }, ffmpeg) => `${(complete / ffmpeg).toFixed(1)} ×`],
  ['opened again', ({ again }) => `${again.toFixed(1)} s`],
  ['memory of the window above idle', ({ memory }) => `${Math.round(memory)} MB`],
  ['longest block of its main thread', ({ block }) => `${Math.round(block)} ms`],
]

async function measure(): Promise<void> {
  if (!hasFfmpeg) {
    console.log('ffmpeg is not here: nothing to measure against, skipped.')
    return
  }
  console.log('Making recordings…')
  const { recording, folder } = longSession(join(samples, 'en'), 120)
  const files: [string, string][] = [['2 h, mono, 64 kbit/s', recording]]
  if (!isQuick) {
    const [stereo, long] = [join(folder, 'stereo.mp3'), join(folder, 'long.mp3')]
    encode(recording, stereo, [], ['-ar', '44100', '-ac', '2', '-b:a', '128k'])
    encode(recording, long, ['-stream_loop', '4'], ['-c', 'copy'])
    files.push(['2 h, stereo, 128 kbit/s', stereo], ['10 h, mono, 64 kbit/s', long])
  }
  const rows: string[] = []
  for (const [name, path] of files) {
    const references: number[] = []
    const openings: Opening[] = []
    for (let run = 0; run < runs; run++) {
      references.push(reference(path))
      openings.push(await opening(path))
    }
    const medians = Object.fromEntries(
      (Object.keys(openings[0] as Opening) as (keyof Opening)[]).map((key) => [
        key,
        median(openings.map((entry) => entry[key])),
      ]),
    ) as unknown as Opening
    const ffmpeg = median(references)
    rows.push(`| ${[name, ...columns.map(([, cell]) => cell(medians, ffmpeg))].join(' | ')} |`)
    console.log(rows.at(-1))
  }
  rmSync(folder, { recursive: true, force: true })
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB of memory, no GPU`
  const table = [
    `| mp3 | ${columns.map(([title]) => title).join(' | ')} |`,
    `| --- |${' --- |'.repeat(columns.length)}`,
    ...rows,
    '',
    `Medians of ${runs}, measured on ${machine}.`,
  ].join('\n')
  console.log(table)
  if (isQuick) return
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
