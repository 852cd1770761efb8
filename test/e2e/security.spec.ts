import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ElectronApplication, expect, type Page, test } from '@playwright/test'
import type { Bridge } from '../../shared/ipc'
import { copySample, fuseSentinel, launchApp, packaged, waitForAnalysis } from '../support/app'
import { timesOpen } from '../support/descriptors'
import { findPlayer, playToTheEnd, seekAndReturn } from '../support/hearing'
import { silentWave } from '../support/wave'

declare global {
  interface Window {
    readonly earmark: Bridge
  }
}

const isRoot = process.getuid?.() === 0
const rootArguments = isRoot ? ['--no-sandbox'] : []

/** What the packaged program, as it is shipped, prints. */
function output(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): string {
  const { stdout, stderr } = spawnSync(program, [...rootArguments, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env } as NodeJS.ProcessEnv,
    timeout: 10_000,
  })
  return `${stdout}${stderr}`
}

test("the whole of Electron's security checklist holds, from outside and from inside", async () => {
  const shipped = join(packaged, 'earmark')

  await test.step('fuses: no Node, no options, no inspector, only the archive', () => {
    const bytes = readFileSync(shipped)
    const at = bytes.indexOf(fuseSentinel) + fuseSentinel.length
    const length = bytes[at + 1] as number
    const wire = bytes.subarray(at + 2, at + 2 + length).toString('latin1')
    const [runAsNode, cookies, nodeOptions, inspect, integrity, onlyAsar, , filePrivileges] = wire
    expect({ runAsNode, cookies, nodeOptions, inspect, integrity, onlyAsar }).toEqual({
      runAsNode: '0',
      cookies: '1',
      nodeOptions: '0',
      inspect: '0',
      integrity: '1',
      onlyAsar: '1',
    })
    // Electron has this one since 29.
    expect(['0', undefined]).toContain(filePrivileges)
  })

  await test.step('and they do what they say', () => {
    const folder = mkdtempSync(join(tmpdir(), 'earmark-fuses-'))
    const trace = join(folder, 'ran')
    const intruder = join(folder, 'intruder.js')
    writeFileSync(intruder, `require('node:fs').writeFileSync(${JSON.stringify(trace)}, '')`)
    expect(output(shipped, ['--version'], { ELECTRON_RUN_AS_NODE: '1' })).toContain('earmark 0.')
    output(shipped, ['--version'], { NODE_OPTIONS: `--require ${intruder}` })
    expect(output(shipped, ['--inspect=0', '--version'])).not.toContain('Debugger listening')
    const copy = join(packaged, '..', 'tampered')
    rmSync(copy, { recursive: true, force: true })
    expect(spawnSync('cp', ['-al', packaged, copy]).status).toBe(0)
    rmSync(join(copy, 'resources/app.asar'))
    mkdirSync(join(copy, 'resources/app'))
    writeFileSync(join(copy, 'resources/app/package.json'), '{"main":"main.js"}')
    copyFileSync(intruder, join(copy, 'resources/app/main.js'))
    output(join(copy, 'earmark'), ['--version'])
    rmSync(copy, { recursive: true, force: true })
    expect(existsSync(trace)).toBe(false)
  })

  await test.step('the package holds one archive of the app, with the licences of what is in it', () => {
    expect(readdirSync(join(packaged, 'resources')).filter((name) => name.startsWith('app'))).toEqual([
      'app.asar',
    ])
    const archive = readFileSync(join(packaged, 'resources/app.asar'))
    expect(archive.includes('THIRD-PARTY-LICENSES.txt')).toBe(true)
    expect(existsSync(join(packaged, 'LICENSES.chromium.html'))).toBe(true)
  })

  const { recording, transcript } = copySample('en')
  const { app, page, errors, close } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
  })
  await waitForAnalysis(page)

  await test.step('the window has a sandbox, isolation, and nothing of Node', async () => {
    expect(await preferencesOf(app)).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    })
  })

  await test.step('the policy is strict', async () => {
    const headers = await page.evaluate(async () => [...(await fetch(location.href)).headers])
    const policy = Object.fromEntries(headers)['content-security-policy'] ?? ''
    expect(policy.split('; ')).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "connect-src 'self' recording:",
      ]),
    )
    expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval'(?:;|$)/)
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/)
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'referrer-policy': 'no-referrer',
    })
  })

  await test.step('from inside nothing leads out', async () => {
    expect(await attempts(page)).toEqual({
      origin: 'app://earmark',
      node: 'undefined',
      required: 'undefined',
      bridge: ['adopt', 'listen', 'request'],
      evaluated: 'refused',
      inlineScript: 'refused',
      network: 'refused',
      file: 'refused',
      socket: 'refused',
      peers: 'refused',
      foreignWorker: 'refused',
      outside: 'refused',
      encodedOutside: 'refused',
      token: 'refused',
      streamToken: 'refused',
      streamOutside: 'refused',
      opened: 'null',
      framed: 'refused',
    })
  })

  await test.step('no permission is given', async () => {
    const given = await page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read']
      const states = names.map(async (name) =>
        navigator.permissions.query({ name: name as PermissionName }).then(
          ({ state }) => `${name}: ${state}`,
          () => `${name}: unknown`,
        ),
      )
      const refused = async (ask: () => Promise<unknown>) =>
        ask().then(
          () => 'given',
          () => 'refused',
        )
      const media = navigator.mediaDevices
      return {
        states: (await Promise.all(states)).filter((state) => state.endsWith('granted')),
        camera: await refused(() => media.getUserMedia({ video: true })),
        microphone: await refused(() => media.getUserMedia({ audio: true })),
        screen: await refused(() => media.getDisplayMedia({ video: true })),
        place: await refused(
          () => new Promise((done, fail) => navigator.geolocation.getCurrentPosition(done, fail)),
        ),
        notification: await Notification.requestPermission(),
      }
    })
    expect(given).toEqual({
      states: [],
      camera: 'refused',
      microphone: 'refused',
      screen: 'refused',
      place: 'refused',
      notification: 'denied',
    })
  })

  await test.step('requests are answered to our page only, and checked', async () => {
    expect(
      await page.evaluate(async () => {
        const refused = async (channel: string, request: unknown) =>
          window.earmark.request(channel as never, request as never).then(
            () => 'answered',
            () => 'refused',
          )
        return {
          path: await refused('file.read', { id: '/etc/passwd' }),
          more: await refused('recent.list', { more: 1 }),
          shape: await refused('file.save', { id: 1, bytes: 'text' }),
          key: await refused('peaks.read', { key: '../../etc/passwd' }),
          version: await refused('versions.read', { id: crypto.randomUUID(), key: '../x' }),
          unknown: await refused('no.such', {}),
          adopted: await refused('files.adopt', { paths: ['/etc/passwd'] }),
          object: await window.earmark.adopt([{ path: '/etc/passwd' }]),
          made: await window.earmark.adopt([
            Object.assign(new File(['x'], 'passwd'), { earmark: '/etc/passwd' }),
          ]),
          stranger: await window.earmark.request('file.read', { id: crypto.randomUUID() as never }),
        }
      }),
    ).toEqual({
      path: 'refused',
      more: 'refused',
      shape: 'refused',
      key: 'refused',
      version: 'refused',
      unknown: 'refused',
      adopted: 'refused',
      object: [],
      made: [],
      stranger: { ok: false, error: { kind: 'gone', name: '', detail: '' } },
    })
    // A page from elsewhere with our preload script, and frames in it.
    expect(await foreignPage(app)).toEqual({ main: 'refused', frames: ['nothing'] })
  })

  await test.step('nobody is led away: no navigation, no window, no download, no other program', async () => {
    await app.evaluate(({ shell, session }) => {
      const seen = { external: 0, downloads: [] as boolean[] }
      Object.assign(globalThis, { seen })
      shell.openExternal = async () => {
        seen.external++
      }
      session.defaultSession.on('will-download', (event) => {
        seen.downloads.push(event.defaultPrevented)
      })
    })
    for (const address of ['https://example.org/', 'file:///etc/passwd', 'app://other/', 'data:text/html,x'])
      await page.evaluate((href) => {
        location.href = href
      }, address)
    for (const address of ['https://example.org/', 'mailto:a@example.org', 'file:///etc/passwd'])
      await page.evaluate((href) => {
        for (const target of ['_self', '_blank']) {
          const link = Object.assign(document.createElement('a'), { href, target, textContent: 'link' })
          document.body.append(link)
          link.click()
          link.remove()
        }
      }, address)
    await page.evaluate(() => {
      const link = document.createElement('a')
      Object.assign(link, { href: 'data:text/plain,x', download: 'x.txt' })
      document.body.append(link)
      link.click()
      link.remove()
    })
    await page.waitForTimeout(500)
    expect(page.url()).toBe('app://earmark/index.html')
    const seen = await app.evaluate(({ BrowserWindow }) => ({
      ...(globalThis as unknown as { seen: { external: number; downloads: boolean[] } }).seen,
      windows: BrowserWindow.getAllWindows().length,
    }))
    expect(seen).toMatchObject({ external: 0, windows: 1 })
    expect(seen.downloads.every((isPrevented) => isPrevented)).toBe(true)
  })

  await test.step('an empty page, which nobody is asked about, gives way to ours', async () => {
    await page.evaluate(() => {
      setTimeout(() => {
        location.href = 'about:blank'
      })
    })
    await page.waitForURL('about:blank')
    await page.waitForURL('app://earmark/index.html')
    await page.waitForSelector('.app')
  })

  // What the policy refused is reported as an error of the page, and nothing else is.
  expect(
    errors.filter(
      (error) => !/Content Security Policy|Refused to|ERR_|Not allowed|blocked|status of 404/i.test(error),
    ),
  ).toEqual([])
  await close()
})

async function preferencesOf(app: ElectronApplication): Promise<Record<string, unknown>> {
  return app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>
    }
    return contents.getLastWebPreferences()
  })
}

/** Everything that a page could try to get out. */
function attempts(page: Page): Promise<Record<string, unknown>> {
  return page.evaluate(async () => {
    const fails = async (attempt: () => unknown) => {
      try {
        return (await attempt()) === null ? 'null' : 'worked'
      } catch {
        return 'refused'
      }
    }
    const must = async (address: string) => {
      const answer = await fetch(address)
      if (!answer.ok) throw new Error(String(answer.status))
    }
    // Later, since what a debugger evaluates may evaluate.
    const later = (attempt: () => unknown) =>
      new Promise((done, fail) => {
        setTimeout(() => {
          try {
            done(attempt())
          } catch (reason) {
            fail(reason)
          }
        }, 20)
      })
    return {
      origin: location.origin,
      node: typeof (globalThis as { process?: unknown }).process,
      required: typeof (globalThis as { require?: unknown }).require,
      bridge: Object.keys(window.earmark).sort(),
      evaluated: await fails(() => later(() => new Function('return 1')())),
      inlineScript: await fails(() =>
        later(() => {
          const script = document.createElement('script')
          script.textContent = 'document.documentElement.dataset.harmed = "1"'
          document.body.append(script)
          if (document.documentElement.dataset.harmed === undefined) throw new Error('not run')
        }),
      ),
      network: await fails(() => fetch('https://example.org/')),
      file: await fails(() => fetch('file:///etc/passwd')),
      socket: await fails(
        () =>
          new Promise((done, fail) => {
            const socket = new WebSocket('wss://example.org/')
            socket.onopen = done
            socket.onerror = fail
          }),
      ),
      peers: await fails(async () => {
        const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:192.0.2.1:3478' }] })
        peer.createDataChannel('x')
        await peer.setLocalDescription(await peer.createOffer())
        const found = await new Promise((done) => {
          peer.onicecandidate = ({ candidate }) => candidate && done(candidate.candidate)
          setTimeout(() => done(null), 1000)
        })
        peer.close()
        if (found === null) throw new Error('none')
      }),
      foreignWorker: await fails(
        () =>
          new Promise((done, fail) => {
            const worker = new Worker('data:text/javascript,postMessage(1)')
            worker.onmessage = done
            worker.onerror = fail
          }),
      ),
      outside: await fails(() => must('app://earmark/../../package.json')),
      encodedOutside: await fails(() => must('app://earmark/%2e%2e%2f%2e%2e%2fpackage.json')),
      token: await fails(() => must(`app://earmark/recording/${'0'.repeat(48)}`)),
      streamToken: await fails(() => must(`recording://earmark/${'0'.repeat(48)}`)),
      streamOutside: await fails(() => must('recording://earmark/%2e%2e%2f%2e%2e%2fetc%2fpasswd')),
      opened: await fails(() => window.open('https://example.org/')),
      framed: await fails(
        () =>
          new Promise((done, fail) => {
            document.addEventListener('securitypolicyviolation', fail, { once: true })
            const frame = document.createElement('iframe')
            frame.src = 'app://earmark/index.html'
            frame.onload = () => setTimeout(done, 200)
            document.body.append(frame)
          }),
      ),
    }
  })
}

/** Opens a page of another origin that has our preload script, and one of ours in a frame of it, and lets each ask. */
function foreignPage(app: ElectronApplication): Promise<{ main: string; frames: string[] }> {
  return app.evaluate(async ({ app: electron, BrowserWindow }) => {
    const preload = `${electron.getAppPath()}/dist/preload.cjs`
    const other = new BrowserWindow({
      show: false,
      webPreferences: { preload, sandbox: true, nodeIntegrationInSubFrames: true },
    })
    const frame = '<iframe src="app://earmark/index.html"></iframe>'
    await other.loadURL(`data:text/html,${encodeURIComponent(frame)}`)
    await new Promise((done) => setTimeout(done, 500))
    const ask = `window.earmark
      ? window.earmark.request('recent.list', {}).then(() => 'answered', () => 'refused')
      : 'nothing'`
    const { mainFrame } = other.webContents
    const inner = mainFrame.frames.map((each) => each.executeJavaScript(ask).catch(() => 'nothing'))
    const answers = {
      main: (await mainFrame.executeJavaScript(ask)) as string,
      frames: (await Promise.all(inner)) as string[],
    }
    other.destroy()
    return answers
  })
}

test('the page runs in the system’s sandbox', async () => {
  test.skip(process.platform !== 'linux', 'looked up in /proc')
  test.skip(
    isRoot && spawnSync('setpriv', ['--version']).status !== 0,
    'root has nothing to become another user',
  )
  const user = isRoot ? 65534 : (process.getuid?.() as number)
  const userData = mkdtempSync(join(tmpdir(), 'earmark-sandbox-'))
  const become: readonly string[] = isRoot
    ? ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups']
    : ['env']
  const env: NodeJS.ProcessEnv = { ...process.env, HOME: userData, XDG_CONFIG_HOME: userData }
  if (isRoot) {
    chownSync(userData, user, user)
    if (process.env.XAUTHORITY) {
      env.XAUTHORITY = join(userData, 'authority')
      copyFileSync(process.env.XAUTHORITY, env.XAUTHORITY)
      chownSync(env.XAUTHORITY, user, user)
    }
    chmodSync(userData, 0o700)
  }
  const [program = '', ...rest] = become
  const arguments_ = [...rest, join(packaged, 'earmark'), `--user-data-dir=${userData}`]
  const child = spawn(program, arguments_, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString()
  })
  const hasLeft = new Promise<void>((done) => child.once('exit', () => done()))
  let status: string | null = null
  await expect
    .poll(
      () => {
        status = statusOfPage(userData)
        // A page that has just been started has not shut itself in yet.
        return /Seccomp:\s+2/.test(status ?? '') || child.exitCode !== null
      },
      { timeout: 30_000 },
    )
    .toBe(true)
  child.kill('SIGKILL')
  await hasLeft
  test.skip(
    status === null && /sandbox|Operation not permitted/i.test(said),
    'this system lets nobody make a sandbox',
  )
  expect(status).toMatch(/NoNewPrivs:\s+1/)
  expect(status).toMatch(/Seccomp:\s+2/)
})

/** What the system knows of the process that shows the page of the app with this folder of data. */
function statusOfPage(userData: string): string | null {
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8')
      if (!command.includes('--type=renderer') || !command.includes(userData)) continue
      return readFileSync(`/proc/${name}/status`, 'utf8')
    } catch {
      // It ended meanwhile.
    }
  }
  return null
}

test('the recording answers byte ranges under its token', async () => {
  const { recording, transcript } = copySample('en')
  const size = readFileSync(recording).length
  const { page, close } = await launchApp({ files: [recording, transcript], settings: { language: 'en' } })
  await waitForAnalysis(page)
  const answers = await page.evaluate(async () => {
    const [session] = await window.earmark.request('recent.list', {})
    if (!session?.recording) throw new Error('no recording')
    const opened = await window.earmark.request('recording.open', { id: session.recording.id })
    if (!opened.ok) throw new Error(opened.error.kind)
    const { url } = opened.value
    const ask = async (range: string | null, method = 'GET') => {
      const answer = await fetch(url, { method, headers: range === null ? {} : { range } })
      const { byteLength } = await answer.arrayBuffer()
      return [answer.status, byteLength, answer.headers.get('content-range')]
    }
    const stream = (method = 'GET') =>
      fetch(url.replace('app://earmark/recording/', 'recording://earmark/'), {
        method,
        headers: { range: 'bytes=100-' },
      }).then(
        async (answer) => (await answer.arrayBuffer()).byteLength,
        () => 'refused',
      )
    const streamed = [await stream(), await stream('POST')]
    const answers = {
      first: await ask('bytes=0-9'),
      open: await ask('bytes=100-'),
      last: await ask('bytes=-5'),
      beyond: await ask('bytes=99999999999-'),
      head: await ask(null, 'HEAD'),
    }
    await window.earmark.request('recording.close', { url })
    return { ...answers, streamed, closed: await stream() }
  })
  expect(answers).toEqual({
    first: [206, 10, `bytes 0-9/${size}`],
    open: [206, size - 100, `bytes 100-${size - 1}/${size}`],
    last: [206, 5, `bytes ${size - 5}-${size - 1}/${size}`],
    beyond: [416, 0, `bytes */${size}`],
    head: [200, 0, null],
    streamed: [size - 100, 'refused'],
    closed: 'refused',
  })
  await close()
})

test('the player seeks to the end of two hours, and anywhere else 500 times, and leaves no descriptor', async () => {
  test.setTimeout(180_000)
  const recording = join(mkdtempSync(join(tmpdir(), 'earmark-long-')), 'long.wav')
  silentWave(recording, 7200)
  const { app, page, close } = await launchApp({ files: [recording], settings: { language: 'en' } })
  await waitForAnalysis(page)
  await findPlayer(page)
  expect(await seekAndReturn(page, 500)).toBe(500)
  const { duration, hasEnded } = await playToTheEnd(page)
  expect(duration).toBeCloseTo(7200, 2)
  expect(hasEnded).toBe(true)
  const open = () => timesOpen(app.process().pid, recording)
  if (process.platform === 'linux') await expect.poll(open).toBeLessThanOrEqual(1)
  await close()
})
