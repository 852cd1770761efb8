import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Bridge } from '../../shared/ipc'
import { copySample, fuseSentinel, launchApp, packaged, waitForAnalysis } from '../support/app'

declare global {
  interface Window {
    readonly earmark: Bridge
  }
}

test('the fuses of the package are set', () => {
  const bytes = readFileSync(join(packaged, 'earmark'))
  const at = bytes.indexOf(fuseSentinel) + fuseSentinel.length
  const length = bytes[at + 1] as number
  const wire = bytes.subarray(at + 2, at + 2 + length).toString('latin1')
  const [runAsNode, cookies, nodeOptions, inspect, integrity, onlyAsar] = wire
  expect({ runAsNode, cookies, nodeOptions, inspect, integrity, onlyAsar }).toEqual({
    runAsNode: '0',
    cookies: '1',
    nodeOptions: '0',
    inspect: '0',
    integrity: '1',
    onlyAsar: '1',
  })
})

test('the window is locked down', async () => {
  const { recording, transcript } = copySample('en')
  const { app, page, close } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
  })
  await waitForAnalysis(page)

  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>
    }
    return contents.getLastWebPreferences()
  })
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
  })

  const policy = await page.evaluate(async () =>
    (await fetch(location.href)).headers.get('content-security-policy'),
  )
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toContain('unsafe-inline')
  expect(policy).not.toContain("'unsafe-eval'")

  const attempts = await page.evaluate(async () => {
    const fails = async (attempt: () => unknown) => {
      try {
        return (await attempt()) === null ? 'null' : 'worked'
      } catch {
        return 'refused'
      }
    }
    return {
      origin: location.origin,
      node: typeof (globalThis as { process?: unknown }).process,
      required: typeof (globalThis as { require?: unknown }).require,
      bridge: Object.keys(window.earmark).sort(),
      // Later, since what a debugger evaluates may evaluate.
      evaluated: await fails(
        () =>
          new Promise((done, fail) => {
            setTimeout(() => {
              try {
                done(new Function('return 1')())
              } catch (reason) {
                fail(reason)
              }
            }, 20)
          }),
      ),
      network: await fails(() => fetch('https://example.org/')),
      file: await fails(() => fetch('file:///etc/passwd')),
      outside: await fails(async () => {
        const answer = await fetch('app://earmark/../../package.json')
        if (!answer.ok) throw new Error()
      }),
      token: await fails(async () => {
        const answer = await fetch(`app://earmark/recording/${'0'.repeat(48)}`)
        if (!answer.ok) throw new Error()
      }),
      opened: await fails(() => window.open('https://example.org/')),
      unknownId: await fails(() => window.earmark.request('file.read', { id: '/etc/passwd' as never })),
      unknownChannel: await fails(() => window.earmark.request('no.such' as never, {} as never)),
      camera: await fails(() => navigator.mediaDevices.getUserMedia({ video: true })),
    }
  })
  expect(attempts).toEqual({
    origin: 'app://earmark',
    node: 'undefined',
    required: 'undefined',
    bridge: ['adopt', 'listen', 'request'],
    evaluated: 'refused',
    network: 'refused',
    file: 'refused',
    outside: 'refused',
    token: 'refused',
    opened: 'null',
    unknownId: 'refused',
    unknownChannel: 'refused',
    camera: 'refused',
  })

  await page.evaluate(() => {
    location.href = 'https://example.org/'
  })
  await page.waitForTimeout(300)
  expect(page.url()).toBe('app://earmark/index.html')
  await close()
})

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
    return {
      first: await ask('bytes=0-9'),
      open: await ask('bytes=100-'),
      last: await ask('bytes=-5'),
      beyond: await ask('bytes=99999999999-'),
      head: await ask(null, 'HEAD'),
    }
  })
  expect(answers).toEqual({
    first: [206, 10, `bytes 0-9/${size}`],
    open: [206, size - 100, `bytes 100-${size - 1}/${size}`],
    last: [206, 5, `bytes ${size - 5}-${size - 1}/${size}`],
    beyond: [416, 0, `bytes */${size}`],
    head: [200, 0, null],
  })
  await close()
})
