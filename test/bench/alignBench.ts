import { spawn, spawnSync } from 'node:child_process'
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { root } from '../../electron/dev/inputs'
import { type SpokenTruth, simulateRecogniser } from '../support/recogniser'
import { missed, readScore, sets } from './alignSets'
import { makeDistinctSet } from './distinctSet'
import { alignWithEchogarden, installEchogarden } from './echogarden'
import { estimateErrors } from './estimateBench'

// The sets are made by a script beside the repository, out of Debian's voice prompts; `--seed N` makes others.
const tools = join(root, '../shared/speech')
const folder = join(tmpdir(), 'earmark-align-bench')

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
  return stdout
}

/** Runs the command line on a set, its output into a file.
 *  @returns wall time in seconds; the process's greatest memory in megabytes, `null` where the system does not tell */
async function align(
  name: string,
  options: readonly string[],
): Promise<{ seconds: number; megabytes: number | null }> {
  const from = performance.now()
  const child = spawn(
    process.execPath,
    ['electron/dev/cli.mjs', 'align', `${name}.wav`, `${name}.txt`, '--json', ...options],
    { cwd: root, env: { ...process.env, INIT_CWD: folder }, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const written = pipeline(child.stdout, createWriteStream(join(folder, `${name}.aligned.json`)))
  let megabytes: number | null = null
  const status = `/proc/${child.pid}/status`
  const watch = setInterval(() => {
    if (!existsSync(status)) return
    const peak = /VmHWM:\s+(\d+) kB/u.exec(readFileSync(status, 'utf8'))?.[1]
    if (peak !== undefined) megabytes = Math.round(Number(peak) / 1024)
  }, 100)
  const code = await new Promise<number | null>((done) => child.on('close', done))
  clearInterval(watch)
  await written
  if (code !== 0) throw new Error(`align ${name} ended with ${code}`)
  return { seconds: (performance.now() - from) / 1000, megabytes }
}

/** Writes what a recogniser might hear in a set: a tenth of the words wrong, times off by up to 0.2 s and 0.3 s late, deaf and inventing
 *  now and then.
 *  @returns the file's name */
function hear(name: string): string {
  const truth = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as SpokenTruth
  const every = Math.ceil((truth.turns.at(-1)?.sentences.at(-1)?.end ?? 0) / 400)
  const faults = { errors: 0.1, jitter: 0.2, offset: 0.3, missing: every, invented: every }
  writeFileSync(
    join(folder, `${name}.words.json`),
    JSON.stringify(simulateRecogniser(truth, { seed: 5, ...faults })),
  )
  return `${name}.words.json`
}

const needed = ['python3', 'ffmpeg', 'sox']
const prompts = [
  '/usr/share/doc/asterisk-core-sounds-en',
  '/usr/share/asterisk/moh',
  '/usr/share/tuxpaint/stamps',
]

/** Makes, aligns and scores sets, all of them or those that are named, and prints how they stand against their bars; `--words`: together
 *  with a recogniser's words. */
async function bench(args: readonly string[]): Promise<void> {
  const missing = [
    ...[join(tools, 'gen.py'), join(tools, 'score.py'), ...prompts].filter((path) => !existsSync(path)),
    ...needed.filter((program) => spawnSync(program, ['--version']).error),
  ]
  if (missing.length > 0) {
    console.log(
      `Skipped: the recordings cannot be made without ${missing.join(', ')} (the Debian packages are named in gen.py).`,
    )
    return
  }
  const at = args.indexOf('--seed')
  const seed = at >= 0 ? (args[at + 1] as string) : '0'
  const named = args.filter((arg, index) => !arg.startsWith('--') && (at < 0 || index !== at + 1))
  mkdirSync(folder, { recursive: true })
  const rival = args.includes('--no-rival')
    ? null
    : installEchogarden(join(tmpdir(), 'earmark-align-bench-echogarden'))
  const rows: string[] = []
  const figures = new Map<string, { seconds: number; megabytes: number | null }>()
  for (const name of named.length > 0 ? named : Object.keys(sets)) {
    const bars = sets[name] ?? []
    if (!name.startsWith('distinct'))
      console.log(run('python3', [join(tools, 'gen.py'), folder, '--seed', seed, name]).trim())
    else if (!makeDistinctSet(folder, name, Number(name.slice('distinct'.length)), Number(seed) + 1)) {
      console.log(`${name}: skipped, there is no flite to say it\n`)
      continue
    }
    const used = await align(name, args.includes('--words') ? ['--words', hear(name)] : [])
    figures.set(name, used)
    const printed = run('python3', [
      join(tools, 'score.py'),
      `${folder}/${name}.json`,
      `${folder}/${name}.aligned.json`,
    ])
    const score = readScore(printed)
    const failures = missed(bars, score, used)
    const other =
      rival && name.includes('10') && !name.includes('0hard')
        ? alignWithEchogarden(rival, folder, name)
        : null
    const { estimated, byLength } = estimateErrors(join(folder, name))
    console.log(
      `without aligning: mean error of turn starts ${estimated.toFixed(2)} s, by length alone ${byLength.toFixed(2)} s`,
    )
    console.log(`${printed}${used.seconds.toFixed(1)} s, ${used.megabytes ?? '?'} MB`)
    if (other)
      console.log(
        `echogarden: turn starts within 0.25/0.5/1 s ${other.shares.map((share) => share.toFixed(1)).join('/')} %, ${other.seconds.toFixed(0)} s`,
      )
    console.log(failures.length > 0 ? `MISSED: ${failures.join('; ')}\n` : 'all bars met\n')
    const share = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(1))
    rows.push(
      `| ${name} | ${share(score.turn['0.25'])} / ${share(score.turn['0.5'])} / ${share(score.turn['1'])} | ${share(score.end['0.25'])} | ${score.absent === null ? '–' : `${score.absent.toFixed(0)} %`} | ${score.auc ?? '–'} | ${used.seconds.toFixed(0)} s, ${used.megabytes ?? '?'} MB | ${other ? other.shares.map((value) => value.toFixed(0)).join(' / ') : '–'} | ${failures.length > 0 ? failures.join('; ') : 'yes'} |`,
    )
  }
  console.log(
    '| set | turn starts within 0.25 / 0.5 / 1 s | ends | absent left out | AUC | wall time, memory | echogarden | bars met |',
  )
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- |')
  for (const row of rows) console.log(row)
  const [one, two] = [figures.get('en60'), figures.get('en120')]
  if (one && two) {
    const time = two.seconds / one.seconds
    const memory = (two.megabytes ?? Number.NaN) / (one.megabytes ?? Number.NaN)
    console.log(
      `\nTwo hours against one: ${time.toFixed(2)} × the time (bar 2.1), ${memory.toFixed(2)} × the memory (bar 1.5)`,
    )
  }
}

await bench(process.argv.slice(2))
