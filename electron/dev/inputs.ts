import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/u, '')

/** Where scripts keep what they fetched and what they know. */
export const cacheFolder = join(root, 'node_modules', '.cache', 'earmark')

const sources = ['electron', 'renderer', 'shared', 'assets']
const files = ['package.json', 'package-lock.json', 'electron-builder.yml', 'tsconfig.json']

async function hashInputs(): Promise<string> {
  const hash = createHash('sha256')
  for (const folder of sources) {
    const names = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
    const paths = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    for (const path of paths.sort()) hash.update(path).update(await readFile(path))
  }
  for (const path of files) hash.update(await readFile(join(root, path)).catch(() => ''))
  return hash.digest('hex')
}

/** What `step` made is made of the sources as they are now. */
export async function isUpToDate(step: 'build' | 'package'): Promise<boolean> {
  const marked = await readFile(join(root, 'dist', `.${step}`), 'utf8').catch(() => null)
  return marked !== null && marked === (await hashInputs())
}

export async function markUpToDate(step: 'build' | 'package'): Promise<void> {
  await mkdir(join(root, 'dist'), { recursive: true })
  await writeFile(join(root, 'dist', `.${step}`), await hashInputs())
}
