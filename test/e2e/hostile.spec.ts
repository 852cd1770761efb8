import { mkdtempSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { copySample, launchApp, waitForAnalysis } from '../support/app'

const hostile = [
  'ANA <img src=x onerror="window.harmed=1">: <script>window.harmed=1</script> Good evening to everyone here.',
  'BO \u202eREYES: [a link](javascript:window.harmed=1) and \u2066more\u2069 words follow.',
  'ANA <img src=x onerror="window.harmed=1">: =HYPERLINK("http://example.org") <svg onload=window.harmed=1>',
  `BO \u202eREYES: ${'x'.repeat(1_000_000)}`,
].join('\n\n')

test('hostile text is text, in the window, in its name, and in the log', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'earmark-hostile-')), '<img src=x onerror=alert(1)>.txt')
  writeFileSync(path, hostile)
  const { app, page, errors, close } = await launchApp({ files: [path], settings: { language: 'en' } })
  let log = ''
  for (const stream of [app.process().stdout, app.process().stderr])
    stream?.on('data', (chunk: Buffer) => {
      log += chunk.toString()
    })
  await expect(page.locator('.cm-content')).toContainText('<script>window.harmed=1</script>')
  for (const panel of ['1', '2', '3', '4']) await page.keyboard.press(`Control+Shift+${panel}`)
  await page.waitForTimeout(500)
  const found = await page.evaluate(() => ({
    harmed: 'harmed' in window,
    injected: document.querySelectorAll('img[src="x"], svg[onload], body script, a[href^="javascript"]')
      .length,
  }))
  expect(found).toEqual({ harmed: false, injected: 0 })
  expect(errors).toEqual([])
  expect(log).not.toMatch(/Good evening to everyone|HYPERLINK|xxxxxxxx/)
  await close()
})

test('no request leaves the app', async () => {
  const { recording, transcript } = copySample('en')
  const { page, close } = await launchApp({ settings: { language: 'en' } })
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await close()
  const second = await launchApp({ files: [recording, transcript], settings: { language: 'en' } })
  second.page.on('request', (request) => asked.push(request.url()))
  await second.page.reload()
  await second.page.waitForSelector('.app')
  expect(asked.length).toBeGreaterThan(0)
  expect(asked.filter((url) => !/^(?:app:\/\/earmark\/|data:|blob:app:)/.test(url))).toEqual([])
  await second.close()
})

test('five hundred seeks leave no descriptor of the recording open', async () => {
  test.skip(process.platform !== 'linux', 'descriptors are counted in /proc')
  const { recording, transcript } = copySample('en')
  const { app, page, close } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
  })
  await waitForAnalysis(page)
  const answers = await page.evaluate(async () => {
    const [session] = await window.earmark.request('recent.list', {})
    if (!session?.recording) throw new Error('no recording')
    const opened = await window.earmark.request('recording.open', { id: session.recording.id })
    if (!opened.ok) throw new Error(opened.error.kind)
    const { url, size } = opened.value
    let parts = 0
    for (let seek = 0; seek < 500; seek++) {
      const stop = new AbortController()
      const from = Math.floor(((seek * 7919) % 1000) * (size / 1001))
      const answer = await fetch(url, { headers: { range: `bytes=${from}-` }, signal: stop.signal })
      if (answer.status === 206) parts++
      await answer.body?.getReader().read()
      stop.abort()
    }
    return parts
  })
  expect(answers).toBe(500)
  const folder = `/proc/${app.process().pid}/fd`
  const open = () =>
    readdirSync(folder).filter((descriptor) => {
      try {
        return readlinkSync(join(folder, descriptor)) === recording
      } catch {
        return false
      }
    }).length
  // The element that plays may hold one.
  await expect.poll(open).toBeLessThanOrEqual(2)
  await close()
})
