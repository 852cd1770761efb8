import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Gives this process, and those that it starts from now on, a temporary folder of their own: tests make many files, and some end by being
 *  killed.
 *  @returns what removes the folder with all that is in it */
export default function ownTemporary(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'earmark-tests-'))
  // As `/tmp` is: some tests are run as another user, who needs room too.
  chmodSync(folder, 0o1777)
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder
  return () => {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
    } catch (reason) {
      // What an app that was killed wrote in its last moment is no reason to fail.
      console.warn(`${folder} could not be removed: ${(reason as NodeJS.ErrnoException).code}`)
    }
  }
}
