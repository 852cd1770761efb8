import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { copySample, launchApp, waitForAnalysis } from '../support/app'
import { onDisplay } from '../support/onDisplay'
import { TextModel } from './textModel'

/** `npm run test:soak -- MINUTES [SEED]` */
const minutes = Number(process.argv[2] ?? 60)
let seed = Number(process.argv[3] ?? Date.now() % 2 ** 31)

/** Megabytes by which the median of the last quarter may be above that of the first one after the warm-up: what an hour's undo history and the
 *  collectors' habits come to. */
const growth = 60

/** Milliseconds between two looks at what the app takes. */
const pause = Math.min(15_000, (minutes * 60_000) / 20)

function random(below: number): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return Math.floor((seed / 2 ** 32) * below)
}

interface Usage {
  /** All processes of the app. */
  readonly megabytes: number
  readonly descriptors: number
  readonly workers: number
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number

async function soak(): Promise<number> {
  const first = seed
  const { recording, transcript } = copySample('en')
  const { app, page, errors, close } = await launchApp({
    files: [recording, transcript],
    settings: { language: 'en' },
  })
  await waitForAnalysis(page)
  const model = new TextModel(readFileSync(transcript, 'utf8'))
  const failures: string[] = []
  const counts = { edits: 0, undone: 0, redone: 0, boundaries: 0, saves: 0, played: 0, seeks: 0 }

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

  const gestures: Readonly<Record<string, () => Promise<void>>> = {
    insert: async () => {
      const at = random(20)
      const word = `soak${counts.edits} `
      await goTo(page, at)
      const begun = Date.now()
      await page.keyboard.type(word)
      model.replace(at, at, word)
      // Typed with a longer gap it may be several steps.
      if (Date.now() - begun > 400) model.forgetSteps()
      counts.edits++
      await nextStep(page)
    },
    append: async () => {
      const word = random(2) === 0 ? ` 审议${counts.edits}` : ` appended${counts.edits}.`
      await intoText(page, 'Control+End')
      await page.keyboard.insertText(word)
      model.replace(model.text.length, model.text.length, word)
      counts.edits++
      await nextStep(page)
    },
    remove: async () => {
      await intoText(page, 'Control+End')
      const { length } = model.text
      await page.keyboard.press('Backspace')
      model.replace(length - 1, length, '')
      counts.edits++
      await nextStep(page)
    },
    undo: async () => {
      if (!model.undo()) return
      await intoText(page, 'Control+z')
      counts.undone++
    },
    redo: async () => {
      if (!model.redo()) return
      await intoText(page, 'Control+y')
      counts.redone++
    },
    boundary: async () => {
      await intoText(page, 'Control+End')
      await page.keyboard.press('F9')
      model.forgetSteps()
      counts.boundaries++
      await nextStep(page)
    },
    play: async () => {
      await page.keyboard.press('Escape')
      await page.waitForTimeout(random(1500))
      await page.keyboard.press('Escape')
      counts.played++
    },
    seek: async () => {
      for (let key = 0; key < 5; key++)
        await page.keyboard.press(random(2) === 0 ? 'Alt+Shift+ArrowRight' : 'Alt+Shift+ArrowLeft')
      counts.seeks += 5
    },
    save: async () => {
      await page.keyboard.press('Control+s')
      await expect(page.getByTestId('save-state')).toHaveClass(/is-saved/)
      counts.saves++
      if (readFileSync(transcript, 'utf8') !== model.text)
        failures.push(`the file after save ${counts.saves} is not the model`)
    },
  }
  const names = Object.keys(gestures)

  const started = Date.now()
  const samples: Usage[] = []
  const warmUp = Math.min(180_000, (minutes * 60_000) / 4)
  let lastLook = 0
  while (Date.now() - started < minutes * 60_000 && failures.length === 0) {
    await gestures[names[random(names.length)] as string]?.()
    if (Date.now() - started < warmUp || Date.now() - lastLook < pause) continue
    lastLook = Date.now()
    samples.push(await usage())
  }
  await gestures.save?.()
  failures.push(...errors)
  const quarter = Math.max(1, Math.floor(samples.length / 4))
  const [begin, end] = [samples.slice(0, quarter), samples.slice(-quarter)] as const
  const summary = (part: readonly Usage[]) => ({
    megabytes: median(part.map(({ megabytes }) => megabytes)),
    descriptors: median(part.map(({ descriptors }) => descriptors)),
    workers: Math.max(...part.map(({ workers }) => workers)),
  })
  const [early, late] = [summary(begin), summary(end)]
  if (late.megabytes > early.megabytes + growth) failures.push('memory grew')
  if (late.descriptors > early.descriptors + 3) failures.push('descriptors are left open')
  if (late.workers > early.workers) failures.push('workers are left')
  await close()
  const outcome = { minutes, seed: first, ...counts, early, late, looks: samples.length }
  console.log(JSON.stringify(outcome))
  writeFileSync('test-results/soak.json', JSON.stringify({ ...outcome, failures, samples }))
  for (const failure of failures) console.log(`FAILED ${failure}`)
  return failures.length === 0 ? 0 : 1
}

async function intoText(page: Page, key: string): Promise<void> {
  await page.locator('.cm-content').focus()
  await page.keyboard.press(key)
}

/** The caret behind so many characters of the first line. */
async function goTo(page: Page, characters: number): Promise<void> {
  await intoText(page, 'Control+Home')
  for (let key = 0; key < characters; key++) await page.keyboard.press('ArrowRight')
}

// A gap longer than the one over which the history joins edits makes the next one a step of its own.
const nextStep = (page: Page) => page.waitForTimeout(600)

process.exit(await onDisplay(soak))
