import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageFolder } from '../../electron/dev/package'
import { prepareSystem, prepareTestTools } from '../../electron/dev/system'
import { Driver } from '../support/driver'
import { hasFfmpeg } from '../support/longSession'
import ownTemporary from '../support/ownTemporary'
import { type Figure, figure, isMet, median, percentile, tableOf } from './figures'
import { Inputs } from './inputs'
import { idleMemory, memoryWhileReading, type Opening, opening, reference } from './opening'
import { type Interaction, interact, spread, typing, watch } from './window'

const root = fileURLToPath(new URL('../..', import.meta.url))

const only = process.argv.flatMap((argument, index, all) =>
  argument === '--only' ? [all[index + 1] as string] : [],
)

/** Every measurement once. */
const isQuick = process.argv.includes('--quick')

/** Runs of each measurement; the median counts. */
const runs = isQuick ? 1 : 3

interface Measured extends Opening {
  readonly ffmpeg: number
  readonly memory: number
}

const known = new Map<string, Measured>()

async function repeat<T>(measure: () => Promise<T>): Promise<T[]> {
  const found: T[] = []
  for (let run = 0; run < runs; run++) found.push(await measure())
  return found
}

/** Opens a recording several times, in turn with the reference. */
async function openings(recording: string): Promise<Measured> {
  const before = known.get(recording)
  if (before) return before
  const all = await repeat(async () => ({
    ffmpeg: reference(recording),
    ...(await opening(recording)),
    memory: (await memoryWhileReading([recording])).highest - (await idleMemory()),
  }))
  const of = (key: keyof Measured) => median(all.map((entry) => entry[key]))
  const measured: Measured = {
    ffmpeg: of('ffmpeg'),
    firstPixels: of('firstPixels'),
    overview: of('overview'),
    complete: of('complete'),
    again: of('again'),
    block: of('block'),
    memory: of('memory'),
  }
  known.set(recording, measured)
  return measured
}

async function mono(inputs: Inputs): Promise<Figure[]> {
  const it = await openings(inputs.mono)
  return [
    figure('2-hour mp3, mono, 64 kbit/s: `ffmpeg -f null`', it.ffmpeg, 's', null),
    figure('first pixels of its waveform', it.firstPixels, 's', null),
    figure('its whole overview', it.overview, 's', 2),
    figure('complete waveform and speech activity', it.complete, 's', null),
    figure('the same against ffmpeg', it.complete / it.ffmpeg, '×', 3),
    figure('memory of the window above idle meanwhile', it.memory, 'MB', 200),
    figure('longest block of its main thread, of 50 ms and more', it.block, 'ms', 50),
  ]
}

async function stereo(inputs: Inputs): Promise<Figure[]> {
  const it = await openings(inputs.stereo)
  return [
    figure('2-hour mp3, stereo, 128 kbit/s: complete, against ffmpeg', it.complete / it.ffmpeg, '×', 3),
    figure('longest block of the main thread', it.block, 'ms', 50),
  ]
}

async function long(inputs: Inputs): Promise<Figure[]> {
  const [it, short] = [await openings(inputs.long), await openings(inputs.mono)]
  return [
    figure('10-hour mp3: complete', it.complete, 's', null),
    figure('the same against 2 hours', it.complete / short.complete, '×', 5.3),
    figure('its whole overview', it.overview, 's', null),
    figure('memory of the window above idle meanwhile', it.memory, 'MB', 200),
    figure('longest block of its main thread', it.block, 'ms', 50),
    figure('opened again, from the cache', it.again, 's', 1),
  ]
}

async function session(inputs: Inputs): Promise<Figure[]> {
  const files = [inputs.long, inputs.turns]
  const all = await repeat(async () => {
    const driver = await Driver.launch(files)
    await driver.until(`document.querySelector('.overview')`)
    await driver.until(`!document.querySelector('.stage-progress')`, 600)
    const found = await interact(driver)
    await driver.close()
    return found
  })
  const every = (key: keyof Interaction) => all.flatMap((entry) => entry[key])
  for (const key of ['zoom', 'scroll', 'edit', 'drag', 'key'] as const)
    console.log(`  ${key}: ${spread(every(key))}`)
  const memory = await repeat(() => memoryWhileReading(files))
  console.log(`  memory at its highest: ${Math.round(median(memory.map(({ highest }) => highest)))} MB`)
  const size = '10 hours, 10,000 turns'
  return [
    figure(`${size}: zoom step to paint`, median(every('zoom')), 'ms', 100),
    figure('scroll frame', median(every('scroll')), 'ms', 33),
    figure('edit of a boundary to paint', median(every('edit')), 'ms', 50),
    figure('drag frame', median(every('drag')), 'ms', 33),
    figure('keystroke in the transcript to paint, 95th percentile', percentile(every('key'), 95), 'ms', 33),
    figure('memory of the window', median(memory.map(({ last }) => last)), 'MB', 400),
  ]
}

async function line(inputs: Inputs): Promise<Figure[]> {
  const all = await repeat(async () => {
    const driver = await Driver.launch([inputs.oneLine])
    await driver.until(`document.querySelector('.cm-line')`)
    await watch(driver)
    const found = await typing(driver)
    await driver.close()
    return found
  })
  console.log(`  key: ${spread(all.flat())}`)
  return [figure('1 MB on one line: keystroke to paint', median(all.flat()), 'ms', 50)]
}

const cases = { mono, stereo, long, session, line } as const

async function measure(): Promise<void> {
  const wanted = (Object.keys(cases) as (keyof typeof cases)[]).filter(
    (name) => only.length === 0 || only.includes(name),
  )
  if (wanted.length === 0) throw new Error(`--only takes ${Object.keys(cases).join(', ')}`)
  if (!hasFfmpeg) {
    console.log(`ffmpeg is not here to make recordings and to measure against: ${wanted.join(', ')} skipped.`)
    return
  }
  const inputs = new Inputs()
  const figures: Figure[] = []
  try {
    for (const name of wanted) {
      console.log(`${name}…`)
      const found = await cases[name](inputs)
      for (const entry of found)
        console.log(
          `  ${entry.what}: ${entry.shown}${entry.bar === null ? '' : ` (${entry.barShown}: ${isMet(entry) ? 'met' : 'missed'})`}`,
        )
      figures.push(...found)
    }
  } finally {
    inputs.remove()
  }
  const table = tableOf(figures, runs)
  console.log(`\n${table}`)
  if (isQuick || only.length > 0) return
  const readme = join(root, 'README.md')
  const text = readFileSync(readme, 'utf8')
  writeFileSync(
    readme,
    text.replace(
      /(<!-- bench -->\n)[\s\S]*(<!-- \/bench -->)/u,
      (_all, begin: string, end: string) => `${begin}${table}\n${end}`,
    ),
  )
}

if (process.env.DISPLAY) {
  process.on('exit', ownTemporary())
  await measure()
} else {
  const { executable } = await packageFolder()
  prepareTestTools()
  const [program, ...args] = [
    ...prepareSystem(executable),
    process.execPath,
    ...process.execArgv,
    ...process.argv.slice(1),
  ]
  process.exitCode = spawnSync(program as string, args, { stdio: 'inherit' }).status ?? 1
}
