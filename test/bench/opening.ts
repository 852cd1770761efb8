import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packaged } from '../support/app'
import { Driver } from '../support/driver'
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

/** Milliseconds that a window is left alone after it has shown itself. */
const settling = 1500

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

/** Seconds that ffmpeg takes to decode a file to nothing. */
export function reference(recording: string): number {
  const started = performance.now()
  spawnSync('ffmpeg', ['-v', 'error', '-i', recording, '-f', 'null', '-'])
  return (performance.now() - started) / 1000
}

/** Opens a recording as a user does who drops it on the window, and watches the picture grow. */
export async function opening(recording: string): Promise<Opening> {
  const first = await Driver.launch([])
  const { firstPixels, overview, complete, block } = await watched(first, recording)
  while (!isKept(first.userData)) await pause(100)
  await first.close()
  const second = await Driver.launch([], first.userData)
  const { overview: again } = await watched(second, recording)
  await second.close()
  return { firstPixels, overview, complete, again, block }
}

// What watches is in the page and looks no more often than it must: a driver that asks again and again takes a tenth of a core for itself.
async function watched(driver: Driver, recording: string): Promise<Omit<Opening, 'again'>> {
  await driver.until(`document.querySelector('main.start')`)
  await pause(settling)
  await driver.evaluate(`${overviewShown}; (${watchOpening})(overviewShown)`)
  await driver.drop([recording])
  return driver.evaluate<Omit<Opening, 'again'>>('opened')
}

/** In the page: tells of the file that is dropped next. */
function watchOpening(shown: () => number): void {
  const blocks = [0]
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) blocks.push(duration)
  }).observe({ type: 'longtask' })
  const opened = new Promise((done) => {
    window.addEventListener(
      'drop',
      ({ timeStamp }) => {
        const seconds = () => (performance.now() - timeStamp) / 1000
        const found = { firstPixels: 0, overview: 0, complete: 0, block: 0 }
        const look = () => {
          const hundredths = shown()
          if (hundredths >= 1) found.firstPixels ||= seconds()
          if (hundredths >= 90) found.overview ||= seconds()
          if (found.overview === 0) setTimeout(look, 50)
          else finish()
        }
        const finish = () => {
          if (found.overview === 0 || found.complete === 0) return
          // Blocks are told of when they are over.
          setTimeout(() => done({ ...found, block: Math.max(...blocks) }), 200)
        }
        look()
        let wasSeen = false
        new MutationObserver((_changes, observer) => {
          const isSeen = document.querySelector('.stage-progress') !== null
          wasSeen ||= isSeen || document.querySelector('.overview') !== null
          if (!wasSeen || isSeen) return
          found.complete = seconds()
          observer.disconnect()
          finish()
        }).observe(document.body, { subtree: true, childList: true })
      },
      { capture: true },
    )
  })
  Object.assign(window, { opened })
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
