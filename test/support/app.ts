import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The app as packaged. */
export const packaged = join(root, 'release/linux-unpacked')

/** The built-in sessions with their truth. */
export const samples = join(root, 'build/sample')

/** Electron's fuse wire: this text, a version, a length, then a byte a fuse, '0' off and '1' on. */
export const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
export const inspectFuse = 3

/** A copy of the package in which Playwright may attach: the same files, but for the one fuse that lets Node's inspector in. */
function attachable(): string {
  const copy = join(root, 'release/attachable')
  const executable = join(copy, 'earmark')
  const original = join(packaged, 'earmark')
  if (existsSync(executable) && statSync(executable).mtimeMs >= statSync(original).mtimeMs) return executable
  rmSync(copy, { recursive: true, force: true })
  const isLinked = spawnSync('cp', ['-al', packaged, copy]).status === 0
  if (!isLinked) throw new Error('the package could not be copied')
  const bytes = readFileSync(original)
  const at = bytes.indexOf(fuseSentinel) + fuseSentinel.length + 2
  bytes[at + inspectFuse] = '1'.charCodeAt(0)
  rmSync(executable)
  writeFileSync(executable, bytes, { mode: 0o755 })
  return executable
}

/** Replacing text in a styled span, Chromium writes a style attribute, which the policy refuses; the editor's own markup replaces it at
 *  once. */
export const harmlessError = /hashes do not apply to event handlers, style attributes/

export interface LaunchOptions {
  /** Recording, transcript, or other arguments. */
  readonly files?: readonly string[]
  /** An existing folder of the app's own data, to go on with. */
  readonly userData?: string
  readonly settings?: Readonly<Record<string, unknown>>
  /** More of Chromium's switches. */
  readonly switches?: readonly string[]
  /** A program that runs the app as `$EARMARK_TRACED` with its arguments, and watches it. */
  readonly wrapper?: string
  readonly size?: { readonly width: number; readonly height: number }
}

export interface RunningApp {
  readonly app: ElectronApplication
  readonly page: Page
  readonly userData: string
  /** Errors that the page reported, violations of its policy among them. */
  readonly errors: readonly string[]
  /** Everything that the app wrote to its streams and the page to its console. */
  readonly log: () => string
  /** Closes without asking about unsaved work. */
  readonly close: () => Promise<void>
}

/** Seconds that a window may take to show something. */
const patience = 30

/** Starts the packaged app with data of its own. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'earmark-test-'))
  mkdirSync(userData, { recursive: true })
  if (options.settings) writeFileSync(join(userData, 'settings.json'), JSON.stringify(options.settings))
  const isRoot = process.getuid?.() === 0
  const executable = attachable()
  const app = await _electron.launch({
    executablePath: options.wrapper ?? executable,
    args: [
      ...(isRoot ? ['--no-sandbox'] : []),
      `--user-data-dir=${userData}`,
      ...(options.switches ?? []),
      ...(options.files ?? []),
    ],
    env: {
      ...process.env,
      LANG: 'en_US.UTF-8',
      LANGUAGE: 'en',
      EARMARK_TRACED: executable,
    } as Record<string, string>,
  })
  const child = app.process()
  const end = () => child.kill('SIGKILL')
  const errors: string[] = []
  const logged: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: Buffer) => logged.push(text.toString()))
  // A fault in the main process fails the test that it happens in.
  child.stderr?.on('data', (text: Buffer) => {
    if (text.includes('Unexpected fault')) errors.push(text.toString())
  })
  const page = await app.firstWindow()
  page.on('pageerror', (error) => errors.push(`${error.message}\n${error.stack ?? ''}`))
  page.on('console', (message) => {
    logged.push(message.text())
    if (message.type() === 'error' && !harmlessError.test(message.text())) errors.push(message.text())
  })
  await page.waitForSelector('.app', { timeout: patience * 1000 }).catch((reason: unknown) => {
    end()
    throw reason
  })
  if (options.size) {
    await app.evaluate(
      ({ BrowserWindow }, { width, height }) =>
        BrowserWindow.getAllWindows()[0]?.setContentSize(width, height),
      options.size,
    )
  }
  return {
    app,
    page,
    userData,
    errors,
    log: () => logged.join(''),
    close: async () => {
      const hasLeft = new Promise<void>((done) => child.once('exit', () => done()))
      app.evaluate(({ app: electron }) => electron.exit(0)).catch(() => undefined)
      await Promise.race([hasLeft, new Promise((done) => setTimeout(done, 5000))])
      end()
    },
  }
}

/** Copies a sample to a folder of its own.
 *  @returns the paths of the recording and the transcript */
export function copySample(language: 'en' | 'zh'): {
  readonly folder: string
  readonly recording: string
  readonly transcript: string
} {
  const folder = mkdtempSync(join(tmpdir(), 'earmark-sample-'))
  const [recording, transcript] = ['wav', 'txt'].map((extension) =>
    join(folder, `council-meeting.${extension}`),
  ) as [string, string]
  copyFileSync(join(samples, language, 'council-meeting.wav'), recording)
  copyFileSync(join(samples, language, 'council-meeting.txt'), transcript)
  return { folder, recording, transcript }
}

/** Answers the next save dialogs with this path, and open dialogs with these. */
export async function answerDialogs(
  app: ElectronApplication,
  answers: { readonly save?: string; readonly open?: readonly string[] },
): Promise<void> {
  await app.evaluate(({ dialog }, { save, open }) => {
    if (save !== undefined) dialog.showSaveDialog = async () => ({ canceled: false, filePath: save })
    if (open !== undefined) dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [...open] })
  }, answers)
}

/** Waits until the recording is analysed to its end. */
export async function waitForAnalysis(page: Page, timeout = 60_000): Promise<void> {
  await page.waitForSelector('[data-testid="waveform"]', { timeout })
  await page.waitForSelector('.stage-progress', { state: 'detached', timeout })
  await page.waitForFunction(() => document.querySelector('[data-testid="waveform"] canvas') !== null)
}
