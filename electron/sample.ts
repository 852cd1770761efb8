import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app } from 'electron'
import type { FileProblem } from '../shared/ipc'
import { ok, type Result } from '../shared/result'
import { saveOwnFile } from './files/saver'

/** The built-in session's folder: beside the packaged app's archive, or where the build puts it. */
function sampleFolder(language: 'en' | 'zh'): string {
  return app.isPackaged
    ? join(process.resourcesPath, 'sample', language)
    : join(app.getAppPath(), 'build', 'sample', language)
}

/** Copies the sample to where it can be written, keeping a copy that the user has worked on.
 *  @returns the paths of the recording and the transcript */
export async function sampleFiles(language: 'en' | 'zh'): Promise<Result<readonly string[], FileProblem>> {
  const from = sampleFolder(language)
  const to = join(app.getPath('userData'), 'sample', language)
  await mkdir(to, { recursive: true })
  const names = (await readdir(from)).filter((name) => /\.(?:txt|wav|mp3)$/u.test(name))
  const present = new Set(await readdir(to))
  for (const name of names) {
    if (present.has(name)) continue
    const saved = await saveOwnFile(to, name, await readFile(join(from, name)))
    if (!saved.ok) return saved
  }
  return ok(names.map((name) => join(to, name)))
}
