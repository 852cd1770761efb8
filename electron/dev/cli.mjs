import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensurePackages, root } from './bootstrap.mjs'

ensurePackages()

// As one plain module in this process: a TypeScript loader would cost a hundred megabytes beside a long recording.
const { build } = await import('esbuild')
const folder = join(root, 'node_modules/.cache/earmark')
await mkdir(folder, { recursive: true })
const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: { cli: 'electron/cli/main.ts', voiceThread: 'electron/cli/voiceThread.ts' },
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  banner: { js: "const voiceThread = new URL('voiceThread.mjs', import.meta.url)" },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  write: false,
  logLevel: 'error',
})
for (const { path, contents } of outputFiles) {
  await writeFile(`${path}.${process.pid}`, contents)
  await rename(`${path}.${process.pid}`, path)
}
process.env.EARMARK_ROOT = root
await import(pathToFileURL(join(folder, 'cli.mjs')).href)
