import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Entry {
  readonly type: string
  readonly text: string
  readonly startTime: number
  readonly timeline?: readonly Entry[]
}

interface Truth {
  readonly lang: string
  readonly turns: readonly { readonly text: string; readonly start: number | null }[]
}

/** Installs echogarden into a folder of its own, once.
 *  @returns its program; `null` where the registry does not give it */
export function installEchogarden(folder: string): string | null {
  const program = join(folder, 'node_modules/.bin/echogarden')
  if (existsSync(program)) return program
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  const options = ['--no-audit', '--no-fund', '--ignore-scripts']
  const { status } = spawnSync('npm', ['install', ...options, 'echogarden@2.10.2'], {
    cwd: folder,
    timeout: 600_000,
  })
  return status === 0 && existsSync(program) ? program : null
}

/** Aligns a set with echogarden's `dtw`.
 *  @returns the shares (%) of turn starts within 0.25, 0.5 and 1 s, and seconds; `null` where it failed */
export function alignWithEchogarden(
  program: string,
  folder: string,
  name: string,
): { readonly shares: readonly number[]; readonly seconds: number } | null {
  const truth = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Truth
  const [text, out] = [join(folder, `${name}.plain.txt`), join(folder, `${name}.echogarden.json`)]
  writeFileSync(text, truth.turns.map((turn) => turn.text).join('\n\n'))
  const from = performance.now()
  const { status } = spawnSync(
    program,
    [
      'align',
      join(folder, `${name}.wav`),
      text,
      out,
      '--engine=dtw',
      `--language=${truth.lang}`,
      '--overwrite',
    ],
    { timeout: 1_200_000 },
  )
  if (status !== 0) return null
  const words: { readonly letters: number; readonly start: number }[] = []
  let letters = 0
  const walk = ({ type, text: said, startTime, timeline }: Entry): void => {
    if (type === 'word') {
      words.push({ letters, start: startTime })
      letters += lettersOf(said)
    } else timeline?.forEach(walk)
  }
  for (const entry of JSON.parse(readFileSync(out, 'utf8')) as readonly Entry[]) walk(entry)
  let passed = 0
  const errors = truth.turns.flatMap((turn) => {
    const start = words.find((word) => word.letters >= passed)?.start ?? Number.POSITIVE_INFINITY
    passed += lettersOf(turn.text)
    return turn.start === null ? [] : [Math.abs(start - turn.start)]
  })
  const shares = [0.25, 0.5, 1].map(
    (within) => (100 * errors.filter((error) => error <= within).length) / errors.length,
  )
  return { shares, seconds: (performance.now() - from) / 1000 }
}

function lettersOf(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
}
