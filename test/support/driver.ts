import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { harmlessError, packaged } from './app'

interface Answer {
  readonly id?: number
  readonly method?: string
  readonly params?: Readonly<Record<string, unknown>>
  readonly sessionId?: string
  readonly result?: Readonly<Record<string, unknown>>
  readonly error?: { readonly message: string }
}

interface Waiting {
  readonly done: (result: Readonly<Record<string, unknown>>) => void
  readonly fail: (reason: Error) => void
}

/** Numbers of Windows' virtual keys, which the protocol wants besides the key's name. */
const virtualKeys: Readonly<Record<string, number>> = {
  Backspace: 8,
  Escape: 27,
  End: 35,
  Home: 36,
  ArrowLeft: 37,
  ArrowRight: 39,
  F9: 120,
  ',': 188,
  '.': 190,
}
const modifierBits: Readonly<Record<string, number>> = { Alt: 1, Control: 2, Shift: 8 }

/** The main button, as the protocol tells of it while it is down. */
const held = { button: 'left', buttons: 1 }

function keyEvent(key: string): Readonly<Record<string, unknown>> {
  const isCharacter = key.length === 1
  const isLetter = /^[a-z]$/iu.test(key)
  return {
    key,
    code: isLetter ? `Key${key.toUpperCase()}` : /^\d$/u.test(key) ? `Digit${key}` : (keyCodes[key] ?? key),
    windowsVirtualKeyCode: virtualKeys[key] ?? (isCharacter ? key.toUpperCase().charCodeAt(0) : undefined),
  }
}

/** A point in the window, in CSS pixels from its left and top edge. */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface Box extends Point {
  readonly width: number
  readonly height: number
}

/** Where keys are that do not have their own name. */
const keyCodes: Readonly<Record<string, string>> = { ',': 'Comma', '.': 'Period', ' ': 'Space' }

/** The packaged app as users have it, driven through the pipe of Chromium's DevTools protocol. A driver that follows the network makes the
 *  page keep every answer it got; this one switches on nothing but errors, so what is measured is the app's. */
export class Driver {
  readonly errors: string[] = []
  private readonly waiting = new Map<number, Waiting>()
  private readonly workers = new Map<string, string>()
  private readonly input: Writable
  private page: string | null = null
  private next = 0
  private rest = ''

  private constructor(
    private readonly child: ChildProcess,
    /** The folder of the app's own data. */
    readonly userData: string,
  ) {
    this.input = child.stdio[3] as Writable
    const output = child.stdio[4] as Readable
    output.setEncoding('utf8').on('data', (text: string) => this.take(text))
    child.stderr?.on('data', (bytes: Buffer) => {
      if (bytes.includes('Unexpected fault')) this.errors.push(bytes.toString())
    })
    child.once('exit', () => {
      for (const { fail } of this.waiting.values()) fail(new Error('the app has ended'))
    })
  }

  /** Starts the app and waits for its page. @param userData an existing folder of the app's own data, to go on with */
  static async launch(
    files: readonly string[],
    userData = mkdtempSync(join(tmpdir(), 'earmark-driven-')),
  ): Promise<Driver> {
    writeFileSync(join(userData, 'settings.json'), JSON.stringify({ language: 'en' }))
    const child = spawn(
      join(packaged, 'earmark'),
      [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        `--user-data-dir=${userData}`,
        '--remote-debugging-pipe',
        ...files,
      ],
      { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], env: { ...process.env, LANG: 'en_US.UTF-8' } },
    )
    const driver = new Driver(child, userData)
    await driver.attach()
    return driver
  }

  /** The main process. */
  get pid(): number {
    return this.child.pid as number
  }

  get workerCount(): number {
    return this.workers.size
  }

  /** @returns the value of an expression in the page, awaited */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = (await this.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })) as { result: { value: T }; exceptionDetails?: { text: string } }
    if (exceptionDetails) throw new Error(`${exceptionDetails.text} in ${expression}`)
    return result.value
  }

  /** Waits until an expression holds in the page. */
  async until(expression: string, seconds = 60): Promise<void> {
    const end = Date.now() + seconds * 1000
    while (!(await this.evaluate<boolean>(`Boolean(${expression})`))) {
      if (Date.now() > end) throw new Error(`still not so after ${seconds} s: ${expression}`)
      await new Promise((done) => setTimeout(done, 50))
    }
  }

  /** Presses and lets go of a key, written as `Control+Shift+End`. */
  async press(keys: string): Promise<void> {
    const parts = keys.split('+')
    const key = parts.pop() as string
    const modifiers = parts.reduce((sum, part) => sum | (modifierBits[part] ?? 0), 0)
    const event = { ...keyEvent(key), modifiers }
    await this.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...event })
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event })
  }

  /** Presses and lets go of the key of a character, which is typed. */
  async strike(character: string): Promise<void> {
    const event = keyEvent(character)
    await this.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event, text: character })
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event })
  }

  /** Moves the pointer. @param isDown with the main button held */
  async moveTo({ x, y }: Point, isDown = false): Promise<void> {
    await this.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y, ...(isDown ? held : {}) })
  }

  async pressMouse({ x, y }: Point): Promise<void> {
    await this.send('Input.dispatchMouseEvent', { type: 'mousePressed', x, y, clickCount: 1, ...held })
  }

  async releaseMouse({ x, y }: Point): Promise<void> {
    await this.send('Input.dispatchMouseEvent', {
      type: 'mouseReleased',
      x,
      y,
      clickCount: 1,
      button: 'left',
    })
  }

  async click(at: Point): Promise<void> {
    await this.moveTo(at)
    await this.pressMouse(at)
    await this.releaseMouse(at)
  }

  /** Turns the wheel by CSS pixels. */
  async wheel({ x, y }: Point, by: Point): Promise<void> {
    await this.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x, y, deltaX: by.x, deltaY: by.y })
  }

  /** Where an element is. @throws Error where there is none */
  async boxOf(selector: string): Promise<Box> {
    return this.evaluate<Box>(
      `document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect().toJSON()`,
    )
  }

  /** Types characters one by one. */
  async type(text: string): Promise<void> {
    for (const character of text) await this.send('Input.dispatchKeyEvent', { type: 'char', text: character })
  }

  /** Puts in a text at once, as an input method does. */
  async insert(text: string): Promise<void> {
    await this.send('Input.insertText', { text })
  }

  /** Drops files on the window. */
  async drop(files: readonly string[]): Promise<void> {
    const copying = 1
    const data = { items: [], files, dragOperationsMask: copying }
    for (const type of ['dragEnter', 'dragOver', 'drop'])
      await this.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data })
  }

  /** Collects what can be collected in the page and its workers.
   *  @returns bytes in use after it, and what the page holds */
  async collected(): Promise<{
    readonly page: number
    readonly workers: number
    readonly nodes: number
    readonly listeners: number
    readonly documents: number
  }> {
    const heapOf = async (session: string | null) => {
      await this.send('HeapProfiler.collectGarbage', {}, session)
      await this.send('HeapProfiler.collectGarbage', {}, session)
      const { usedSize, embedderHeapUsedSize, backingStorageSize } = (await this.send(
        'Runtime.getHeapUsage',
        {},
        session,
      )) as { usedSize: number; embedderHeapUsedSize?: number; backingStorageSize?: number }
      return usedSize + (embedderHeapUsedSize ?? 0) + (backingStorageSize ?? 0)
    }
    let workers = 0
    // A worker may end while it is asked.
    for (const session of [...this.workers.keys()]) workers += await heapOf(session).catch(() => 0)
    const page = await heapOf(this.page)
    const { nodes, jsEventListeners, documents } = (await this.send('Memory.getDOMCounters')) as {
      nodes: number
      jsEventListeners: number
      documents: number
    }
    return { page, workers, nodes, listeners: jsEventListeners, documents }
  }

  /** The app's processes: their number and what they are for. */
  async processes(): Promise<readonly { readonly id: number; readonly type: string }[]> {
    const { processInfo } = (await this.send('SystemInfo.getProcessInfo', {}, '')) as {
      processInfo: readonly { id: number; type: string }[]
    }
    return processInfo
  }

  /** Ends the app without asking. */
  async close(): Promise<void> {
    const hasLeft = new Promise((done) => this.child.once('exit', done))
    this.child.kill('SIGKILL')
    await hasLeft
  }

  private async attach(): Promise<void> {
    for (;;) {
      const { targetInfos } = (await this.send('Target.getTargets', {}, '')) as {
        targetInfos: readonly { targetId: string; type: string; url: string }[]
      }
      const target = targetInfos.find(({ type, url }) => type === 'page' && url.startsWith('app:'))
      if (target) {
        const attached = await this.send(
          'Target.attachToTarget',
          { targetId: target.targetId, flatten: true },
          '',
        )
        this.page = attached.sessionId as string
        break
      }
      await new Promise((done) => setTimeout(done, 100))
    }
    await this.send('Runtime.enable')
    // Functions that are handed over name others by a helper of the loader, which the page lacks.
    await this.evaluate('void (globalThis.__name = (named) => named)')
    await this.send('Log.enable')
    await this.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: true,
    })
  }

  /** @param session `''`: the browser itself; missing: the page */
  send(
    method: string,
    params: Readonly<Record<string, unknown>> = {},
    session: string | null = this.page,
  ): Promise<Readonly<Record<string, unknown>>> {
    const id = ++this.next
    const answered = new Promise<Readonly<Record<string, unknown>>>((done, fail) => {
      this.waiting.set(id, { done, fail: (reason) => fail(new Error(`${method}: ${reason.message}`)) })
    })
    this.input.write(
      `${JSON.stringify({ id, method, params, ...(session ? { sessionId: session } : {}) })}\0`,
    )
    return answered
  }

  private take(text: string): void {
    const messages = (this.rest + text).split('\0')
    this.rest = messages.pop() as string
    for (const message of messages) this.hear(JSON.parse(message) as Answer)
  }

  private hear({ id, method, params, result, error }: Answer): void {
    if (id !== undefined) {
      const waiting = this.waiting.get(id)
      this.waiting.delete(id)
      if (error) waiting?.fail(new Error(error.message))
      else waiting?.done(result ?? {})
      return
    }
    if (method === 'Target.attachedToTarget') {
      const { sessionId, targetInfo } = params as { sessionId: string; targetInfo: { url: string } }
      this.workers.set(sessionId, targetInfo.url)
    } else if (method === 'Target.detachedFromTarget') {
      this.workers.delete((params as { sessionId: string }).sessionId)
    } else if (method === 'Runtime.exceptionThrown') {
      this.errors.push(JSON.stringify(params))
    } else if (method === 'Log.entryAdded') {
      const { level, text } = (params as { entry: { level: string; text: string } }).entry
      if (level === 'error' && !harmlessError.test(text)) this.errors.push(text)
    }
  }
}
