import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { answerDialogs, copySample, launchApp, waitForAnalysis } from '../support/app'

const hasStrace = spawnSync('strace', ['-V']).status === 0

/** Works through a session as a user would. */
async function work(page: Page): Promise<void> {
  await waitForAnalysis(page)
  await page.keyboard.press('Escape')
  await page.waitForTimeout(500)
  await page.keyboard.press('Escape')
  await page.locator('.cm-content').focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('Words. ')
  await page.keyboard.press('Control+s')
  await expect(page.getByTestId('save-state')).toHaveClass(/is-saved/)
}

/** Tries what no policy of a page forbids: hints that make a browser look hosts up, or connect ahead. */
async function tempt(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const rel of ['dns-prefetch', 'preconnect', 'prefetch', 'preload', 'modulepreload', 'icon'])
      for (const href of ['https://example.org/', 'https://192.0.2.1/'])
        document.head.append(Object.assign(document.createElement('link'), { rel, href, as: 'script' }))
    navigator.sendBeacon('https://example.org/', 'x')
    await fetch('https://192.0.2.1/').catch(() => undefined)
    Object.assign(document.createElement('img'), { src: 'https://example.org/x.png' })
    await new Promise((done) => setTimeout(done, 1500))
  })
}

test('nothing of the app speaks to the network, seen from the system', async () => {
  test.skip(!hasStrace, 'strace is not here')
  test.setTimeout(180_000)
  const folder = mkdtempSync(join(tmpdir(), 'earmark-network-'))
  const trace = join(folder, 'trace')
  const wrapper = join(folder, 'traced.sh')
  const { recording, transcript } = copySample('en')
  writeFileSync(
    wrapper,
    `#!/bin/sh\nexec strace -f -qq -e trace=connect,sendto,sendmsg,sendmmsg -o '${trace}' "$EARMARK_TRACED" "$@"\n`,
  )
  chmodSync(wrapper, 0o755)
  const { app, page, close } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
    wrapper,
  })
  await work(page)
  await tempt(page)
  await answerDialogs(app, { save: join(folder, 'page.html') })
  await close()
  const calls = readFileSync(trace, 'utf8')
    .split('\n')
    .filter((line) => /sa_family=AF_INET/.test(line))
  expect(readFileSync(trace, 'utf8').length).toBeGreaterThan(1000)
  expect(calls).toEqual([])
})

test('nothing of the app speaks to the network, by what Chromium writes down itself', async () => {
  const log = join(mkdtempSync(join(tmpdir(), 'earmark-network-')), 'log.json')
  const { recording, transcript } = copySample('en')
  const { app, page, close } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
    switches: [`--log-net-log=${log}`],
  })
  await work(page)
  await tempt(page)
  const hasLeft = new Promise<void>((done) => app.process().once('exit', () => done()))
  await app.evaluate(({ app: electron }) => void setTimeout(() => electron.quit()))
  await hasLeft
  await close()
  const text = readFileSync(log, 'utf8')
  const { constants, events } = JSON.parse(text) as {
    constants: { logEventTypes: Record<string, number> }
    events: { type: number; params?: { address?: string; host?: string } }[]
  }
  const named = (name: string) => constants.logEventTypes[name]
  const types = ['TCP_CONNECT_ATTEMPT', 'UDP_CONNECT', 'UDP_BYTES_SENT', 'HOST_RESOLVER_DNS_TASK']
    .map(named)
    .filter((type) => type !== undefined)
  expect(types.length).toBeGreaterThan(2)
  expect(events.length).toBeGreaterThan(0)
  // The one address there is leads nowhere on this computer.
  expect(
    events
      .filter(({ type, params }) => types.includes(type) && params?.address !== '0.0.0.0:9')
      .map(({ params }) => params),
  ).toEqual([])
})
