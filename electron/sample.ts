import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { app } from 'electron'

/** The built-in session's folder: beside the packaged app's archive, or where the build puts it. */
function sampleFolder(language: 'en' | 'zh'): string {
  return app.isPackaged
    ? join(process.resourcesPath, 'sample', language)
    : join(app.getAppPath(), 'build', 'sample', language)
}

/** Copies the sample to where it can be written, keeping a copy that the user has worked on.
 *  @returns the paths of the recording and the transcript */
export async function sampleFiles(language: 'en' | 'zh'): Promise<readonly string[]> {
  const from = sampleFolder(language)
  const to = join(app.getPath('userData'), 'sample', language)
  await mkdir(to, { recursive: true })
  const names = (await readdir(from)).filter((name) => /\.(?:txt|wav|mp3)$/u.test(name))
  const present = new Set(await readdir(to))
  for (const name of names) if (!present.has(name)) await copyFile(join(from, name), join(to, name))
  return names.map((name) => join(to, name))
}
