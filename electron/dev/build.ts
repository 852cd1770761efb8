import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build as bundle } from 'esbuild'
import { build as buildRenderer } from 'vite'
import { isUpToDate, markUpToDate, root } from './inputs'
import { collectLicences } from './licences'
import { makeSamples } from './sample'

/** Builds `dist/`: main and preload as CommonJS (a sandboxed preload can be nothing else), the command line, the window. */
export async function build(): Promise<void> {
  await makeSamples()
  if (await isUpToDate('build')) return
  console.log('Building…')
  await rm(join(root, 'dist'), { recursive: true, force: true })
  await mkdir(join(root, 'dist'), { recursive: true })
  const common = {
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    external: ['electron'] as string[],
    absWorkingDir: root,
    logLevel: 'warning',
    legalComments: 'none',
    metafile: true,
  } as const
  const speaking = {
    ...common,
    // The synthesiser finds its voices beside its own module: those of the window serve the command line too.
    define: { 'import.meta.url': 'voicesUrl' },
    banner: {
      js: "const voicesUrl = require('node:url').pathToFileURL(require('node:path').join(__dirname, 'renderer/assets/espeak-ng.js')).href; const voiceThread = require('node:path').join(__dirname, 'voiceThread.cjs')",
    },
  } as const
  const results = await Promise.all([
    bundle({ ...speaking, entryPoints: ['electron/main.ts'], outfile: 'dist/main.cjs' }),
    bundle({ ...common, entryPoints: ['electron/preload.ts'], outfile: 'dist/preload.cjs' }),
    bundle({ ...speaking, entryPoints: ['electron/cli/main.ts'], outfile: 'dist/cli.cjs' }),
    bundle({ ...speaking, entryPoints: ['electron/cli/voiceThread.ts'], outfile: 'dist/voiceThread.cjs' }),
  ])
  const modules = results.flatMap(({ metafile }) => Object.keys(metafile.inputs))
  await buildRenderer({
    configFile: join(root, 'renderer/vite.config.ts'),
    logLevel: 'warn',
    plugins: [{ name: 'modules', moduleParsed: ({ id }) => void modules.push(id) }],
  })
  await collectLicences(modules)
  await markUpToDate('build')
}

if (process.argv[1]?.endsWith('build.ts')) await build()
