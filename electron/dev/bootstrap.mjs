import { spawnSync } from 'node:child_process'
import { existsSync, statSync, utimesSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Plain JavaScript without dependencies: it runs before anything is installed.
export const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** Installs the npm packages when they are missing or older than the lock file, the tools too whatever NODE_ENV says. Install scripts do not run. */
export function ensurePackages() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node.js 20.19 or later is needed; this is ${process.versions.node}.`)
    process.exit(1)
  }
  const installed = join(root, 'node_modules/.package-lock.json')
  const lock = join(root, 'package-lock.json')
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return
  console.error('Installing npm packages…')
  const install = (...command) =>
    spawnSync(
      'npm',
      [...command, '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      {
        cwd: root,
        stdio: ['ignore', 2, 2],
        shell: process.platform === 'win32',
      },
    ).status
  // A registry that lacks packages of other platforms can make `ci` refuse; `install` takes the locked versions all the same.
  const status = install('ci') === 0 ? 0 : install('install', '--no-save')
  if (status !== 0) process.exit(status ?? 1)
  utimesSync(installed, new Date(), new Date())
}

/** Runs a TypeScript script of the project with the arguments given, and ends with its exit code. */
export function runScript(script, args) {
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
  const { status } = spawnSync(process.execPath, [tsx, join(root, script), ...args], {
    stdio: 'inherit',
    cwd: root,
  })
  process.exit(status ?? 1)
}
