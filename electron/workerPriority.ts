import { readdir, readFile } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'
import { setTimeout } from 'node:timers/promises'

/** As much of what Chromium calls the threads of workers as Linux keeps. */
const workerName = 'DedicatedWorker'

/** Milliseconds between looks: a thread starts some time after its worker was made, and that may make another. */
const looks = [0, 20, 20, 40, 40, 80, 100, 150, 250, 400, 600, 800]

/** Has the threads of a window's workers stand back where they would take the processor from the thread that paints and hears keys. Linux
 *  alone counts priorities by thread; elsewhere, and where the system does not let us, nothing happens.
 *  @param process the window's, as the system numbers it
 *  @returns when workers that were made up to now are seen to */
export async function lowerWorkers(process: number): Promise<void> {
  const threads = `/proc/${process}/task`
  for (const look of looks) {
    await setTimeout(look)
    for (const thread of await readdir(threads).catch(() => [])) {
      const command = await readFile(`${threads}/${thread}/comm`, 'utf8').catch(() => '')
      if (!command.startsWith(workerName)) continue
      try {
        setPriority(Number(thread), constants.priority.PRIORITY_BELOW_NORMAL)
      } catch {
        // It has ended, or the system keeps priorities to itself.
      }
    }
  }
}
