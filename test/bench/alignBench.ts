import { spawn, spawnSync } from 'node:child_process'
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../electron/dev/inputs'
import { type SpokenTruth, simulateRecogniser } from '../support/recogniser'
import { estimateErrors } from './estimateBench'

// The sets are made by a script beside the repository, out of Debian's voice prompts; `--seed N` makes others.
const tools = join(root, '../shared/speech')
const folder = join(tmpdir(), 'earmark-align-bench')
const usual = ['en10', 'fr10', 'it10', 'en10snr20', 'en10snr10', 'en10edit', 'en60hard']

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
  child.stdout.pipe(createWriteStream(join(folder, `${name}.aligned.json`)))
  let megabytes: number | null = null
  const status = `/proc/${child.pid}/status`
  const watch = setInterval(() => {
    if (!existsSync(status)) return
    const peak = /VmHWM:\s+(\d+) kB/u.exec(readFileSync(status, 'utf8'))?.[1]
    if (peak !== undefined) megabytes = Math.round(Number(peak) / 1024)
  }, 100)
  const code = await new Promise<number | null>((done) => child.on('close', done))
  clearInterval(watch)
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

/** Aligns the named sets and prints how far the results are from the truth; `--words`: together with a recogniser's words. */
async function bench(args: readonly string[]): Promise<void> {
  if (!existsSync(join(tools, 'gen.py'))) {
    console.log(`Skipped: ${tools} is missing, which makes the recordings.`)
    return
  }
  const at = args.indexOf('--seed')
  const seed = at >= 0 ? (args[at + 1] as string) : '0'
  const names = args.filter(
    (arg, index) => arg !== '--words' && (at < 0 || (index !== at && index !== at + 1)),
  )
  mkdirSync(folder, { recursive: true })
  for (const name of names.length > 0 ? names : usual) {
    console.log(run('python3', [join(tools, 'gen.py'), folder, '--seed', seed, name]).trim())
    const { seconds, megabytes } = await align(name, args.includes('--words') ? ['--words', hear(name)] : [])
    const score = [join(tools, 'score.py'), `${folder}/${name}.json`, `${folder}/${name}.aligned.json`]
    const { estimated, byLength } = estimateErrors(join(folder, name))
    console.log(
      `without aligning: mean error of turn starts ${estimated.toFixed(2)} s, by length alone ${byLength.toFixed(2)} s`,
    )
    console.log(`${run('python3', score)}${seconds.toFixed(1)} s, ${megabytes ?? '?'} MB\n`)
  }
}

await bench(process.argv.slice(2))
