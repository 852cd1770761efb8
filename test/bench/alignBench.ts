import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../electron/dev/inputs'

// The sets are made by a script beside the repository, out of Debian's voice prompts; `--seed N` makes others.
const tools = join(root, '../shared/speech')
const folder = join(tmpdir(), 'earmark-align-bench')
const usual = ['en10', 'fr10', 'it10', 'en10snr20', 'en10snr10', 'en10edit', 'en60hard']

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: { ...process.env, INIT_CWD: folder },
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
  return stdout
}

/** Aligns the named sets and prints how far the results are from the truth. */
function bench(args: readonly string[]): void {
  if (!existsSync(join(tools, 'gen.py'))) {
    console.log(`Skipped: ${tools} is missing, which makes the recordings.`)
    return
  }
  const at = args.indexOf('--seed')
  const seed = at >= 0 ? (args[at + 1] as string) : '0'
  const names = args.filter((_, index) => at < 0 || (index !== at && index !== at + 1))
  mkdirSync(folder, { recursive: true })
  for (const name of names.length > 0 ? names : usual) {
    console.log(run('python3', [join(tools, 'gen.py'), folder, '--seed', seed, name]).trim())
    const from = performance.now()
    const aligned = run(process.execPath, [
      join(root, 'node_modules/tsx/dist/cli.mjs'),
      'electron/cli/main.ts',
      'align',
      `${name}.wav`,
      `${name}.txt`,
      '--json',
    ])
    const seconds = (performance.now() - from) / 1000
    writeFileSync(join(folder, `${name}.aligned.json`), aligned)
    const score = [join(tools, 'score.py'), `${folder}/${name}.json`, `${folder}/${name}.aligned.json`]
    console.log(`${run('python3', score)}${seconds.toFixed(1)} s\n`)
  }
}

bench(process.argv.slice(2))
