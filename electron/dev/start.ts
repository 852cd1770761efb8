import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { build } from './build'
import { root } from './inputs'
import { findRuntime, startable } from './runtime'
import { prepareSystem, sandboxArguments } from './system'

const usage = `Usage: npm start [RECORDING] [TRANSCRIPT]

Installs what is missing, builds Earmark and opens it on the files given, or on
the built-in sample.
`

async function main(): Promise<number> {
  const given = process.argv.slice(2)
  if (given.includes('--help') || given.includes('-h')) {
    console.log(usage)
    return 0
  }
  const folder = process.env.INIT_CWD ?? process.cwd()
  const runtime = await findRuntime()
  const display = prepareSystem(runtime.executable, { needsChineseFont: true })
  await build()
  const files = given.length > 0 ? given.map((path) => resolve(folder, path)) : sample()
  const { executable, args } = await startable(runtime)
  const [program, ...rest] = [...display, executable, ...args, ...sandboxArguments(), ...files]
  const child = spawn(program as string, rest, { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((done) => child.on('exit', (code) => done(code ?? 1)))
}

function sample(): string[] {
  const language = /^zh/iu.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '')
    ? 'zh'
    : 'en'
  return ['wav', 'txt'].map((extension) =>
    join(root, 'build/sample', language, `council-meeting.${extension}`),
  )
}

main().then(
  (code) => process.exit(code),
  (reason: unknown) => {
    console.error(reason instanceof Error ? reason.message : reason)
    process.exit(1)
  },
)
