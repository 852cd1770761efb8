import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answerDialogs, launchApp, packaged, type RunningApp } from '../support/app'
import { overviewShown } from '../support/overview'

export interface Opening {
  /** Seconds from the start of opening. */
  readonly firstPixels: number
  /** The wave is there from the first column of the overview to the last. */
  readonly overview: number
  readonly complete: number
  /** Seconds to the whole overview when it is opened once more, from the cache. */
  readonly again: number
  /** Milliseconds of the longest block of the window's main thread while it was read; blocks of less than 50 count as 0. */
  readonly block: number
}

const settings = { language: 'en' }
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

/** Seconds that ffmpeg takes to decode a file to nothing. */
export function reference(recording: string): number {
  const started = performance.now()
  spawnSync('ffmpeg', ['-v', 'error', '-i', recording, '-f', 'null', '-'])
  return (performance.now() - started) / 1000
}

/** Opens a recording by the app's own command and watches the picture grow. */
export async function opening(recording: string): Promise<Opening> {
  const running = await launchApp({ settings })
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
  while (!isKept(running.userData)) await pause(100)
  await running.close()
  const second = await launchApp({ settings, userData: running.userData })
  const again = await untilShown(second, 90, await open(second, recording))
  await second.close()
  rmSync(running.userData, { recursive: true, force: true })
  return { firstPixels, overview, complete, again, block }
}

async function open({ app, page }: RunningApp, recording: string): Promise<number> {
  await answerDialogs(app, { open: [recording] })
  const started = performance.now()
  await page.keyboard.press('Control+o')
  return started
}

/** Seconds until so many hundredths of the overview show a wave. */
async function untilShown({ page }: RunningApp, hundredths: number, started: number): Promise<number> {
  while ((await page.evaluate(overviewShown)) < hundredths) await pause(50)
  return (performance.now() - started) / 1000
}

async function untilComplete({ page }: RunningApp, started: number): Promise<number> {
  await page.waitForSelector('.overview', { timeout: 60_000 })
  await page.waitForSelector('.stage-progress', { state: 'detached', timeout: 600_000 })
  return (performance.now() - started) / 1000
}

/** Megabytes of the window's process with nothing open. */
export function idleMemory(): Promise<number> {
  return windowMemory([], async (elapsed) => elapsed > 4).then(({ highest }) => highest)
}

/** Megabytes of the window's process while it reads files for the first time, at their highest, and some seconds after. */
export function memoryWhileReading(
  files: readonly string[],
): Promise<{ readonly highest: number; readonly last: number }> {
  let keptAt: number | null = null
  return windowMemory(files, async (elapsed, userData) => {
    if (keptAt === null && isKept(userData)) keptAt = elapsed
    return keptAt !== null && elapsed > keptAt + 6
  })
}

// Nothing is attached to the app: a tool that is keeps in that process whatever was fetched.
async function windowMemory(
  files: readonly string[],
  isOver: (elapsed: number, userData: string) => Promise<boolean>,
): Promise<{ readonly highest: number; readonly last: number }> {
  const userData = mkdtempSync(join(tmpdir(), 'earmark-memory-'))
  const child = spawn(
    join(packaged, 'earmark'),
    [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), `--user-data-dir=${userData}`, ...files],
    { stdio: 'ignore' },
  )
  const started = performance.now()
  let highest = 0
  let last = 0
  while (!(await isOver((performance.now() - started) / 1000, userData))) {
    last = residentMemory(userData)
    highest = Math.max(highest, last)
    await pause(100)
  }
  child.kill()
  await new Promise((done) => child.once('exit', done))
  rmSync(userData, { recursive: true, force: true })
  return { highest, last }
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
