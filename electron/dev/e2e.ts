import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './inputs'
import { packageFolder } from './package'
import { prepareSystem, prepareTestTools } from './system'

/** Packages the app and drives it with Playwright, on a virtual display where there is none. */
async function main(): Promise<number> {
  const runtime = await packageFolder()
  const display = prepareSystem(runtime.executable, { needsChineseFont: true })
  prepareTestTools()
  const playwright = join(root, 'node_modules/@playwright/test/cli.js')
  const [program, ...args] = [
    ...display,
    process.execPath,
    playwright,
    'test',
    '--config',
    join(root, 'test/e2e/playwright.config.ts'),
    ...process.argv.slice(2),
  ]
  return spawnSync(program as string, args, { stdio: 'inherit', cwd: root }).status ?? 1
}

main().then(
  (code) => process.exit(code),
  (reason: unknown) => {
    console.error(reason instanceof Error ? reason.message : reason)
    process.exit(1)
  },
)
