import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { save } from '../support/actions'
import { answerDialogs, copySample, launchApp, waitForAnalysis } from '../support/app'
import { timesOpen } from '../support/descriptors'

const hostile = [
  'ANA <img src=x onerror="window.harmed=1">: <script>window.harmed=1</script> Good evening to everyone here.',
  'BO \u202eREYES: [a link](javascript:window.harmed=1) and \u2066more\u2069 words follow.',
  'ANA <img src=x onerror="window.harmed=1">: =HYPERLINK("http://example.org") <svg onload=window.harmed=1>',
  `BO \u202eREYES: ${'x'.repeat(1_000_000)}`,
  'ZOE QUINN: =HYPERLINK("http://example.org")',
].join('\n\n')

test('hostile text is text, in the window, in its name, and in the log', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'earmark-hostile-'))
  const path = join(folder, '<img src=x onerror=alert(1)>\u202e.txt')
  writeFileSync(path, hostile)
  const { app, page, errors, log, close } = await launchApp({ files: [path], settings: { language: 'en' } })
  await expect(page.locator('.cm-content')).toContainText('<script>window.harmed=1</script>')
  for (const panel of ['1', '2', '3', '4']) await page.keyboard.press(`Control+Shift+${panel}`)
  // Its times are estimated as soon as it has a recording, and a save says its name.
  await answerDialogs(app, { open: [copySample('en').recording] })
  await page.keyboard.press('Control+o')
  await waitForAnalysis(page)
  await page.locator('.cm-content').focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.type(' ')
  await save(page)
  await expect(page.getByTestId('notice').filter({ hasText: '<img src=x onerror=alert(1)>' })).toBeVisible()
  await page.waitForTimeout(500)
  const found = await page.evaluate(() => ({
    harmed: 'harmed' in window,
    injected: document.querySelectorAll('img[src="x"], svg[onload], body script, a[href^="javascript"]')
      .length,
  }))
  expect(found).toEqual({ harmed: false, injected: 0 })
  expect(errors).toEqual([])
  expect(log()).not.toMatch(/Good evening to everyone|HYPERLINK|xxxxxxxx|onerror/)
  await close()
})

test('hostile text is text in every export, and a page made of it runs nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'earmark-hostile-'))
  const path = join(folder, 'hostile.txt')
  writeFileSync(path, hostile)
  const { app, page, close } = await launchApp({ files: [path], settings: { language: 'en' } })
  const exported = async (command: string, name: string) => {
    await answerDialogs(app, { save: join(folder, name) })
    await page.keyboard.press('Control+k')
    await page.keyboard.type(command)
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('notice').filter({ hasText: `${name} exported` })).toBeVisible()
    return readFileSync(join(folder, name), 'utf8')
  }
  const html = await exported('Export a page', 'page.html')
  const csv = await exported('Export a table', 'table.csv')
  expect(csv).toContain(`"'=HYPERLINK(""http://example.org"")`)
  const shown = await app.evaluate(
    async ({ BrowserWindow }, file) => {
      const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, partition: 'page' } })
      await window.loadFile(file)
      const found = (await window.webContents.executeJavaScript(`({
      harmed: 'harmed' in window,
      injected: document.querySelectorAll('script, img, svg, a').length,
      turns: document.querySelectorAll('section').length,
      text: document.body.innerText,
      widest: Math.max(...[...document.querySelectorAll('p')].map((each) => each.getBoundingClientRect().right)) <= innerWidth,
    })`)) as Record<string, unknown>
      window.destroy()
      return found
    },
    join(folder, 'page.html'),
  )
  expect(html.match(/<section>/g)).toHaveLength(3)
  expect(shown).toMatchObject({ harmed: false, injected: 0, turns: 3, widest: true })
  expect(shown.text).toContain('<svg onload=window.harmed=1>')
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
  const open = () => timesOpen(app.process().pid, recording)
  // The element that plays may hold one.
  await expect.poll(open).toBeLessThanOrEqual(2)
  await close()
})
