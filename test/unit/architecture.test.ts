import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Import {
  readonly file: string
  /** A path from the project's folder, or the name of a package. */
  readonly target: string
}

function importsOf(file: string, text: string): Import[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g
  return [...text.matchAll(pattern)].map((match) => {
    const target = (match[1] ?? match[2]) as string
    return {
      file,
      target: target.startsWith('.') ? relative(root, join(root, dirname(file), target)) : target,
    }
  })
}

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
}

/** What shared may use: libraries that run in a worker and in Node alike, by themselves or as WebAssembly. */
const withoutPlatform = new Set([
  '@codemirror/commands',
  '@codemirror/state',
  '@echogarden/espeak-ng-emscripten',
  '@wasm-audio-decoders/flac',
  '@wasm-audio-decoders/ogg-vorbis',
  'chardet',
  'mpg123-decoder',
  'ogg-opus-decoder',
  'zod',
])

/** What an import breaks; `null` when it is allowed. */
function violation({ file, target }: Import): string | null {
  const isIn = (folder: string) => target.startsWith(`${folder}/`)
  if (file.startsWith('shared/')) {
    if (!isIn('shared') && !withoutPlatform.has(target))
      return 'shared imports only shared and libraries without a platform'
    const inner = file.split('/')[1]
    if (
      (inner === 'alignment' || inner === 'recording') &&
      /^shared\/(?:transcript|session|formats)\//.test(target)
    ) {
      return 'alignment and recording know no text files'
    }
    if (inner === 'transcript' && /^shared\/(?:session|alignment|recording|formats)\//.test(target))
      return 'transcript knows no sound and no session'
    if (inner !== 'session' && isIn('shared/session')) return 'nothing in shared imports session'
  }
  if (file.startsWith('electron/') && isIn('renderer')) return 'electron never imports the renderer'
  if (file.startsWith('renderer/')) {
    if (isIn('electron') || target === 'electron' || target.startsWith('node:'))
      return 'the renderer never imports electron'
    if (/^wavesurfer\.js/.test(target) && !file.startsWith('renderer/waveform/'))
      return 'only the waveform imports wavesurfer'
    const layer = file.split('/')[1]
    if (layer === 'state' && /^renderer\/(?!state\/)/.test(target)) return 'state imports nothing above it'
    if (layer === 'commands' && /^renderer\/(?!state\/|commands\/|workers\/)/.test(target))
      return 'commands import state, not components'
  }
  return null
}

const sources = ['shared', 'electron', 'renderer']
  .flatMap(filesIn)
  .filter((file) => !file.endsWith('.config.ts'))

describe('who may import whom', () => {
  it('holds in every source file', () => {
    expect(sources.length).toBeGreaterThan(80)
    const imports = sources.flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8')))
    expect(imports.length).toBeGreaterThan(200)
    const broken = imports.flatMap((entry) => {
      const why = violation(entry)
      return why ? [`${entry.file} → ${entry.target}: ${why}`] : []
    })
    expect(broken).toEqual([])
  })

  it.each([
    ['shared/transcript/a.ts', "import x from '../session/session'"],
    ['shared/a.ts', "import { readFile } from 'node:fs'"],
    ['shared/alignment/a.ts', "import x from '../transcript/transcript'"],
    ['electron/a.ts', "import x from '../renderer/App'"],
    ['renderer/panels/a.tsx', "import x from '../../electron/main'"],
    ['renderer/panels/a.tsx', "import WaveSurfer from 'wavesurfer.js'"],
    ['renderer/state/a.ts', "import x from '../commands/run'"],
    ['renderer/commands/a.ts', "import x from '../panels/SidePanel'"],
  ])('would be noticed in %s: %s', (file, text) => {
    expect(importsOf(file, text).map(violation)).not.toEqual([null])
  })
})

it('decodes no recording whole', () => {
  const offenders = sources.filter((file) =>
    /decodeAudioData|\.loadBlob\(|surfer\.load\(/.test(readFileSync(join(root, file), 'utf8')),
  )
  expect(offenders).toEqual([])
})

it('has no drawers for odds and ends', () => {
  expect(
    sources.filter(
      (file) =>
        /\/(?:utils?|helpers?|services|types|misc|common)\//.test(file) || /\/index\.tsx?$/.test(file),
    ),
  ).toEqual([])
})

it('names every package that is needed at run time, with its reason', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  const said = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
  const named = said.slice(said.indexOf('## Dependencies'), said.indexOf('To build and test:'))
  expect(Object.keys(dependencies).length).toBeGreaterThan(10)
  // `@codemirror/state, view` names two.
  const short = (name: string) => (name.startsWith('@codemirror/') ? name.slice(12) : name)
  expect(Object.keys(dependencies).filter((name) => !named.includes(short(name)))).toEqual([])
})

it('renders text as text, opens no other program, keeps nothing in the page, and writes no log of its own', () => {
  const text = sources.map((file) => [file, readFileSync(join(root, file), 'utf8')] as const)
  const using = (pattern: RegExp) => text.filter(([, source]) => pattern.test(source)).map(([file]) => file)
  expect(using(/innerHTML|insertAdjacentHTML|document\.write|DOMParser|srcdoc/)).toEqual([])
  expect(using(/openExternal|openPath|showItemInFolder/)).toEqual([])
  expect(using(/localStorage|sessionStorage|indexedDB|document\.cookie/)).toEqual([])
  expect(
    using(/console\.(?!error\(`Unexpected fault)/).filter((file) => !/\/(?:dev|cli)\//.test(file)),
  ).toEqual([])
})

it('writes files through the saver, and answers requests through one wrapper', () => {
  const main = sources.filter((file) => file.startsWith('electron/') && !file.startsWith('electron/dev/'))
  const using = (pattern: RegExp) =>
    main.filter((file) =>
      pattern.test(readFileSync(join(root, file), 'utf8').replace(/^\s*(?:\/\/|\/?\*).*$/gm, '')),
    )
  // The note must fail when there is one; the journal appends.
  expect(using(/\b(?:writeFile|copyFile|appendFile|createWriteStream|cp)(?:Sync)?\(/)).toEqual([
    'electron/files/openNote.ts',
  ])
  expect(using(/'(?:r\+|w|wx|w\+|a|ax|a\+)'/)).toEqual([
    'electron/files/inPlace.ts',
    'electron/files/journal.ts',
    'electron/files/openNote.ts',
    'electron/files/saver.ts',
    'electron/files/writeWhole.ts',
  ])
  expect(using(/\brename\(/)).toEqual(['electron/files/saver.ts'])
  expect(using(/ipcMain\.(?:on|handle)/)).toEqual(['electron/ipc/handle.ts'])
})
