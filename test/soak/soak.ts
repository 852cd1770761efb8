import { readdirSync, readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { copySample, launchApp, waitForAnalysis } from '../support/app'

/** `npm run test:soak -- MINUTES [SEED]`, on a display, with the app packaged. */
const minutes = Number(process.argv[2] ?? 60)
let seed = Number(process.argv[3] ?? 1)

/** Memory after the warm-up may grow by this share, plus 40 MB for what the collectors leave. */
const growth = 0.3

function random(below: number): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return Math.floor((seed / 2 ** 32) * below)
}

interface Usage {
  readonly megabytes: number
  readonly descriptors: number
  readonly workers: number
}

async function main(): Promise<number> {
  const { recording, transcript } = copySample('en')
  const { app, page, errors, close } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
  })
  await waitForAnalysis(page)
  let model = readFileSync(transcript, 'utf8')
  const failures: string[] = []
  const counts = { edits: 0, undone: 0, saves: 0, played: 0, seeks: 0 }

  const usage = async (): Promise<Usage> => {
    const kilobytes = await app.evaluate(({ app: electron }) =>
      electron.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize, 0),
    )
    return {
      megabytes: Math.round(kilobytes / 1024),
      descriptors: readdirSync(`/proc/${app.process().pid}/fd`).length,
      workers: page.workers().length,
    }
  }

  const gestures: (() => Promise<void>)[] = [
    async () => {
      const word = `soak${counts.edits} `
      await intoText(page, 'Control+Home')
      await page.keyboard.type(word)
      counts.edits++
      // A gap longer than the one that the history joins makes the next one a step of its own.
      await page.waitForTimeout(600)
      if (random(3) === 0) {
        await page.keyboard.press('Control+z')
        counts.undone++
      } else model = word + model
    },
    async () => {
      await page.keyboard.press('Escape')
      await page.waitForTimeout(random(400))
      await page.keyboard.press('Escape')
      counts.played++
    },
    async () => {
      for (let seek = 0; seek < 5; seek++)
        await page.keyboard.press(random(2) === 0 ? 'Alt+Shift+ArrowRight' : 'Alt+Shift+ArrowLeft')
      counts.seeks += 5
    },
    async () => {
      await page.keyboard.press('Control+s')
      await page.waitForSelector('[data-testid="save-state"].is-saved', { timeout: 10_000 })
      counts.saves++
      if (readFileSync(transcript, 'utf8') !== model) failures.push(`save ${counts.saves} is not the model`)
    },
  ]

  const started = Date.now()
  const warmUp = Math.min(120_000, (minutes * 60_000) / 4)
  let warm: Usage | null = null
  while (Date.now() - started < minutes * 60_000 && failures.length === 0) {
    await gestures[random(gestures.length)]?.()
    if (!warm && Date.now() - started > warmUp) warm = await usage()
  }
  await gestures[3]?.()
  const last = await usage()
  warm ??= last
  if (last.megabytes > warm.megabytes * (1 + growth) + 40) failures.push('memory grew')
  if (last.descriptors > warm.descriptors + 10) failures.push('descriptors are left open')
  if (last.workers > warm.workers) failures.push('workers are left')
  failures.push(...errors)
  await close()
  console.log(JSON.stringify({ minutes, ...counts, afterWarmUp: warm, atTheEnd: last }))
  for (const failure of failures) console.log(`FAILED ${failure}`)
  return failures.length === 0 ? 0 : 1
}

async function intoText(page: Page, key: string): Promise<void> {
  await page.locator('.cm-content').focus()
  await page.keyboard.press(key)
}

process.exit(await main())
