import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensurePackages, root } from './bootstrap.mjs'

ensurePackages()

// As one plain module in this process: a TypeScript loader would cost a hundred megabytes beside a long recording.
const { build } = await import('esbuild')
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ['electron/cli/main.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  write: false,
  logLevel: 'error',
})
const [{ contents }] = outputFiles
const folder = join(root, 'node_modules/.cache/earmark')
const module = join(folder, 'cli.mjs')
await mkdir(folder, { recursive: true })
await writeFile(`${module}.${process.pid}`, contents)
await rename(`${module}.${process.pid}`, module)
await import(pathToFileURL(module).href)
