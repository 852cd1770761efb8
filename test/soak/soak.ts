import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { copySample } from '../support/app'
import { Driver } from '../support/driver'
import { onDisplay } from '../support/onDisplay'
import { judge, type Look } from './judge'
import { TextModel } from './textModel'

/** `npm run test:soak -- MINUTES [SEED] [--without GESTURE,…]` */
const given = process.argv.slice(2)
const without = given.includes('--without') ? (given[given.indexOf('--without') + 1] ?? '').split(',') : []
const minutes = Number(given[0] ?? 60)
let seed = Number(given[1]?.match(/^\d+$/u)?.[0] ?? Date.now() % 2 ** 31)

/** Milliseconds between two looks at what the app takes. */
const pause = Math.min(15_000, (minutes * 60_000) / 20)

/** Milliseconds before the first look that counts: code is compiled, caches and sound buffers fill. */
const warmUp = Math.min(180_000, (minutes * 60_000) / 4)

/** The history joins what is typed in less time to one step, milliseconds; a longer gap makes the next a step of its own. */
const joined = 500

function random(below: number): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return Math.floor((seed / 2 ** 32) * below)
}

const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

/** Megabytes that a process has to itself, and its share of what it has with others. */
function megabytesOf(process: number): number {
  const rollup = readFileSync(`/proc/${process}/smaps_rollup`, 'utf8')
  return Number(/^Pss:\s+(\d+)/mu.exec(rollup)?.[1]) / 1024
}

async function soak(): Promise<number> {
  const first = seed
  const { recording, transcript } = copySample('en')
  const app = await Driver.launch([recording, transcript])
  await app.until(
    `document.querySelector('[data-testid="waveform"] canvas') && !document.querySelector('.stage-progress')`,
  )
  const model = new TextModel(readFileSync(transcript, 'utf8'))
  const failures: string[] = []
  const counts = { edits: 0, undone: 0, redone: 0, boundaries: 0, saves: 0, played: 0, seeks: 0 }

  const look = async (at: number): Promise<Look> => {
    const { page, workers, ...holds } = await app.collected()
    const megabytes: Record<string, number> = {}
    for (const { id, type } of await app.processes())
      megabytes[type] = (megabytes[type] ?? 0) + megabytesOf(id)
    return {
      minute: at / 60_000,
      megabytes,
      heap: (page + workers) / 1024 / 1024,
      ...holds,
      descriptors: readdirSync(`/proc/${app.pid}/fd`).length,
      workers: app.workerCount,
      steps: counts.edits + counts.boundaries,
    }
  }

  const intoText = async (key: string) => {
    await app.evaluate(`document.querySelector('.cm-content').focus()`)
    await app.press(key)
  }
  const nextStep = () => wait(joined + 100)

  const gestures: Readonly<Record<string, () => Promise<void>>> = {
    insert: async () => {
      const at = random(20)
      const word = `soak${counts.edits} `
      await intoText('Control+Home')
      for (let key = 0; key < at; key++) await app.press('ArrowRight')
      const begun = Date.now()
      await app.type(word)
      model.replace(at, at, word)
      // Typed with a longer gap it may be several steps.
      if (Date.now() - begun > joined - 100) model.forgetSteps()
      counts.edits++
      await nextStep()
    },
    append: async () => {
      const word = random(2) === 0 ? ` 审议${counts.edits}` : ` appended${counts.edits}.`
      await intoText('Control+End')
      await app.insert(word)
      model.replace(model.text.length, model.text.length, word)
      counts.edits++
      await nextStep()
    },
    remove: async () => {
      await intoText('Control+End')
      const { length } = model.text
      await app.press('Backspace')
      model.replace(length - 1, length, '')
      counts.edits++
      await nextStep()
    },
    undo: async () => {
      if (!model.undo()) return
      await intoText('Control+z')
      counts.undone++
    },
    redo: async () => {
      if (!model.redo()) return
      await intoText('Control+y')
      counts.redone++
    },
    boundary: async () => {
      await intoText('Control+End')
      await app.press('F9')
      model.forgetSteps()
      counts.boundaries++
      await nextStep()
    },
    play: async () => {
      await app.press('Escape')
      await wait(random(1500))
      await app.press('Escape')
      counts.played++
    },
    seek: async () => {
      for (let key = 0; key < 5; key++)
        await app.press(random(2) === 0 ? 'Alt+Shift+ArrowRight' : 'Alt+Shift+ArrowLeft')
      counts.seeks += 5
    },
    save: async () => {
      await app.press('Control+s')
      await app.until(`document.querySelector('[data-testid="save-state"].is-saved')`)
      counts.saves++
      if (readFileSync(transcript, 'utf8') !== model.text)
        failures.push(`the file after save ${counts.saves} is not the model`)
    },
  }
  const names = Object.keys(gestures).filter((name) => !without.includes(name))

  const started = Date.now()
  const looks: Look[] = []
  let lastLook = 0
  while (Date.now() - started < minutes * 60_000 && failures.length === 0) {
    await gestures[names[random(names.length)] as string]?.()
    const now = Date.now() - started
    if (now < warmUp || Date.now() - lastLook < pause) continue
    lastLook = Date.now()
    looks.push(await look(now))
  }
  if (failures.length === 0) await gestures.save?.()
  failures.push(...app.errors)
  await app.close()
  const { problems, ...judged } = judge(looks)
  failures.push(...problems)
  const outcome = { minutes, warmUp: warmUp / 60_000, seed: first, without, ...counts, ...judged }
  console.log(JSON.stringify(outcome, null, 1))
  writeFileSync('test-results/soak.json', JSON.stringify({ ...outcome, failures, looks }))
  for (const failure of failures) console.log(`FAILED ${failure}`)
  return failures.length === 0 ? 0 : 1
}

process.exit(await onDisplay(soak))
