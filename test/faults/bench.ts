import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import * as nodeFiles from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { finishInPlace } from '../../electron/files/inPlace'
import { WrittenFolders } from '../../electron/files/writtenFolders'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What a file is after a fault. */
export type State = 'old' | 'new' | 'torn' | 'missing'

/** A transcript to save over, in folders of its own. */
export interface Place {
  readonly folder: string
  readonly path: string
  readonly safety: string
  readonly source: string
  /** `null`: there is no file. */
  readonly before: Buffer | null
  readonly after: Buffer
}

const text = (word: string, lines: number) =>
  Buffer.from(Array.from({ length: lines }, (_, line) => `SPEAKER: ${word} ${line}\n`).join(''))

/** Makes a place; the new text is the longer one.
 *  @param folder where the file goes, a new folder if none is given */
export function makePlace(folder = mkdtempSync(join(tmpdir(), 'earmark-fault-')), lines = 4000): Place {
  const safety = mkdtempSync(join(tmpdir(), 'earmark-fault-safety-'))
  const source = join(mkdtempSync(join(tmpdir(), 'earmark-fault-source-')), 'new.txt')
  const path = join(folder, 'meeting.txt')
  const before = text('before', lines)
  const after = text('afterwards', lines)
  writeFileSync(path, before)
  writeFileSync(source, after)
  chmodSync(join(source, '..'), 0o755)
  return { folder, path, safety, source, before, after }
}

/** What the file is now. */
export function stateOf({ path, before, after }: Place): State {
  if (!existsSync(path)) return before === null ? 'old' : 'missing'
  const now = readFileSync(path)
  return before !== null && now.equals(before) ? 'old' : now.equals(after) ? 'new' : 'torn'
}

/** What the app does at its start: completes interrupted writes, removes temporaries. It is told of no folder: what it wrote where, it must know
 *  by itself. */
export async function startAgain(place: Place): Promise<void> {
  await finishInPlace(nodeFiles, place.safety)
  // The tool that copies attributes outlives its parent, and makes the temporary again; a real look is a minute later.
  for (let wait = 0; wait < 500 && hasProcess(place.folder); wait++)
    await new Promise((done) => setTimeout(done, 20))
  const written = new WrittenFolders(join(place.safety, 'written'))
  for (let look = 0; look < 3 && (await written.tidy(Date.now() + 3_600_000)); look++);
}

/** Whether a process has this folder among its arguments, where the system tells. */
function hasProcess(folder: string): boolean {
  const processes = existsSync('/proc/self/cmdline') ? readdirSync('/proc') : []
  return processes.some((id) => {
    if (!/^\d+$/u.test(id)) return false
    try {
      return readFileSync(join('/proc', id, 'cmdline'), 'utf8').includes(folder)
    } catch {
      // It has ended meanwhile.
      return false
    }
  })
}

/** The saver as it is packaged: one bundle, run by a process of its own. */
export async function bundleSaver(): Promise<string> {
  const outfile = join(root, 'test-results/faults/saver.cjs')
  mkdirSync(join(root, 'test-results/faults'), { recursive: true })
  await build({
    entryPoints: [join(root, 'test/faults/child.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    outfile,
    logLevel: 'warning',
  })
  // Another user may not be able to read the project's folder.
  const shared = join(mkdtempSync(join(tmpdir(), 'earmark-fault-bundle-')), 'saver.cjs')
  writeFileSync(shared, readFileSync(outfile))
  chmodSync(join(shared, '..'), 0o755)
  return shared
}

export interface RunOptions {
  /** The call to the system before which the process kills itself, or that fails with `code`. */
  readonly step?: number
  readonly code?: string
  /** Hash that the file must have. */
  readonly expected?: string
  /** Put before the command: `prlimit …`. */
  readonly wrapper?: readonly string[]
  /** User and group to run as. */
  readonly user?: number
}

/** Saves in a process of its own.
 *  @returns what the saver said, `killed` when it could not say anything */
export function runSaver(
  bundle: string,
  place: Place,
  { step = 0, code = '', expected = '', wrapper = [], user }: RunOptions = {},
): { outcome: string; steps: number } {
  const [command = '', ...rest] = [
    ...wrapper,
    process.execPath,
    bundle,
    place.path,
    place.safety,
    place.source,
    String(step),
    code,
    expected,
  ]
  const { stdout, signal } = spawnSync(command, rest, {
    encoding: 'utf8',
    timeout: 30_000,
    ...(user === undefined ? {} : { uid: user, gid: user }),
  })
  if (signal) return { outcome: 'killed', steps: 0 }
  return JSON.parse(stdout.trim().split('\n').at(-1) || '{"outcome":"crashed","steps":0}')
}

/** Saves again and again, and kills after some milliseconds. */
export function killDuring(bundle: string, place: Place, delay: number): Promise<void> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [bundle, place.path, place.safety, place.source, '-1'])
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), delay))
    child.once('exit', () => done())
  })
}

/** Temporaries that are left in the place's folder. */
export function leftovers({ folder }: Place): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.earmark-tmp'))
}
